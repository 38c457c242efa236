//! The corpus through real HTTP: each thread has a server of its own on a free port, and a client that writes HTTP/1.1 by hand.

use bulk_delete_tests::corpus::Filed;
use bulk_delete_tests::door::http::Http;
use bulk_delete_tests::door::served::Served;
use bulk_delete_tests::runner::Runner;
use bulk_delete_tests::trials::run_all;
use std::process::ExitCode;
use std::sync::{LazyLock, Mutex};

static RUNNER: LazyLock<Runner> = LazyLock::new(Runner::new);
/// Servers that are not in use.
static SERVERS: Mutex<Vec<Served<Http>>> = Mutex::new(Vec::new());

fn main() -> ExitCode {
    run_all(run)
}

fn run(filed: &Filed) -> Result<(), String> {
    let free = SERVERS.lock().ok().and_then(|mut servers| servers.pop());
    let mut server = free.unwrap_or_else(|| Served::new(Http::new()));
    let result = RUNNER.run(filed, &mut server);
    // A server that did not answer is not used again.
    if let (Ok(()), Ok(mut servers)) = (&result, SERVERS.lock()) {
        servers.push(server);
    }
    result
}
