//! The command line. Exit codes: 0 fine, 1 findings in a contract or world, 2 usage, or input and output.

mod arguments;
mod keep;
mod lint;
mod new;
mod read;
mod serve;
mod watch;

use crate::lint::draw::{Paint, counts, draw};
use crate::lint::finding::{Finding, Severity};
use arguments::{Arguments, Command};
use bulk_delete_core::problem::Problem;
use clap::Parser;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::process::ExitCode;

/// A contract or a world is wrong.
const FINDINGS: u8 = 1;
/// The command was used wrongly, or a file or port cannot be had.
const TROUBLE: u8 = 2;

/// Why a command ended before its time.
#[derive(Debug)]
enum Failure {
    /// What is wrong with the documents.
    Findings(Vec<Finding>),
    /// What is wrong has been said.
    Found,
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
    let done = match &arguments.command {
        Command::Serve(options) => serve::serve(options),
        Command::Lint(options) => lint::lint(options),
        Command::New(options) => new::new(options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => ExitCode::from(FINDINGS),
        Err(Failure::Findings(findings)) => {
            eprint!("{}", report(&findings, paint(&std::io::stderr())));
            eprintln!("{}: nothing is served", counts(&findings));
            ExitCode::from(FINDINGS)
        }
        Err(Failure::Trouble(message)) => {
            eprintln!("{message}");
            ExitCode::from(TROUBLE)
        }
    }
}

/// Findings as people read them, a paragraph each.
fn report(findings: &[Finding], paint: Paint) -> String {
    findings.iter().map(|finding| draw(finding, paint) + "\n\n").collect()
}

/// Where something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    Out,
    Error,
}

/// Says something. Whoever reads may have heard enough, which is no failure.
fn say(stream: Stream, text: &str) {
    use std::io::Write;
    let _ = match stream {
        Stream::Out => std::io::stdout().lock().write_all(text.as_bytes()),
        Stream::Error => std::io::stderr().lock().write_all(text.as_bytes()),
    };
}

/// Colours for a terminal, unless its user wants none (<https://no-color.org>).
fn paint(out: &impl IsTerminal) -> Paint {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if out.is_terminal() && !unwanted { Paint::Coloured } else { Paint::Plain }
}

/// Problems that belong to no text.
fn placeless(problems: &[Problem]) -> Failure {
    let finding = |problem: &Problem| {
        Finding::new(Severity::Error, &problem.document, b"", &problem.pointer, &problem.message)
    };
    Failure::Findings(problems.iter().map(finding).collect())
}
