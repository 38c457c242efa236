//! `/__mock/operations`: the asynchronous operations, how far each is, and ending one before its time.

use super::{Visit, form, narrow};
use crate::mock::reply::{self, list, object};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::{Ending, Operation, OperationState};

/// What is told of an operation that a test has failed without saying why.
const NO_REASON: &str = "The operation was failed by the control API.";

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let contract = match narrow::contract(visit) {
        Ok(contract) => contract,
        Err(refusal) => return refusal,
    };
    let (state, now) = visit.session.current();
    let operations = state
        .world
        .operations()
        .filter(|operation| contract.is_none_or(|contract| *operation.contract() == *contract.name))
        .map(|operation| row(operation, now));
    reply::json(200, &object([("operations", list(operations))]))
}

/// `POST /__mock/operations/{id}`: the operation succeeds, or fails and its item is back.
pub(super) fn end(visit: &Visit<'_>) -> Response {
    let ending = match read(visit) {
        Ok(ending) => ending,
        Err(refusal) => return refusal,
    };
    let (mut state, now) = visit.session.current();
    let Some(known) = state.world.operation(&visit.id) else {
        return reply::error(404, "there is no operation of this id: GET /__mock/operations lists them");
    };
    if matches!(known.state(now), OperationState::Succeeded | OperationState::Failed) {
        let message = format!("the operation has {} already, and stays so", known.state(now).name());
        return reply::error(409, &message);
    }
    match state.world.finish_operation(&visit.id, ending, now) {
        Some(operation) => reply::json(200, &row(operation, now)),
        None => reply::error(409, "the operation has ended already, and stays so"),
    }
}

fn read(visit: &Visit<'_>) -> Result<Ending, Response> {
    let mut form = form::read(visit.request, &["state", "fail"])?;
    let failed = form.required("state", "`succeeded` or `failed`", |value| match value.as_str()? {
        "succeeded" => Some(false),
        "failed" => Some(true),
        _ => None,
    });
    let reason = form.optional("fail", "a text: why it failed", |value| value.as_str().map(str::to_owned));
    form.finish(match (failed, reason) {
        (Some(true), reason) => Ok(Ending::Failed(reason.unwrap_or_else(|| NO_REASON.to_owned()))),
        (Some(false), None) => Ok(Ending::Succeeded),
        (Some(false), Some(_)) => Err("`fail` says why an operation failed, and this one succeeds"),
        (None, _) => Err("`state` is missing"),
    })
}

fn row(operation: &Operation, now: Timestamp) -> Value {
    let text = |text: Option<&str>| text.map_or(Value::Null, Value::from);
    let mut row = Object::new();
    row.push("id", Value::from(operation.id()));
    row.push("contract", Value::from(operation.contract()));
    row.push("caller", text(operation.caller()));
    row.push("kind", Value::from(operation.kind()));
    row.push("item", operation.item().to_value());
    row.push("container", text(operation.container()));
    row.push("state", Value::from(operation.state(now).name()));
    row.push("percent", Value::from(u64::from(operation.percent(now))));
    row.push("accepted", Value::from(operation.accepted().to_string()));
    row.push("starts", Value::from(operation.starts().to_string()));
    row.push("ends", Value::from(operation.ends().to_string()));
    if let Some(reason) = operation.fail(now) {
        row.push("fail", Value::from(reason));
    }
    Value::Object(row)
}
