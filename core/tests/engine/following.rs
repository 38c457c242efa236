//! How operations are followed: what is worked out of companions that tell of them.

use crate::common::{EACH, replaced};
use crate::companions::{beside, openapi};
use bulk_delete_core::contract::following::Following;
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::json::Value;

const ITEM: &str = r#"{ "operation": "{operation.id}", "is": { "now": "{operation.state}" },
  "errors": { "$if": "operation.fail", "then": [ { "why": "{operation.fail}" } ] } }"#;

/// A companion that lists operations: what it says beside its checks, and the body of its answer.
fn list(more: &str, body: &str) -> String {
    format!(
        r#"{{ "do": "list-operations", {more} "checks": CHECKS, "answers": {{ "done": {{ "status": 200, "body": {body} }} }} }}"#
    )
}

/// A companion that reads one.
fn read(body: &str) -> String {
    format!(
        r#"{{ "do": "get", "of": "operations", "id": "/path/noteId", "checks": CHECKS, "items": [ {{ "check": "exists", "else": "none" }} ],
             "answers": {{ "done": {{ "status": 200, "body": {body} }}, "none": {{ "status": 404 }} }} }}"#
    )
}

fn each(item: &str) -> String {
    format!(r#"{{ "$each": "operations", "item": {item} }}"#)
}

/// What comes of these companions, in a line.
fn followed(companions: &[(&str, &str)]) -> Option<String> {
    let (openapi, policy) = (openapi(), beside(EACH, companions));
    let documents = Documents { name: "notes", openapi: openapi.as_bytes(), policy: policy.as_bytes() };
    Contract::load(documents).unwrap_or_else(|problems| panic!("{problems:#?}"));
    Following::read(documents).map(|found| {
        let words = [&found.succeeded, &found.failed].map(Value::to_text).join(" ");
        let fail = found.fail.unwrap_or_default();
        format!(
            "{} {:?} {:?} {} {:?} {} {} {words} {fail}",
            found.path, found.at, found.spelling, found.most, found.list, found.id, found.state
        )
    })
}

#[test]
fn it_is_told_by_a_companion_that_tells_where_all_of_it_stands() {
    let by_id = r#""filters": [ { "at": "/query/id", "by": "id" } ],"#;
    let bare = each(ITEM);
    let beneath = format!(r#"{{ "a/b": [ 1, {bare} ] }}"#);
    let maybe = format!(r#"{{ "list": {{ "$if": "page.total", "then": {bare} }} }}"#);
    let rows = [
        (
            vec![("listOperations", list(by_id, &bare))],
            r#"/operations Some(Query("id")) None 1 Some("") /operation /is/now "succeeded" "failed" /errors/0/why"#,
        ),
        (
            vec![("listOperations", list(by_id, &beneath))],
            r#"/operations Some(Query("id")) None 1 Some("/a~1b/1") /operation /is/now "succeeded" "failed" /errors/0/why"#,
        ),
        // All that there are, of the container that the request named.
        (
            vec![("listOperationsOfBox", list("", &maybe))],
            r#"/boxes/{boxId}/operations None None 1 Some("/list") /operation /is/now "succeeded" "failed" /errors/0/why"#,
        ),
        (
            vec![
                (
                    "listOperations",
                    list(r#""page": { "by": "number", "at": "/query/id", "size": 7 },"#, &bare),
                ),
                ("readOperation", read(ITEM)),
            ],
            r#"/operations/{noteId} Some(Path("noteId")) None 1 None /operation /is/now "succeeded" "failed" /errors/0/why"#,
        ),
        (
            vec![("readOperation", read(r#"{ "id": "{operation.id}", "state": "{operation.state}" }"#))],
            r#"/operations/{noteId} Some(Path("noteId")) None 1 None /id /state "succeeded" "failed" "#,
        ),
    ];
    for (companions, expected) in rows {
        let companions: Vec<(&str, &str)> =
            companions.iter().map(|(id, companion)| (*id, companion.as_str())).collect();
        assert_eq!(followed(&companions).as_deref(), Some(expected), "{companions:?}");
    }
}

#[test]
fn several_are_asked_for_at_once_in_the_first_spelling() {
    let rows = [
        ("", "Some(Repeated) 50"),
        (r#""query": { "only": { "spellings": ["indexed", "commas"] } },"#, "Some(Indexed) 50"),
        (r#""page": { "by": "offset", "at": "/query/page", "size": 20 },"#, "Some(Repeated) 20"),
        (r#""page": { "by": "offset", "at": "/query/page", "size": 2000 },"#, "Some(Repeated) 50"),
    ];
    for (more, expected) in rows {
        let more = format!(
            r#"{more} "container": "/path/boxId", "filters": [ {{ "at": "/query/only", "by": "id" }} ],"#
        );
        let companion = list(&more, &each(ITEM));
        let found = followed(&[("listNotes", &companion)]).expect("it is told");
        let expected = format!(
            r#"/boxes/{{boxId}}/notes Some(Query("only")) {expected} Some("") /operation /is/now "succeeded" "failed" /errors/0/why"#
        );
        assert_eq!(found, expected, "{more}");
    }
}

#[test]
fn it_is_not_told_where_something_is_missing_or_not_known() {
    let rows = [
        ("no id", "listOperations", list("", &each(r#""{operation.state}""#))),
        ("no state", "listOperations", list("", &each(r#""{operation.id}""#))),
        ("no state by itself", "listOperations", list("", &each(r#"["{operation.id}", "is {operation.state}"]"#))),
        ("no list", "listOperations", list("", r#"{ "total": "{page.total}" }"#)),
        ("pages of all", "listOperations", list(r#""page": { "by": "number", "at": "/query/id", "size": 7 },"#, &each(ITEM))),
        // Nobody knows which note's: the request names many.
        ("a path of its own", "readNote", list("", &each(ITEM))),
        ("a request that does something", "deleteNote", list("", &each(ITEM))),
        ("another companion", "listActivity", r#"{ "do": "list", "of": "activity", "checks": CHECKS, "answers": { "done": { "status": 200 } } }"#.to_owned()),
    ];
    for (what, id, companion) in rows {
        assert_eq!(followed(&[(id, &companion)]), None, "{what}");
    }
}

#[test]
fn how_far_it_is_may_be_said_in_words() {
    let policy = replaced(EACH, "\"words\": {", r#""words": { "w": { "succeeded": 1 },"#);
    let item = r#"{ "id": "{operation.id}", "state": "{w:operation.state}" }"#;
    let (openapi, policy) = (openapi(), beside(&policy, &[("listOperations", &list("", &each(item)))]));
    let documents = Documents { name: "notes", openapi: openapi.as_bytes(), policy: policy.as_bytes() };
    let found = Following::read(documents).expect("it is told");
    // What has no word is told as it is.
    assert_eq!((found.succeeded, found.failed), (Value::from(1_u64), Value::from("failed")));
}

#[test]
fn words_that_do_not_say_how_it_ended_tell_nothing() {
    let rows = [
        r#""pending": false, "running": false, "succeeded": true, "failed": true"#,
        r#""running": "Open", "succeeded": "Open""#,
        r#""pending": 1, "failed": 1"#,
        r#""succeeded": "failed""#,
    ];
    for words in rows {
        let policy = replaced(EACH, "\"words\": {", &format!(r#""words": {{ "w": {{ {words} }},"#));
        let item =
            r#"{ "id": "{operation.id}", "ended": "{w:operation.state}", "error": "{operation.fail}" }"#;
        let (openapi, policy) = (openapi(), beside(&policy, &[("listOperations", &list("", &each(item)))]));
        let documents = Documents { name: "notes", openapi: openapi.as_bytes(), policy: policy.as_bytes() };
        assert!(Contract::load(documents).is_ok(), "{words}");
        assert_eq!(Following::read(documents), None, "{words}");
    }
}

#[test]
fn what_is_wrong_with_a_companion_leaves_a_page_its_contract() {
    let openapi = openapi();
    let policy = beside(EACH, &[("nobody", &list("", &each(ITEM)))]);
    let documents = Documents { name: "notes", openapi: openapi.as_bytes(), policy: policy.as_bytes() };
    assert!(Contract::load(documents).is_err());
    assert!(Contract::load_alone(documents).is_ok());
    assert_eq!(Following::read(documents), None);
}
