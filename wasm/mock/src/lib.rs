//! The mock behind a boundary of numbers, as the engine is in `bulk-delete-wasm`: what goes in is written into
//! [`MockHost::input`], what comes out stands in the output. The JavaScript that does both is in `wasm/js/src/mock/`.
//!
//! A host holds one mock. Who wants two has two instances of the module, which share nothing.

// What is written for those who mend it is left out of modules for browsers.
#![cfg_attr(not(test), deny(clippy::use_debug))]

mod addresses;
mod documents;
mod input;
mod wire;

use addresses::Addresses;
use bulk_delete_core::request::call::Body;
use bulk_delete_core::time::Timestamp;
use bulk_delete_mock::mock::{
    Chance, Clock, Delivery, JournalLimits, Mock, Nameless, Options, Sending, Timer,
};
use bulk_delete_mock::start_page::{self, Shows};
use documents::Documents;
use input::Input;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use wasm_bindgen::prelude::wasm_bindgen;

/// What a buffer keeps when it is used again, in bytes: one large request is not paid for as long as a page lives.
const KEPT: usize = 1 << 20;

/// What may be chosen beside documents and clock.
#[derive(Clone, Copy, Debug)]
struct Settings {
    require_session: bool,
    idle_seconds: u32,
    sessions: u32,
    journal: JournalLimits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            require_session: false,
            idle_seconds: 3_600,
            sessions: 20_000,
            journal: JournalLimits::default(),
        }
    }
}

/// One mock, what it is made of, and the two buffers through which it is talked to.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct MockHost {
    input: Vec<u8>,
    output: Vec<u8>,
    /// How much of the output is an answer's head.
    head: usize,
    /// How the answer is to reach the client.
    delivery: Delivery,
    documents: Documents,
    /// The time that JavaScript told last, in milliseconds since 1970.
    told: Arc<AtomicI64>,
    /// How long the platform has run, as JavaScript told last, in microseconds.
    elapsed: Arc<AtomicU64>,
    options: Settings,
    /// The session at whose port the next request has come in.
    port: Option<String>,
    addresses: Addresses,
    mock: Option<Mock>,
}

#[wasm_bindgen]
impl MockHost {
    /// A host without a mock.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for so many bytes, and tells where. Views of the memory are stale after it.
    pub fn input(&mut self, length: usize) -> *const u8 {
        if self.input.capacity() > KEPT && length <= KEPT {
            self.input = Vec::new();
        }
        self.input.resize(length, 0);
        self.input.as_ptr()
    }

    /// Where the output stands.
    pub fn output(&self) -> *const u8 {
        self.output.as_ptr()
    }

    /// How long the output is, in bytes.
    pub fn length(&self) -> usize {
        self.output.len()
    }

    /// How many bytes of the output are the head of an answer; its body stands behind them.
    pub fn head(&self) -> usize {
        self.head
    }

    /// Chooses what becomes of requests that name no session, after how many seconds an idle one is forgotten, and how many there
    /// may be.
    pub fn options(&mut self, require_session: bool, idle_seconds: u32, sessions: u32) {
        self.options = Settings { require_session, idle_seconds, sessions, ..self.options };
    }

    /// Chooses how many requests the journal keeps of a session, how many bytes of it and of all sessions, and how many of a body.
    pub fn journal(&mut self, entries: usize, bytes: usize, total_bytes: usize, body: usize) {
        self.options.journal = JournalLimits { entries, bytes, total_bytes, body };
    }

    /// Starts the mock of what was added. The input is 32 bytes of chance. A clock that is not frozen shows the time that every
    /// later call tells; the other number is how many milliseconds the platform has run. Tells that it has started (1), that it has
    /// not and what is wrong is in the output (0), or that there is no such scenario, and the output is the names of those there are (2).
    pub fn start(&mut self, frozen: bool, now: f64, elapsed: f64) -> u32 {
        self.output.clear();
        self.tell(now, elapsed);
        let Ok(chance) = <[u8; 32]>::try_from(self.input.as_slice()) else { return 0 };
        let loaded = match self.documents.load() {
            Ok(loaded) => loaded,
            Err(findings) => {
                wire::findings(&findings).write(&mut self.output);
                return 0;
            }
        };
        let told = Arc::clone(&self.told);
        let read = move || Timestamp(told.load(Ordering::Relaxed));
        let clock = if frozen { Clock::frozen(read()) } else { Clock::running(read) };
        let elapsed = Arc::clone(&self.elapsed);
        let options = Options {
            nameless: if self.options.require_session { Nameless::Refused } else { Nameless::Shared },
            idle_seconds: self.options.idle_seconds.into(),
            sessions: usize::try_from(self.options.sessions).unwrap_or(usize::MAX),
            journal: self.options.journal,
            timer: Timer::new(move || elapsed.load(Ordering::Relaxed)),
        };
        let mock = match Mock::with(loaded.contracts, loaded.seed, clock, Chance::new(chance), options) {
            Ok(mock) => mock,
            Err(problems) => {
                wire::problems(&problems).write(&mut self.output);
                return 0;
            }
        };
        let mock = mock.with_documents(&self.documents.folders);
        let mock = match mock.with_scenarios(loaded.scenarios, self.documents.scenario.as_deref()) {
            Ok(mock) => mock,
            Err(names) => {
                wire::names(&names).write(&mut self.output);
                return 2;
            }
        };
        self.mock = Some(mock);
        1
    }

    /// Whether a request finds a contract or the control API: what finds neither is answered, too, but a shell may have others
    /// to ask. The input is the request's method, of this length, and its path.
    pub fn serves(&self, method: usize) -> bool {
        let mut input = Input(&self.input);
        let method = input.text(method);
        let path = input.rest_text();
        self.mock.as_ref().is_some_and(|mock| mock.serves(&method, &path))
    }

    /// Answers a request at this time. The input is its head, of this length, and behind it its body. The head is the method,
    /// the path, the query and the headers, each ended by a line feed; a query that is not there is a single question mark, and
    /// a header is its name in lower case, a colon and its value. Of the body it is told whether it is there (0), larger than
    /// the shell takes (1), or did not arrive in time (2). Tells the answer's status and outputs its head, a header in each
    /// line, and its body.
    pub fn answer(&mut self, head: usize, body: u32, now: f64, elapsed: f64) -> u16 {
        self.tell(now, elapsed);
        if self.output.capacity() > KEPT {
            self.output = Vec::new();
        }
        self.output.clear();
        self.head = 0;
        let Some(mock) = &self.mock else { return 0 };
        let (head, bytes) = self.input.split_at_checked(head).unwrap_or((&self.input, &[]));
        let body = match body {
            0 => Body::Bytes(bytes),
            1 => Body::TooLarge,
            _ => Body::TimedOut,
        };
        let port = self.port.take();
        let delivered = wire::with_request(head, body, |request| mock.deliver(request, port.as_deref()));
        let response = delivered.response;
        self.delivery = delivered.delivery;
        wire::head(&response, &mut self.output);
        self.head = self.output.len();
        self.output.extend_from_slice(response.body.as_deref().unwrap_or_default());
        response.status
    }

    /// Outputs what a server prints when it is ready: one line for programs (0), or for people, who can paste commands (1), and open a
    /// page, too (2). The input is its URL.
    pub fn start_page(&mut self, shows: u32) {
        self.output.clear();
        let Some(mock) = &self.mock else { return };
        let url = String::from_utf8_lossy(&self.input);
        let folders = &self.documents.folders;
        let text = match shows {
            0 => start_page::line(&url, mock),
            1 => start_page::page(&url, mock, folders, Shows::Commands),
            _ => start_page::page(&url, mock, folders, Shows::Page),
        };
        self.output.extend_from_slice(text.as_bytes());
    }

    /// Whether the answer is to be sent at once and as it is.
    pub fn is_plain(&self) -> bool {
        self.delivery == Delivery::default()
    }

    /// For how many milliseconds the shell waits before it sends anything.
    pub fn delay(&self) -> f64 {
        milliseconds(self.delivery.delay)
    }

    /// How the answer is sent: whole (0), broken off after some bytes (1), in pieces (2), or not at all (3).
    pub fn sending(&self) -> u32 {
        match self.delivery.sending {
            Sending::Whole => 0,
            Sending::Cut { .. } => 1,
            Sending::Slow { .. } => 2,
            Sending::Dropped => 3,
        }
    }

    /// After how many bytes it is broken off, or in how many pieces it is sent.
    pub fn parts(&self) -> u32 {
        match self.delivery.sending {
            Sending::Cut { after } => u32::try_from(after).unwrap_or(u32::MAX),
            Sending::Slow { pieces, .. } => pieces,
            Sending::Whole | Sending::Dropped => 0,
        }
    }

    /// How many milliseconds pass before each piece but the first.
    pub fn pause(&self) -> f64 {
        match self.delivery.sending {
            Sending::Slow { pause, .. } => milliseconds(pause),
            _ => 0.0,
        }
    }
}

/// As JavaScript counts them.
fn milliseconds(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

impl MockHost {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "JavaScript counts milliseconds in floating point; their fraction is left out, and what is none is 0"
    )]
    fn tell(&self, now: f64, elapsed: f64) {
        self.told.store(now as i64, Ordering::Relaxed);
        // A page may put its timer back; a mock's counts on.
        self.elapsed.fetch_max((elapsed * 1000.0) as u64, Ordering::Relaxed);
    }
}
