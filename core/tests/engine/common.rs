//! A small contract of the tests' own: notes in boxes. Each test changes it by replacing text.

use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::problem::Problem;
use bulk_delete_core::world::{Seed, World};
use std::sync::Arc;

pub(crate) const OPENAPI: &str = r##"{ "openapi": "3.1.0", "info": { "title": "Notes", "version": "1" },
  "paths": { "/boxes/{boxId}/notes/bulk-delete": { "post": { "operationId": "deleteNotes",
    "parameters": [ { "name": "boxId", "in": "path", "required": true, "schema": { "type": "string" } },
                    { "name": "withPages", "in": "query", "schema": { "type": "boolean" } } ],
    "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Notes" } } } },
    "responses": {} } } },
  "components": { "schemas": { "Notes": { "type": "object", "required": ["noteIds"], "additionalProperties": false,
    "properties": { "noteIds": { "type": "array", "minItems": 1, "items": { "type": "string" } }, "dry": { "type": "boolean" } } } } } }"##;

pub(crate) const EACH: &str = r##"{ "format": 1, "operation": "deleteNotes",
  "credentials": [ { "kind": "token", "header": "X-Key" } ],
  "resource": "note", "ids": { "at": "/body/noteIds" },
  "query": { "withPages": { "compare": "ignore-case" } },
  "container": { "kind": "box", "id": "/path/boxId" },
  "atomicity": "each",
  "checks": {
    "caller": [ { "check": "authenticated", "else": { "missing": "who", "*": "not-you" } },
                { "check": "valid", "else": "violations" },
                { "check": "container-exists", "else": "no-box" },
                { "check": "role", "any-of": ["keeper"], "else": "not-keeper" } ],
    "item": [ { "check": "exists", "else": "unknown" },
              { "check": "accessible", "else": "unknown" },
              { "check": "state-is-not", "state": "pinned", "else": "pinned" },
              { "check": "attribute", "at": "/attributes/locked", "is-not": true, "else": "locked" },
              { "check": "deletable", "else": "broken" } ] },
  "effects": { "children": { "deleted-if": "/query/withPages" } },
  "outcomes": { "deleted": { "is": "deleted" }, "unknown": { "is": "not-found", "reason": "There is no such note." },
    "pinned": { "is": "failed", "reason": "The note is pinned.", "retry": "after-change" },
    "locked": { "is": "failed", "reason": "The note is locked.", "retry": "never" },
    "broken": { "is": "failed", "reason": "Broken: {item.fail}", "retry": "now" } },
  "words": { "done": { "deleted": true, "not-found": false, "failed": false } },
  "error": { "headers": { "X-Request": "{request.id}" }, "body": { "error": "{say.text}", "hint": { "$if": "say.hint", "then": "{say.hint}" } } },
  "answers": {
    "done": { "status": 200, "body": { "gone": "{deleted.count}", "notes": { "$each": "all", "item": { "id": "{item.id}", "done": "{done:item.is}", "name": { "$if": "item.name", "then": "{item.name}" }, "text": "{item.reason}" } },
      "warnings": { "$if": "warnings.count", "then": { "$each": "warnings", "item": "{warning.text}" } } } },
    "who": { "status": 401, "say": { "text": "Who are you?" } },
    "not-you": { "status": 401, "say": { "text": "You are not who you say." } },
    "no-box": { "status": 404, "say": { "text": "There is no box {container.id}." } },
    "not-keeper": { "status": 403, "say": { "text": "Ask the keeper.", "hint": "{caller.id}" } },
    "odd": { "status": 415, "say": { "text": "{violation.actual}?" } },
    "method": { "status": 405, "say": { "text": "No {request.method} here." } },
    "too-large": { "status": 413 }, "too-many": { "status": 429, "headers": { "Retry-After": "{wait.seconds}" } }, "internal": { "status": 500 } },
  "violations": { "answer": "first", "status": 400, "rules": [
    { "rule": "content-type", "answer": "odd" },
    { "rule": "additionalProperties", "say": { "text": "What is {violation.property}?" } },
    { "rule": ["type", "minItems"], "at": "/body/noteIds/*", "actual": "null", "say": { "text": "An id is nothing." } },
    { "say": { "text": "{violation.pointer} {violation.message}" } } ] } }"##;

pub(crate) const WORLD: &str = r##"{ "containers": [ { "kind": "box", "id": "b1", "aliases": ["first"] }, { "kind": "box", "id": "b2" } ],
  "callers": [ { "id": "kim", "tokens": ["kim-key"], "grants": [ { "container": "box/b1", "roles": ["keeper"] } ] },
               { "id": "lou", "tokens": ["lou-key"], "grants": [ { "container": "box/b1" } ] } ],
  "resources": [
    { "kind": "note", "id": "n1", "container": "box/b1", "name": "One", "owner": "kim", "children": [ { "kind": "page", "id": "p1" } ] },
    { "kind": "note", "id": "n2", "container": "box/b1", "state": "pinned" },
    { "kind": "note", "id": "n3", "container": "box/b1", "attributes": { "locked": true } },
    { "kind": "note", "id": "n4", "container": "box/b1", "on-delete": { "fail": "glue" } },
    { "kind": "note", "id": "n5", "container": "box/b1", "visible-to": ["lou"] },
    { "kind": "note", "id": "n6", "container": "box/b2" } ] }"##;

pub(crate) fn try_load(openapi: &str, policy: &str) -> Result<Contract, Vec<Problem>> {
    Contract::load(Documents { name: "notes", openapi: openapi.as_bytes(), policy: policy.as_bytes() })
}

pub(crate) fn load(policy: &str) -> Contract {
    try_load(OPENAPI, policy).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub(crate) fn world() -> World {
    World::new(Arc::new(Seed::parse("world.json", WORLD.as_bytes()).expect("the world loads")))
}

/// Replaces a text that must be there.
pub(crate) fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "the text to replace is not there: {from}");
    text.replacen(from, to, 1)
}

/// [`EACH`] with another answer `done`: its status, and what else it has.
pub(crate) fn with_done(answer: &str) -> String {
    let start = EACH.find("\"done\": { \"status\": 200").expect("there is a done");
    let end = EACH.find("\"who\": {").expect("there is a who");
    let (before, rest) = EACH.split_at(start);
    format!("{before}\"done\": {{ {answer} }}, {}", rest.split_at(end - start).1)
}

/// Holds that loading tells a problem of this document, at this pointer, with this in its message.
pub(crate) fn expect_problem<T>(
    loaded: Result<T, Vec<Problem>>,
    document: &str,
    pointer: &str,
    message: &str,
    change: &str,
) {
    let Err(problems) = loaded else { panic!("loads with {change}") };
    let found = problems.iter().any(|problem| {
        problem.document == document && problem.pointer == pointer && problem.message.contains(message)
    });
    assert!(found, "with {change} there is no problem at {pointer:?} with {message:?}, but {problems:#?}");
}
