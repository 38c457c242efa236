//! Worlds in use, looked at from outside.

mod audits;
mod changes;
mod deletion;
mod lookup;
mod merging;
mod model;
mod operations;
mod patching;
mod property;
mod rights;
mod seeds;
mod size;
mod views;

use std::sync::Arc;

use super::{NewOperation, ResourceIndex, Seed, World};
use crate::json::Value;
use crate::request::ids::{Compare, Id, IdKind};
use crate::time::Timestamp;

/// A small world: two spaces, three callers, and programs with tasks.
const SPACES: &str = r#"{
  "containers": [
    { "kind": "space", "id": "Main", "aliases": ["default"] },
    { "kind": "space", "id": "side" },
    { "kind": "project", "id": "side" } ],
  "callers": [
    { "id": "ada", "tokens": ["ada-token"], "keys": [ { "access": "ADA", "secret": "s1" }, { "access": "ADA2", "secret": "s2" } ],
      "login": { "user": "ada@example.com", "password": "pw" }, "scopes": ["manage"],
      "grants": [ { "container": "space/default", "roles": ["administrator"], "permissions": ["update", "delete"] } ] },
    { "id": "bob", "tokens": ["bob-token"], "grants": [ { "container": "space/Main" }, { "container": "space/side" } ] },
    { "id": "cleo" } ],
  "resources": [
    { "kind": "program", "id": "one", "container": "space/Main", "name": "One", "owner": "ada", "state": "open",
      "children": [ { "kind": "task", "id": "t-1" }, { "kind": "task", "id": 2 } ] },
    { "kind": "program", "id": "two", "container": "space/Main", "visible-to": ["cleo", "ada"] },
    { "kind": "program", "id": "two", "container": "space/side" },
    { "kind": "program", "id": "doomed", "container": "space/Main", "children": [ { "kind": "task", "id": "t-3" } ],
      "on-delete": { "fail": "No." } },
    { "kind": "experience", "id": 7, "owner": "bob", "attributes": { "type": "domain" }, "on-delete": { "cleanup-fails": "Later." } },
    { "kind": "experience", "id": "7" } ] }"#;

fn seed(text: &str) -> Seed {
    Seed::parse("world.json", text.as_bytes()).unwrap()
}

fn world(text: &str) -> World {
    World::new(Arc::new(seed(text)))
}

fn value(text: &str) -> Value {
    Value::parse(text.as_bytes()).unwrap()
}

fn integer(text: &str) -> Id<'_> {
    Id { text, kind: IdKind::Integer }
}

/// The resource with this id in this container, written as in a document.
fn find(world: &World, kind: &str, container: Option<&str>, id: Id<'_>) -> Option<ResourceIndex> {
    let container = match container {
        Some(reference) => {
            let (kind, id) = reference.split_once('/').unwrap();
            Some(world.container(kind, id, Compare::Exact)?)
        }
        None => None,
    };
    world.find(world.kind(kind)?, container, id, Compare::Exact)
}

/// A program of the main space.
fn program(world: &World, id: &str) -> ResourceIndex {
    find(world, "program", Some("space/Main"), Id::text(id)).unwrap()
}

/// An operation of the contract `programs`, asked for by the first caller.
fn operation(world: &World, id: &str, [accepted, starts, ends]: [i64; 3]) -> NewOperation {
    NewOperation {
        id: id.to_owned(),
        contract: Arc::from("programs"),
        caller: world.caller_by_id("ada").unwrap(),
        accepted: Timestamp(accepted),
        starts: Timestamp(starts),
        ends: Timestamp(ends),
    }
}

/// The ids of the resources that are there, in order, as JSON.
fn ids(world: &World) -> Vec<String> {
    world.resources().map(|(_, resource)| resource.id().to_value().to_text()).collect()
}

/// One list of the changes, as JSON.
fn changed(world: &World, list: &str) -> String {
    world.changes().get(list).unwrap().to_text()
}

/// The ids in one list of the changes, in order, as JSON.
fn changed_ids(world: &World, list: &str) -> Vec<String> {
    let changes = world.changes();
    let rows = changes.get(list).and_then(Value::as_array).unwrap();
    rows.iter().map(|row| row.get("id").unwrap().to_text()).collect()
}
