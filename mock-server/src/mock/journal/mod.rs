//! The journal: every request of a session and its answer, with what was decided. It is written on every request and read by
//! tests now and then, so that it keeps bytes on a tape, and nothing is put into words before somebody asks (`tell`).
//! It is bounded: a session keeps so many entries and bytes, all sessions together so many, and of each body only the beginning.

pub(crate) mod criteria;
mod mask;
mod packed;
pub(crate) mod tell;

use super::delivery::Sending;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::outcome::OutcomeIndex;
use bulk_delete_core::request::call::Request;
use bulk_delete_core::request::ids::IdList;
use bulk_delete_core::request::violation::Violation;
use bulk_delete_core::tape::Tape;
use bulk_delete_core::time::Timestamp;
pub(crate) use mask::without;
use packed::{Packed, Texts};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many violations of a request are kept.
const VIOLATIONS: usize = 20;

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalLimits {
    /// How many entries a session has. 1,000; with 0 there is no journal.
    pub entries: usize,
    /// How many bytes the entries of a session have. 1 MiB: what is written again and again should stay close to the processor,
    /// and this is a quarter of what 1,000 entries with whole bodies would take.
    pub bytes: usize,
    /// How many bytes the entries of all sessions have together, nearly: a session's newest entry is always kept. 8 MiB.
    pub total_bytes: usize,
    /// How many bytes of a body are kept. 2 KiB.
    pub body: usize,
}

impl Default for JournalLimits {
    fn default() -> Self {
        Self { entries: 1_000, bytes: 1 << 20, total_bytes: 8 << 20, body: 2 << 10 }
    }
}

/// What is decided of a request, to be noted with it.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    pub(crate) about: About,
    /// What the request names.
    pub(crate) ids: Option<Arc<IdList>>,
    /// What each of them came to; none where they were not looked at.
    pub(crate) outcomes: Vec<OutcomeIndex>,
    /// What the answer gives the caller to prove who they are: it is hidden wherever it stands.
    pub(crate) secrets: Vec<String>,
}

/// The part of it that is kept as it is.
#[derive(Debug, Default)]
pub(crate) struct About {
    /// The contract's place among those that are served.
    pub(crate) contract: Option<u16>,
    /// The companion's place in its contract; `None` for the bulk delete.
    pub(crate) companion: Option<u16>,
    /// The id of who called.
    pub(crate) caller: Option<Arc<str>>,
    /// The answer that refused all items at once.
    pub(crate) refused_by: Option<Box<str>>,
    /// What is wrong with the request.
    pub(crate) violations: Vec<Violation>,
    /// The fault that struck.
    pub(crate) fault: Option<StruckBy>,
    /// How the answer is sent.
    pub(crate) sending: Sending,
}

/// Who asked for a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StruckBy {
    /// The fault of this number.
    Fault(u64),
    /// The request itself, by `Prefer`.
    Preference,
}

impl About {
    /// Notes what is wrong with a request, or the beginning of it.
    pub(crate) fn violations(violations: &[Violation]) -> Vec<Violation> {
        violations.iter().take(VIOLATIONS).cloned().collect()
    }
}

/// What is asked and what is answered, for as long as it takes to note it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exchanged<'e> {
    pub(crate) request: &'e Request<'e>,
    pub(crate) response: &'e Response,
    pub(crate) at: Timestamp,
    pub(crate) took_microseconds: u64,
}

/// One request and its answer, as they are kept.
#[derive(Debug)]
struct Kept {
    /// 1 for the first of the session.
    number: u64,
    at: Timestamp,
    took_microseconds: u32,
    status: u16,
    about: About,
    packed: Packed,
}

impl Kept {
    /// About how many bytes it takes.
    fn bytes(&self) -> usize {
        bytes(self.packed.span().length(), &self.about)
    }
}

/// About how many bytes an entry with so long texts takes.
fn bytes(texts: usize, about: &About) -> usize {
    size_of::<Kept>() + texts + about.violations.len() * 256
}

/// One request and its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'j> {
    kept: &'j Kept,
    texts: Texts<'j>,
}

/// How many bytes all journals have together.
#[derive(Debug, Default)]
pub(crate) struct Total(AtomicUsize);

impl Total {
    pub(crate) fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// The entries of a session, oldest first.
#[derive(Debug)]
pub(crate) struct Journal {
    entries: VecDeque<Kept>,
    tape: Tape,
    bytes: usize,
    numbered: u64,
    dropped: u64,
    total: Arc<Total>,
}

impl Journal {
    /// An empty journal; its bytes are counted with those of others.
    pub(crate) fn new(total: Arc<Total>) -> Self {
        Self { entries: VecDeque::new(), tape: Tape::default(), bytes: 0, numbered: 0, dropped: 0, total }
    }

    /// Notes an exchange, and forgets the oldest beyond the limits.
    pub(crate) fn add(&mut self, exchanged: &Exchanged<'_>, noted: Noted, limits: &JournalLimits) {
        self.numbered += 1;
        let room = packed::room(exchanged, &noted, limits.body);
        if bytes(room, &noted.about) > limits.bytes {
            self.dropped += 1;
            return;
        }
        let packed = Packed::write(&mut self.tape, room, exchanged, &noted, limits.body);
        let kept = Kept {
            number: self.numbered,
            at: exchanged.at,
            took_microseconds: u32::try_from(exchanged.took_microseconds).unwrap_or(u32::MAX),
            status: exchanged.response.status,
            about: noted.about,
            packed,
        };
        let bytes = kept.bytes();
        self.bytes += bytes;
        let total = self.total.0.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.entries.push_back(kept);
        let mut over = total.saturating_sub(limits.total_bytes).max(self.bytes.saturating_sub(limits.bytes));
        while self.entries.len() > limits.entries || (over > 0 && self.entries.len() > 1) {
            let freed = self.entries.pop_front().map_or(0, |forgotten| forgotten.bytes());
            over = over.saturating_sub(freed);
            self.bytes = self.bytes.saturating_sub(freed);
            self.total.0.fetch_sub(freed, Ordering::Relaxed);
            self.dropped += 1;
        }
        if let Some(oldest) = self.entries.front() {
            self.tape.forget_before(oldest.packed.span());
        }
    }

    /// The entries, oldest first.
    pub(crate) fn entries(&self) -> impl DoubleEndedIterator<Item = Entry<'_>> + ExactSizeIterator {
        self.entries.iter().map(|kept| Entry { kept, texts: kept.packed.read(&self.tape) })
    }

    /// Whether a request of this caller is kept.
    pub(crate) fn knows_caller(&self, id: &str) -> bool {
        self.entries.iter().any(|kept| kept.about.caller.as_deref() == Some(id))
    }

    /// How many were forgotten because there were too many.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Forgets all. Numbers go on.
    pub(crate) fn clear(&mut self) {
        self.total.0.fetch_sub(self.bytes, Ordering::Relaxed);
        self.entries = VecDeque::new();
        self.tape = Tape::default();
        self.bytes = 0;
        self.dropped = 0;
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.total.0.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}
