//! The checks that Cargo itself runs.

use super::outcome::Outcome;
use crate::process::{cargo, run};
use crate::tools;
use std::path::Path;

pub(super) fn format() -> Outcome {
    run(&mut cargo(["fmt", "--all", "--check"]))
        // Outside the workspace, so that nobody needs a nightly toolchain for the rest.
        .and_then(|()| run(&mut cargo(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"])))
        .into()
}

pub(super) fn lints() -> Outcome {
    run(&mut cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--locked",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))
    .into()
}

pub(super) fn tests() -> Outcome {
    run(&mut cargo(["test", "--workspace", "--all-features", "--locked", "--no-fail-fast", "--quiet"])).into()
}

/// The mock without its server must stay a function of a request, without input or output: that is what compiles here.
pub(super) fn browser_part() -> Outcome {
    if let Err(missing) = tools::need_target(tools::WASM) {
        return Outcome::Skipped(missing);
    }
    let package = [
        "check",
        "--quiet",
        "--locked",
        "--package",
        "bulk-delete-mock",
        "--no-default-features",
        "--target",
        tools::WASM,
    ];
    run(&mut cargo(package)).into()
}

/// The suite is data of somebody else's that no registry packages; the variable says where it is.
pub(super) fn suite() -> Outcome {
    const VARIABLE: &str = "JSON_SCHEMA_SUITE";
    let Some(folder) = std::env::var_os(VARIABLE) else {
        return Outcome::Skipped(format!("{VARIABLE} does not say where the folder of its 2020-12 tests is"));
    };
    if !Path::new(&folder).is_dir() {
        return Outcome::Failed(format!("{VARIABLE} does not name a folder"));
    }
    // Of the whole workspace, as that is how it was built for the other tests.
    run(&mut cargo([
        "test",
        "--workspace",
        "--all-features",
        "--locked",
        "--quiet",
        "--test",
        "suite",
        "--",
        "--nocapture",
    ]))
    .into()
}

pub(super) fn docs() -> Outcome {
    run(cargo(["doc", "--workspace", "--no-deps", "--all-features", "--locked", "--quiet"])
        .env("RUSTDOCFLAGS", "-D warnings"))
    .into()
}
