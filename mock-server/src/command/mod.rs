//! The command line. Exit codes: 0 fine, 1 findings in a contract or world, 2 usage, or input and output.

mod arguments;
mod curl;
mod read;
mod serve;
mod start_page;

use arguments::{Arguments, Command};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// A contract or a world is wrong.
const FINDINGS: u8 = 1;
/// The command was used wrongly, or a file or port cannot be had.
const TROUBLE: u8 = 2;

/// Why a command ended before its time.
#[derive(Debug)]
enum Failure {
    /// What is wrong with the documents, a line each.
    Findings(Vec<String>),
    /// What could not be read, bound or said, in a sentence.
    Trouble(String),
}

/// Runs the program with these arguments; the first is its own name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Where not even this can be said, the exit code still is.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { TROUBLE } else { 0 });
        }
    };
    let Command::Serve(options) = arguments.command;
    match serve::serve(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Findings(findings)) => {
            for finding in &findings {
                eprintln!("{finding}");
            }
            let count = findings.len();
            eprintln!("{count} {}: nothing is served", if count == 1 { "problem" } else { "problems" });
            ExitCode::from(FINDINGS)
        }
        Err(Failure::Trouble(message)) => {
            eprintln!("{message}");
            ExitCode::from(TROUBLE)
        }
    }
}
