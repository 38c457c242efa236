//! Fuzz targets, each for a short while: long enough to run the seeds and to find what is easily found.

use super::Step;
use super::outcome::Outcome;
use crate::process::{program, run};
use crate::{tools, workspace};

pub(super) fn steps(seconds: u32) -> Vec<Step> {
    workspace::files("fuzz/fuzz_targets", "", ".rs")
        .into_iter()
        .map(|(target, _)| {
            let shows = format!("no input makes it stop, in {seconds} s of fuzzing");
            Step::new(format!("fuzz-{}", target.replace('_', "-")), shows, move || check(&target, seconds))
        })
        .collect()
}

fn check(target: &str, seconds: u32) -> Outcome {
    if let Err(missing) = tools::need_nightly() {
        return Outcome::Skipped(missing);
    }
    if let Err(message) = tools::need(tools::FUZZ) {
        return Outcome::Skipped(format!("`cargo-fuzz` is missing and could not be installed: {message}"));
    }
    fuzz(target, seconds).into()
}

/// New inputs are kept in `fuzz/corpus`, which is not committed; the seeds stay as they are.
fn fuzz(target: &str, seconds: u32) -> Result<(), String> {
    let corpus = format!("fuzz/corpus/{target}");
    let seeds = format!("fuzz/seeds/{target}");
    std::fs::create_dir_all(workspace::root().join(&corpus))
        .map_err(|error| format!("{corpus} cannot be made: {error}"))?;
    // No sanitizer: our code has no `unsafe`, and without one far more inputs run in the time. Overflow checks and debug
    // assertions are on, as `cargo fuzz` has them by default.
    run(program("rustup")
        .args([
            "run",
            "nightly",
            "cargo",
            "fuzz",
            "run",
            "--sanitizer",
            "none",
            target,
            &corpus,
            &seeds,
            "--",
        ])
        .arg(format!("-max_total_time={seconds}"))
        .args(["-timeout=10", "-rss_limit_mb=2048", "-verbosity=0", "-print_final_stats=1"])
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO"))
}
