//! `cargo xtask wasm`: builds the engine's module and the program that makes the package of it, and runs that.

use crate::process::{self, cargo};
use crate::{tools, workspace};
use std::path::PathBuf;
use std::process::ExitCode;

/// The package's folder.
pub(crate) const FOLDER: &str = "wasm/js";

pub(crate) fn run(options: &[String]) -> ExitCode {
    match make(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the package, and tells its sizes.
pub(crate) fn make(options: &[String]) -> Result<(), String> {
    tools::need_target(tools::WASM)?;
    tools::npm(FOLDER)?;
    process::run(&mut cargo([
        "build",
        "--quiet",
        "--locked",
        "--package",
        "xtask",
        "--features",
        "wasm",
        "--bin",
        "wasm",
    ]))?;
    let maker = workspace::target().join("debug").join(format!("wasm{}", std::env::consts::EXE_SUFFIX));
    process::run(process::program(maker).arg("--module").arg(module()?).args(options))
}

/// Builds the module and gives its place. Alone: what other packages need of a dependency would be in it too.
fn module() -> Result<PathBuf, String> {
    process::run(
        cargo([
            "build",
            "--quiet",
            "--locked",
            "--package",
            "bulk-delete-wasm",
            "--target",
            tools::WASM,
            "--profile",
            "wasm",
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", flags().join("\u{1f}")),
    )?;
    Ok(workspace::target().join(tools::WASM).join("wasm/bulk_delete_wasm.wasm"))
}

/// What the compiler is told. The folders in which Cargo keeps the sources of dependencies are left out of what it writes: the
/// module is the same whoever builds it, and tells nothing of where.
fn flags() -> Vec<String> {
    let mut flags = vec!["-Ctarget-feature=+simd128,+bulk-memory".to_owned()];
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    let mut folders: Vec<PathBuf> =
        sources.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    flags.extend(folders.iter().map(|folder| format!("--remap-path-prefix={}=", folder.display())));
    flags
}
