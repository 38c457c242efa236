//! `GET /__mock/scenarios`: the named starting points. `POST /__mock/scenarios/NAME`: the world begins there; a reset puts it
//! back to where the process started.

use super::{Visit, form};
use crate::mock::reply::{self, list, object};
use crate::scenario::Scenario;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    reply::json(200, &object([("scenarios", listed(visit))]))
}

pub(super) fn begin(visit: &Visit<'_>) -> Response {
    if let Err(refusal) = form::nothing(visit.request) {
        return refusal;
    }
    match visit.mock.scenario(&visit.id) {
        None => unknown(visit, &format!("there is no scenario `{}`: here are those there are", visit.id)),
        Some(scenario) => {
            visit.session.state().begin_with(scenario);
            reply::empty(204)
        }
    }
}

/// The answer to a name, or a state, that no scenario has.
pub(super) fn unknown(visit: &Visit<'_>, message: &str) -> Response {
    let error = object([("message", Value::from(message)), ("scenarios", listed(visit))]);
    reply::json(404, &object([("error", error)]))
}

fn listed(visit: &Visit<'_>) -> Value {
    list(visit.mock.scenarios().iter().map(row))
}

fn row(scenario: &Scenario) -> Value {
    let texts = |texts: &[String]| list(texts.iter().map(|text| Value::from(text.as_str())));
    object([
        ("name", Value::from(scenario.name.as_str())),
        ("description", Value::from(scenario.description.as_str())),
        ("states", texts(&scenario.states)),
        ("contracts", texts(&scenario.contracts)),
    ])
}
