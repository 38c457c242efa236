//! The mock behind a boundary of numbers, as the engine is in `bulk-delete-wasm`: what goes in is written into
//! [`MockHost::input`], what comes out stands in the output. The JavaScript that does both is in `wasm/js/src/mock/`.
//!
//! A host holds one mock. Who wants two has two instances of the module, which share nothing.

mod input;
mod wire;

use bulk_delete_core::request::call::Body;
use bulk_delete_core::time::Timestamp;
use bulk_delete_mock::folder::{self, Folder, Loaded, WorldFile};
use bulk_delete_mock::mock::{Chance, Clock, Mock};
use input::Input;
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use wasm_bindgen::prelude::wasm_bindgen;

/// What a buffer keeps when it is used again, in bytes: one large request is not paid for as long as a page lives.
const KEPT: usize = 1 << 20;

/// The length of a document that is not there.
const ABSENT: usize = u32::MAX as usize;

/// One mock, what it is made of, and the two buffers through which it is talked to.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct MockHost {
    input: Vec<u8>,
    output: Vec<u8>,
    /// How much of the output is an answer's head.
    head: usize,
    folders: Vec<Folder>,
    world: Option<WorldFile>,
    /// The time that JavaScript told last, in milliseconds since 1970.
    told: Arc<AtomicI64>,
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

    /// Adds a contract folder. The input is its name, its place for messages and its documents, one behind the other, of these
    /// lengths; the length of a document that is not there is the largest number.
    pub fn add(
        &mut self,
        name: usize,
        place: usize,
        openapi: usize,
        policy: usize,
        world: usize,
        start: usize,
    ) {
        let mut input = Input(&self.input);
        let optional = |length: usize, input: &mut Input<'_>| {
            (length != ABSENT).then(|| Cow::Owned(input.bytes(length).to_vec()))
        };
        self.folders.push(Folder {
            name: Cow::Owned(input.text(name)),
            place: Cow::Owned(input.text(place)),
            openapi: Cow::Owned(input.bytes(openapi).to_vec()),
            policy: Cow::Owned(input.bytes(policy).to_vec()),
            world: optional(world, &mut input),
            start: optional(start, &mut input),
            scenarios: Vec::new(),
        });
    }

    /// Gives the world that takes the place of the folders' own. The input is its place, of this length, and the document.
    pub fn replace_worlds(&mut self, place: usize) {
        let mut input = Input(&self.input);
        self.world = Some(WorldFile { place: input.text(place), bytes: input.rest().to_vec() });
    }

    /// Starts the mock of what was added. The input is 32 bytes of chance. A clock that is not frozen shows the time that every
    /// later call tells. Tells whether it starts, and outputs what is wrong otherwise.
    pub fn start(&mut self, frozen: bool, now: f64) -> bool {
        self.output.clear();
        self.tell(now);
        let Ok(chance) = <[u8; 32]>::try_from(self.input.as_slice()) else { return false };
        let Loaded { contracts, seed, .. } = match folder::load(&self.folders, self.world.as_ref()) {
            Ok(loaded) => loaded,
            Err(findings) => {
                wire::findings(&findings).write(&mut self.output);
                return false;
            }
        };
        let told = Arc::clone(&self.told);
        let read = move || Timestamp(told.load(Ordering::Relaxed));
        let clock = if frozen { Clock::frozen(read()) } else { Clock::running(read) };
        match Mock::new(contracts, seed, clock, Chance::new(chance)) {
            Ok(mock) => self.mock = Some(mock),
            Err(problems) => wire::problems(&problems).write(&mut self.output),
        }
        self.mock.is_some()
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
    pub fn answer(&mut self, head: usize, body: u32, now: f64) -> u16 {
        self.tell(now);
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
        let response = wire::with_request(head, body, |request| mock.answer(request));
        wire::head(&response, &mut self.output);
        self.head = self.output.len();
        self.output.extend_from_slice(response.body.as_deref().unwrap_or_default());
        response.status
    }

    fn tell(&self, now: f64) {
        // JavaScript counts milliseconds in floating point; a number that is none counts as 1970.
        #[expect(clippy::cast_possible_truncation, reason = "the fraction of a millisecond is left out")]
        self.told.store(now as i64, Ordering::Relaxed);
    }
}
