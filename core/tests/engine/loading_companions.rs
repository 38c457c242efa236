//! What companions must not be, and what else they may: each is told, or taken, beside the same contract.

use crate::common::{EACH, expect_problem, replaced, try_load};
use crate::companions::{DELETE_NOTE, beside, openapi};

const READ_NOTE: &str = r#"{ "do": "get", "container": "/path/boxId", "id": "/path/noteId", "checks": CHECKS,
  "items": [ { "check": "exists", "else": "no-note" } ],
  "answers": { "done": { "status": 200, "body": "NAME" }, "no-note": { "status": 404, "body": "OTHER" } } }"#;
const LIST_NOTES: &str = r#"{ "do": "list", "container": "/path/boxId", "checks": CHECKS, "filters": [ { "at": "/query/page", "by": "name" } ],
  "answers": { "done": { "status": 200, "body": "NAME" }, "violations": { "status": 400, "body": "OTHER" } } }"#;
const READ_OPERATION: &str = r#"{ "do": "get", "of": "operations", "id": "/path/noteId", "checks": CHECKS,
  "items": [ { "check": "exists", "else": "no-note" } ],
  "answers": { "done": { "status": 200, "body": "NAME" }, "no-note": { "status": 404, "body": "OTHER" } } }"#;

const LIST_OPERATIONS: &str = r#"{ "do": "list-operations", "checks": CHECKS, "answers": { "done": { "status": 200, "body": NAME } } }"#;
const LIST_ACTIVITY: &str = r#"{ "do": "list", "of": "activity", "checks": CHECKS, "answers": { "done": { "status": 200, "body": NAME } } }"#;
const PAGE: &str = r#"{ "$each": "page", "item": "{item.id}" }"#;
const OPERATIONS: &str = r#"{ "$each": "operations", "item": "{operation.id}" }"#;

/// (operation, companion, text, its replacement, pointer of the problem inside the companion, part of its message).
const COMPANIONS: &[(&str, &str, &str, &str, &str, &str)] = &[
    (
        "deleteNote",
        DELETE_NOTE,
        "\"outcomes\": {",
        "\"outcomes\": { \"lost\": \"no-note\",",
        "",
        "there is no outcome `lost`",
    ),
    (
        "deleteNote",
        DELETE_NOTE,
        "\"locked\": \"refused\", ",
        "",
        "",
        "does not say which answer `locked` has",
    ),
    (
        "deleteNote",
        DELETE_NOTE,
        "\"pinned\": \"refused\"",
        "\"pinned\": \"rufused\"",
        "",
        "there is no answer `rufused`",
    ),
    (
        "deleteNote",
        DELETE_NOTE,
        "\"else\": \"no-note\"",
        "\"else\": \"no-nota\"",
        "",
        "there is no answer `no-nota`",
    ),
    (
        "deleteNote",
        DELETE_NOTE,
        "CHECKS",
        "[ { \"check\": \"authenticated\", \"else\": \"whom\" }, { \"check\": \"valid\", \"else\": \"violations\" } ]",
        "",
        "there is no answer `whom`",
    ),
    (
        "readNote",
        READ_NOTE,
        "\"do\": \"get\",",
        "\"do\": \"get\", \"credentials\": [],",
        "/credentials",
        "is empty, and nobody could call",
    ),
    (
        "readNote",
        READ_NOTE,
        "\"check\": \"exists\"",
        "\"check\": \"owned\"",
        "/items",
        "the first check must be `exists`",
    ),
    (
        "readNote",
        READ_NOTE,
        "[ { \"check\": \"exists\", \"else\": \"no-note\" } ]",
        "[]",
        "/items",
        "the first check must be `exists`",
    ),
    (
        "readNote",
        READ_NOTE,
        "\"items\": [ { \"check\": \"exists\", \"else\": \"no-note\" } ],",
        "",
        "",
        "`items` is missing",
    ),
    (
        "listNotes",
        LIST_NOTES,
        "\"by\": \"name\"",
        "\"by\": \"/attributesx\"",
        "/filters/0/by",
        "is nothing to look at",
    ),
    (
        "listNotes",
        LIST_NOTES,
        "\"by\": \"name\"",
        "\"by\": \"name\", \"words\": \"dane\"",
        "/filters/0/words",
        "is no table of `words`",
    ),
    (
        "listNotes",
        LIST_NOTES,
        "\"by\": \"name\"",
        "\"by\": \"id\", \"words\": \"done\"",
        "/filters/0",
        "everything has an id",
    ),
    (
        "listNotes",
        LIST_NOTES,
        "\"by\": \"name\"",
        "\"by\": \"id\", \"absent\": \"none\"",
        "/filters/0",
        "everything has an id",
    ),
    (
        "readNote",
        READ_NOTE,
        "NAME",
        "{page.total}",
        "/answers/done/body",
        "only the answer `done` to a list operation has it",
    ),
    (
        "listNotes",
        LIST_NOTES,
        "OTHER",
        "{page.total}",
        "/answers/violations/body",
        "only the answer `done` to a list operation has it",
    ),
    ("readNote", READ_NOTE, "OTHER", "{item.name}", "/answers/no-note/body", "put it inside `$each`"),
    ("listNotes", LIST_NOTES, "NAME", "{item.name}", "/answers/done/body", "put it inside `$each`"),
    ("readOperation", READ_OPERATION, "NAME", "{item.name}", "/answers/done/body", "put it inside `$each`"),
    ("readNote", READ_NOTE, "NAME", "{operation.id}", "/answers/done/body", "only an operation has it"),
    (
        "readOperation",
        READ_OPERATION,
        "OTHER",
        "{operation.id}",
        "/answers/no-note/body",
        "only an operation has it",
    ),
    ("readNote", READ_NOTE, "\"NAME\"", PAGE, "/answers/done/body/$each", "`page` is not told here"),
    (
        "listNotes",
        LIST_NOTES,
        "\"do\": \"list\",",
        r#""do": "list", "query": { "tags": { "spellings": ["commas"] } },"#,
        "/query",
        "no query parameter `tags`",
    ),
    (
        "listNotes",
        LIST_NOTES,
        "\"NAME\"",
        OPERATIONS,
        "/answers/done/body/$each",
        "`operations` is not told here",
    ),
    ("listOperations", LIST_OPERATIONS, "NAME", PAGE, "/answers/done/body/$each", "`page` is not told here"),
    (
        "listOperations",
        LIST_OPERATIONS,
        "NAME",
        r#"{ "$each": "operations", "item": "{item.name}" }"#,
        "/answers/done/body/item",
        "put it inside `$each`",
    ),
    (
        "listActivity",
        LIST_ACTIVITY,
        "NAME",
        r#"{ "$each": "page", "item": "{item.name}" }"#,
        "/answers/done/body/item",
        "put it inside `$each`",
    ),
    (
        "listActivity",
        LIST_ACTIVITY,
        "NAME",
        "\"{activity.code}\"",
        "/answers/done/body",
        "only an entry of the audit trail has it",
    ),
    (
        "listNotes",
        LIST_NOTES,
        "\"NAME\"",
        r#"{ "$each": "page", "item": "{activity.code}" }"#,
        "/answers/done/body/item",
        "only an entry of the audit trail has it",
    ),
];

#[test]
fn what_is_wrong_in_a_companion_is_told_with_its_place() {
    for (id, companion, from, to, pointer, message) in COMPANIONS {
        let policy = beside(EACH, &[(id, &replaced(companion, from, to))]);
        let pointer = format!("/companions/{id}{pointer}");
        expect_problem(try_load(&openapi(), &policy), "policy.json", &pointer, message, to);
    }
}

#[test]
fn answers_to_outcomes_are_the_contracts_where_one_item_decides_for_all() {
    let policy = replaced(EACH, "\"atomicity\": \"each\"", "\"atomicity\": \"all\"");
    let policy = beside(&policy, &[("deleteNote", DELETE_NOTE)]);
    let pointer = "/companions/deleteNote";
    expect_problem(try_load(&openapi(), &policy), "policy.json", pointer, "leave `outcomes` out", "all");
}

#[test]
fn what_is_read_may_be_told() {
    for (id, companion, name) in [
        ("readNote", READ_NOTE, "{item.name}"),
        ("readOperation", READ_OPERATION, "{operation.id}"),
        ("listNotes", LIST_NOTES, "{page.total}"),
        ("listOperations", LIST_OPERATIONS, OPERATIONS),
        ("listActivity", LIST_ACTIVITY, r#"{ "$each": "page", "item": "{activity.code}" }"#),
    ] {
        let policy = beside(EACH, &[(id, &replaced(companion, "NAME", name))]);
        if let Err(problems) = try_load(&openapi(), &policy) {
            panic!("{id} with {name} does not load: {problems:#?}");
        }
    }
}
