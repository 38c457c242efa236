//! A call of a contract in a session: who calls is found out, a fault may strike, the core decides and carries out, and the
//! answer is told and handed over for delivery.

use super::delivery::{Delivered, Delivery, Sending};
use super::faults::prefer::{self, Preferred};
use super::faults::{BodyFault, End, Struck};
use super::journal::{About, Noted, StruckBy};
use super::{Mock, Session, State, failing, reply, session_name};
use crate::credentials::token::Made;
use crate::credentials::{self, KeyHolder};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::companion::{Action, Companion};
use bulk_delete_core::request::call::{Call, Request};
use bulk_delete_core::request::route::{Routed, Target};
use bulk_delete_core::service::{Effect, Moment};
use bulk_delete_core::world::World;
use bulk_delete_core::world::facts::Authentication;
use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

/// In how many pieces a slow body comes at most.
const PIECES: u32 = 10;

impl Mock {
    /// Answers a call in a session, which may be read as another than was signed, and tells what was decided. Signatures and bodies
    /// are checked before the world is locked.
    pub(super) fn call<'r>(
        &'r self,
        session: &'r Session,
        routed: Routed<'r, 'r>,
        request: &Request<'r>,
        read_as: &Request<'r>,
    ) -> (Delivered, Noted) {
        let call = self.service.call(routed, read_as);
        let now = session.clock().now();
        let proofs =
            credentials::read(call.credentials(), request, &self.key, now, session.name(), |access| {
                let state = session.state();
                let (caller, secret) = state.world.caller_by_key(access)?;
                let caller = state.world.caller(caller)?.id().to_owned();
                Some(KeyHolder { caller, secret: secret.to_owned() })
            });
        let preferred = prefer::read(request);
        // Every call takes one id; it is made while others may have the world.
        let mut first_id = Some(self.chance.id());
        let logs_in =
            matches!(call.target(), Target::Companion(Companion { action: Action::LogIn { .. }, .. }));
        // By a token one logs in to go on with it.
        let renewed = Cell::new(None);
        let mut new_id = || {
            first_id.take().or_else(|| renewed.take()).unwrap_or_else(|| match session.name() {
                // So that the token alone tells its session.
                Some(name) if logs_in => session_name::mark(Some(name), self.chance.id()),
                _ => self.chance.id(),
            })
        };
        let mut moment = Moment { now, new_id: &mut new_id };
        let mut state = session.state();
        let State { world, tokens, faults, .. } = &mut *state;
        let authentication = credentials::admit(&proofs, world, tokens, now);
        if logs_in {
            renewed.set(credentials::accepted_token(&proofs, world, tokens, now).map(str::to_owned));
        }
        let caller = caller_id(world, &authentication);
        let struck = match &preferred {
            Some(preferred) => Some(preferred.struck),
            None if faults.is_empty() => None,
            None => faults.strike(&call, caller.as_deref()),
        };
        if let Some(spared) =
            struck.filter(|struck| matches!(struck.end, End::Status { .. } | End::DroppedBefore))
        {
            world.advance(now);
            drop(state);
            let response = self.fail(&call, spared.end, &mut moment);
            let about = About { caller, fault: by(Some(spared)), ..self.about(&call) };
            let noted = Noted { about, ids: Some(call.shared_ids()), ..Noted::default() };
            return (deliver(response, Some(spared), preferred), noted);
        }
        let settled = self.service.settle(call, &authentication, world, &mut moment);
        let mut secrets = Vec::new();
        match settled.effect() {
            Effect::None => {}
            Effect::LoggedIn { token, caller } => {
                secrets = [&token.value, &token.id, &token.refresh_id].map(String::clone).to_vec();
                let is_known = tokens.renew(&token.value, token.expires)
                    || world.caller_by_token(&token.value).is_some();
                if let Some(caller) = world.caller(*caller).filter(|_| !is_known) {
                    let made = Made { caller: caller.id().to_owned(), scopes: None, expires: token.expires };
                    tokens.add(token.value.clone(), made);
                }
            }
            Effect::LoggedOut => {
                if let Some(token) = credentials::accepted_token(&proofs, world, tokens, now) {
                    tokens.log_out(token);
                }
            }
        }
        // The world is not needed any more, and others wait for it.
        drop(state);
        let about = About {
            caller,
            refused_by: settled.refused_by().map(Box::from),
            fault: by(struck),
            ..self.about(settled.call())
        };
        let ids = Some(settled.call().shared_ids());
        let noted = Noted { about, ids, outcomes: settled.outcomes().to_vec(), secrets };
        (deliver(settled.tell().response, struck, preferred), noted)
    }

    /// What a call is, without what came of it.
    fn about(&self, call: &Call<'_>) -> About {
        let contract = call.contract();
        let companion = match call.target() {
            Target::BulkDelete => None,
            Target::Companion(own) => place(&contract.companions, own),
        };
        let contract = place(self.contracts(), contract);
        let violations = About::violations(call.violations());
        About { contract, companion, violations, ..About::default() }
    }

    /// The answer to a call that a fault keeps from being looked at.
    fn fail(&self, call: &Call<'_>, end: End, moment: &mut Moment<'_>) -> Response {
        let End::Status { status, wait } = end else { return nobody_sees() };
        let failure = self.service.failure(call.contract(), status, wait, call.line(), moment);
        failing::restated(failure)
    }
}

/// Stands for an answer that is not sent.
pub(super) fn nobody_sees() -> Response {
    reply::error(502, "a fault dropped the connection: this mock has no connection to drop")
}

fn caller_id(world: &World, authentication: &Authentication) -> Option<Arc<str>> {
    match authentication {
        Authentication::Accepted { caller, .. } => world.caller(*caller).map(|caller| caller.shared_id()),
        Authentication::Refused(_) => None,
    }
}

/// Where a thing stands among others.
fn place<T>(all: &[T], one: &T) -> Option<u16> {
    all.iter().position(|other| std::ptr::eq(other, one)).and_then(|place| u16::try_from(place).ok())
}

/// Who asked for a fault that struck.
fn by(struck: Option<Struck>) -> Option<StruckBy> {
    struck.map(|struck| struck.fault.map_or(StruckBy::Preference, StruckBy::Fault))
}

/// Says how an answer is to reach the client, and spoils it where a fault wants that.
fn deliver(mut response: Response, struck: Option<Struck>, preferred: Option<Preferred>) -> Delivered {
    let Some(Struck { delay, end, body, .. }) = struck else { return response.into() };
    if let Some(preferred) = preferred {
        response.headers.push((Cow::Borrowed("Preference-Applied"), preferred.applied));
    }
    let length = response.body.as_ref().map_or(0, Vec::len);
    let sending = match (end, body) {
        (End::DroppedBefore | End::DroppedAfter, _) => Sending::Dropped,
        (_, BodyFault::None) => Sending::Whole,
        // Of a body that is not there nothing can be missing but the end of the connection.
        (_, BodyFault::Truncated) if length == 0 => Sending::Dropped,
        (_, BodyFault::Truncated) => Sending::Cut { after: length / 2 },
        (_, BodyFault::Malformed) => {
            failing::malform(&mut response);
            Sending::Whole
        }
        (_, BodyFault::Slow(milliseconds)) => {
            let pieces = u32::try_from(length).unwrap_or(u32::MAX).clamp(1, PIECES);
            match u64::from(pieces - 1) {
                // There is nothing to be slow between.
                0 => {
                    return Delivered {
                        response,
                        delivery: Delivery { delay: delay + milliseconds, sending: Sending::Whole },
                    };
                }
                pauses => Sending::Slow { pieces, pause: milliseconds / pauses },
            }
        }
    };
    Delivered { response, delivery: Delivery { delay, sending } }
}
