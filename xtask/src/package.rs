//! `cargo xtask wasm`: builds the engine's module and the program that makes the package of it, and runs that.

use crate::process::{self, cargo};
use crate::{tools, workspace};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

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
    let [whole, lean, mock] = [Module::Engine, Module::LeanEngine, Module::Mock].map(module);
    let mut make = process::program(maker);
    make.arg("--module").arg(whole?).arg("--lean").arg(lean?).arg("--mock").arg(mock?);
    process::run(make.args(options))
}

/// What the package is made of.
const SOURCES: [&str; 8] = [
    "Cargo.lock",
    "core/src",
    "mock-server/src",
    "schemas",
    "wasm/Cargo.toml",
    "wasm/mock",
    "wasm/src",
    "xtask/src/wasm",
];

/// Makes the package where it is not there, or older than what it is made of.
pub(crate) fn fresh() -> Result<(), String> {
    let dist = workspace::root().join(FOLDER).join("dist/bulk-delete-lean.wasm");
    let made = std::fs::metadata(dist).and_then(|file| file.modified()).ok();
    let changed = SOURCES.iter().filter_map(|source| newest(&workspace::root().join(source))).max();
    if made.is_some() && changed <= made { Ok(()) } else { make(&[]) }
}

/// When the file, or the newest in the folder, was written.
fn newest(path: &Path) -> Option<SystemTime> {
    if path.is_dir() {
        return std::fs::read_dir(path).ok()?.filter_map(|entry| newest(&entry.ok()?.path())).max();
    }
    std::fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// What a module is.
#[derive(Clone, Copy)]
enum Module {
    /// The engine, for contracts that are read from any documents.
    Engine,
    /// The engine for those of the package, which were read when it was made.
    LeanEngine,
    /// The mock.
    Mock,
}

/// Builds a module and gives its place. Alone: what other packages need of a dependency would be in it too.
fn module(module: Module) -> Result<PathBuf, String> {
    let (package, profile, features, name): (_, _, &[&str], _) = match module {
        Module::Engine => ("bulk-delete-wasm", "wasm", &[], "bulk-delete.wasm"),
        Module::LeanEngine => {
            ("bulk-delete-wasm", "wasm", &["--no-default-features"], "bulk-delete-lean.wasm")
        }
        Module::Mock => ("bulk-delete-mock-wasm", "wasm-mock", &[], "bulk-delete-mock.wasm"),
    };
    let mut build = cargo(["build", "--quiet", "--locked", "--package", package]);
    build.args(["--target", tools::WASM, "--profile", profile]).args(features);
    let mut flags = flags()?;
    if let Module::Mock = module {
        // As small as can be calls everything, however small, and answers take a quarter longer: this gives most of that back.
        flags.push("-Cllvm-args=-inline-threshold=40".to_owned());
    }
    process::run(build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))?;
    let folder = workspace::target().join(tools::WASM).join(profile);
    let (built, kept) = (folder.join(package.replace('-', "_") + ".wasm"), folder.join(name));
    // The next build writes over it.
    std::fs::copy(&built, &kept).map_err(|error| format!("{} cannot be copied: {error}", built.display()))?;
    Ok(kept)
}

/// What the compiler is told. The folders in which Cargo keeps the sources of dependencies, and rustup those of the standard
/// library where somebody has installed them, are left out of what it writes: the module is the same whoever builds it, and tells
/// nothing of where.
fn flags() -> Result<Vec<String>, String> {
    let mut flags = vec!["-Ctarget-feature=+simd128,+bulk-memory".to_owned()];
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    let mut folders: Vec<PathBuf> =
        sources.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    flags.extend(folders.iter().map(|folder| format!("--remap-path-prefix={}=", folder.display())));
    let told = |what: &[&str]| process::output(process::program("rustc").args(what));
    let (root, version) = (told(&["--print", "sysroot"])?, told(&["--version", "--verbose"])?);
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    let commit = commit.ok_or("`rustc --version --verbose` names no commit")?;
    // The compiler writes this name of the folder where the sources are not installed.
    let standard = Path::new(root.lines().next().unwrap_or_default()).join("lib/rustlib/src/rust");
    flags.push(format!("--remap-path-prefix={}=/rustc/{commit}", standard.display()));
    Ok(flags)
}
