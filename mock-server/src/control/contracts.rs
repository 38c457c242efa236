//! `GET /__mock/contracts`: what is served, and how much of it there is. `GET /__mock/contracts/NAME`: the documents of one.

use super::Visit;
use crate::folder::Origin;
use crate::mock::Mock;
use crate::mock::reply::{self, count, list, object};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::world::World;
use std::borrow::Cow;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let (state, _) = visit.session.current();
    let contracts = visit.mock.contracts().iter().map(|contract| row(visit.mock, contract, &state.world));
    reply::json(200, &object([("contracts", list(contracts))]))
}

/// The documents stand in the answer byte by byte, so that numbers are what they were.
pub(super) fn documents(visit: &Visit<'_>) -> Response {
    let Some(source) = visit.mock.source(&visit.id) else {
        let names: Vec<_> = visit.mock.contracts().iter().map(|contract| &*contract.name).collect();
        let message = if names.contains(&&*visit.id) {
            format!("this mock was made without the documents of `{}`", visit.id)
        } else {
            format!("there is no contract `{}`: take one of {}", visit.id, names.join(", "))
        };
        return reply::error(404, &message);
    };
    let mut body = b"{\"name\":".to_vec();
    Value::from(&*source.name).write(&mut body);
    for (key, document) in [(&b",\"openapi\":"[..], &source.openapi), (&b",\"policy\":"[..], &source.policy)]
    {
        body.extend_from_slice(key);
        body.extend_from_slice(document);
    }
    body.push(b'}');
    let headers = vec![(Cow::Borrowed("content-type"), "application/json".to_owned())];
    Response { status: 200, headers, body: Some(body) }
}

fn row(mock: &Mock, contract: &Contract, world: &World) -> Value {
    let operation = &contract.operation;
    let mut row = Object::new();
    row.push("name", Value::from(&*contract.name));
    if let Some(source) = mock.source(&contract.name) {
        row.push(
            "origin",
            Value::from(match source.origin {
                Origin::BuiltIn => "built-in",
                Origin::Given => "given",
            }),
        );
    }
    row.push(
        "operation",
        object([
            ("id", Value::from(&*operation.id)),
            ("method", Value::from(&*operation.method)),
            ("path", Value::from(operation.path.as_str())),
        ]),
    );
    // A kind that the world has never had has no number there, and none of its things.
    let kind = world.kind(&contract.resource);
    let resources = world.resources().filter(|(_, resource)| Some(resource.kind()) == kind).count();
    row.push("resources", counted(&contract.resource, resources));
    if let Some(container) = &contract.container {
        let kind = world.kind(&container.kind);
        let containers = world.containers().filter(|container| Some(container.kind()) == kind).count();
        row.push("containers", counted(&container.kind, containers));
    }
    Value::Object(row)
}

fn counted(kind: &str, number: usize) -> Value {
    object([("kind", Value::from(kind)), ("count", count(number))])
}
