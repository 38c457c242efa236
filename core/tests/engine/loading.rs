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
        "/checks/caller",
        "has no `credentials` to look at",
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
    ("\"at\": \"/locked\"", "\"at\": \"locked\"", "/checks/item/3/at", "JSON Pointer inside the attributes"),
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
