//! `/__mock/journal`: every request of the session and its answer, and assertions about them.

use super::{Visit, form};
use crate::mock::journal::criteria::{Count, Criteria, Verified, verify};
use crate::mock::journal::tell::Teller;
use crate::mock::reply::{self, list, object};
use crate::mock::served::{unknown_caller, unknown_contract, unknown_operation, unknown_outcome};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::{Object, Value};
use percent_encoding::percent_decode_str;

/// What the query of a reading may say.
const FILTERS: &str = "contract, operation, method, path, caller, status, id, since and limit";

/// What a verification may say.
const KEYS: [&str; 13] = [
    "contract",
    "operation",
    "method",
    "path",
    "caller",
    "status",
    "id",
    "ids",
    "deleted",
    "outcomes",
    "violation",
    "since",
    "count",
];

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    if visit.method == "GET" {
        return read(visit).unwrap_or_else(|refusal| refusal);
    }
    match form::nothing(visit.request) {
        Ok(()) => {
            visit.session.journal().clear();
            reply::empty(204)
        }
        Err(refusal) => refusal,
    }
}

fn teller<'v>(visit: &Visit<'v>) -> Teller<'v> {
    Teller {
        contracts: visit.mock.contracts(),
        secret_headers: visit.mock.sessions().token_headers(),
        session: visit.session.name(),
    }
}

fn read(visit: &Visit<'_>) -> Result<Response, Response> {
    let (criteria, limit) = filters(visit)?;
    let teller = teller(visit);
    let journal = visit.session.journal();
    let mut rows: Vec<Value> = journal
        .entries()
        .rev()
        .filter(|entry| criteria.regards(*entry) && criteria.differences(*entry, &teller).is_empty())
        .take(limit)
        .map(|entry| teller.tell(entry))
        .collect();
    rows.reverse();
    let dropped = journal.dropped();
    drop(journal);
    Ok(reply::json(200, &object([("entries", list(rows)), ("dropped", Value::from(dropped))])))
}

/// The entries that the query asks for, and how many of the newest of them.
fn filters(visit: &Visit<'_>) -> Result<(Criteria, usize), Response> {
    let (mut criteria, mut limit) = (Criteria::default(), usize::MAX);
    for part in visit.request.query.unwrap_or_default().split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
        let number = || {
            value
                .parse()
                .map_err(|_| reply::error(400, &format!("`{name}` must be a whole number, and is `{value}`")))
        };
        match name {
            "contract" => criteria.contract = Some(value),
            "operation" => criteria.operation = Some(value),
            "method" => criteria.method = Some(value),
            "path" => criteria.path = Some(value),
            "caller" => criteria.caller = Some(Some(value).filter(|caller| !caller.is_empty())),
            // A query cannot say whether an id is a number.
            "id" => criteria.id_text = Some(value),
            "status" => criteria.status = Some(u16::try_from(number()?).unwrap_or(u16::MAX)),
            "since" => criteria.since = Some(number()?),
            "limit" => limit = usize::try_from(number()?).unwrap_or(usize::MAX),
            _ => {
                return Err(reply::error(
                    400,
                    &format!("`{name}` is no filter of the journal: there are {FILTERS}"),
                ));
            }
        }
    }
    match unknown(visit, &criteria) {
        None => Ok((criteria, limit)),
        Some((name, problem)) => Err(reply::error(400, &format!("`{name}`: {problem}"))),
    }
}

/// What is named that there is not, and what is wrong with its name. A caller whom the world has no longer may have asked before.
fn unknown(visit: &Visit<'_>, criteria: &Criteria) -> Option<(&'static str, String)> {
    let served = visit.mock.contracts();
    let contract = criteria.contract.as_deref();
    if let Some(problem) = contract.and_then(|name| unknown_contract(served, name)) {
        return Some(("contract", problem));
    }
    let operation = criteria.operation.as_deref();
    if let Some(problem) = operation.and_then(|name| unknown_operation(served, contract, name)) {
        return Some(("operation", problem));
    }
    if let Some(Some(caller)) = &criteria.caller {
        // One lock after the other, and never both.
        let has_asked = visit.session.journal().knows_caller(caller);
        let problem = unknown_caller(&visit.session.state().world, caller);
        if let Some(problem) = problem.filter(|_| !has_asked) {
            return Some(("caller", problem.to_owned()));
        }
    }
    let mut outcomes = criteria.outcomes.iter();
    outcomes.find_map(|(_, code)| Some(("outcomes", unknown_outcome(served, contract, code)?)))
}

/// `POST /__mock/journal/verify`: 200 where the requests are as the test says, 422 and how they differ where they are not.
pub(super) fn assert(visit: &Visit<'_>) -> Response {
    let (criteria, count) = match document(visit) {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let journal = visit.session.journal();
    match verify(&criteria, count, journal.entries(), &teller(visit), journal.dropped()) {
        Verified::Holds(numbers) => {
            let matched = reply::count(numbers.len());
            let numbers = list(numbers.into_iter().map(Value::from));
            reply::json(200, &object([("matched", matched), ("matching", numbers)]))
        }
        Verified::Fails(told) => reply::json(422, &told),
    }
}

fn document(visit: &Visit<'_>) -> Result<(Criteria, Count), Response> {
    let mut form = form::read(visit.request, &KEYS)?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let id = |value: &Value| {
        let whole = value.as_number().is_some_and(bulk_delete_core::json::Number::is_integer);
        (whole || value.as_str().is_some()).then(|| value.clone())
    };
    let ids = |value: &Value| value.as_array()?.iter().map(id).collect::<Option<Vec<_>>>();
    let criteria = Criteria {
        contract: form.optional("contract", "the name of a contract", text),
        operation: form.optional("operation", "the operationId of an operation", text),
        method: form.optional("method", "a method", text),
        path: form.optional("path", "a path, as it was sent", text),
        caller: form.optional("caller", "the id of a caller, or null for nobody", |value| match value {
            Value::Null => Some(None),
            value => text(value).map(Some),
        }),
        status: form.optional("status", "an HTTP status from 100 to 599", |value| {
            u16::try_from(value.as_u64()?).ok().filter(|status| (100..=599).contains(status))
        }),
        id: form.optional("id", "a text or a whole number", id),
        id_text: None,
        ids: form.optional("ids", "a list of texts and whole numbers", ids),
        deleted: form.optional("deleted", "a list of texts and whole numbers", ids),
        outcomes: form
            .optional("outcomes", "an object of outcomes' names by id", |value| outcomes(value.as_object()?))
            .unwrap_or_default(),
        violation: form.optional("violation", "a JSON Pointer, such as /body/ids/0", text),
        since: form.optional("since", "the number of an entry", Value::as_u64),
    };
    let count = form.optional("count", "a whole number, or {\"at-least\"?, \"at-most\"?}", counted);
    if let Some((name, problem)) = unknown(visit, &criteria) {
        form.problem(name, problem);
    }
    form.finish(Ok((criteria, count.unwrap_or(Count::SOME))))
}

fn outcomes(object: &Object) -> Option<Vec<(String, String)>> {
    object.iter().map(|(id, outcome)| Some((id.to_owned(), outcome.as_str()?.to_owned()))).collect()
}

fn counted(value: &Value) -> Option<Count> {
    let Some(range) = value.as_object() else {
        return value.as_u64().map(|count| Count { least: count, most: Some(count) });
    };
    let bound = |name: &str| match range.get(name) {
        None => Some(None),
        Some(bound) => bound.as_u64().map(Some),
    };
    let (least, most) = (bound("at-least")?, bound("at-most")?);
    let known = usize::from(least.is_some()) + usize::from(most.is_some());
    let least = least.unwrap_or_default();
    (known > 0 && range.len() == known && most.is_none_or(|most| least <= most))
        .then_some(Count { least, most })
}
