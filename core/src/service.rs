//! Joins the arrows of the flow as a server uses them: a request comes in, the contract it is for is found, and its
//! answer goes out. Reading bytes from a wire, checking credentials and keeping a clock are left to the server.

mod companion;
mod failure;
mod listing;
mod settled;

pub use failure::Failure;
pub use settled::Settled;

use settled::{Carried, Outcome, gather};
use std::borrow::Cow;
use std::sync::Arc;

use crate::answer::render::{Response, render, render_of};
use crate::answer::telling::{Element, Item, Items, Methods, NewToken, Telling};
use crate::contract::Contract;
use crate::contract::answers::{Answer, DONE, Reserved, VIOLATIONS};
use crate::contract::companion::{Action, Companion};
use crate::contract::outcome::OutcomeIndex;
use crate::contract::violation_answers::Telling as RuleTelling;
use crate::decision::admit::{Admission, admit, admit_by};
use crate::decision::decide::decide_known;
use crate::decision::verdict::Decided;
use crate::problem::Problem;
use crate::request::call::{Body, Call, Request};
use crate::request::line::RequestLine;
use crate::request::route::{End, Routed, Routes, Target};
use crate::request::violation::Violation;
use crate::time::Timestamp;
use crate::world::apply::{Circumstances, Effects, apply};
use crate::world::facts::{Authentication, WorldFacts};
use crate::world::{AuditEntry, CallerIndex, Children, Container, World};

/// Contracts that are served together.
#[derive(Debug)]
pub struct Service {
    contracts: Vec<Contract>,
    routes: Routes,
}

/// When a request is answered, and where new ids come from.
pub struct Moment<'a> {
    /// The time.
    pub now: Timestamp,
    /// Makes an id that was never used.
    pub new_id: &'a mut dyn FnMut() -> String,
}

/// An answer, and what it changed beside the world.
#[derive(Debug)]
pub struct Answered {
    /// What is sent back.
    pub response: Response,
    /// What happened to the caller's credentials.
    pub effect: Effect,
}

/// What an answer did to a caller's credentials.
#[derive(Debug)]
pub enum Effect {
    /// Nothing.
    None,
    /// A token was made for the caller, and is good from now on.
    LoggedIn {
        /// The token.
        token: NewToken,
        /// Whose it is.
        caller: CallerIndex,
    },
    /// The token by which the caller came is worthless from now on.
    LoggedOut,
}

impl Service {
    /// Takes contracts to serve.
    ///
    /// # Errors
    /// Two of them answer the same method on the same path.
    pub fn new(contracts: Vec<Contract>) -> Result<Self, Vec<Problem>> {
        let routes = Routes::new(&contracts)?;
        Ok(Self { contracts, routes })
    }

    /// The contracts.
    pub fn contracts(&self) -> &[Contract] {
        &self.contracts
    }

    /// Finds what a request is for, before its body is read; `None` if no contract has the path.
    pub fn route<'s, 'r>(&'s self, method: &str, path: &'r str) -> Option<Routed<'s, 'r>> {
        self.routes.find(&self.contracts, method, path)
    }

    /// The methods that are answered on a path; none where no contract has it.
    pub fn methods(&self, path: &str) -> Vec<&str> {
        self.routes.methods(&self.contracts, path)
    }

    /// Reads and checks a request. Touches no world.
    pub fn call<'s>(&'s self, routed: Routed<'s, 's>, request: &Request<'s>) -> Call<'s> {
        Call::read(routed, request)
    }

    /// Answers a call: whether it may be looked at, what each item comes to, what that changes, and how it is told.
    pub fn answer(
        &self,
        call: Call<'_>,
        authentication: &Authentication,
        world: &mut World,
        moment: &mut Moment<'_>,
    ) -> Answered {
        self.settle(call, authentication, world, moment).tell()
    }

    /// Decides a call and carries it out; how that is told no longer needs the world.
    pub fn settle<'s>(
        &'s self,
        call: Call<'s>,
        authentication: &Authentication,
        world: &mut World,
        moment: &mut Moment<'_>,
    ) -> Settled<'s> {
        let request_id = (moment.new_id)();
        world.advance(moment.now);
        let frame = Frame { service: self, call: &call, request_id: &request_id, now: moment.now };
        let (outcome, effect) = match (frame.reserved(), call.target()) {
            (Some(reserved), _) => (Outcome::Told(frame.reserved_answer(reserved)), Effect::None),
            (None, _) if matches!(call.body(), Body::Broken) => {
                (Outcome::Told(frame.refuse(VIOLATIONS, None)), Effect::None)
            }
            (None, Target::BulkDelete) => {
                (frame.decide_and_apply(authentication, world, moment), Effect::None)
            }
            (None, Target::Companion(companion)) if matches!(companion.action, Action::DeleteOne { .. }) => {
                (frame.decide_and_apply(authentication, world, moment), Effect::None)
            }
            (None, Target::Companion(companion)) => {
                let Answered { response, effect } = frame.accompany(companion, authentication, world, moment);
                (Outcome::Told(response), effect)
            }
        };
        Settled { service: self, call, request_id, now: moment.now, outcome, effect }
    }

    /// The answer that a contract keeps for what happens to any request.
    pub fn reserved(
        &self,
        contract: &Contract,
        reserved: Reserved,
        line: RequestLine<'_>,
        moment: &mut Moment<'_>,
    ) -> Response {
        let request_id = (moment.new_id)();
        let telling = plain(self, line, &request_id, moment.now);
        let answer = contract.answers.get(reserved.name());
        with_reserved(answer, reserved, &telling)
    }
}

impl Methods for Service {
    fn methods_text(&self, path: &str) -> String {
        let mut methods = self.methods(path);
        methods.push("OPTIONS");
        methods.join(", ")
    }
}

impl Answered {
    fn of(response: Response) -> Self {
        Self { response, effect: Effect::None }
    }
}

/// What stays the same while one call is answered.
struct Frame<'a, 's> {
    service: &'s Service,
    call: &'a Call<'s>,
    request_id: &'a str,
    now: Timestamp,
}

impl<'s> Frame<'_, 's> {
    /// The reserved answer that the call earned before anything was looked at.
    fn reserved(&self) -> Option<Reserved> {
        match (self.call.end(), self.call.body()) {
            (End::OtherMethod, _) => Some(Reserved::Method),
            (End::SlashMissing, _) => Some(Reserved::Moved),
            (End::Found(_), Body::TooLarge) => Some(Reserved::TooLarge),
            (End::Found(_), Body::TimedOut) => Some(Reserved::Timeout),
            (End::Found(_), Body::Bytes(_) | Body::Broken) => None,
        }
    }

    fn telling(&self) -> Telling<'_> {
        Telling {
            container_id: self.call.container(),
            ..plain(self.service, self.call.line(), self.request_id, self.now)
        }
    }

    fn reserved_answer(&self, reserved: Reserved) -> Response {
        with_reserved(self.named(reserved.name()), reserved, &self.telling())
    }

    /// The answer of this name: a companion's own, or the contract's.
    fn named(&self, name: &str) -> Option<&'s Answer> {
        let own = match self.call.target() {
            Target::BulkDelete => None,
            Target::Companion(companion) => companion.answers.get(name),
        };
        own.or_else(|| self.call.contract().answers.get(name))
    }

    /// The answer of this name, or the one for violations.
    fn refuse(&self, name: &str, caller_id: Option<&str>) -> Response {
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

    fn decide_and_apply(
        &self,
        authentication: &Authentication,
        world: &mut World,
        moment: &mut Moment<'_>,
    ) -> Outcome<'s> {
        let (call, contract) = (self.call, self.call.contract());
        let (facts, admission) = match call.target() {
            Target::BulkDelete => {
                let facts = WorldFacts::new(world, contract, call.container(), authentication);
                let admission = admit(call, &facts);
                (facts, admission)
            }
            Target::Companion(companion) => {
                let facts = self.facts(companion, authentication, world);
                let admission = admit_by(&companion.checks, call, &facts);
                if let Admission::Admitted(_) = admission
                    && let Some(name) = self.stopped_item(companion, authentication, &facts, world)
                {
                    let caller_id = caller_id(world, authentication);
                    return Outcome::Told(self.refuse(name, caller_id.as_deref()));
                }
                (facts, admission)
            }
        };
        let bulk = match admission {
            Admission::Admitted(bulk) => bulk,
            Admission::Refused(refusal) => {
                let caller_id = caller_id(world, authentication);
                return Outcome::Told(self.refuse(refusal.answer, caller_id.as_deref()));
            }
            // A world knows everything; were it otherwise, the answer is that the server failed.
            Admission::Unknown { .. } => return self.failed(),
        };
        let Authentication::Accepted { caller, .. } = *authentication else { return self.failed() };
        let Some(Decided { outcomes, items: resources, refused_by }) =
            decide_known(&bulk, &facts, |item| item.index)
        else {
            return self.failed();
        };
        let container = facts.container().and_then(|container| world.container_at(container));
        let container = container.map(Container::shared_id);
        let effects = match &refused_by {
            Some(_) => Effects::default(),
            None => {
                let children = if call.deletes_children() { Children::Delete } else { Children::Orphan };
                let circumstances =
                    Circumstances { caller, now: moment.now, children, new_id: moment.new_id };
                apply(world, contract, &outcomes, &resources, circumstances)
            }
        };
        let caller_id = caller_id(world, authentication);
        world.audit_mut().record(AuditEntry {
            at: moment.now,
            caller: caller_id.clone().unwrap_or_else(|| Arc::from("")),
            contract: Arc::clone(&contract.name),
            container,
            request_id: self.request_id,
            ids: call.ids(),
            outcomes: &outcomes,
            codes: Arc::clone(&contract.codes),
        });
        let refused_by = refused_by.or_else(|| self.answer_of_one(&outcomes).map(str::to_owned));
        let answer = self.named(refused_by.as_deref().unwrap_or(DONE));
        let asked = answer.map_or(&[][..], |answer| &answer.details);
        let details = gather(world, asked, &resources);
        Outcome::Carried(Carried { outcomes, refused_by, caller_id, effects, details })
    }

    /// The answer that a single delete gives to the outcome of what it is about, where the contract has none.
    fn answer_of_one(&self, outcomes: &[OutcomeIndex]) -> Option<&'s str> {
        let Target::Companion(Companion { action: Action::DeleteOne { outcomes: answers }, .. }) =
            self.call.target()
        else {
            return None;
        };
        let outcome = self.call.contract().outcome(*outcomes.first()?)?;
        answers.get(&outcome.code).map(String::as_str)
    }

    fn failed(&self) -> Outcome<'s> {
        Outcome::Told(self.reserved_answer(Reserved::Internal))
    }

    fn tell(&self, carried: &Carried<'_>) -> Response {
        let contract = self.call.contract();
        let items = Items {
            ids: self.call.ids(),
            outcomes: &carried.outcomes,
            table: &contract.outcomes,
            refused_by: carried.refused_by.as_deref(),
            details: &carried.details,
            operations: &carried.effects.operations,
        };
        let telling = Telling {
            caller_id: carried.caller_id.as_deref(),
            items: Some(items),
            warnings: &carried.effects.warnings,
            ..self.telling()
        };
        let one = match self.call.target() {
            Target::BulkDelete => None,
            Target::Companion(_) => self.call.ids().get(0),
        };
        let element = one.map_or(Element::None, |id| Element::Item(Item { index: 0, id }));
        match self.named(carried.refused_by.as_deref().unwrap_or(DONE)) {
            Some(answer) => render_of(answer, &telling, element),
            None => self.reserved_answer(Reserved::Internal),
        }
    }
}

fn plain<'a>(routes: &'a Service, line: RequestLine<'a>, request_id: &'a str, now: Timestamp) -> Telling<'a> {
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
fn with_reserved(answer: Option<&Answer>, reserved: Reserved, telling: &Telling<'_>) -> Response {
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

fn caller_id(world: &World, authentication: &Authentication) -> Option<Arc<str>> {
    match authentication {
        Authentication::Accepted { caller, .. } => world.caller(*caller).map(|caller| caller.shared_id()),
        Authentication::Refused(_) => None,
    }
}
