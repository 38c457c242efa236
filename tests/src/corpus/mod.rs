//! Finds the corpus: the cases of `tests/cases`, the examples of `schemas`, and the sentences of `tests/documents` that they
//! go back to. A file that cannot be read is told, with its name.
//!
//! The files are read from the disk at each run, so that a new case needs no build. WebAssembly has no disk: there, the build
//! script has embedded them.

#[cfg(not(target_family = "wasm"))]
mod disk;
#[cfg(target_family = "wasm")]
mod embedded;

use crate::case::Case;
#[cfg(not(target_family = "wasm"))]
use disk as files;
#[cfg(target_family = "wasm")]
use embedded as files;
use std::path::{Path, PathBuf};

/// A case and where it comes from.
#[derive(Clone, Debug)]
pub struct Filed {
    /// The file, from the root of the project: `tests/cases/CONTRACT/NAME.json`.
    pub file: String,
    /// The contract it is about.
    pub contract: String,
    /// Whether it is an example of the contract, or a case of the corpus.
    pub origin: Origin,
    /// What it says.
    pub case: Case,
}

/// Where a case comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `tests/cases`
    Case,
    /// `schemas/CONTRACT/examples`
    Example,
}

/// The root of the project.
pub fn root() -> PathBuf {
    files::root()
}

/// The names of the contracts: every folder of `schemas`, in order.
pub fn contracts() -> Vec<String> {
    let schemas = root().join("schemas");
    let folders = entries(&schemas).into_iter().filter(|path| !entries(path).is_empty());
    folders.map(|path| name(&path)).collect()
}

/// A document of a contract: `openapi.json`, `policy.json`, `world.json`.
pub fn contract_document(contract: &str, document: &str) -> Vec<u8> {
    read(&root().join("schemas").join(contract).join(document))
}

/// Every case and every example.
///
/// # Errors
/// Every file that is not a case, and why.
pub fn load() -> Result<Vec<Filed>, Vec<String>> {
    let (mut filed, mut wrong) = (Vec::new(), Vec::new());
    let names = contracts();
    for folder in entries(&root().join("tests/cases")) {
        if !names.contains(&name(&folder)) {
            wrong.push(format!("{}: there is no contract of this name in schemas", short(&folder)));
        }
    }
    for contract in names {
        for (folder, origin) in [
            (root().join("tests/cases").join(&contract), Origin::Case),
            (root().join("schemas").join(&contract).join("examples"), Origin::Example),
        ] {
            for path in entries(&folder) {
                let file = short(&path);
                match Case::parse(&read(&path)) {
                    Ok(case) => {
                        let contract = case.contract.clone().unwrap_or_else(|| contract.clone());
                        filed.push(Filed { file, contract, origin, case });
                    }
                    Err(error) => wrong.push(format!("{file}: {error}")),
                }
            }
        }
    }
    if wrong.is_empty() { Ok(filed) } else { Err(wrong) }
}

/// The entries of a folder in order of their names; none where there is no folder.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths = files::entries(folder);
    paths.sort();
    paths
}

/// A path from the root of the project, with slashes.
pub fn short(path: &Path) -> String {
    let root = root();
    path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The bytes of a file that has to be there.
///
/// # Panics
/// Where it is not.
pub fn read(path: &Path) -> Vec<u8> {
    files::read(path).unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
