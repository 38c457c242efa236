//! The mock: a function from a request to an answer, over a world that it keeps. It knows nothing of sockets, and nothing
//! of any API: the contracts say what is answered, the core does the answering.

pub(crate) mod calendar;
mod calling;
pub(crate) mod chance;
mod clock;
mod cors;
mod delivery;
mod encoding;
mod failing;
pub(crate) mod faults;
pub(crate) mod journal;
mod keeping;
pub(crate) mod metrics;
mod options;
mod ports;
pub(crate) mod reply;
pub(crate) mod served;
pub(crate) mod session;
mod session_name;
pub(crate) mod sessions;
pub(crate) mod source;
mod state;
mod timer;

pub use chance::Chance;
pub use clock::Clock;
pub use delivery::{Delivered, Delivery, Sending};
pub use journal::JournalLimits;
pub use keeping::Kept;
pub use options::{Nameless, Options};
pub use ports::Address;
pub(crate) use session::Session;
pub(crate) use session_name::SessionName;
pub use state::Mark;
pub(crate) use state::State;
pub use timer::Timer;

use crate::control;
use crate::credentials::jwt::{Claims, Key};
use crate::credentials::token::Made;
use crate::folder::Folder;
use crate::scenario::Scenario;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::credential::Credential;
use bulk_delete_core::json::Value;
use bulk_delete_core::problem::Problem;
use bulk_delete_core::request::call::Request;
use bulk_delete_core::service::Service;
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::Seed;
use bulk_delete_core::world::check::check_world;
use cors::Asked;
use journal::{Exchanged, Noted};
use metrics::Metrics;
use reply::{list, object};
use sessions::{Chosen, Sessions, Unchosen};
use source::Source;
use std::sync::Arc;

/// In which a request names the scenario that its session begins with.
const SCENARIO: &str = "x-mock-scenario";

/// Several contracts served from one world, and from as many copies of it as there are sessions. Share it by `Arc`; every
/// method takes `&self`.
#[derive(Debug)]
pub struct Mock {
    service: Service,
    key: Arc<Key>,
    chance: Arc<Chance>,
    sessions: Arc<Sessions>,
    metrics: Metrics,
    /// By their names.
    scenarios: Vec<Scenario>,
    /// In the order of the contracts; none where they were not given.
    sources: Vec<Source>,
}

/// What became of the worlds of a mock whose contracts were exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worlds {
    /// They are as they were.
    Kept,
    /// They begin anew, all of them.
    Reset,
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
        Self::with(contracts, seed, clock, chance, Options::default())
    }

    /// Starts a mock that behaves as these options say.
    ///
    /// # Errors
    ///
    /// Where two contracts would answer the same request.
    pub fn with(
        contracts: Vec<Contract>,
        seed: Arc<Seed>,
        clock: Clock,
        chance: Chance,
        options: Options,
    ) -> Result<Self, Vec<Problem>> {
        let service = Service::new(contracts)?;
        let key = Key::generate(&chance);
        let sessions = Sessions::new(seed, clock, service.contracts(), options);
        let metrics = Metrics::new(service.contracts());
        let (key, chance, sessions) = (Arc::new(key), Arc::new(chance), Arc::new(sessions));
        Ok(Self { service, key, chance, sessions, metrics, scenarios: Vec::new(), sources: Vec::new() })
    }

    /// Takes named starting points; every session begins with the one that is chosen here, if one is.
    ///
    /// # Errors
    ///
    /// The names that there are, where what is chosen is none of them.
    pub fn with_scenarios(
        mut self,
        scenarios: Vec<Scenario>,
        chosen: Option<&str>,
    ) -> Result<Self, Vec<String>> {
        self.scenarios = scenarios;
        if let Some(name) = chosen {
            match self.scenario(name).cloned() {
                Some(scenario) => self.sessions.begin_with(scenario),
                None => {
                    return Err(self.scenarios.into_iter().map(|scenario| scenario.name).collect());
                }
            }
        }
        Ok(self)
    }

    /// Keeps the documents of these folders, which its contracts were loaded from, for the control API to give.
    #[must_use]
    pub fn with_documents(mut self, folders: &[Folder]) -> Self {
        self.sources = folders.iter().map(Source::of).collect();
        self
    }

    /// The named starting points, by their names.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The one of this name.
    pub fn scenario(&self, name: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.name == name)
    }

    /// The same mock with other contracts, whose documents it has not yet: its sessions, tokens, key and time go on. Its worlds
    /// begin anew with this seed where that is `wanted`, and where the shared one does not go with the new contracts. Journals
    /// and metrics always do: they count by the contracts. The mock itself still answers as before; what is under way in it
    /// ends as it began.
    ///
    /// # Errors
    ///
    /// Where two contracts would answer the same request. Nothing has changed then.
    pub fn renewed(
        &self,
        contracts: Vec<Contract>,
        seed: &Arc<Seed>,
        scenarios: Vec<Scenario>,
        wanted: Worlds,
    ) -> Result<(Self, Worlds), Vec<Problem>> {
        let service = Service::new(contracts)?;
        let goes_on = wanted == Worlds::Kept
            && check_world(service.contracts(), &self.sessions.shared().state().world).is_empty();
        self.sessions.renew(service.contracts(), (!goes_on).then_some(seed), &scenarios);
        let (key, chance) = (Arc::clone(&self.key), Arc::clone(&self.chance));
        let (sessions, metrics) = (Arc::clone(&self.sessions), Metrics::new(service.contracts()));
        let renewed = Self { service, key, chance, sessions, metrics, scenarios, sources: Vec::new() };
        Ok((renewed, if goes_on { Worlds::Kept } else { Worlds::Reset }))
    }

    /// Takes what opens an address of its own for the session of a name, or says why there is none. A mock without it says
    /// that it has no ports.
    pub fn open_ports(&self, open: impl Fn(&str) -> Result<Address, String> + Send + Sync + 'static) {
        self.sessions.ports().set(open);
    }

    /// Answers a request: a call of a contract, or of the control API under `/__mock/`. For those who have no wire on which
    /// an answer could come late or in part; what a fault drops is a 502 then.
    pub fn answer(&self, request: &Request<'_>) -> Response {
        let Delivered { response, delivery } = self.deliver(request, None);
        if delivery.sending == Sending::Dropped { calling::nobody_sees() } else { response }
    }

    /// Answers a request that came in at the port of this session, if it was one of a session's own, and says how the answer
    /// is to reach the client.
    pub fn deliver(&self, request: &Request<'_>, port: Option<&str>) -> Delivered {
        let asked = Asked::of(request);
        let mut delivered = self.respond(request, &asked, port);
        cors::allow(&asked, &mut delivered.response);
        delivered
    }

    /// Whether a request finds the control API or a path of a contract. What finds neither is answered with what there is, but
    /// whoever stands between a client and the world may want to let it pass.
    pub fn serves(&self, method: &str, path: &str) -> bool {
        control::path(path).is_some() || self.service.route(method, path).is_some()
    }

    fn respond(&self, request: &Request<'_>, asked: &Asked<'_>, port: Option<&str>) -> Delivered {
        if let Some(call) = control::path(request.path) {
            let response = match control::methods(call) {
                Some(methods) if request.method == "OPTIONS" => cors::options(asked, &methods.join(", ")),
                _ => control::answer(self, call, request, port),
            };
            return response.into();
        }
        let began = self.sessions.options().timer.now();
        let session = match self.choose(request, port) {
            Ok(session) => session,
            // A preflight says nothing that could name a session.
            Err(_) if request.method == "OPTIONS" => return self.elsewhere(request, asked).into(),
            Err(refusal) => return refusal.into(),
        };
        let encoding = encoding::of(request);
        let headers = encoding.as_deref().map(|encoding| encoding::instead(request.headers, encoding));
        let read_as = Request { headers: headers.as_deref().unwrap_or(request.headers), ..*request };
        let (delivered, noted) = match self.service.route(request.method, request.path) {
            Some(routed) if request.method != "OPTIONS" => self.call(&session, routed, request, &read_as),
            _ => (self.elsewhere(request, asked).into(), Noted::default()),
        };
        self.note(&session, request, &delivered, noted, began);
        delivered
    }

    /// Answers what is no call of a contract.
    fn elsewhere(&self, request: &Request<'_>, asked: &Asked<'_>) -> Response {
        let mut methods = self.service.methods(request.path);
        if methods.is_empty() || request.method != "OPTIONS" {
            return self.nothing_here(request.path);
        }
        methods.push("OPTIONS");
        cors::options(asked, &methods.join(", "))
    }

    /// Counts an exchange, and adds it to the session's journal.
    fn note(
        &self,
        session: &Session,
        request: &Request<'_>,
        delivered: &Delivered,
        mut noted: Noted,
        began: u64,
    ) {
        let Options { journal: limits, timer, .. } = self.sessions.options();
        let took_microseconds = timer.now().saturating_sub(began);
        self.metrics.count(&noted, delivered.response.status, took_microseconds);
        if limits.entries == 0 {
            return;
        }
        noted.about.sending = delivered.delivery.sending;
        let at = session.clock().now();
        let hidden;
        let response = if noted.secrets.is_empty() {
            &delivered.response
        } else {
            hidden = journal::without(&delivered.response, &noted.secrets);
            &hidden
        };
        let exchanged = Exchanged { request, response, at, took_microseconds };
        session.journal().add(&exchanged, noted, limits);
    }

    /// The session that a request is for, or the answer to one that has none.
    pub(crate) fn choose(&self, request: &Request<'_>, port: Option<&str>) -> Result<Chosen<'_>, Response> {
        let scenario = match request.header(SCENARIO) {
            None => None,
            Some(name) => Some(self.scenario(name.trim()).ok_or_else(|| {
                let names: Vec<&str> = self.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
                reply::error(
                    400,
                    &format!("X-Mock-Scenario names no scenario: take one of {}", names.join(", ")),
                )
            })?),
        };
        self.sessions.choose(request, port, &self.key, scenario).map_err(|why| {
            let form = SessionName::FORM;
            match why {
                Unchosen::Name => reply::error(400, &format!("the name of a session is {form}")),
                Unchosen::Nameless => reply::error(
                    400,
                    "this mock answers only requests that say which session they are for: by the header \
                     X-Mock-Session, a host NAME.localhost, a token that was made in the session, or the url that \
                     POST /__mock/sessions answers",
                ),
                Unchosen::TooMany => reply::error(
                    503,
                    "there are as many sessions as this mock keeps: end those that are not used any more with \
                     DELETE /__mock/sessions/NAME",
                ),
            }
        })
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

    /// The documents that a contract was loaded from, where they are kept.
    pub(crate) fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// The time of the world that all requests share that name no session.
    pub fn clock(&self) -> &Clock {
        self.sessions.shared().clock()
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    pub(crate) fn chance(&self) -> &Chance {
        &self.chance
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Makes a token for a caller of the shared world, of the kind that the contract's first token or JWT credential takes.
    /// It outlives a reset of the world. Without `scopes` it carries the caller's own.
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
        self.mint_in(self.sessions.shared(), contract, caller, scopes, expires)
    }

    /// The same for a caller of a session's world. The token tells its session.
    pub(crate) fn mint_in(
        &self,
        session: &Session,
        contract: &Contract,
        caller: &str,
        scopes: Option<Vec<String>>,
        expires: Timestamp,
    ) -> Result<String, MintError> {
        let mut state = session.state();
        let index = state.world.caller_by_id(caller).ok_or(MintError::Caller)?;
        let own = || {
            let caller = state.world.caller(index);
            caller.map(|caller| caller.scopes().iter().map(|scope| scope.to_string()).collect())
        };
        match first_bearer(contract).ok_or(MintError::Contract)? {
            Credential::Jwt { .. } => {
                let scopes = scopes.or_else(own).unwrap_or_default();
                let session_name = session.name().map(str::to_owned);
                let caller = caller.to_owned();
                drop(state);
                let claims = Claims { caller, scopes, expires, not_before: None, session: session_name };
                Ok(self.key.mint(&claims, session.clock().now()))
            }
            _ => {
                let token = session_name::mark(session.name(), self.chance.token());
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

/// Whether the tokens that are made for a contract say nothing themselves.
pub(crate) fn takes_opaque_tokens(contract: &Contract) -> bool {
    matches!(first_bearer(contract), Some(Credential::Token { .. }))
}
