//! `POST /__mock/tokens`: a token for a caller, which the contract's first token or JWT credential accepts. One that is made
//! in a session tells its session, so that requests need no more than it.

use super::{Visit, form};
use crate::mock::MintError;
use crate::mock::reply::{self, object};
use crate::mock::served::{unknown_caller, unknown_contract};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;

/// How long a token is good unless the call says otherwise, in seconds: a day.
const LIFETIME: i64 = 86_400;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    match make(visit) {
        Ok(token) => reply::json(201, &object([("token", Value::from(token))])),
        Err(refusal) => refusal,
    }
}

fn make(visit: &Visit<'_>) -> Result<String, Response> {
    let mock = visit.mock;
    let mut form = form::read(visit.request, &["caller", "contract", "scopes", "expires-in"])?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let caller = form.required("caller", "the id of a caller of the world", text);
    let name = form.required("contract", "the name of a contract", text);
    let scopes = form.optional("scopes", "a list of texts", |value| {
        value.as_array()?.iter().map(text).collect::<Option<Vec<_>>>()
    });
    let lifetime = form.optional("expires-in", "a whole number of seconds, 0 or more", |value| {
        value.as_i64().filter(|seconds| *seconds >= 0)
    });
    let contract =
        name.as_deref().and_then(|name| mock.contracts().iter().find(|contract| *contract.name == *name));
    if let Some(problem) = name.as_deref().and_then(|name| unknown_contract(mock.contracts(), name)) {
        form.problem("contract", problem);
    }
    if let Some(problem) = caller.as_deref().and_then(|id| unknown_caller(&visit.session.state().world, id)) {
        form.problem("caller", problem);
    }
    let (caller, contract) = form.finish(caller.zip(contract).ok_or("incomplete"))?;
    let milliseconds = lifetime.unwrap_or(LIFETIME).saturating_mul(1000);
    let expires = visit.session.clock().now().plus_milliseconds(milliseconds);
    mock.mint_in(visit.session, contract, &caller, scopes, expires).map_err(|error| {
        reply::error(
            400,
            match error {
                MintError::Caller => "the world has no caller of this id",
                MintError::Contract => "this contract takes neither tokens nor JSON Web Tokens",
            },
        )
    })
}
