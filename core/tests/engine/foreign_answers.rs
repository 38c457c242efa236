//! Successes that have nothing of what the contract tells of items: they are somebody else's, and nothing follows from them.

use crate::common::{load, with_done};
use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::answer::report::Reported;
use bulk_delete_core::request::ids::{Id, IdList};

/// What became of the one item that was asked for, where a success has this body, and this one was received.
fn told(body: &str, received: &str) -> Reported {
    let contract = load(&with_done(&format!("\"status\": 200, \"body\": {body}")));
    let ids: IdList = [Id::text("a")].into_iter().collect();
    let report = interpret(&contract, &ids, Received { status: 200, body: received.as_bytes() });
    report.items.first().expect("there is an item").outcome
}

const FAILURES: &str = r#""failures": { "$each": "not-deleted", "absent": "empty", "item": { "id": "{item.id}", "text": "{item.reason}" } }"#;

#[test]
fn what_may_be_left_out_is_missed_by_nobody() {
    // All of it may be left out: then an answer without any of it is one.
    let body = format!(r#"{{ "note": {{ "$if": "caller.id", "then": "{{caller.id}}" }}, {FAILURES} }}"#);
    for received in ["{}", r#"{"more":1}"#, r#"{"note":"ada"}"#] {
        assert_eq!(told(&body, received), Reported::Deleted, "{received}");
    }
    // One that is always there is missed.
    let body = format!(r#"{{ "note": "{{caller.id}}", {FAILURES} }}"#);
    for (received, outcome) in [
        (r#"{"note":"ada"}"#, Reported::Deleted),
        ("{}", Reported::Unknown),
        (r#"{"more":1}"#, Reported::Unknown),
    ] {
        assert_eq!(told(&body, received), outcome, "{received}");
    }
}

#[test]
fn a_constant_that_differs_is_no_success_where_nothing_else_tells_of_items() {
    let body = format!(r#"{{ "ok": true, {FAILURES} }}"#);
    let failure = r#""failures":[{"id":"b","text":"The note is pinned."}]"#;
    for (received, outcome) in [
        (r#"{"ok":true}"#.to_owned(), Reported::Deleted),
        (r#"{"ok":false}"#.to_owned(), Reported::Unknown),
        (r#"{"ok":false,"failures":7}"#.to_owned(), Reported::Unknown),
        // A failure of another item says nothing of this one.
        (format!(r#"{{"ok":true,{failure}}}"#), Reported::Unknown),
    ] {
        assert_eq!(told(&body, &received), outcome, "{received}");
    }
}

#[test]
fn a_list_that_is_told_on_a_condition_is_one_where_it_is_told() {
    // The count is always there, unless the answer has the list instead.
    let listed = r#"{ "$each": "deleted", "item": "{item.id}" }"#;
    let body = format!(
        r#"{{ "count": "{{deleted.count}}", "told": {{ "$if": "deleted.count", "then": {{ "ids": {listed} }} }}, {FAILURES} }}"#
    );
    for (received, outcome) in [
        (r#"{"count":1,"told":{"ids":["a"]}}"#, Reported::Deleted),
        (r#"{"told":{"ids":["a"]}}"#, Reported::Deleted),
        (r#"{"told":{"more":1}}"#, Reported::Unknown),
        (r#"{"more":1}"#, Reported::Unknown),
    ] {
        assert_eq!(told(&body, received), outcome, "{received}");
    }
    // Where it is all that tells of items, and not everybody is told it, nothing is missed.
    let body =
        format!(r#"{{ "told": {{ "$if": "caller.id", "then": {{ "ids": {listed} }} }}, {FAILURES} }}"#);
    for received in [r#"{"told":{"ids":["a"]}}"#, r#"{"more":1}"#] {
        assert_eq!(told(&body, received), Reported::Deleted, "{received}");
    }
}
