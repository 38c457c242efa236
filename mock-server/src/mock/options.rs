//! What whoever starts a mock may choose.

use super::journal::JournalLimits;
use super::timer::Timer;

/// How a mock behaves beyond what its contracts say. The defaults suit tests and development.
#[derive(Debug)]
pub struct Options {
    /// What becomes of a request that names no session.
    pub nameless: Nameless,
    /// How long a session may be left alone before it is forgotten, in seconds by [`Options::timer`]. An hour.
    pub idle_seconds: u64,
    /// How many sessions there may be at a time. 20,000.
    pub sessions: usize,
    /// How much of what was asked and answered is kept.
    pub journal: JournalLimits,
    /// How time passes, for what is idle and for how long an answer took. It stands still unless one is given.
    pub timer: Timer,
}

/// What becomes of a request that names no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nameless {
    /// It is answered from the world that all such requests share.
    Shared,
    /// It is refused with 400, so that no test forgets to say which session it means.
    Refused,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            nameless: Nameless::Shared,
            idle_seconds: 3_600,
            sessions: 20_000,
            journal: JournalLimits::default(),
            timer: Timer::default(),
        }
    }
}
