//! What `cargo xtask wasm` runs: makes the npm package of the engine's module and the contracts in `schemas/`, into
//! `wasm/js/dist`, and tells the sizes. It runs in the folder of the workspace.
//!
//! What is written by hand, the package's JavaScript and its types, is in `wasm/js` and only measured here.

mod base64;
mod contract;
mod files;
mod finish;
mod inline;
mod javascript;
mod node;
mod sizes;
mod typescript;

use files::{DIST, PACKAGE, SCHEMAS};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: u8 = 2;

/// What happens where a size is over its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OverBudget {
    Tell,
    Fail,
}

#[derive(Debug)]
struct Options {
    /// The module as Cargo has built it; its whole path, as tools run in other folders.
    module: PathBuf,
    /// The same without the loader.
    lean: PathBuf,
    /// The mock.
    mock: PathBuf,
    over_budget: OverBudget,
}

fn main() -> ExitCode {
    let options = match read_options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(USAGE);
        }
    };
    match make(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn read_options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let (mut module, mut lean, mut mock, mut over_budget) = (None, None, None, OverBudget::Tell);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--module" => module = arguments.next().map(PathBuf::from),
            "--lean" => lean = arguments.next().map(PathBuf::from),
            "--mock" => mock = arguments.next().map(PathBuf::from),
            "--check" => over_budget = OverBudget::Fail,
            other => return Err(format!("`wasm` has no option `{other}`; there is --check")),
        }
    }
    let missing = "`--module`, `--lean` and `--mock` must name the modules; `cargo xtask wasm` does";
    Ok(Options {
        module: module.ok_or(missing)?,
        lean: lean.ok_or(missing)?,
        mock: mock.ok_or(missing)?,
        over_budget,
    })
}

fn make(options: &Options) -> Result<(), String> {
    // What was made of a contract that is gone now goes too.
    files::clear(DIST)?;
    // A package holds the licence that it names.
    files::write(format!("{PACKAGE}/LICENSE"), files::read("LICENSE")?)?;
    let module = finish::finish(&options.module)?;
    files::write(files::dist("module-inline.js"), inline::script(&module))?;
    files::write(files::dist("bulk-delete.wasm"), module)?;
    files::write(files::dist("bulk-delete-lean.wasm"), finish::finish(&options.lean)?)?;
    let mock = finish::finish(&options.mock)?;
    files::write(files::dist("mock/module-inline.js"), inline::script(&mock))?;
    files::write(files::dist("mock/bulk-delete-mock.wasm"), mock)?;
    let mut names = Vec::new();
    for folder in contract::folders(SCHEMAS.as_ref())? {
        let made = contract::make(&folder)?;
        let name = &folder.name;
        files::write(files::dist(&format!("contracts/{name}.js")), made.module)?;
        files::write(files::dist(&format!("contracts/{name}.d.ts")), made.types)?;
        files::write(files::dist(&format!("mock/contracts/{name}.js")), made.mocked)?;
        files::write(files::dist(&format!("mock/contracts/{name}.d.ts")), contract::MOCK_TYPES)?;
        names.push(folder.name);
    }
    files::write(files::dist("mock/contracts.js"), contract::all_mocked(&names)?)?;
    files::write(files::dist("mock/folders.js"), contract::mocked_by_name(&names))?;
    let table = sizes::measure(&names)?;
    println!("\n{table}");
    match (table.over(), options.over_budget) {
        ([], _) => Ok(()),
        (over, OverBudget::Fail) => Err(format!("over the budget: {}", over.join("; "))),
        (over, OverBudget::Tell) => {
            println!("Over the budget, which `--check` would make a failure: {}", over.join("; "));
            Ok(())
        }
    }
}
