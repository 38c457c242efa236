//! `/__mock/world`: who and what exists, in the format of `world.json`. A document is taken whole or refused whole.
//!
//! Replacing the world, in part or whole, begins anew: what is there then is the baseline for `changes`, and the audit trail
//! and operations are empty. Adding to it is set-up, and no change either.

use super::{Visit, form, narrow};
use crate::mock::reply;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::problem::Problem;
use bulk_delete_core::world::check::check_world;
use bulk_delete_core::world::{Seed, World};
use std::sync::Arc;

/// What a world is called in problems.
const DOCUMENT: &str = "world.json";

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let contract = match narrow::contract(visit) {
        Ok(contract) => contract,
        Err(refusal) => return refusal,
    };
    if visit.method == "GET" {
        return read(visit, contract);
    }
    let done = match visit.method {
        "PUT" => replace(visit, contract),
        "PATCH" => add(visit),
        _ => put_back(visit, contract),
    };
    done.map_or_else(|refusal| refusal, |()| reply::empty(204))
}

fn read(visit: &Visit<'_>, contract: Option<&Contract>) -> Response {
    let kinds = contract.map(narrow::kinds);
    let world = visit.session.current().0.world.to_value(kinds.as_deref());
    reply::json(200, &world)
}

fn replace(visit: &Visit<'_>, contract: Option<&Contract>) -> Result<(), Response> {
    let seed = Seed::parse(DOCUMENT, form::bytes(visit.request)?).map_err(|problems| refused(&problems))?;
    put(visit, contract, seed)
}

fn put_back(visit: &Visit<'_>, contract: Option<&Contract>) -> Result<(), Response> {
    form::nothing(visit.request)?;
    let start = Arc::clone(&visit.session.state().start);
    match contract {
        None => visit.session.state().begin(start),
        Some(own) => {
            let part = World::new(start).to_value(Some(&narrow::kinds(own)));
            let part = Seed::from_value(DOCUMENT, &part).map_err(|problems| refused(&problems))?;
            put(visit, contract, part)?;
        }
    }
    Ok(())
}

/// Puts this world in the place of the present one, or of the contract's part of it.
fn put(visit: &Visit<'_>, contract: Option<&Contract>, seed: Seed) -> Result<(), Response> {
    let (mut state, _) = visit.session.current();
    let seed = match contract {
        None => seed,
        Some(contract) => {
            let rest = state.world.to_value_without(&narrow::kinds(contract));
            let rest = Seed::from_value(DOCUMENT, &rest).map_err(|problems| refused(&problems))?;
            Seed::merge([rest, seed]).map_err(|problems| refused(&problems))?
        }
    };
    let seed = Arc::new(seed);
    check(visit, &World::new(Arc::clone(&seed)))?;
    state.begin(seed);
    Ok(())
}

/// What is added names its kinds itself, so there is nothing to narrow.
fn add(visit: &Visit<'_>) -> Result<(), Response> {
    let bytes = form::bytes(visit.request)?;
    let (mut state, _) = visit.session.current();
    let mut world = state.world.clone();
    world.patch_text(DOCUMENT, bytes).map_err(|problems| refused(&problems))?;
    check(visit, &world)?;
    state.world = world;
    Ok(())
}

/// Holds a world that is to be served against the contracts.
fn check(visit: &Visit<'_>, world: &World) -> Result<(), Response> {
    let problems = check_world(visit.mock.contracts(), world);
    if problems.is_empty() { Ok(()) } else { Err(refused(&problems)) }
}

fn refused(problems: &[Problem]) -> Response {
    reply::refused("the world was refused, and nothing has changed", problems)
}
