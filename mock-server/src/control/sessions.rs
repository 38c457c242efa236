//! `/__mock/sessions`: worlds of one's own. Each begins as a copy of the seed, when it is first named or when it is made here.

use super::{Visit, form};
use crate::mock::reply::{self, list, object};
use crate::mock::sessions::{Unchosen, named_by};
use crate::mock::{MintError, Session, SessionName};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::{Object, Value};

/// For how many of a world's callers tokens are made with a session; `POST /__mock/tokens` makes others.
const CALLERS: usize = 10;

/// How long these tokens are good: 30 days, in milliseconds, so that none expires before its session.
const LIFETIME: i64 = 30 * 86_400_000;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let done = match visit.method {
        "GET" => Ok(reply::json(200, &object([("sessions", all(visit))]))),
        "POST" => make(visit),
        _ => end(visit),
    };
    done.unwrap_or_else(|refusal| refusal)
}

/// `/__mock/sessions/{id}`: one of them.
pub(super) fn one(visit: &Visit<'_>) -> Response {
    let sessions = visit.mock.sessions();
    let name = SessionName::parse(&visit.id);
    if visit.method == "GET" {
        return match name.and_then(|name| sessions.find(name)) {
            Some(session) => reply::json(200, &Value::Object(row(visit, &session))),
            None => unknown(),
        };
    }
    match name.and_then(|name| sessions.end(name)) {
        Some(_) => reply::empty(204),
        None => unknown(),
    }
}

fn unknown() -> Response {
    reply::error(404, "there is no session of this name: GET /__mock/sessions lists them")
}

fn all(visit: &Visit<'_>) -> Value {
    list(visit.mock.sessions().all().iter().map(|session| Value::Object(row(visit, session))))
}

/// Its name, its address where it has one, and for how long it has not been used.
fn row(visit: &Visit<'_>, session: &Session) -> Object {
    let mut row = Object::new();
    row.push("name", session.name().map_or(Value::Null, Value::from));
    row.push("url", session.address().as_ref().map_or(Value::Null, |address| Value::from(address.url())));
    let idle = session.idle(visit.mock.sessions().options().timer.now());
    row.push("idle-seconds", Value::from(idle / 1_000_000));
    row
}

fn make(visit: &Visit<'_>) -> Result<Response, Response> {
    let mock = visit.mock;
    let (name, scenario) = read(visit)?;
    let scenario = match &scenario {
        None => None,
        Some(name) => Some(mock.scenario(name).ok_or_else(|| {
            super::scenarios::unknown(
                visit,
                &format!("there is no scenario `{name}`: here are those there are"),
            )
        })?),
    };
    let name = name.unwrap_or_else(|| format!("s-{}", mock.chance().id().replace('-', "")));
    let too_many = || {
        reply::error(
            503,
            "there are as many sessions as this mock keeps: end those that are not used any more with DELETE \
             /__mock/sessions/NAME",
        )
    };
    let name = SessionName::parse(&name).ok_or_else(unknown)?;
    let is_new = mock.sessions().find(name).is_none();
    if let (false, Some(scenario)) = (is_new, scenario) {
        return Err(reply::error(
            409,
            &format!(
                "there is a session `{}`, and it goes on as it is: POST /__mock/scenarios/{} in it has it begin there, or \
                 end it first",
                name.as_str(),
                scenario.name
            ),
        ));
    }
    let session = mock.sessions().open_at(name, scenario).map_err(|_: Unchosen| too_many())?;
    let mut made = Object::new();
    made.push("name", session.name().map_or(Value::Null, Value::from));
    match mock.sessions().give_address(&session) {
        Ok(url) => made.push("url", Value::from(url)),
        Err(why) => {
            made.push("url", Value::Null);
            made.push("no-url", Value::from(why));
        }
    }
    made.push("tokens", tokens(visit, &session));
    Ok(reply::json(if is_new { 201 } else { 200 }, &Value::Object(made)))
}

/// The name that the call gives the session, if it gives one, and the scenario that it begins with. No body is as good as an empty one.
fn read(visit: &Visit<'_>) -> Result<(Option<String>, Option<String>), Response> {
    if form::bytes(visit.request)?.is_empty() {
        return Ok((None, None));
    }
    let mut form = form::read(visit.request, &["name", "scenario"])?;
    let name = form.optional("name", SessionName::FORM, |value| {
        SessionName::parse(value.as_str()?).map(|name| name.as_str().to_owned())
    });
    let scenario = form.optional("scenario", "a scenario's name", |value| value.as_str().map(str::to_owned));
    form.finish(Ok((name, scenario)))
}

/// For each contract that takes tokens, one for each of the world's first callers.
fn tokens(visit: &Visit<'_>, session: &Session) -> Value {
    let callers: Vec<String> = {
        let state = session.state();
        state.world.callers().take(CALLERS).map(|caller| caller.id().to_owned()).collect()
    };
    let expires = session.clock().now().plus_milliseconds(LIFETIME);
    let mut made = Object::new();
    // An opaque token stands for its caller in every contract that takes one, so that one is enough.
    let mut opaque: Vec<Option<String>> = vec![None; callers.len()];
    for contract in visit.mock.contracts() {
        let mut own = Object::new();
        for (caller, known) in callers.iter().zip(&mut opaque) {
            let is_opaque = crate::mock::takes_opaque_tokens(contract);
            let token = match known {
                Some(token) if is_opaque => Ok(token.clone()),
                _ => visit.mock.mint_in(session, contract, caller, None, expires),
            };
            match token {
                Ok(token) => {
                    if is_opaque {
                        *known = Some(token.clone());
                    }
                    own.push(caller.as_str(), Value::from(token));
                }
                // Nobody can come to this contract with a token.
                Err(MintError::Caller | MintError::Contract) => {}
            }
        }
        made.push(&*contract.name, Value::Object(own));
    }
    Value::Object(made)
}

/// The session that the call was sent in; all of them where it was sent in none.
fn end(visit: &Visit<'_>) -> Result<Response, Response> {
    form::nothing(visit.request)?;
    let form = SessionName::FORM;
    let named = named_by(visit.request, visit.port)
        .map_err(|_| reply::error(400, &format!("the name of a session is {form}")))?;
    match named {
        None => visit.mock.sessions().end_all(),
        Some(name) => {
            visit.mock.sessions().end(name).ok_or_else(unknown)?;
        }
    }
    Ok(reply::empty(204))
}
