//! What stays the same while one call is answered, and the answers that need no more than that: refusals, and those that a contract
//! keeps for what happens to any request.

use super::Service;
use crate::answer::render::{Response, render};
use crate::answer::telling::Telling;
use crate::contract::Contract;
use crate::contract::answers::{Answer, Reserved, VIOLATIONS};
use crate::contract::violation_answers::Telling as RuleTelling;
use crate::request::call::{Body, Call};
use crate::request::line::RequestLine;
use crate::request::route::{End, Target};
use crate::request::violation::Violation;
use crate::time::Timestamp;
use crate::world::World;
use crate::world::facts::Authentication;
use std::borrow::Cow;
use std::sync::Arc;

/// What stays the same while one call is answered.
pub(super) struct Frame<'a, 's> {
    pub(super) service: &'s Service,
    pub(super) call: &'a Call<'s>,
    pub(super) request_id: &'a str,
    pub(super) now: Timestamp,
}

impl<'s> Frame<'_, 's> {
    /// The reserved answer that the call earned before anything was looked at.
    pub(super) fn reserved(&self) -> Option<Reserved> {
        match (self.call.end(), self.call.body()) {
            (End::OtherMethod, _) => Some(Reserved::Method),
            (End::SlashMissing, _) => Some(Reserved::Moved),
            (End::Found(_), Body::TooLarge) => Some(Reserved::TooLarge),
            (End::Found(_), Body::TimedOut) => Some(Reserved::Timeout),
            (End::Found(_), Body::Bytes(_) | Body::Broken) => None,
        }
    }

    /// What answers are told with, as far as the call alone gives it.
    pub(super) fn telling(&self) -> Telling<'_> {
        Telling {
            container_id: self.call.container(),
            ..plain(self.service, self.call.line(), self.request_id, self.now)
        }
    }

    /// The answer that the contract keeps for this.
    pub(super) fn reserved_answer(&self, reserved: Reserved) -> Response {
        with_reserved(self.named(reserved.name()), reserved, &self.telling())
    }

    /// The answer of this name: a companion's own, or the contract's.
    pub(super) fn named(&self, name: &str) -> Option<&'s Answer> {
        let own = match self.call.target() {
            Target::BulkDelete => None,
            Target::Companion(companion) => companion.answers.get(name),
        };
        own.or_else(|| self.call.contract().answers.get(name))
    }

    /// The answer of this name, or the one for violations.
    pub(super) fn refuse(&self, name: &str, caller_id: Option<&str>) -> Response {
        let contract = self.call.contract();
        let violations = self.call.violations();
        let telling =
            Telling { caller_id, violations, telling: Some(&contract.violations), ..self.telling() };
        let (answer, violation) = match self.named(name) {
            Some(answer) if name == VIOLATIONS => (Some(answer), violations.first()),
            Some(answer) => (Some(answer), None),
            None if name == VIOLATIONS => choose_violation(contract, violations),
            None => (None, None),
        };
        match answer {
            Some(answer) => render(answer, &Telling { violation, ..telling }),
            None => self.reserved_answer(Reserved::Internal),
        }
    }
}

/// What answers are told with where there is only the line of a request.
pub(super) fn plain<'a>(
    routes: &'a Service,
    line: RequestLine<'a>,
    request_id: &'a str,
    now: Timestamp,
) -> Telling<'a> {
    Telling {
        now,
        request_id,
        line,
        routes,
        caller_id: None,
        container_id: None,
        items: None,
        warnings: &[],
        violations: &[],
        violation: None,
        telling: None,
        token: None,
        page: None,
        wait_seconds: 1,
    }
}

/// Renders a reserved answer. A contract may leave the rarer ones out; then the status speaks for itself.
pub(super) fn with_reserved(answer: Option<&Answer>, reserved: Reserved, telling: &Telling<'_>) -> Response {
    let mut response = match answer {
        Some(answer) => render(answer, telling),
        None => Response {
            status: match reserved {
                Reserved::Method => 405,
                Reserved::TooLarge => 413,
                Reserved::TooMany => 429,
                Reserved::Internal => 500,
                Reserved::Timeout => 408,
                Reserved::Moved => 404,
            },
            headers: Vec::new(),
            body: None,
        },
    };
    if reserved == Reserved::Method && response.header("allow").is_none() {
        response.headers.push((Cow::Borrowed("Allow"), telling.routes.methods_text(telling.line.path)));
    }
    response
}

/// The answer to violations: by the earliest rule of the table that any of them matches, or all of them merged.
fn choose_violation<'c, 'v>(
    contract: &'c Contract,
    violations: &'v [Violation],
) -> (Option<&'c Answer>, Option<&'v Violation>) {
    let ruled = violations.iter().filter_map(|violation| {
        let (place, rule) = contract.violations.rule_of(violation)?;
        let answer = match &rule.telling {
            RuleTelling::Named(name) => contract.answers.get(name)?,
            RuleTelling::Own(answer) => answer,
            RuleTelling::Text(_) | RuleTelling::Merged => return None,
        };
        Some((place, answer, violation))
    });
    match ruled.min_by_key(|(place, ..)| *place) {
        Some((_, answer, violation)) => (Some(answer), Some(violation)),
        None => (contract.violations.merged.as_ref(), violations.first()),
    }
}

/// The id of whoever was believed.
pub(super) fn caller_id(world: &World, authentication: &Authentication) -> Option<Arc<str>> {
    match authentication {
        Authentication::Accepted { caller, .. } => world.caller(*caller).map(|caller| caller.shared_id()),
        Authentication::Refused(_) => None,
    }
}
