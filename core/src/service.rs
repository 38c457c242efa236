//! Joins the arrows of the flow as a server uses them: a request comes in, the contract it is for is found, and its
//! answer goes out. Reading bytes from a wire, checking credentials and keeping a clock are left to the server.

mod companion;
mod deletion;
mod failure;
mod frame;
mod listing;
mod settled;

pub use failure::Failure;
pub use settled::Settled;

use frame::{Frame, plain, with_reserved};
use settled::Outcome;

use crate::answer::render::Response;
use crate::answer::telling::{Methods, NewToken};
use crate::contract::Contract;
use crate::contract::answers::{Reserved, VIOLATIONS};
use crate::contract::companion::Action;
use crate::problem::Problem;
use crate::request::call::{Body, Call, Request};
use crate::request::line::RequestLine;
use crate::request::route::{Routed, Routes, Target};
use crate::time::Timestamp;
use crate::world::facts::Authentication;
use crate::world::{CallerIndex, World};

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
