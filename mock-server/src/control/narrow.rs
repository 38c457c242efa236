//! `?contract=NAME`: a call that speaks of one contract's things only.

use super::Visit;
use crate::mock::reply;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::Value;
use percent_encoding::percent_decode_str;

/// The contract that the call is narrowed to, if it is.
///
/// # Errors
///
/// The answer to a query that says anything else: a name that was misspelt must not widen the call.
pub(super) fn contract<'v>(visit: &Visit<'v>) -> Result<Option<&'v Contract>, Response> {
    let mut narrowed = None;
    for part in visit.request.query.unwrap_or_default().split('&').filter(|part| !part.is_empty()) {
        let name = part.strip_prefix("contract=").map(|name| percent_decode_str(name).decode_utf8_lossy());
        let found =
            name.as_deref().and_then(|name| visit.mock.contracts().iter().find(|own| *own.name == *name));
        let (Some(contract), None) = (found, narrowed) else {
            let names: Vec<_> = visit.mock.contracts().iter().map(|contract| &*contract.name).collect();
            let message = format!(
                "the query of this call is nothing, or contract=NAME once, with NAME one of {}",
                names.join(", ")
            );
            return Err(reply::error(400, &message));
        };
        narrowed = Some(contract);
    }
    Ok(narrowed)
}

/// The kinds of container and resource that a contract deals with.
pub(super) fn kinds(contract: &Contract) -> Vec<&str> {
    let container = contract.container.as_ref().map(|container| &*container.kind);
    container.into_iter().chain([&*contract.resource]).collect()
}

/// Keeps the rows in which this property has one of these texts.
pub(super) fn rows(rows: Value, property: &str, texts: &[&str]) -> Value {
    match rows {
        Value::Array(mut rows) => {
            rows.retain(|row| {
                row.get(property).and_then(Value::as_str).is_some_and(|text| texts.contains(&text))
            });
            Value::Array(rows)
        }
        other => other,
    }
}
