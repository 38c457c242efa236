//! `cargo xtask bench`: builds the server and the program that measures it, and runs that.

use crate::process::{self, cargo};
use crate::{tools, workspace};
use std::process::ExitCode;

pub(crate) fn run(options: &[String]) -> ExitCode {
    match measure(options) {
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
