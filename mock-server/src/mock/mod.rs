//! The mock: a function from a request to an answer, over a world that it keeps. It knows nothing of sockets, and nothing
//! of any API: the contracts say what is answered, the core does the answering.

pub(crate) mod calendar;
pub(crate) mod chance;
mod clock;
mod cors;
pub(crate) mod reply;
mod state;

pub use chance::Chance;
pub use clock::Clock;
pub(crate) use state::State;

use crate::control;
use crate::credentials::jwt::{Claims, Key};
use crate::credentials::{self, KeyHolder, token::Made};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::credential::Credential;
use bulk_delete_core::json::Value;
use bulk_delete_core::problem::Problem;
use bulk_delete_core::request::call::Request;
use bulk_delete_core::request::route::Routed;
use bulk_delete_core::service::{Effect, Moment, Service};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::Seed;
use cors::Asked;
use parking_lot::{Mutex, MutexGuard};
use reply::{list, object};
use std::sync::Arc;

/// Several contracts served from one world. Share it by `Arc`; every method takes `&self`.
#[derive(Debug)]
pub struct Mock {
    service: Service,
    key: Key,
    clock: Clock,
    chance: Chance,
    state: Mutex<State>,
}

impl Mock {
    /// Starts a mock with the world of this seed.
    ///
    /// # Errors
    ///
    /// Where two contracts would answer the same request.
    pub fn new(
        contracts: Vec<Contract>,
        seed: Arc<Seed>,
        clock: Clock,
        chance: Chance,
    ) -> Result<Self, Vec<Problem>> {
        let service = Service::new(contracts)?;
        let key = Key::generate(&chance);
        Ok(Self { service, key, clock, chance, state: Mutex::new(State::new(seed)) })
    }

    /// Answers a request: a call of a contract, or of the control API under `/__mock/`.
    pub fn answer(&self, request: &Request<'_>) -> Response {
        let asked = Asked::of(request);
        let mut response = self.respond(request, &asked);
        cors::allow(&asked, &mut response);
        response
    }

    /// Whether a request finds the control API or a path of a contract. What finds neither is answered with what there is, but
    /// whoever stands between a client and the world may want to let it pass.
    pub fn serves(&self, method: &str, path: &str) -> bool {
        control::path(path).is_some() || self.service.route(method, path).is_some()
    }

    fn respond(&self, request: &Request<'_>, asked: &Asked<'_>) -> Response {
        if let Some(call) = control::path(request.path) {
            return match control::methods(call) {
                Some(methods) if request.method == "OPTIONS" => cors::options(asked, &methods.join(", ")),
                _ => control::answer(self, call, request),
            };
        }
        let Some(routed) = self.service.route(request.method, request.path) else {
            return self.nothing_here(request.path);
        };
        if request.method == "OPTIONS" {
            let mut methods = self.service.methods(request.path);
            methods.push("OPTIONS");
            return cors::options(asked, &methods.join(", "));
        }
        self.call(routed, request)
    }

    /// Answers a call of a contract. Signatures and bodies are checked before the world is locked.
    fn call<'r>(&'r self, routed: Routed<'r, 'r>, request: &Request<'r>) -> Response {
        let call = self.service.call(routed, request);
        let now = self.clock.now();
        let proofs = credentials::read(call.credentials(), request, &self.key, now, |access| {
            let state = self.state();
            let (caller, secret) = state.world.caller_by_key(access)?;
            let caller = state.world.caller(caller)?.id().to_owned();
            Some(KeyHolder { caller, secret: secret.to_owned() })
        });
        // Every call takes one id; it is made while others may have the world.
        let mut first_id = Some(self.chance.id());
        let mut new_id = || first_id.take().unwrap_or_else(|| self.chance.id());
        let mut moment = Moment { now, new_id: &mut new_id };
        let mut state = self.state();
        let State { world, tokens, .. } = &mut *state;
        let authentication = credentials::admit(&proofs, world, tokens, now);
        let settled = self.service.settle(call, &authentication, world, &mut moment);
        match settled.effect() {
            Effect::None => {}
            Effect::LoggedIn { token, caller } => {
                if let Some(caller) = world.caller(*caller) {
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
        settled.tell().response
    }

    fn nothing_here(&self, path: &str) -> Response {
        let contracts = self.service.contracts().iter().map(|contract| {
            object([
                ("name", Value::from(&*contract.name)),
                ("method", Value::from(&*contract.operation.method)),
                ("path", Value::from(contract.operation.path.as_str())),
            ])
        });
        let message = format!("nothing is served at {path}: here is what there is");
        let error = object([
            ("message", Value::from(message)),
            ("contracts", list(contracts)),
            ("control", Value::from(control::ROOT)),
        ]);
        reply::json(404, &object([("error", error)]))
    }

    /// The contracts that are served, in the order in which they were given.
    pub fn contracts(&self) -> &[Contract] {
        self.service.contracts()
    }

    /// The mock's time.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// The world and all that belongs to it, for as long as the guard is held. A panic elsewhere does not keep it locked.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// The world as it is at this time: what is due has happened.
    pub(crate) fn current(&self) -> (MutexGuard<'_, State>, Timestamp) {
        let mut state = self.state();
        let now = self.clock.now();
        state.world.advance(now);
        (state, now)
    }

    /// Makes a token for a caller of the world, of the kind that the contract's first token or JWT credential takes. It
    /// outlives a reset of the world. Without `scopes` it carries the caller's own.
    ///
    /// # Errors
    ///
    /// Where the world does not know the caller, or the contract takes no such credential.
    pub fn mint(
        &self,
        contract: &Contract,
        caller: &str,
        scopes: Option<Vec<String>>,
        expires: Timestamp,
    ) -> Result<String, MintError> {
        let mut state = self.state();
        let index = state.world.caller_by_id(caller).ok_or(MintError::Caller)?;
        let own = || {
            let caller = state.world.caller(index);
            caller.map(|caller| caller.scopes().iter().map(|scope| scope.to_string()).collect())
        };
        match first_bearer(contract).ok_or(MintError::Contract)? {
            Credential::Jwt { .. } => {
                let scopes = scopes.or_else(own).unwrap_or_default();
                let claims = Claims { caller: caller.to_owned(), scopes, expires, not_before: None };
                Ok(self.key.mint(&claims, self.clock.now()))
            }
            _ => {
                let token = self.chance.token();
                state.tokens.add(token.clone(), Made { caller: caller.to_owned(), scopes, expires });
                Ok(token)
            }
        }
    }
}

/// Why a token cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MintError {
    /// The world has no such caller.
    Caller,
    /// The contract takes neither tokens nor JSON Web Tokens.
    Contract,
}

/// The first credential of a contract that is a token of some kind.
pub fn first_bearer(contract: &Contract) -> Option<&Credential> {
    contract
        .credentials
        .iter()
        .find(|credential| matches!(credential, Credential::Token { .. } | Credential::Jwt { .. }))
}
