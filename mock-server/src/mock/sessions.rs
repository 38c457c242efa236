//! All sessions, and which of them a request is for: by the header `X-Mock-Session`, by the port it came in at, by a host
//! `NAME.localhost`, or by a token that was made in the session; in this order. A session begins when it is first named.

use super::Clock;
use super::journal::Total;
use super::options::{Nameless, Options};
use super::ports::{Address, Ports};
use super::session::Session;
use super::session_name::{self, SessionName};
use crate::credentials::jwt::{self, Key};
use crate::scenario::Scenario;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::names::Names;
use bulk_delete_core::request::call::Request;
use bulk_delete_core::world::Seed;
use parking_lot::RwLock;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// In which a request names its session.
pub(crate) const HEADER: &str = "x-mock-session";

/// The shared world, and those that have a name.
#[derive(Debug)]
pub(crate) struct Sessions {
    shared: Session,
    /// What each begins with.
    seed: RwLock<Arc<Seed>>,
    /// What each begins with instead, where a scenario was chosen for all.
    scenario: RwLock<Option<Scenario>>,
    options: Options,
    /// Headers in which contracts look for tokens, in lower case.
    token_headers: RwLock<Arc<[String]>>,
    ports: Ports,
    /// How much all journals have.
    journals: Arc<Total>,
    /// By their names in lower case.
    named: RwLock<Names<Arc<Session>>>,
    /// How many have a name: most mocks have none, and look no further.
    count: AtomicUsize,
}

/// The session of a request, for as long as it is answered.
#[derive(Debug)]
pub(crate) enum Chosen<'m> {
    /// The one that all requests share that name none.
    Shared(&'m Session),
    /// One with a name.
    Named(Arc<Session>),
}

impl Deref for Chosen<'_> {
    type Target = Session;

    fn deref(&self) -> &Session {
        match self {
            Self::Shared(session) => session,
            Self::Named(session) => session,
        }
    }
}

/// Why a request has no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unchosen {
    /// What it names is no name.
    Name,
    /// It names none, and has to.
    Nameless,
    /// There are as many as there may be.
    TooMany,
}

impl Sessions {
    /// The shared world alone.
    pub(super) fn new(seed: Arc<Seed>, clock: Clock, contracts: &[Contract], options: Options) -> Self {
        let journals = Arc::<Total>::default();
        let now = options.timer.now();
        let shared = Session::new(None, Arc::clone(&seed), clock, Arc::clone(&journals), now);
        Self {
            shared,
            seed: RwLock::new(seed),
            scenario: RwLock::new(None),
            options,
            token_headers: RwLock::new(token_headers(contracts)),
            ports: Ports::default(),
            journals,
            named: RwLock::default(),
            count: AtomicUsize::new(0),
        }
    }

    /// Has every session begin with this scenario from now on, the shared one at once.
    pub(super) fn begin_with(&self, scenario: Scenario) {
        self.shared.state().begin_always(&scenario);
        *self.scenario.write() = Some(scenario);
    }

    /// The world that all requests share that name none.
    pub(crate) fn shared(&self) -> &Session {
        &self.shared
    }

    /// Looks for tokens where these contracts do from now on, and begins every world anew with a seed, where there is one. The
    /// journals are emptied: what they hold refers to the contracts there were.
    pub(super) fn renew(&self, contracts: &[Contract], seed: Option<&Arc<Seed>>, scenarios: &[Scenario]) {
        *self.token_headers.write() = token_headers(contracts);
        let before = self.scenario.read().as_ref().map(|scenario| scenario.name.clone());
        let chosen = before.and_then(|name| scenarios.iter().find(|scenario| scenario.name == name).cloned());
        // No lock is held when the next is taken: whoever opens a session holds theirs.
        self.scenario.write().clone_from(&chosen);
        if let Some(seed) = seed {
            *self.seed.write() = Arc::clone(seed);
        }
        let begin = |session: &Session| {
            match (seed, chosen.as_ref()) {
                (Some(_), Some(scenario)) => session.state().begin_always(scenario),
                (Some(seed), None) => {
                    let mut state = session.state();
                    state.start = Arc::clone(seed);
                    state.begin(Arc::clone(seed));
                }
                (None, _) => {}
            }
            session.journal().clear();
        };
        begin(&self.shared);
        self.named.read().values().for_each(|session| begin(session));
    }

    /// What was chosen when the mock was started.
    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    /// Headers in which contracts look for credentials, in lower case.
    pub(crate) fn token_headers(&self) -> Arc<[String]> {
        Arc::clone(&self.token_headers.read())
    }

    /// How many bytes all journals have.
    pub(crate) fn journal_bytes(&self) -> usize {
        self.journals.bytes()
    }

    pub(super) fn ports(&self) -> &Ports {
        &self.ports
    }

    /// The session of a request; one that is named for the first time begins. `port` is the session whose port it came in at.
    pub(crate) fn choose(
        &self,
        request: &Request<'_>,
        port: Option<&str>,
        key: &Key,
        scenario: Option<&Scenario>,
    ) -> Result<Chosen<'_>, Unchosen> {
        if let Some(name) = named_by(request, port)? {
            return self.open_at(name, scenario).map(Chosen::Named);
        }
        if let Some(scenario) = scenario {
            // Whoever names no session shares one with all who begin there.
            let name = SessionName::parse(&scenario.name).ok_or(Unchosen::Name)?;
            return self.open_at(name, Some(scenario)).map(Chosen::Named);
        }
        if let Some(session) = self.by_token(request, key) {
            return Ok(Chosen::Named(session));
        }
        match self.options.nameless {
            Nameless::Shared => Ok(Chosen::Shared(&self.shared)),
            Nameless::Refused => Err(Unchosen::Nameless),
        }
    }

    /// The session of this name, which begins where there is none, or where it was left alone for too long.
    pub(crate) fn open(&self, name: SessionName<'_>) -> Result<Arc<Session>, Unchosen> {
        self.open_at(name, None)
    }

    /// The same; one that begins, begins with this scenario.
    pub(crate) fn open_at(
        &self,
        name: SessionName<'_>,
        scenario: Option<&Scenario>,
    ) -> Result<Arc<Session>, Unchosen> {
        let (key, now) = (name.key(), self.options.timer.now());
        if let Some(session) = self.named.read().get(&key).filter(|session| !self.has_expired(session, now)) {
            session.touch(now);
            return Ok(Arc::clone(session));
        }
        let mut named = self.named.write();
        if let Some(session) = named.get(&key).filter(|session| !self.has_expired(session, now)) {
            return Ok(Arc::clone(session));
        }
        // Looking through all of them now and then, and not each time, keeps making one cheap.
        if named.len() >= self.options.sessions || named.len().is_power_of_two() {
            named.retain(|session| !self.has_expired(session, now));
        }
        if named.len() >= self.options.sessions {
            return Err(Unchosen::TooMany);
        }
        let session = Session::new(
            Some(name.as_str().into()),
            Arc::clone(&self.seed.read()),
            self.shared.clock().another(),
            Arc::clone(&self.journals),
            now,
        );
        if let Some(scenario) = scenario.or(self.scenario.read().as_ref()) {
            session.state().begin_always(scenario);
        }
        let session = Arc::new(session);
        named.insert(key, Arc::clone(&session));
        self.count.store(named.len(), Ordering::Relaxed);
        Ok(session)
    }

    /// The session of this name, where there is one.
    pub(crate) fn find(&self, name: SessionName<'_>) -> Option<Arc<Session>> {
        let now = self.options.timer.now();
        let named = self.named.read();
        named.get(&name.key()).filter(|session| !self.has_expired(session, now)).map(Arc::clone)
    }

    /// All that have a name, in the order of their names. Those that were left alone for too long are forgotten first.
    pub(crate) fn all(&self) -> Vec<Arc<Session>> {
        let now = self.options.timer.now();
        let mut named = self.named.write();
        named.retain(|session| !self.has_expired(session, now));
        self.count.store(named.len(), Ordering::Relaxed);
        named.values().map(Arc::clone).collect()
    }

    /// How many have a name.
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Ends the session of this name; gives it back where there was one.
    pub(crate) fn end(&self, name: SessionName<'_>) -> Option<Arc<Session>> {
        let mut named = self.named.write();
        let ended = named.remove(&name.key());
        self.count.store(named.len(), Ordering::Relaxed);
        ended
    }

    /// Ends all that have a name.
    pub(crate) fn end_all(&self) {
        let ended = std::mem::take(&mut *self.named.write());
        self.count.store(0, Ordering::Relaxed);
        drop(ended);
    }

    /// Gives a session an address of its own, unless it has one.
    pub(crate) fn give_address(&self, session: &Session) -> Result<String, String> {
        let mut address = session.address();
        if let Some(address) = &*address {
            return Ok(address.url().to_owned());
        }
        let opened: Address = self.ports.open(session.name().unwrap_or_default())?;
        let url = opened.url().to_owned();
        *address = Some(opened);
        Ok(url)
    }

    /// The session in which the token of this request was made, if it still is there.
    fn by_token(&self, request: &Request<'_>, key: &Key) -> Option<Arc<Session>> {
        if self.count() == 0 {
            return None;
        }
        let token_headers = self.token_headers();
        request.headers.iter().filter(|(name, _)| token_headers.iter().any(|own| own == name)).find_map(
            |(_, value)| {
                let token = std::str::from_utf8(value).ok()?.trim_ascii().rsplit(' ').next()?;
                let claims;
                let name = match session_name::of_token(token) {
                    Some(name) => name,
                    None if jwt::looks_like_one(token) => {
                        claims = key.verify(token).ok()?;
                        SessionName::parse(claims.session.as_deref()?)?
                    }
                    None => return None,
                };
                let session = self.find(name)?;
                session.touch(self.options.timer.now());
                Some(session)
            },
        )
    }

    fn has_expired(&self, session: &Session, now: u64) -> bool {
        session.idle(now) > self.options.idle_seconds.saturating_mul(1_000_000)
    }
}

/// In which headers these contracts look for tokens, in lower case.
fn token_headers(contracts: &[Contract]) -> Arc<[String]> {
    let of_companions = contracts
        .iter()
        .flat_map(|contract| &contract.companions)
        .filter_map(|companion| companion.credentials.as_deref());
    let of_contracts = contracts.iter().map(|contract| contract.credentials.as_slice());
    let mut headers: Vec<String> = Vec::new();
    for credential in of_contracts.chain(of_companions).flatten() {
        if !headers.iter().any(|known| known == credential.header()) {
            headers.push(credential.header().to_owned());
        }
    }
    headers.into()
}

/// The session that a request names without a token.
pub(crate) fn named_by<'r>(
    request: &Request<'r>,
    port: Option<&'r str>,
) -> Result<Option<SessionName<'r>>, Unchosen> {
    let mut host = None;
    for (name, value) in request.headers {
        match *name {
            HEADER => {
                let name =
                    std::str::from_utf8(value).ok().and_then(|name| SessionName::parse(name.trim_ascii()));
                return name.map(Some).ok_or(Unchosen::Name);
            }
            "host" => host = Some(*value),
            _ => {}
        }
    }
    let name = match (port, host) {
        (Some(port), _) => Some(port),
        (None, Some(host)) => session_name::of_host(host),
        (None, None) => None,
    };
    name.map(|name| SessionName::parse(name).ok_or(Unchosen::Name)).transpose()
}
