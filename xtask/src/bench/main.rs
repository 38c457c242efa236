//! `cargo xtask bench`: measures the mock server against a bare HTTP server that answers the same bytes, in the same run and
//! under the same load, and what is asked of the mock alone: start, memory, sessions, and time with many ids.
//!
//! Which contracts, requests and worlds are measured is data: the files in `xtask/bench`. Figures of two machines cannot be
//! compared, ratios can.

mod bare;
mod client;
mod endurance;
mod growth;
mod load;
mod options;
mod plan;
mod program;
mod sessions;
mod start;
mod table;

use options::Options;
use plan::{Measure, Plan};
use std::process::ExitCode;
use table::Table;

/// What must hold, with `--check`.
mod target {
    /// Requests per second, as a share of the bare server's.
    pub(super) const SHARE: f64 = 0.6;
    /// From the start of the process to its first answer, in milliseconds.
    pub(super) const START: f64 = 50.0;
    /// The most memory that a process had under load, in megabytes (1,000,000 bytes).
    pub(super) const MEMORY: f64 = 20.0;
    /// A request with the most ids, in milliseconds.
    pub(super) const MANY: f64 = 100.0;
    /// The most memory after ten million requests, in megabytes.
    pub(super) const ENDURANCE_MEMORY: f64 = 30.0;
    /// How long it takes to make a session, in milliseconds.
    pub(super) const SESSION: f64 = 1.0;
    /// The most memory with ten thousand sessions, in megabytes.
    pub(super) const SESSIONS_MEMORY: f64 = 200.0;
    /// How much longer it takes for ten times the ids.
    pub(super) const GROWTH: f64 = 12.0;
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Started by itself, so that both servers are processes of their own.
    if let Some((first, rest)) = arguments.split_first()
        && first == bare::COMMAND
    {
        return ended(bare::serve(rest));
    }
    let options = match Options::read(&arguments) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    ended(measure(&options))
}

fn ended(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(options: &Options) -> Result<(), String> {
    let plans = plan::read(&options.only)?;
    let mut table = Table::default();
    let loads = plans.iter().filter(|plan| matches!(plan.measure, Measure::Load));
    match load::tool() {
        Ok(()) => {
            for plan in loads {
                load::measure(plan, options, &mut table)?;
            }
        }
        Err(missing) => table.note(format!("Requests per second and memory were not measured: {missing}.")),
    }
    if let Some(plan) = plans.iter().find(|plan| matches!(plan.measure, Measure::Load)) {
        start::measure(plan, options, &mut table)?;
    }
    for plan in &plans {
        match &plan.measure {
            Measure::Load => {}
            Measure::Growth(growth) => growth::measure(plan, growth, options, &mut table)?,
            Measure::Sessions(count) => sessions::measure(plan, *count, options, &mut table)?,
            Measure::Endurance(requests) => endurance::measure(plan, *requests, options, &mut table)?,
        }
    }
    println!("\n{table}");
    match table.missed() {
        [] => Ok(()),
        missed if options.check => Err(format!("missed: {}", missed.join("; "))),
        missed => {
            println!("Missed, which `--check` would make a failure: {}", missed.join("; "));
            Ok(())
        }
    }
}

/// A measurement that was read from a file, shown while it runs.
fn announce(plan: &Plan, what: &str) {
    eprintln!("{}: {what}", plan.name);
}
