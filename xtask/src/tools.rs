//! What the checks need beside Cargo, and how it gets here. Everything is put under the target folder: nothing outside the
//! repository changes, but for a Rust toolchain where `rustup` is there and the toolchain is not.

use crate::process::{self, cargo, output, program, run};
use crate::workspace;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program of Cargo's, and the version that is installed where there is none. Any version that is there will do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    /// The word after `cargo`.
    pub(crate) word: &'static str,
    version: &'static str,
}

/// Licences, sources and advisories.
pub(crate) const DENY: Tool = Tool { word: "deny", version: "0.20.2" };
/// Fuzz targets.
pub(crate) const FUZZ: Tool = Tool { word: "fuzz", version: "0.13.2" };

/// The search path of every program that is run here: what was installed, as the user's was then missing or of another
/// version, and then the user's.
pub(crate) fn path() -> OsString {
    std::env::join_paths(folders()).unwrap_or_default()
}

fn folders() -> Vec<PathBuf> {
    let own = std::env::var_os("PATH").unwrap_or_default();
    [folder().join("bin")].into_iter().chain(std::env::split_paths(&own)).collect()
}

/// The place of a program: of a name, on the search path; of a path, that path. `None` where it is not.
pub(crate) fn find(program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return std::path::absolute(program).ok().filter(|place| place.is_file());
    }
    let name = format!("{}{}", program.display(), std::env::consts::EXE_SUFFIX);
    folders().into_iter().map(|folder| folder.join(&name)).find(|file| file.is_file())
}

fn folder() -> PathBuf {
    workspace::target().join("tools")
}

/// Installs the tool where it is missing.
pub(crate) fn need(tool: Tool) -> Result<(), String> {
    if output(&mut cargo([tool.word, "--version"])).is_ok() {
        return Ok(());
    }
    let package = format!("cargo-{}@{}", tool.word, tool.version);
    run(install().arg("--locked").arg(package))
}

/// Unoptimised, and without what a debugger reads: what these programs do here takes seconds either way, and building them
/// takes minutes otherwise.
fn install() -> Command {
    let mut command = cargo(["install", "--debug", "--root"]);
    command.arg(folder()).env("CARGO_PROFILE_DEV_DEBUG", "none");
    command
}

/// Runs tests that were compiled to WebAssembly.
pub(crate) const WASM_RUNNER: &str = "wasm-bindgen-test-runner";

/// Installs [`WASM_RUNNER`] where it is missing. It must be of exactly the version of `wasm-bindgen` that is built in.
pub(crate) fn need_wasm_runner() -> Result<(), String> {
    let version = workspace::locked("wasm-bindgen")?;
    let said = output(program(WASM_RUNNER).arg("--version"));
    if said.is_ok_and(|said| said.split_whitespace().any(|word| word == version)) {
        return Ok(());
    }
    // Not `--locked`: its own list names versions that not every registry has.
    run(install().args(["--bin", WASM_RUNNER]).arg(format!("wasm-bindgen-cli@{version}"))).map_err(
        |message| format!("`{WASM_RUNNER}` {version} is missing and could not be installed: {message}"),
    )
}

/// Finds a nightly toolchain, which fuzz targets are built with; installs one where `rustup` can. Errs with what is missing.
pub(crate) fn need_nightly() -> Result<(), String> {
    if output(program("rustup").args(["run", "nightly", "rustc", "--version"])).is_ok() {
        return Ok(());
    }
    if !process::answers("rustup", "--version") {
        return Err("a nightly Rust toolchain and `rustup`, which would install one, are missing".to_owned());
    }
    run(program("rustup").args(["toolchain", "install", "nightly", "--profile", "minimal"]))
        .map_err(|_| "a nightly Rust toolchain is missing and could not be installed".to_owned())
}

/// What browsers run: the name of the Rust target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Finds the standard library of a Rust target; installs it where `rustup` can. Errs with what is missing.
pub(crate) fn need_target(target: &str) -> Result<(), String> {
    let folder = output(program("rustc").args(["--print", "target-libdir", "--target", target]));
    if folder.is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    if !process::answers("rustup", "--version") {
        return Err(format!("the Rust target {target} and `rustup`, which would install it, are missing"));
    }
    run(program("rustup").args(["target", "add", target])).map_err(|message| {
        format!("the Rust target {target} is missing and could not be installed: {message}")
    })
}

/// Installs the packages that the `package-lock.json` in a folder names, where others are there or none.
pub(crate) fn npm(folder: &str) -> Result<(), String> {
    for name in ["node", "npm"] {
        if !process::answers(name, "--version") {
            return Err(format!("`{name}` is missing: install Node 20 or newer, which brings it"));
        }
    }
    let folder = workspace::root().join(folder);
    let lock = folder.join("package-lock.json");
    let wanted =
        std::fs::read(&lock).map_err(|error| format!("{} cannot be read: {error}", lock.display()))?;
    let made_for = folder.join("node_modules/.made-for.json");
    if std::fs::read(&made_for).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    run(program("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    std::fs::write(&made_for, wanted)
        .map_err(|error| format!("{} cannot be written: {error}", made_for.display()))
}

/// Builds the server and gives its place. Always the optimised build: it is what users run.
pub(crate) fn server() -> Result<PathBuf, String> {
    run(&mut cargo(["build", "--quiet", "--release", "--locked", "--package", "bulk-delete-mock"]))?;
    Ok(workspace::target().join("release").join(format!("bulk-delete-mock{}", std::env::consts::EXE_SUFFIX)))
}

/// Makes a Python environment that holds the packages of a requirements file, and gives its interpreter. One that was made
/// for the same file is taken as it is.
pub(crate) fn python(requirements: &str) -> Result<PathBuf, String> {
    let wanted = std::fs::read(workspace::root().join(requirements))
        .map_err(|error| format!("{requirements} cannot be read: {error}"))?;
    let environment = workspace::target().join("venv");
    let interpreter = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let interpreter = environment.join(interpreter);
    let made_for = environment.join("made-for.txt");
    if interpreter.is_file() && std::fs::read(&made_for).is_ok_and(|made| made == wanted) {
        return Ok(interpreter);
    }
    run(program("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
    run(program(&interpreter)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(requirements))?;
    std::fs::write(&made_for, wanted)
        .map_err(|error| format!("{} cannot be written: {error}", made_for.display()))?;
    Ok(interpreter)
}
