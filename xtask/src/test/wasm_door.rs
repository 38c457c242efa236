//! The corpus compiled to WebAssembly, in Node and in Chromium. A harness that found no tests would be content, so the number
//! of cases that passed is held against the number of files there are.

use super::outcome::Outcome;
use crate::process::{self, cargo, lines};
use crate::{said, tools, workspace};
use std::path::Path;
use std::process::Command;

/// How long Chromium may take for all cases, in seconds. Far longer than it does, as the machine may be busy.
const PATIENCE: &str = "600";

pub(super) fn node() -> Outcome {
    if !process::answers("node", "--version") {
        return Outcome::Skipped("`node` is missing".to_owned());
    }
    check(|command| command.env_remove("WASM_BINDGEN_USE_BROWSER"))
}

pub(super) fn chromium() -> Outcome {
    let driver = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
    let Some(driver) = tools::find(Path::new(&driver)) else {
        return Outcome::Skipped(format!(
            "Chromium and its `{}` are missing (Debian's packages chromium and chromium-driver); CHROMEDRIVER may say where \
             the driver is",
            driver.display()
        ));
    };
    check(|command| {
        command
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            .env("WASM_BINDGEN_TEST_TIMEOUT", PATIENCE)
            .env("CHROMEDRIVER", &driver)
            // It would be taken first.
            .env_remove("GECKODRIVER")
    })
}

fn check(place: impl Fn(&mut Command) -> &mut Command) -> Outcome {
    if let Err(missing) = tools::need_target(tools::WASM).and_then(|()| tools::need_wasm_runner()) {
        return Outcome::Skipped(missing);
    }
    let mut command = cargo(["test", "--locked", "--package", "bulk-delete-tests", "--test", "wasm_door"]);
    command
        .args(["--target", tools::WASM])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools::WASM_RUNNER)
        // The runner reads the whole module before the first case, and more than half of it would be for debuggers.
        .env("CARGO_PROFILE_DEV_DEBUG", "none");
    all_pass(place(&mut command)).into()
}

fn all_pass(command: &mut Command) -> Result<(), String> {
    let mut passed = 0;
    lines(command, |line| {
        if let Some(result) = line.strip_prefix("test result: ok. ") {
            passed = result.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or_default();
        }
        // One line for each case would be many.
        if !(line.starts_with("test ") && line.ends_with(" ... ok")) {
            said::say(line);
        }
    })?;
    let there = cases()?;
    if passed != there {
        return Err(format!(
            "{passed} cases passed, and there are {there} in tests/cases and in the examples of schemas"
        ));
    }
    said::say(&format!("{passed} cases passed, which is all there are"));
    Ok(())
}

/// How many cases and examples there are.
fn cases() -> Result<usize, String> {
    let mut count = 0;
    for contract in entries(&workspace::root().join("schemas"))?.iter().filter(|path| path.is_dir()) {
        let name = contract.file_name().unwrap_or_default();
        count += entries(&contract.join("examples"))?.len();
        count += entries(&workspace::root().join("tests/cases").join(name))?.len();
    }
    Ok(count)
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let told = |error: std::io::Error| format!("{} cannot be read: {error}", folder.display());
    std::fs::read_dir(folder)
        .map_err(told)?
        .map(|entry| entry.map(|entry| entry.path()).map_err(told))
        .collect()
}
