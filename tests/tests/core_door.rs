//! The corpus through the core. Cases that bring credentials of their own also need somebody who checks them: these run
//! through a mock without a wire.

use bulk_delete_tests::corpus::Filed;
use bulk_delete_tests::door::direct::Direct;
use bulk_delete_tests::door::served::Served;
use bulk_delete_tests::door::wireless::Wireless;
use bulk_delete_tests::runner::Runner;
use bulk_delete_tests::trials::{Runs, run_all};
use std::process::ExitCode;
use std::sync::{LazyLock, Mutex};

static RUNNER: LazyLock<Runner> = LazyLock::new(Runner::new);
/// Mocks that are not in use.
static MOCKS: Mutex<Vec<Served<Wireless>>> = Mutex::new(Vec::new());

fn main() -> ExitCode {
    run_all(|_| Runs::Yes, run)
}

fn run(filed: &Filed) -> Result<(), String> {
    if !filed.case.steps.iter().any(|step| step.request.has_credentials()) {
        return RUNNER.run(filed, &mut Direct::new(&RUNNER.service));
    }
    let free = MOCKS.lock().ok().and_then(|mut mocks| mocks.pop());
    let mut mock = free.unwrap_or_else(|| Served::new(Wireless::new()));
    let result = RUNNER.run(filed, &mut mock);
    if let Ok(mut mocks) = MOCKS.lock() {
        mocks.push(mock);
    }
    result
}
