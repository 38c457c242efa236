//! `cargo xtask test`: a table of checks, each of which runs whatever became of the others.

mod clients;
mod dependencies;
mod fuzz;
mod outcome;
mod package;
mod pact;
mod page;
mod rust;
mod start;
mod wasm_door;

use crate::{said, usage};
use outcome::Outcome;
pub(crate) use package::chromium_is_missing;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// One check.
struct Step {
    name: String,
    /// What it shows, in a few words.
    shows: String,
    turn: Turn,
    check: Box<dyn Fn() -> Outcome + Send + Sync>,
}

/// When a check runs. Most of the time only one processor is busy with those that stand in line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// After the one before it.
    InLine,
    /// Beside those in line, one after the other: it builds little that they build, and nothing in it is timed closely.
    Beside,
}

impl Step {
    fn new(
        name: impl Into<String>,
        shows: impl Into<String>,
        check: impl Fn() -> Outcome + Send + Sync + 'static,
    ) -> Step {
        Step { name: name.into(), shows: shows.into(), turn: Turn::InLine, check: Box::new(check) }
    }

    fn beside(self) -> Step {
        Step { turn: Turn::Beside, ..self }
    }
}

/// How long a fuzz target runs unless it is said.
const FUZZ_SECONDS: u32 = 8;

/// All checks. Quick ones stand first; each row of a kind that is data (clients, fuzz targets) comes from the files there are.
fn steps(fuzz_seconds: u32) -> Vec<Step> {
    let mut steps = vec![
        Step::new("format", "the code is formatted", rust::format),
        Step::new("lints", "Clippy has nothing to say, about any target and feature", rust::lints),
        Step::new("tests", "every test of the workspace", rust::tests),
        Step::new("browser-part", "what the browser will run compiles for it", rust::browser_part),
        Step::new("package-sizes", "the npm package is made, and keeps to its budgets", package::sizes),
        Step::new("package-tests", "the npm package, in Node and in Chromium", package::tests),
        Step::new("package-firefox", "the npm package, in Firefox", package::firefox),
        Step::new("package-webkit", "the npm package, in WebKit", package::webkit),
        Step::new(
            "package-command",
            "every case passes over HTTP, from the package's mock in Node",
            package::command,
        ),
        Step::new("package-types", "its declarations and its sources, by TypeScript", package::types),
        Step::new("package-packed", "what is packed is what others can import", package::packed),
        Step::new("examples", "the examples, installed and used in Chromium", package::examples),
        Step::new("page", "the page, used in Chromium, with a server and without", page::check),
        Step::new(
            "suite",
            "the official JSON Schema Test Suite, for every keyword that is supported",
            rust::suite,
        ),
        Step::new("start", "the server starts, and the commands it prints work as pasted", start::check),
    ];
    let mut beside = dependencies::steps();
    beside.extend(clients::steps());
    beside.push(Step::new(
        "pact",
        "a Pact verifier is content with the mock, by its provider states",
        pact::check,
    ));
    beside.extend(fuzz::steps(fuzz_seconds));
    beside.push(Step::new("docs", "the documentation builds, and its links lead somewhere", rust::docs));
    // Last, when those in line wait for browsers rather than for compilers.
    beside.push(Step::new("wasm-door-node", "every case passes in WebAssembly, in Node", wasm_door::node));
    beside.push(Step::new(
        "wasm-door-chromium",
        "every case passes in WebAssembly, in Chromium",
        wasm_door::chromium,
    ));
    steps.extend(beside.into_iter().map(Step::beside));
    steps
}

pub(crate) fn run(arguments: &[String]) -> ExitCode {
    let mut fuzz_seconds = FUZZ_SECONDS;
    let mut list = false;
    let mut names = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--list" => list = true,
            "--fuzz-seconds" => match arguments.next().and_then(|text| text.parse().ok()) {
                Some(seconds) => fuzz_seconds = seconds,
                None => return usage("`--fuzz-seconds` needs a number of seconds"),
            },
            option if option.starts_with('-') => return usage(&format!("`test` has no option `{option}`")),
            name => names.push(name.to_owned()),
        }
    }
    let mut steps = steps(fuzz_seconds);
    if let Some(unknown) =
        names.iter().find(|name| !steps.iter().any(|step| step.name.starts_with(name.as_str())))
    {
        let known: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
        return usage(&format!("there is no check `{unknown}`; there are {}", known.join(", ")));
    }
    if !names.is_empty() {
        steps.retain(|step| names.iter().any(|name| step.name.starts_with(name.as_str())));
    }
    if list {
        let width = width(&steps);
        for step in &steps {
            println!("{:<width$}  {}", step.name, step.shows);
        }
        return ExitCode::SUCCESS;
    }
    summary(&run_all(&steps))
}

/// How much room the names take.
fn width<'s>(steps: impl IntoIterator<Item = &'s Step>) -> usize {
    steps.into_iter().map(|step| step.name.len()).max().unwrap_or_default()
}

/// Runs those in line, and beside them the others. Gives the results in the order of the table.
fn run_all(steps: &[Step]) -> Vec<Result<'_>> {
    let of = |turn| steps.iter().filter(move |step| step.turn == turn);
    if of(Turn::InLine).next().is_none() {
        return steps.iter().map(run_step).collect();
    }
    let mut results = thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        scope.spawn(move || {
            for step in of(Turn::Beside) {
                // Nobody waits for the results of a run that is given up.
                let _ = tell.send(said::keep(|| run_step(step)));
            }
        });
        let mut results = Vec::new();
        for step in of(Turn::InLine) {
            results.push(run_step(step));
            results.extend(told.try_iter().map(shown));
        }
        results.extend(told.iter().map(shown));
        results
    });
    results.sort_by_key(|result| steps.iter().position(|step| std::ptr::eq(step, result.step)));
    results
}

/// Shows what was said meanwhile.
fn shown((result, kept): (Result<'_>, Vec<u8>)) -> Result<'_> {
    said::show(&kept);
    result
}

struct Result<'s> {
    step: &'s Step,
    outcome: Outcome,
    took: Duration,
}

fn run_step(step: &Step) -> Result<'_> {
    said::say(&format!("\n=== {}: {}", step.name, step.shows));
    let began = Instant::now();
    let outcome = (step.check)();
    let took = began.elapsed();
    said::say(&format!("=== {}: {outcome}, {:.1} s", step.name, took.as_secs_f64()));
    Result { step, outcome, took }
}

/// Every result once more, then the counts on a line of their own.
fn summary(results: &[Result<'_>]) -> ExitCode {
    println!("\n=== all of it");
    let width = width(results.iter().map(|result| result.step));
    for Result { step, outcome, took } in results {
        println!("{:>7.1} s  {:<width$}  {outcome}", took.as_secs_f64(), step.name);
    }
    let count =
        |matches: fn(&Outcome) -> bool| results.iter().filter(|result| matches(&result.outcome)).count();
    let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped(_)));
    let passed = results.len() - failed - skipped;
    let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
    println!("{passed} passed, {failed} failed{skipped}");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
