//! What a contract may say and may not, where more than one place decides it; and how its problems are told.

use crate::common::{EACH, OPENAPI, expect_problem, load, replaced, try_load};

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
