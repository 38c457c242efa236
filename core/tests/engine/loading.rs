//! What a contract must not be: each row breaks one thing, and is told where, and what to do.

use crate::common::{EACH, OPENAPI, expect_problem, load, replaced, try_load};

/// (text, its replacement, pointer of the problem, part of its message), in the policy.
const POLICIES: &[(&str, &str, &str, &str)] = &[
    ("\"format\": 1", "\"format\": 2", "/format", "only format 1"),
    ("\"format\": 1", "\"formt\": 1", "/formt", "`formt` is not known here"),
    ("\"operation\": \"deleteNotes\"", "\"operation\": 7", "/operation", "must be a string, is an integer"),
    ("\"resource\": \"note\", ", "", "", "`resource` is missing"),
    ("\"kind\": \"token\"", "\"kind\": \"toekn\"", "/credentials/0/kind", "use one of `token`, `jwt`"),
    (
        "\"kind\": \"token\", \"header\": \"X-Key\"",
        "\"kind\": \"token\"",
        "/credentials/0",
        "`header` is missing",
    ),
    ("\"kind\": \"token\"", "\"kind\": \"sdk-hmac-sha256\"", "/credentials/0/header", "has its own header"),
    (
        "[ { \"kind\": \"token\", \"header\": \"X-Key\" } ]",
        "[]",
        "/credentials",
        "is empty, and nobody could call",
    ),
    ("\"/body/noteIds\"", "\"/body/nodeIds\"", "/ids/at", "does not describe this place"),
    ("\"/body/noteIds\"", "\"body/noteIds\"", "/ids/at", "is no place in a request"),
    ("\"/body/noteIds\"", "\"/path/boxId\"", "/ids", "many ids cannot stand in the path"),
    ("\"/path/boxId\"", "\"/path/box\"", "/container/id", "does not describe this place"),
    ("\"/path/boxId\"", "\"/query/box/x\"", "/container/id", "is no place in a request"),
    (
        "\"withPages\": { \"compare\": \"ignore-case\" }",
        "\"withPage\": {}",
        "/query",
        "no query parameter `withPage`",
    ),
    (
        "\"compare\": \"ignore-case\"",
        "\"compare\": \"any-case\"",
        "/query/withPages/compare",
        "use one of `exact`",
    ),
    (
        "\"compare\": \"ignore-case\"",
        "\"spellings\": [\"semicolons\"]",
        "/query/withPages/spellings/0",
        "use one of `repeated`",
    ),
    (
        "\"container\": { \"kind\": \"box\", \"id\": \"/path/boxId\" },",
        "",
        "/checks/caller/2",
        "asks about the container",
    ),
    ("\"atomicity\": \"each\"", "\"atomicity\": \"some\"", "/atomicity", "use one of `each`, `all`"),
    ("\"atomicity\": \"each\"", "\"atomicity\": \"all\"", "/outcomes/unknown", "`answer` is missing"),
    ("\"check\": \"role\"", "\"check\": \"rule\"", "/checks/caller/3/check", "there is no check `rule` here"),
    ("\"any-of\": [\"keeper\"], ", "", "/checks/caller/3", "`any-of` is missing"),
    (
        "\"any-of\": [\"keeper\"]",
        "\"all-of\": [\"keeper\"]",
        "/checks/caller/3/all-of",
        "`all-of` is not known here",
    ),
    (
        "{ \"check\": \"authenticated\", \"else\": { \"missing\": \"who\", \"*\": \"not-you\" } },",
        "",
        "/checks/caller",
        "`authenticated` is missing",
    ),
    ("\"*\": \"not-you\"", "\"token\": \"not-you\"", "/checks/caller/0/else", "`*` is missing"),
    ("\"missing\": \"who\"", "\"lost\": \"who\"", "/checks/caller/0/else/lost", "there is no cause `lost`"),
    ("\"missing\": \"who\"", "\"missing\": \"whom\"", "/checks/caller/0", "there is no answer `whom`"),
    (
        "\"else\": \"no-box\"",
        "\"else\": { \"*\": \"no-box\" }",
        "/checks/caller/2/else",
        "only `authenticated` has answers by cause",
    ),
    ("{ \"check\": \"valid\", \"else\": \"violations\" },", "", "/checks/caller", "`valid` is missing"),
    (
        "{ \"check\": \"valid\", \"else\": \"violations\" },",
        "{ \"check\": \"valid\", \"else\": \"violations\" }, { \"check\": \"valid\", \"else\": \"violations\" },",
        "/checks/caller/2",
        "stands here twice",
    ),
    (
        "{ \"check\": \"exists\", \"else\": \"unknown\" },",
        "",
        "/checks/item",
        "the first check of an item must be `exists`",
    ),
    ("\"else\": \"pinned\"", "\"else\": \"pined\"", "/checks/item/2/else", "there is no outcome `pined`"),
    ("\"else\": \"pinned\"", "\"else\": \"deleted\"", "/checks/item/2/else", "needs another outcome"),
    ("\"is-not\": true", "\"is-not\": true, \"is\": 1", "/checks/item/3", "one of `is` and `is-not`"),
    (
        "\"/attributes/locked\"",
        "\"/locked\"",
        "/checks/item/3/at",
        "must name an attribute: `/attributes/NAME`",
    ),
    ("\"/attributes/locked\"", "\"/attributes/\"", "/checks/item/3/at", "must name an attribute"),
    ("\"any-of\": [\"keeper\"]", "\"any-of\": []", "/checks/caller/3/any-of", "is empty: name at least one"),
    (
        "\"any-of\": [\"keeper\"]",
        "\"any-of\": [\"keeper\", \"\"]",
        "/checks/caller/3/any-of/1",
        "must not be empty",
    ),
    ("\"header\": \"X-Key\"", "\"header\": \"\"", "/credentials/0/header", "must not be empty"),
    ("\"header\": \"X-Key\"", "\"header\": \"X Key\"", "/credentials/0/header", "is no header name"),
    (
        "\"header\": \"X-Key\"",
        "\"header\": \"X-Key\", \"scheme\": \"\"",
        "/credentials/0/scheme",
        "must not be empty",
    ),
    ("\"resource\": \"note\"", "\"resource\": \"\"", "/resource", "must not be empty"),
    ("\"kind\": \"box\"", "\"kind\": \"\"", "/container/kind", "must not be empty"),
    ("\"state\": \"pinned\"", "\"state\": \"\"", "/checks/item/2/state", "must not be empty"),
    (
        "\"rule\": [\"type\", \"minItems\"]",
        "\"rule\": []",
        "/violations/rules/2/rule",
        "is empty: name at least one",
    ),
    (
        "\"compare\": \"ignore-case\"",
        "\"spellings\": []",
        "/query/withPages/spellings",
        "is empty: name at least one",
    ),
    (
        "{ \"check\": \"deletable\",",
        "{ \"check\": \"permission\", \"all-of\": [], \"else\": \"broken\" }, { \"check\": \"deletable\",",
        "/checks/item/4/all-of",
        "is empty: name at least one",
    ),
    ("\"words\": {", "\"words\": { \"sizes\": { \"deleted\": [1] },", "/words/sizes/deleted", "is no word"),
    (
        "\"at\": \"/body/noteIds/*\"",
        "\"at\": \"body/noteIds/*\"",
        "/violations/rules/2/at",
        "begin with `/body`",
    ),
    (
        "\"actual\": \"null\"",
        "\"actual\": \"nil\"",
        "/violations/rules/2/actual",
        "use one of `null`, `boolean`",
    ),
    (
        "\"{item.reason}\"",
        "\"{item.container}\"",
        "/answers/done/body/notes/item/text",
        "only what is listed or read has it",
    ),
    (
        "\"{item.reason}\"",
        "\"{item.container-name}\"",
        "/answers/done/body/notes/item/text",
        "only what is listed or read has it",
    ),
    ("\"/query/withPages\"", "\"/path/boxId\"", "/effects/children/deleted-if", "can never be true"),
    (
        "\"/query/withPages\"",
        "\"/query/pages\"",
        "/effects/children/deleted-if",
        "does not describe this place",
    ),
    ("\"effects\": {", "\"effects\": { \"when\": \"soon\",", "/effects/when", "use one of `now`, `later`"),
    (
        "\"effects\": {",
        "\"effects\": { \"takes-seconds\": 3,",
        "/effects/takes-seconds",
        "only a deletion that happens `later`",
    ),
    (
        "\"effects\": {",
        "\"effects\": { \"when\": \"later\", \"takes-seconds\": 99999999999,",
        "/effects/takes-seconds",
        "whole number from 0",
    ),
    (
        "\"effects\": {",
        "\"effects\": { \"cleanup\": { \"by\": \"/kind\", \"steps\": {} },",
        "/effects/cleanup/by",
        "must name an attribute",
    ),
    (
        "\"effects\": {",
        "\"effects\": { \"cleanup\": { \"by\": \"/attributes/a\", \"steps\": { \"b\": \"never\" } },",
        "/effects/cleanup/steps/b",
        "use one of `inline`",
    ),
    ("\"deleted\": { \"is\": \"deleted\" }, ", "", "/outcomes", "`deleted` is missing"),
    (
        "\"deleted\": { \"is\": \"deleted\" }",
        "\"deleted\": { \"is\": \"failed\" }",
        "/outcomes/deleted",
        "and no other, is `deleted` or `accepted`",
    ),
    (
        "\"is\": \"not-found\"",
        "\"is\": \"deleted\"",
        "/outcomes/unknown",
        "and no other, is `deleted` or `accepted`",
    ),
    ("\"is\": \"not-found\"", "\"is\": \"lost\"", "/outcomes/unknown/is", "use one of `deleted`"),
    (
        "\"unknown\": {",
        "\"bystander\": { \"is\": \"failed\" }, \"unknown\": {",
        "/outcomes/bystander",
        "the engine's own outcome",
    ),
    ("\"retry\": \"now\"", "\"retry\": \"later\"", "/outcomes/broken/retry", "use one of `now`"),
    ("Broken: {item.fail}", "{item.id}", "/outcomes/broken/reason", "this is another"),
    ("Broken: {item.fail}", "{item.fail}{item.fail}", "/outcomes/broken/reason", "there is more than one"),
    (
        "\"retry\": \"now\" }",
        "\"retry\": \"now\", \"answer\": \"who\" }",
        "/outcomes/broken",
        "only where one item decides for all",
    ),
    ("\"status\": 404,", "", "/answers/no-box", "`status` is missing"),
    ("\"status\": 404", "\"status\": 199", "/answers/no-box/status", "from 200 to 599"),
    ("\"status\": 404", "\"status\": 600", "/answers/no-box/status", "whole number"),
    ("\"too-large\": { \"status\": 413 }, ", "", "/answers", "`too-large` is missing"),
    ("\"done\": { \"status\": 200", "\"dane\": { \"status\": 200", "/answers", "`done` is missing"),
    (
        "{container.id}",
        "{container.name}",
        "/answers/no-box/say/text",
        "there is no placeholder `{container.name}`: use one of `status`, `now`",
    ),
    ("{container.id}", "{box:container.id}", "/answers/no-box/say/text", "there is no table `box`"),
    ("{container.id}", "{container.id", "/answers/no-box/say/text", "a brace has no partner"),
    ("{container.id}", "container.id}", "/answers/no-box/say/text", "a brace has no partner"),
    ("{container.id}", "{item.id}", "/answers/no-box/say/text", "put it inside `$each`"),
    ("{container.id}", "{token.value}", "/answers/no-box/say/text", "only the answer to a log-in"),
    ("{container.id}", "{warning.text}", "/answers/no-box/say/text", "only an element of `warnings`"),
    ("{container.id}", "{violation.rule}", "/answers/no-box/say/text", "only the answers to violations"),
    ("{container.id}", "{say.text}", "/answers/no-box/say/text", "only in `error` and in `envelopes`"),
    (
        "\"say\": { \"text\": \"Who are you?\" }",
        "\"say\": { \"txt\": \"Who?\" }",
        "/error/body/error",
        "does not say `text`",
    ),
    (
        "\"say\": { \"text\": \"Who are you?\" }",
        "\"say\": { \"text\": \"Who?\" }, \"body\": {}",
        "/answers/who/say",
        "not both",
    ),
    (
        "\"say\": { \"text\": \"Who are you?\" }",
        "\"say\": { \"text\": \"Who?\" }, \"like\": \"gate\"",
        "/answers/who/like",
        "there is no `gate` in `envelopes`",
    ),
    (
        "\"too-large\": { \"status\": 413 }",
        "\"too-large\": { \"status\": 413, \"like\": \"gate\" }",
        "/answers/too-large/like",
        "says nothing has no envelope",
    ),
    ("\"X-Request\"", "\"content-Length\"", "/error/headers/content-Length", "is said by whoever sends"),
    (
        "\"done\": { \"status\": 200",
        "\"done\": { \"status\": 204",
        "/answers/done",
        "the status 204 has no body",
    ),
    ("\"status\": 404", "\"status\": 304", "/answers/no-box", "the status 304 has no body"),
    ("\"status\": 400, \"rules\"", "\"status\": 205, \"rules\"", "/violations", "the status 205 has no body"),
    ("\"X-Request\"", "\"X Request\"", "/error/headers/X Request", "is no header name"),
    ("\"gone\": \"{deleted.count}\"", "\"{gone}\": 1", "/answers/done/body/{gone}", "a key is a constant"),
    (
        "\"gone\": \"{deleted.count}\"",
        "\"$gone\": 1",
        "/answers/done/body/$gone",
        "use `$each`, `$if`, `$attribute` or `$violations`",
    ),
    (
        "\"gone\": \"{deleted.count}\"",
        "\"gone\": \"{lost.count}\"",
        "/answers/done/body/gone",
        "there is no placeholder `{lost.count}`",
    ),
    (
        "\"$each\": \"all\"",
        "\"$each\": \"some\"",
        "/answers/done/body/notes/$each",
        "there is no list `some`: use one of `all`, `deleted`",
    ),
    (
        "\"$each\": \"all\"",
        "\"$each\": \"all\", \"absent\": \"full\"",
        "/answers/done/body/notes/absent",
        "use one of `empty`",
    ),
    (
        "\"$each\": \"all\"",
        "\"$each\": \"all\", \"sorted\": true",
        "/answers/done/body/notes/sorted",
        "is not known here",
    ),
    (
        "\"id\": \"{item.id}\"",
        "\"id\": { \"$each\": \"all\", \"item\": \"{item.id}\" }",
        "/answers/done/body/notes/item/id",
        "inside another list's element",
    ),
    ("\"id\": \"{item.id}\", ", "", "/answers/done", "must name `{item.id}`"),
    (
        "\"id\": \"{item.id}\"",
        "\"id\": \"{item.id}\", \"x\": \"{item.name} {item.state}\"",
        "/answers/done",
        "more than one placeholder of an item",
    ),
    (
        "\"id\": \"{item.id}\"",
        "\"id\": \"{item.id}\", \"x\": \"{item.name}{now}\"",
        "/answers/done",
        "two placeholders side by side",
    ),
    (
        ", \"text\": \"{item.reason}\"",
        "",
        "/answers/done",
        "with the outcome `unknown` reads the same as one with `pinned`",
    ),
    (
        "\"The note is locked.\"",
        "\"The note is pinned.\"",
        "/answers/done",
        "with the outcome `pinned` reads the same as one with `locked`",
    ),
    (
        "\"words\": {",
        "\"silent\": [[\"pinned\"]], \"words\": {",
        "/silent/0",
        "must name the outcomes that look the same: two or more",
    ),
    ("\"words\": {", "\"silent\": [[\"pinned\", \"pinned\"]], \"words\": {", "/silent/0/1", "named twice"),
    (
        "\"words\": {",
        "\"silent\": [[\"pinned\", \"lost\"]], \"words\": {",
        "/silent/0/1",
        "there is no such outcome",
    ),
    ("\"answer\": \"first\"", "\"answer\": \"last\"", "/violations/answer", "use one of `first`, `merged`"),
    ("\"answer\": \"first\"", "\"answer\": \"merged\"", "/violations", "merged violations need a `body`"),
    (
        "\"rule\": \"content-type\"",
        "\"rule\": \"content\"",
        "/violations/rules/0/rule",
        "there is no rule `content`",
    ),
    ("\"answer\": \"odd\"", "\"answer\": \"even\"", "/violations/rules", "there is no answer `even`"),
    (
        "{ \"rule\": \"content-type\", \"answer\": \"odd\" }",
        "{ \"rule\": \"content-type\" }",
        "/violations/rules/0",
        "one of `say` and `answer`",
    ),
    (
        ",\n    { \"say\": { \"text\": \"{violation.pointer} {violation.message}\" } } ]",
        " ]",
        "/violations",
        "the last of `rules` must be for every violation",
    ),
    (
        "\"format\": 1",
        "\"format\": 1, \"companions\": { \"deleteNotes\": { \"do\": \"delete-one\", \"id\": \"/path/noteId\", \"checks\": [], \"answers\": { \"done\": { \"status\": 200 } } } }",
        "/companions/deleteNotes",
        "does not describe this place, `/path/noteId`",
    ),
    (
        "\"format\": 1",
        "\"format\": 1, \"companions\": { \"deleteNotes\": { \"do\": \"delete-one\", \"id\": \"/path/boxId\", \"checks\": [], \"answers\": { \"done\": { \"status\": 200 } } } }",
        "/companions/deleteNotes",
        "`outcomes` does not say which answer",
    ),
    (
        "\"format\": 1",
        "\"format\": 1, \"companions\": { \"deleteNotes\": { \"do\": \"list\", \"id\": \"/path/boxId\", \"checks\": [], \"answers\": { \"done\": { \"status\": 200 } } } }",
        "/companions/deleteNotes/id",
        "`id` is not known here",
    ),
    (
        "\"format\": 1",
        "\"format\": 1, \"companions\": { \"deleteNotes\": { \"do\": \"list\", \"items\": [{ \"check\": \"owned\", \"else\": \"forbidden\" }], \"checks\": [], \"answers\": { \"done\": { \"status\": 200 } } } }",
        "/companions/deleteNotes/items/0/else",
        "what does not pass is not listed",
    ),
    (
        "\"format\": 1",
        "\"format\": 1, \"companions\": { \"deleteNotes\": { \"do\": \"get\", \"id\": \"/path/boxId\", \"checks\": [], \"answers\": { \"done\": { \"status\": 200, \"body\": \"{item.code}\" } } } }",
        "/companions/deleteNotes/answers/done/body",
        "nothing was decided of what is only listed or read",
    ),
    (
        "\"format\": 1",
        "\"format\": 1, \"companions\": { \"deleteNotes\": { \"do\": \"list\", \"page\": { \"by\": \"cursor\", \"at\": \"/path/boxId\", \"size\": 5, \"first\": 0 }, \"checks\": [], \"answers\": { \"done\": { \"status\": 200 } } } }",
        "/companions/deleteNotes/page/first",
        "only pages that are numbered",
    ),
    (
        "\"status\": 200",
        "\"status\": 200, \"headers\": { \"X-Total\": \"{page.total}\" }",
        "/answers/done/headers/X-Total",
        "only the answer `done` to a list operation has it",
    ),
    (
        "\"format\": 1",
        "\"format\": 1, \"companions\": { \"logIn\": { \"do\": \"sleep\" } }",
        "/companions/logIn/do",
        "use one of `log-in`, `log-out`",
    ),
    (
        "\"format\": 1",
        "\"format\": 1, \"companions\": { \"logIn\": { \"do\": \"log-in\", \"checks\": [], \"answers\": { \"done\": { \"status\": 200 } } } }",
        "/companions/logIn/checks",
        "`authenticated` is missing",
    ),
];

/// The same for the OpenAPI document.
const OPENAPIS: &[(&str, &str, &str, &str)] = &[
    ("\"openapi\"", "openapi", "", "is not JSON"),
    ("\"3.1.0\"", "\"2.0\"", "/openapi", "give a document of OpenAPI 3.1"),
    ("\"3.1.0\"", "\"4.0.0\"", "/openapi", "give a document of OpenAPI 3.1"),
    ("\"3.1.0\"", "3.1", "/openapi", "give a document of OpenAPI 3.1"),
    ("\"openapi\": \"3.1.0\"", "\"swagger\": \"2.0\"", "/swagger", "give a document of OpenAPI 3.1"),
    ("\"paths\"", "\"routes\"", "", "`paths` is missing"),
    ("\"deleteNotes\"", "\"removeNotes\"", "/paths", "has the `operationId` `deleteNotes`"),
    ("/boxes/{boxId}/", "/boxes/x{boxId}/", "/paths/~1boxes~1x{boxId}~1notes~1bulk-delete", "is no path"),
    (
        "\"name\": \"boxId\"",
        "\"name\": \"box\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post",
        "the path parameter `boxId` is not described",
    ),
    (
        "\"in\": \"query\"",
        "\"in\": \"cookie\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/1/in",
        "parameters in `cookie` are not supported",
    ),
    (
        "\"application/json\"",
        "\"text/xml\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/requestBody/content",
        "only JSON bodies are read",
    ),
    (
        "\"post\"",
        "\"options\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/options",
        "a server answers it by itself",
    ),
    (
        "\"in\": \"query\"",
        "\"in\": \"query\", \"style\": \"pipeDelimited\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/1/style",
        "only the style `form` is read here",
    ),
    (
        "\"in\": \"path\"",
        "\"in\": \"path\", \"style\": \"matrix\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/0/style",
        "only the style `simple` is read here",
    ),
    (
        "\"in\": \"query\"",
        "\"in\": \"query\", \"explode\": \"no\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/1/explode",
        "must be true or false",
    ),
    (
        "\"required\": true, \"schema\"",
        "\"required\": \"yes\", \"schema\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/0/required",
        "must be true or false",
    ),
    (
        "\"application/json\": {",
        "\"application/notes+json\": { \"schema\": { \"type\": \"object\" } }, \"application/json\": {",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/requestBody/content/application~1json/schema",
        "another schema than that of the JSON before it",
    ),
    (
        "\"minItems\": 1",
        "\"minContains\": 1",
        "/components/schemas/Notes/properties/noteIds/minContains",
        "minContains",
    ),
    (
        "\"#/components/schemas/Notes\"",
        "\"#/components/schemas/Boxes\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/requestBody/content/application~1json/schema/$ref",
        "",
    ),
];

#[test]
fn what_is_wrong_in_a_policy_is_told_with_its_place() {
    load(EACH);
    for (from, to, pointer, message) in POLICIES {
        let policy = replaced(EACH, from, to);
        expect_problem(try_load(OPENAPI, &policy), "policy.json", pointer, message, to);
    }
}

#[test]
fn what_is_wrong_in_an_openapi_document_is_told_with_its_place() {
    for (from, to, pointer, message) in OPENAPIS {
        let openapi = replaced(OPENAPI, from, to);
        expect_problem(try_load(&openapi, EACH), "openapi.json", pointer, message, to);
    }
}

#[test]
fn a_document_of_openapi_3_0_is_read_where_it_means_the_same() {
    for version in ["3.0.3", "3.1", "3.1.1", "3.2.0"] {
        assert!(try_load(&replaced(OPENAPI, "3.1.0", version), EACH).is_ok(), "{version}");
    }
    const LIST: &str = "\"minItems\": 1";
    let schema = "/components/schemas/Notes/properties/noteIds";
    for (only, pointer, message) in [
        ("\"nullable\": true", "nullable", "write `\"type\": [\"string\", \"null\"]`"),
        ("\"minimum\": 0, \"exclusiveMinimum\": true", "exclusiveMinimum", "must be a number"),
    ] {
        let openapi = replaced(&replaced(OPENAPI, "3.1.0", "3.0.3"), LIST, only);
        expect_problem(
            try_load(&openapi, EACH),
            "openapi.json",
            &format!("{schema}/{pointer}"),
            message,
            only,
        );
    }
}

#[test]
fn ids_are_strings_and_integers() {
    const LIST: &str = r#"{ "type": "array", "minItems": 1, "items": { "type": "string" } }"#;
    for list in [
        r#"{ "type": ["array", "null"], "items": { "type": ["integer", "string"] } }"#,
        r#"{ "type": "array", "items": { "allOf": [{ "type": ["string", "null"] }, { "type": "string" }] } }"#,
        r#"{ "type": "array", "items": { "enum": ["a", "b"] } }"#,
        r#"{ "type": "array", "items": { "type": ["string", "null"] } }"#,
    ] {
        try_load(&replaced(OPENAPI, LIST, list), EACH)
            .unwrap_or_else(|problems| panic!("{list}: {problems:#?}"));
    }
    for (list, message) in [
        (r#"{ "type": "string" }"#, "the ids stand in a list"),
        (r#"{ "items": { "type": "string" } }"#, "the ids stand in a list"),
        (r#"{ "type": ["array", "object"], "items": { "type": "string" } }"#, "the ids stand in a list"),
        (r#"{ "type": "array" }"#, "an id is a string or an integer"),
        (r#"{ "type": "array", "items": {} }"#, "an id is a string or an integer"),
        (r#"{ "type": "array", "items": { "type": "number" } }"#, "an id is a string or an integer"),
        (
            r#"{ "type": "array", "items": { "type": ["integer", "boolean"] } }"#,
            "an id is a string or an integer",
        ),
        (r#"{ "type": "array", "items": { "type": "object" } }"#, "an id is a string or an integer"),
    ] {
        let loaded = try_load(&replaced(OPENAPI, LIST, list), EACH);
        expect_problem(loaded, "policy.json", "/ids/at", message, list);
    }
}

/// A name is looked up as it is, whatever it has in it.
#[test]
fn a_slash_in_a_name_hides_nothing() {
    let policy = EACH
        .replace("\"pinned\": {", "\"pinned/note\": {")
        .replace("\"else\": \"pinned\"", "\"else\": \"pinned/note\"");
    load(&policy);
    let all = replaced(&policy, "\"atomicity\": \"each\"", "\"atomicity\": \"all\"");
    let pointer = "/outcomes/pinned~1note";
    expect_problem(try_load(OPENAPI, &all), "policy.json", pointer, "`answer` is missing", "a slash");
    let refused = |name: &str| {
        let answers = format!(
            "\"answers\": {{ \"{name}\": {{ \"status\": 409, \"body\": {{ \"held\": {{ \"$each\": \"refused\", \"item\": 1 }} }} }},"
        );
        let all = replaced(&all, "\"answers\": {", &answers);
        all.replace("\"is\": \"not-found\"", &format!("\"answer\": \"{name}\", \"is\": \"not-found\""))
            .replace("\"is\": \"failed\"", &format!("\"answer\": \"{name}\", \"is\": \"failed\""))
    };
    for (name, pointer) in
        [("held", "/answers/held"), ("he/ld", "/answers/he~1ld"), ("he~ld", "/answers/he~0ld")]
    {
        let loaded = try_load(OPENAPI, &refused(name));
        expect_problem(loaded, "policy.json", pointer, "must name `{item.id}`", name);
    }
}

#[test]
fn what_was_not_understood_is_not_told_again_as_missing() {
    for (from, to) in [("\"minItems\": 1", "\"minContains\": 1"), ("\"in\": \"path\"", "\"in\": \"cookie\"")]
    {
        let Err(problems) = try_load(&replaced(OPENAPI, from, to), EACH) else { panic!("loads with {to}") };
        let of_policy: Vec<_> = problems.iter().filter(|problem| problem.document == "policy.json").collect();
        assert!(of_policy.is_empty(), "with {to}: {of_policy:#?}");
    }
    // What has nothing to do with it still is told.
    let openapi = replaced(OPENAPI, "\"in\": \"query\"", "\"in\": \"query\", \"style\": \"deepObject\"");
    let policy = replaced(EACH, "/body/noteIds\"", "/body/nodeIds\"");
    expect_problem(
        try_load(&openapi, &policy),
        "policy.json",
        "/ids/at",
        "does not describe this place",
        "both",
    );
}

#[test]
fn every_problem_is_told_at_once() {
    let policy = replaced(
        &replaced(EACH, "\"retry\": \"now\"", "\"retry\": \"later\""),
        "\"check\": \"role\"",
        "\"check\": \"rule\"",
    );
    let openapi = replaced(OPENAPI, "\"minItems\": 1", "\"minContains\": 1");
    let Err(problems) = try_load(&openapi, &policy) else { panic!("loads") };
    let documents: Vec<&str> = problems.iter().map(|problem| problem.document.as_str()).collect();
    assert!(
        documents.contains(&"openapi.json")
            && documents.iter().filter(|name| **name == "policy.json").count() >= 2,
        "{problems:#?}"
    );
}

#[test]
fn a_container_in_the_body_is_asked_about_after_validation() {
    let policy = replaced(EACH, "\"/path/boxId\"", "\"/body/dry\"");
    load(&policy);
    let valid = "{ \"check\": \"valid\", \"else\": \"violations\" },";
    let last = "\"else\": \"not-keeper\" } ]";
    let late = replaced(
        &replaced(&policy, valid, ""),
        last,
        "\"else\": \"not-keeper\" }, { \"check\": \"valid\", \"else\": \"violations\" } ]",
    );
    expect_problem(
        try_load(OPENAPI, &late),
        "policy.json",
        "/checks/caller/1",
        "put it after `valid`",
        "valid last",
    );
    let believed =
        "{ \"check\": \"authenticated\", \"else\": { \"missing\": \"who\", \"*\": \"not-you\" } },";
    let later = replaced(EACH, believed, "");
    let later =
        replaced(&later, last, &format!("\"else\": \"not-keeper\" }}, {} ]", believed.trim_end_matches(',')));
    expect_problem(
        try_load(OPENAPI, &later),
        "policy.json",
        "/checks/caller/2",
        "put it after `authenticated`",
        "authenticated last",
    );
}

#[test]
fn declared_silence_is_believed() {
    let same = replaced(EACH, "\"The note is locked.\"", "\"The note is pinned.\"");
    load(&replaced(&same, "\"words\": {", "\"silent\": [[\"pinned\", \"locked\"]], \"words\": {"));
}

#[test]
fn answers_of_one_status_differ_where_one_names_items() {
    let conflict = |body: &str| {
        replaced(
            EACH,
            "\"too-large\": { \"status\": 413 }",
            &format!(
                "\"too-large\": {{ \"status\": 413 }}, \"twin\": {{ \"status\": 200, \"body\": {body} }}"
            ),
        )
    };
    load(&conflict("{ \"notes\": \"none\" }"));
    load(&conflict("{ \"gone\": 1, \"notes\": [ { \"done\": \"?\", \"id\": 1 } ], \"warnings\": 7, \"x\": { \"y\": 1 } }").replace("\"id\": \"{item.id}\",", "\"id\": \"{item.id}\", \"sort\": \"note\",").replace("\"done\": \"?\"", "\"sort\": \"page\""));
    let same = conflict("{ \"gone\": 1 }");
    expect_problem(
        try_load(OPENAPI, &same),
        "policy.json",
        "/answers/done",
        "the answers `done` and `twin` have one status and read the same",
        "a twin",
    );
    // An answer without a body is told apart by having none.
    load(&replaced(
        EACH,
        "\"too-large\": { \"status\": 413 }",
        "\"too-large\": { \"status\": 413 }, \"twin\": { \"status\": 200 }",
    ));
}

#[test]
fn outcomes_of_one_meaning_may_read_the_same() {
    let same = replaced(
        EACH,
        "\"The note is locked.\", \"retry\": \"never\"",
        "\"The note is pinned.\", \"retry\": \"after-change\"",
    );
    load(&same);
}

#[test]
fn only_format_one_or_none_is_read() {
    load(&replaced(EACH, "\"format\": 1, ", ""));
}
