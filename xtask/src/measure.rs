//! `cargo xtask bench`: builds the server and the program that measures it, and runs that. `cargo xtask bench wasm`: the same
//! for the npm package, by a program in Node.

use crate::process::{self, cargo};
use crate::{package, tools, workspace};
use std::process::ExitCode;

/// What the package is measured with: a folder of its own, so that nothing of it is shipped.
const PACKAGE_BENCH: &str = "wasm/js/bench";

pub(crate) fn run(options: &[String]) -> ExitCode {
    let measured = match options.split_first() {
        Some((first, rest)) if first == "wasm" => measure_package(rest),
        _ => measure(options),
    };
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(options: &[String]) -> Result<(), String> {
    let server = tools::server()?;
    process::run(&mut cargo([
        "build",
        "--quiet",
        "--release",
        "--locked",
        "--package",
        "xtask",
        "--features",
        "bench",
        "--bin",
        "bench",
    ]))?;
    let bench = workspace::target().join("release").join(format!("bench{}", std::env::consts::EXE_SUFFIX));
    process::run(process::program(bench).arg("--server").arg(server).args(options))
}

/// Makes the package, and measures it. What a comparison needs beside it is installed where it is missing.
fn measure_package(options: &[String]) -> Result<(), String> {
    package::make(&[])?;
    tools::npm(PACKAGE_BENCH)?;
    process::run(process::program("node").arg(format!("{PACKAGE_BENCH}/run.js")).args(options))
}
