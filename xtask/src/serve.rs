//! `cargo xtask serve`: makes the page, builds the server and becomes it, so that signals and exit codes are its own.

use crate::{page, process, tools};
use std::process::ExitCode;

pub(crate) fn run(options: &[String]) -> ExitCode {
    let server = match tools::server() {
        Ok(server) => server,
        Err(message) => return failed(&message),
    };
    let mut command = process::program(server);
    // Where the user stands: folders and files among the options are named from there.
    if let Ok(here) = std::env::current_dir() {
        command.current_dir(here);
    }
    command.arg("serve").args(options);
    // Whoever asks for help, or brings a page of their own, needs none.
    if !options.iter().any(|option| matches!(option.as_str(), "--page" | "--help" | "-h")) {
        match page::make(&page::usual()) {
            Ok(()) => {
                command.arg("--page").arg(page::usual());
            }
            Err(message) => eprintln!("There is no page at /, as it could not be made: {message}"),
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // Returns only where it could not start.
        failed(&format!("the server cannot be started: {}", command.exec()))
    }
    #[cfg(not(unix))]
    {
        match command.status() {
            Ok(status) if status.success() => ExitCode::SUCCESS,
            Ok(status) => failed(&format!("the server ended with {status}")),
            Err(error) => failed(&format!("the server cannot be started: {error}")),
        }
    }
}

fn failed(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
