//! The mock: a function from a request to an answer, over a world that it keeps. It knows nothing of sockets, and nothing
//! of any API: the contracts say what is answered, the core does the answering. What a mock has is here; how it answers and how
//! it makes tokens stand beside it.

mod answering;
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
mod minting;
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
pub(crate) use minting::takes_opaque_tokens;
pub use minting::{MintError, first_bearer};
pub use options::{Nameless, Options};
pub use ports::Address;
pub(crate) use session::Session;
pub(crate) use session_name::SessionName;
pub use state::Mark;
pub(crate) use state::State;
pub use timer::Timer;

use crate::credentials::jwt::Key;
use crate::folder::Folder;
use crate::scenario::Scenario;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::problem::Problem;
use bulk_delete_core::service::Service;
use bulk_delete_core::world::Seed;
use bulk_delete_core::world::check::check_world;
use metrics::Metrics;
use sessions::Sessions;
use source::Source;
use std::sync::Arc;

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
}
