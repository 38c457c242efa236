//! `/__mock/faults`: what is to go wrong, for which requests, and how often. `schemas/fault.schema.json` has the documents.

use super::{Visit, form};
use crate::mock::SessionName;
use crate::mock::faults::{MOST, read};
use crate::mock::reply::{self, list, object};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    match visit.method {
        "GET" => reply::json(200, &object([("faults", list(visit.session.state().faults.rows()))])),
        "POST" => add(visit).unwrap_or_else(|refusal| refusal),
        _ => match form::nothing(visit.request) {
            Ok(()) => {
                visit.session.state().faults.clear();
                reply::empty(204)
            }
            Err(refusal) => refusal,
        },
    }
}

/// `DELETE /__mock/faults/{id}`: takes one away.
pub(super) fn remove(visit: &Visit<'_>) -> Response {
    if visit.id.parse().is_ok_and(|number| visit.session.state().faults.remove(number)) {
        reply::empty(204)
    } else {
        reply::error(404, "there is no fault of this number: GET /__mock/faults lists them")
    }
}

fn add(visit: &Visit<'_>) -> Result<Response, Response> {
    let refused =
        |problems: &[_]| reply::refused("the faults were refused, and nothing has changed", problems);
    let document = Value::parse(form::bytes(visit.request)?).map_err(|error| {
        let mut problems = bulk_delete_core::problem::Problems::new("body");
        problems.push("", error.to_string());
        refused(&problems.into_vec())
    })?;
    let faults = read::faults(&document, visit.mock.contracts()).map_err(|problems| refused(&problems))?;
    if faults.len() + visit.session.state().faults.len() > MOST {
        return Err(reply::error(400, &format!("a session has {MOST} faults at most: take some away first")));
    }
    let mut rows = Vec::new();
    for (session, fault) in faults {
        let own;
        let session = match session.as_deref().and_then(SessionName::parse) {
            None => visit.session,
            Some(name) => {
                own = visit.mock.sessions().open(name).map_err(|_| {
                    reply::error(503, "there are as many sessions as this mock keeps: end some of them")
                })?;
                &own
            }
        };
        rows.extend(session.state().faults.add(vec![fault]));
    }
    Ok(reply::json(201, &object([("faults", list(rows))])))
}
