//! `GET /__mock/contracts`: what is served, and how much of it there is.

use super::Visit;
use crate::mock::reply::{self, count, list, object};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::world::World;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let (state, _) = visit.session.current();
    let contracts = visit.mock.contracts().iter().map(|contract| row(contract, &state.world));
    reply::json(200, &object([("contracts", list(contracts))]))
}

fn row(contract: &Contract, world: &World) -> Value {
    let operation = &contract.operation;
    let mut row = Object::new();
    row.push("name", Value::from(&*contract.name));
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
