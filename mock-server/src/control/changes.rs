//! `GET /__mock/changes`: what was deleted, orphaned and changed since the seed: what a test asserts.

use super::{Visit, narrow};
use crate::mock::reply;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::{Object, Value};

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let contract = match narrow::contract(visit) {
        Ok(contract) => contract,
        Err(refusal) => return refusal,
    };
    let changes = visit.session.current().0.world.changes();
    match contract {
        Some(contract) => reply::json(200, &narrowed(&changes, contract)),
        None => reply::json(200, &changes),
    }
}

/// The lists with only the rows of the contract's kinds. An orphan is of its own kind: what counts is whose it was.
fn narrowed(changes: &Value, contract: &Contract) -> Value {
    let kinds = narrow::kinds(contract);
    let concerns = |row: &Value| {
        let kind = row.at("/of/kind").or_else(|| row.get("kind")).and_then(Value::as_str);
        kind.is_some_and(|kind| kinds.contains(&kind))
    };
    let lists = changes.as_object().into_iter().flat_map(|lists| lists.iter());
    Value::Object(
        lists
            .map(|(name, list)| {
                let rows = list.as_array().unwrap_or_default().iter().filter(|row| concerns(row)).cloned();
                (name.to_owned(), reply::list(rows))
            })
            .collect::<Object>(),
    )
}
