//! The door that needs nothing but this process: the core as a function, or, where a case brings credentials of its own and so
//! needs somebody who checks them, a mock without a wire.

use super::direct::Direct;
use super::served::Served;
use super::wireless::Wireless;
use crate::corpus::Filed;
use crate::runner::Runner;
use std::sync::Mutex;

/// Runs cases; any number of threads may share it.
#[derive(Debug)]
pub struct InProcess {
    runner: Runner,
    /// Mocks that are not in use.
    mocks: Mutex<Vec<Served<Wireless>>>,
}

impl InProcess {
    /// Loads every contract.
    ///
    /// # Panics
    /// Where one of them, or its world, is not right.
    #[expect(clippy::new_without_default, reason = "it loads every contract, which a default should not")]
    pub fn new() -> Self {
        Self { runner: Runner::new(), mocks: Mutex::new(Vec::new()) }
    }

    /// Runs a case.
    ///
    /// # Errors
    /// Everything that is not as it should be, for people.
    pub fn run(&self, filed: &Filed) -> Result<(), String> {
        if !filed.case.steps.iter().any(|step| step.request.has_credentials()) {
            return self.runner.run(filed, &mut Direct::new(&self.runner.service));
        }
        let free = self.mocks.lock().ok().and_then(|mut mocks| mocks.pop());
        let mut mock = free.unwrap_or_else(|| Served::new(Wireless::new()));
        let result = self.runner.run(filed, &mut mock);
        if let Ok(mut mocks) = self.mocks.lock() {
            mocks.push(mock);
        }
        result
    }
}
