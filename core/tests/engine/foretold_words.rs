//! The words of a forecast: which sentence of the document a refusal quotes, which reason it gives, and what facts are called.

use crate::common::{EACH, replaced};
use crate::forecasting::{FREE, KEEPER, PINNED, foretell};
use bulk_delete_core::decision::forecast::{About, Denial, Foretold, Occurs};
use bulk_delete_core::decision::questions::Question;

const ASKED: &str = r#"{"noteIds":["a"]}"#;

/// What is refused to the caller of one item.
fn refused(policy: &str, caller: &str, item: &str) -> Denial {
    match foretell(policy, ASKED, caller, &[(item, Occurs::Once)]).items.pop() {
        Some(Foretold::Deny(denial)) => denial,
        other => panic!("it is not refused: {other:?}"),
    }
}

#[test]
fn the_rule_that_is_quoted_is_the_one_that_refuses() {
    let rule = |any_of: &str, says: &str, otherwise: &str| {
        format!(
            r#"{{ "check": "role", "any-of": ["{any_of}"], "document": "{says}", "else": "{otherwise}" }}"#
        )
    };
    let keeper = r#"{ "check": "role", "any-of": ["keeper"], "else": "not-keeper" }"#;
    let policy = replaced(
        EACH,
        keeper,
        &format!("{}, {}", rule("reader", "Read.", "who"), rule("keeper", "Keep.", "not-keeper")),
    );
    // Two checks of a name are told apart by their answers.
    let reader = r#"{ "authenticated": true, "container-exists": true, "roles": ["reader"] }"#;
    assert_eq!(refused(&policy, reader, FREE).document.as_deref(), Some("Keep."));
    // Two checks with one answer are told apart by their names.
    let policy = replaced(
        EACH,
        r#"{ "check": "authenticated", "else": { "missing": "who", "*": "not-you" } }"#,
        r#"{ "check": "authenticated", "document": "Say who.", "else": { "missing": "who", "*": "not-keeper" } }"#,
    );
    let policy = replaced(&policy, keeper, &rule("keeper", "Keep.", "not-keeper"));
    assert_eq!(refused(&policy, reader, FREE).document.as_deref(), Some("Keep."));
}

#[test]
fn the_rule_that_is_quoted_for_an_item_is_the_one_that_stops_it() {
    let policy =
        replaced(EACH, r#""check": "exists","#, r#""check": "exists", "document": "It must exist.","#);
    let policy = replaced(
        &policy,
        r#""check": "accessible","#,
        r#""check": "accessible", "document": "It must be seen.","#,
    );
    let policy = replaced(
        &policy,
        r#"{ "check": "deletable","#,
        r#"{ "check": "attribute", "at": "/attributes/held", "is-not": true, "document": "Held notes stay.", "else": "pinned" }, { "check": "deletable","#,
    );
    let policy = replaced(
        &policy,
        r#""at": "/attributes/locked","#,
        r#""at": "/attributes/locked", "document": "Locked notes stay.","#,
    );
    for (item, quoted) in [
        // One outcome of two checks.
        ("null", "It must exist."),
        (r#"{ "exists": true, "accessible": false }"#, "It must be seen."),
        // Two outcomes of two checks of one name.
        (
            r#"{ "exists": true, "accessible": true, "state": "", "attributes": { "locked": true } }"#,
            "Locked notes stay.",
        ),
        (
            r#"{ "exists": true, "accessible": true, "state": "", "attributes": { "held": true } }"#,
            "Held notes stay.",
        ),
    ] {
        assert_eq!(refused(&policy, KEEPER, item).document.as_deref(), Some(quoted), "{item}");
    }
}

#[test]
fn a_reason_may_be_nothing_but_the_items_own() {
    let policy = replaced(EACH, r#""reason": "Broken: {item.fail}""#, r#""reason": "{item.fail}""#);
    let broken = r#"{ "exists": true, "accessible": true, "state": "x", "attributes": {}, "fail": "glue" }"#;
    assert_eq!(refused(&policy, KEEPER, broken).reason.as_deref(), Some("glue"));
    assert_eq!(refused(EACH, KEEPER, PINNED).reason.as_deref(), Some("The note is pinned."));
}

#[test]
fn of_a_refusal_of_everything_the_longest_text_that_is_always_the_same_is_told() {
    let stranger = r#"{ "authenticated": "missing" }"#;
    for (body, reason) in [
        (r#"{ "error": "Go." }"#, Some("Go.")),
        (r#"{ "code": "E1", "error": "Who are you?" }"#, Some("Who are you?")),
        (r#"{ "error": "Who are you?", "code": "E1" }"#, Some("Who are you?")),
        // Of two that are as long, the first.
        (r#"{ "a": "One.", "b": "Two." }"#, Some("One.")),
        (r#"{ "errors": [ "E1", "{request.id}", "Who are you?" ] }"#, Some("Who are you?")),
        (r#"[ "{request.id}", { "error": "Who are you?" } ]"#, Some("Who are you?")),
        (r#"{ "errors": [ "E1", { "text": "Who are you?" } ] }"#, Some("Who are you?")),
        (r#"{ "error": "{request.id}", "code": 7 }"#, None),
    ] {
        let answer = format!(r#""who": {{ "status": 401, "body": {body} }}"#);
        let policy =
            replaced(EACH, r#""who": { "status": 401, "say": { "text": "Who are you?" } }"#, &answer);
        assert_eq!(refused(&policy, stranger, FREE).reason.as_deref(), reason, "{body}");
    }
}

#[test]
fn facts_have_the_names_by_which_they_are_told() {
    let names = [About::Caller, About::Container, About::Item].map(About::name);
    assert_eq!(names, ["caller", "container", "item"]);
    for (question, fact, part) in [
        (Question::Exists, "exists", None),
        (Question::Accessible, "accessible", None),
        (Question::Owned, "owner", None),
        (Question::Permission("note.delete".to_owned()), "permissions", Some("note.delete")),
        (Question::State, "state", None),
        (Question::Attribute("/locked".to_owned()), "attributes", Some("/locked")),
        (Question::Fail, "fail", None),
    ] {
        assert_eq!((question.fact(), question.part()), (fact, part));
    }
}
