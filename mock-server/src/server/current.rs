//! The mock that answers now: another can take its place while the server runs, between two requests.

use crate::mock::Mock;
use parking_lot::RwLock;
use std::sync::Arc;

/// A mock that can be exchanged.
#[derive(Debug)]
pub struct Current(RwLock<Arc<Mock>>);

impl Current {
    /// Begins with this mock.
    #[must_use]
    pub fn new(mock: Arc<Mock>) -> Self {
        Self(RwLock::new(mock))
    }

    /// The mock that answers now.
    #[must_use]
    pub fn get(&self) -> Arc<Mock> {
        Arc::clone(&self.0.read())
    }

    /// Lets another answer from the next request on.
    pub fn put(&self, mock: Arc<Mock>) {
        *self.0.write() = mock;
    }
}
