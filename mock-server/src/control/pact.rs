//! `POST /__mock/pact/provider-states`: what a Pact verifier calls before and after each interaction, with
//! `{"state", "params", "action"}`. A state is the name of a scenario, or one of the sentences that it stands for; before
//! the interaction the world begins there, and after it goes back to where the process started. `params.world` is a world that is
//! added; other parameters are for the reader. Where an interaction has several states, the last one counts.

use super::{Visit, form, scenarios};
use crate::mock::reply::{self, object};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;
use bulk_delete_core::world::World;
use bulk_delete_core::world::check::check_world;
use std::sync::Arc;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    set(visit).unwrap_or_else(|refusal| refusal)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    SetUp,
    TearDown,
}

fn set(visit: &Visit<'_>) -> Result<Response, Response> {
    // Verifiers send what else they know: who consumes, and the state once more as a list.
    let known = ["state", "params", "action", "consumer", "states", "description"];
    let mut form = form::read(visit.request, &known)?;
    let state = form.optional("state", "a text", |value| value.as_str().map(str::to_owned));
    let params = form.optional("params", "an object", |value| value.as_object().map(|_| value.clone()));
    let action = form.optional("action", "`setup` or `teardown`", |value| match value.as_str()? {
        "setup" => Some(Action::SetUp),
        "teardown" => Some(Action::TearDown),
        _ => None,
    });
    let (state, params, action) = form.finish(Ok((state, params, action)))?;
    let state = state.unwrap_or_default();
    if action == Some(Action::TearDown) {
        visit.session.state().reset();
        return Ok(reply::json(200, &object([])));
    }
    let scenario = visit.mock.scenarios().iter().find(|scenario| {
        scenario.name == state || scenario.states.iter().any(|known| known.eq_ignore_ascii_case(&state))
    });
    if scenario.is_none() && !state.is_empty() {
        let message =
            format!("no scenario is called `{state}` or stands for that state: here are those there are");
        return Err(scenarios::unknown(visit, &message));
    }
    let mut guard = visit.session.state();
    let seed = scenario.map_or(&guard.start, |scenario| &scenario.seed);
    let mut world = World::new(Arc::clone(seed));
    if let Some(added) = params.as_ref().and_then(|params| params.get("world")) {
        let refused =
            |problems: &[_]| reply::refused("params.world was refused, and nothing has changed", problems);
        world.patch(added).map_err(|problems| refused(&problems))?;
        let problems = check_world(visit.mock.contracts(), &world);
        if !problems.is_empty() {
            return Err(refused(&problems));
        }
    }
    match scenario {
        Some(scenario) => guard.begin_with(scenario),
        None => guard.reset(),
    }
    guard.world = world;
    drop(guard);
    let name = scenario.map_or(Value::Null, |scenario| Value::from(scenario.name.as_str()));
    Ok(reply::json(200, &object([("scenario", name)])))
}
