//! The mock's time: somebody else's clock, or a frozen one, and how far the control API has moved it.

use bulk_delete_core::time::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that a test can move. Shared without a lock.
pub struct Clock {
    source: Arc<Source>,
    /// Milliseconds that the control API has added.
    moved: AtomicI64,
}

enum Source {
    Running(Box<dyn Fn() -> Timestamp + Send + Sync>),
    Frozen(Timestamp),
}

impl Clock {
    /// A clock that runs as the one that is read here.
    pub fn running(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self { source: Arc::new(Source::Running(Box::new(read))), moved: AtomicI64::new(0) }
    }

    /// A clock that stands still, and moves only when told.
    pub fn frozen(at: Timestamp) -> Self {
        Self { source: Arc::new(Source::Frozen(at)), moved: AtomicI64::new(0) }
    }

    /// Another clock that goes by the same source. Moving one does not move the other.
    pub(crate) fn another(&self) -> Self {
        Self { source: Arc::clone(&self.source), moved: AtomicI64::new(0) }
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        self.unmoved().plus_milliseconds(self.moved.load(Ordering::Relaxed))
    }

    /// Moves it on by so many milliseconds; stops at the ends of the number's range.
    pub fn advance(&self, milliseconds: i64) {
        // The closure never gives `None`, so this does not fail.
        let _ = self.moved.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |moved| {
            Some(moved.saturating_add(milliseconds))
        });
    }

    /// Makes it show this time now.
    pub fn set(&self, now: Timestamp) {
        self.moved.store(now.0.saturating_sub(self.unmoved().0), Ordering::Relaxed);
    }

    /// Takes every move back.
    pub fn reset(&self) {
        self.moved.store(0, Ordering::Relaxed);
    }

    fn unmoved(&self) -> Timestamp {
        match &*self.source {
            Source::Running(read) => read(),
            Source::Frozen(at) => *at,
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match *self.source {
            Source::Running(_) => "running",
            Source::Frozen(_) => "frozen",
        };
        out.debug_struct("Clock").field("source", &source).field("now", &self.now()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let clock = Clock::frozen(Timestamp(1_000));
        assert_eq!(clock.now(), Timestamp(1_000));
        clock.advance(500);
        assert_eq!(clock.now(), Timestamp(1_500));
        clock.set(Timestamp(7));
        assert_eq!(clock.now(), Timestamp(7));
        clock.reset();
        assert_eq!(clock.now(), Timestamp(1_000));
        clock.advance(i64::MAX);
        clock.advance(i64::MAX);
        assert_eq!(clock.now(), Timestamp(i64::MAX));
    }

    #[test]
    fn a_running_clock_keeps_its_distance() {
        let read = AtomicI64::new(10);
        let clock = Clock::running(move || Timestamp(read.fetch_add(1, Ordering::Relaxed)));
        clock.set(Timestamp(100));
        assert_eq!(clock.now(), Timestamp(101));
        assert_eq!(clock.now(), Timestamp(102));
    }
}
