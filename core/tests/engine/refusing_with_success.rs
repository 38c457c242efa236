//! Answers of APIs that refuse with the status of a success, and say so in the body alone.

use crate::common::load;
use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::request::ids::{Id, IdList};

const POLICY: &str = r##"{ "format": 1, "operation": "deleteNotes",
  "credentials": [ { "kind": "token", "header": "X-Key" } ],
  "resource": "note", "ids": { "at": "/body/noteIds" }, "atomicity": "all",
  "checks": {
    "caller": [ { "check": "authenticated", "else": "who" }, { "check": "valid", "else": "violations" } ],
    "item": [ { "check": "exists", "else": "unknown" }, { "check": "owned", "else": "foreign" } ] },
  "silent": [ ["bystander", "unknown"], ["bystander", "foreign"] ],
  "outcomes": { "deleted": { "is": "deleted" }, "unknown": { "is": "not-found", "answer": "unknown" },
    "foreign": { "is": "failed", "answer": "foreign", "retry": "never" } },
  "error": { "body": { "ok": false, "error": "{say.code}" } },
  "answers": { "done": { "status": 200, "body": { "ok": true } },
    "who": { "status": 200, "say": { "code": "not_authed" } },
    "unknown": { "status": 200, "say": { "code": "note_not_found" } },
    "foreign": { "status": 200, "say": { "code": "cant_delete_note" } },
    "method": { "status": 405, "say": { "code": "method" } }, "media-type": { "status": 415, "say": { "code": "media_type" } },
    "too-large": { "status": 413 }, "too-many": { "status": 429 }, "internal": { "status": 500 } },
  "violations": { "answer": "first", "status": 200, "rules": [
    { "rule": "content-type", "answer": "media-type" }, { "say": { "code": "invalid_arguments" } } ] } }"##;

/// The answer's name, and what became of the one item that was asked for.
fn told(policy: &str, body: &str) -> (String, String) {
    let contract = load(policy);
    let ids: IdList = [Id::text("a")].into_iter().collect();
    let report = interpret(&contract, &ids, Received { status: 200, body: body.as_bytes() });
    let item = report.items.first().expect("there is an item");
    let gone = item.gone.known().map_or("null", |gone| if gone { "gone" } else { "there" });
    (report.answer.unwrap_or_default(), format!("{} {gone}", item.outcome.name()))
}

#[test]
fn a_refusal_in_the_contracts_words_is_one_whatever_its_status() {
    for (body, answer, item) in [
        (r#"{"ok":true}"#, "done", "deleted gone"),
        (r#"{"ok":false,"error":"not_authed"}"#, "who", "failed there"),
        (r#"{"ok":false,"error":"invalid_arguments"}"#, "violations", "failed there"),
        (r#"{"ok":false,"error":"cant_delete_note"}"#, "foreign", "failed there"),
    ] {
        assert_eq!(told(POLICY, body), (answer.to_owned(), item.to_owned()), "{body}");
    }
}

#[test]
fn what_could_be_any_of_several_refusals_leaves_the_items_open() {
    // An item that is unknown is gone, one that is somebody else's is not.
    for body in
        [r#"{"ok":false,"error":"something_new"}"#, r#"{"ok":false}"#, r#"{"error":7}"#, "{}", "[]", "{"]
    {
        assert_eq!(told(POLICY, body).1, "unknown null", "{body}");
    }
}

#[test]
fn the_only_refusal_there_can_be_is_one_in_its_own_words_alone() {
    let policy = POLICY.replace(r#""unknown": { "status": 200"#, r#""unknown": { "status": 404"#);
    let policy = policy.replace(r#""foreign": { "status": 200"#, r#""foreign": { "status": 403"#);
    let policy = policy.replace(r#""first", "status": 200"#, r#""first", "status": 400"#);
    for (body, item) in [
        (r#"{"ok":false,"error":"not_authed"}"#, "failed there"),
        (r#"{"ok":false}"#, "failed there"),
        // Agrees in part, and in nothing.
        (r#"{"ok":false,"error":"down"}"#, "unknown null"),
        (r#"{"ok":7,"error":7}"#, "unknown null"),
        (r#"{"more":1}"#, "unknown null"),
    ] {
        assert_eq!(told(&policy, body).1, item, "{body}");
    }
}

#[test]
fn a_refusal_that_alone_has_its_status_is_not_taken_for_said_by_what_says_nothing_of_it() {
    let policy = POLICY
        .replace(r#""done": { "status": 200, "body": { "ok": true } }"#, r#""done": { "status": 204 }"#);
    let policy = policy.replace(r#""unknown": { "status": 200"#, r#""unknown": { "status": 404"#);
    let policy = policy.replace(r#""foreign": { "status": 200"#, r#""foreign": { "status": 403"#);
    let policy = policy.replace(r#""first", "status": 200"#, r#""first", "status": 400"#);
    for (body, item) in
        [(r#"{"ok":false,"error":"not_authed"}"#, "failed there"), (r#"{"more":1}"#, "unknown null")]
    {
        assert_eq!(told(&policy, body).1, item, "{body}");
    }
}

#[test]
fn a_success_that_has_nothing_of_the_constants_of_the_answer_is_none() {
    let policy = POLICY.replace(r#""who": { "status": 200"#, r#""who": { "status": 401"#);
    let policy = policy.replace(r#""unknown": { "status": 200"#, r#""unknown": { "status": 404"#);
    let policy = policy.replace(r#""foreign": { "status": 200"#, r#""foreign": { "status": 403"#);
    let policy = policy.replace(r#""first", "status": 200"#, r#""first", "status": 400"#);
    for (body, item) in [
        (r#"{"ok":true}"#, "deleted gone"),
        (r#"{"ok":true,"more":1}"#, "deleted gone"),
        (r#"{"ok":false}"#, "unknown null"),
        (r#"{"ok":"true"}"#, "unknown null"),
        (r#"{"error":"down"}"#, "unknown null"),
        ("{}", "unknown null"),
    ] {
        assert_eq!(told(&policy, body).1, item, "{body}");
    }
}
