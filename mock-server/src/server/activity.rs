//! Whether a connection still asks anything. One look per connection and interval takes the place of a timer per request.

use std::sync::atomic::{AtomicU64, Ordering};

/// What has happened on a connection.
#[derive(Debug, Default)]
pub(super) struct Activity {
    begun: AtomicU64,
    ended: AtomicU64,
}

/// A request that is being answered; counts as ended when it is dropped.
#[derive(Debug)]
pub(super) struct Request<'a>(&'a Activity);

impl Activity {
    /// A request has arrived, with all its headers.
    pub(super) fn begin(&self) -> Request<'_> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        Request(self)
    }

    /// Whether nothing is being answered, and nothing was asked since `seen`, which becomes what was asked until now.
    pub(super) fn is_idle(&self, seen: &mut u64) -> bool {
        let (ended, begun) = (self.ended.load(Ordering::Relaxed), self.begun.load(Ordering::Relaxed));
        std::mem::replace(seen, begun) == begun && ended == begun
    }
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_is_what_asks_nothing_for_a_whole_interval() {
        let (activity, mut seen) = (Activity::default(), 0);
        assert!(activity.is_idle(&mut seen), "nothing was ever asked");
        drop(activity.begin());
        assert!(!activity.is_idle(&mut seen));
        assert!(activity.is_idle(&mut seen));
        let request = activity.begin();
        assert!(!activity.is_idle(&mut seen));
        assert!(!activity.is_idle(&mut seen), "it is still being answered");
        drop(request);
        assert!(activity.is_idle(&mut seen));
    }
}
