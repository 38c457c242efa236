//! `GET /__mock/audit`: who deleted what, when, and what came of it, oldest first. Of very many items the oldest are
//! forgotten; `dropped` says how many.

use super::{Visit, narrow};
use crate::mock::reply::{self, object};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let contract = match narrow::contract(visit) {
        Ok(contract) => contract,
        Err(refusal) => return refusal,
    };
    let (rows, dropped) = {
        let state = visit.session.state();
        (state.world.audit().rows(), state.world.audit().dropped())
    };
    let rows = match contract {
        Some(contract) => narrow::rows(rows, "contract", &[&contract.name]),
        None => rows,
    };
    reply::json(200, &object([("entries", rows), ("dropped", Value::from(dropped))]))
}
