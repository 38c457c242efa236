//! The corpus through real HTTP: each thread has a server of its own on a free port, and a client that writes HTTP/1.1 by hand.
//! `HTTP_DOOR` names another program than the server of this workspace, with its words.

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
    let code = run_all(run);
    // Programs that were started would live on.
    if let Ok(mut servers) = SERVERS.lock() {
        servers.clear();
    }
    code
}

fn run(filed: &Filed) -> Result<(), String> {
    let free = SERVERS.lock().ok().and_then(|mut servers| servers.pop());
    let mut server = match free {
        Some(server) => server,
        None => Served::new(match std::env::var("HTTP_DOOR") {
            Ok(words) => Http::of_program(&words)?,
            Err(_) => Http::new(),
        }),
    };
    let result = RUNNER.run(filed, &mut server);
    // A server that did not answer is not used again.
    if let (Ok(()), Ok(mut servers)) = (&result, SERVERS.lock()) {
        servers.push(server);
    }
    result
}
