//! A world of one's own, with everything that belongs to it: its tokens, its time, its
//! faults and its journal. Sessions share the seed they began
//! with, so that one costs what it has changed. Which session a request is for is left to `sessions`.

use super::State;
use super::clock::Clock;
use super::journal::{Journal, Total};
use super::ports::Address;
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::Seed;
use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// One session, or what all requests share that name none.
#[derive(Debug)]
pub(crate) struct Session {
    /// As it was first spelt; `None` for the shared one.
    name: Option<Box<str>>,
    clock: Clock,
    state: Mutex<State>,
    /// Not in the state: whoever writes it down need not keep others from the world.
    journal: Mutex<Journal>,
    /// The timer's reading when it was last used.
    used: AtomicU64,
    /// Where it can be reached without naming it, once somebody asked for that. It is closed when this is dropped.
    address: Mutex<Option<Address>>,
}

impl Session {
    /// A session that begins with this seed.
    pub(super) fn new(
        name: Option<Box<str>>,
        seed: Arc<Seed>,
        clock: Clock,
        journals: Arc<Total>,
        now: u64,
    ) -> Self {
        Self {
            name,
            clock,
            state: Mutex::new(State::new(seed)),
            journal: Mutex::new(Journal::new(journals)),
            used: AtomicU64::new(now),
            address: Mutex::new(None),
        }
    }

    /// Its name; `None` for the shared one.
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Its time.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Its world and all that belongs to it, for as long as the guard is held. A panic elsewhere does not keep it locked.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// What was asked and answered in it.
    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock()
    }

    /// Its world as it is at its time: what is due has happened.
    pub(crate) fn current(&self) -> (MutexGuard<'_, State>, Timestamp) {
        let mut state = self.state();
        let now = self.clock.now();
        state.world.advance(now);
        (state, now)
    }

    /// Notes that it is used now.
    pub(super) fn touch(&self, now: u64) {
        self.used.fetch_max(now, Ordering::Relaxed);
    }

    /// For how many microseconds it has not been used.
    pub(crate) fn idle(&self, now: u64) -> u64 {
        now.saturating_sub(self.used.load(Ordering::Relaxed))
    }

    /// Where it can be reached without naming it.
    pub(crate) fn address(&self) -> MutexGuard<'_, Option<Address>> {
        self.address.lock()
    }
}
