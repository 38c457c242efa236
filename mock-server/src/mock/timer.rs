//! How time passes for those who wait, whatever the mock's own clock shows: for telling how long an answer took, and how
//! long a session has not been used. A test may move the mock's clock by a day, and wants to find its session still there.

use std::fmt;

/// Counts on, and never back.
pub struct Timer(Box<dyn Fn() -> u64 + Send + Sync>);

impl Timer {
    /// A timer that tells microseconds since any beginning.
    pub fn new(read: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Box::new(read))
    }

    /// Microseconds since the beginning.
    pub(crate) fn now(&self) -> u64 {
        (self.0)()
    }
}

impl Default for Timer {
    /// A timer that stands still: nothing takes time, and nothing is idle for long.
    fn default() -> Self {
        Self::new(|| 0)
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Timer").field(&self.now()).finish()
    }
}
