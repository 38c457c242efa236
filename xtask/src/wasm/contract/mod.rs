//! The contracts of the package: the documents in `schemas/` without what nobody reads who imports them. One module each for
//! pages, and one for the mock, which also has the operations beside the bulk delete and a world.

mod declaration;
mod described;
mod mocked;
mod prune;
mod reach;

use crate::{files, javascript};
use bulk_delete_core::contract::following::Following;
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::problem::Problem;
use std::path::{Path, PathBuf};

pub(crate) use mocked::{TYPES as MOCK_TYPES, all as all_mocked, by_name as mocked_by_name};

/// A contract's folder.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) name: String,
    path: PathBuf,
}

/// What is made of a contract.
#[derive(Debug)]
pub(crate) struct Made {
    /// The script.
    pub(crate) module: String,
    /// The script's types.
    pub(crate) types: String,
    /// The script for the mock.
    pub(crate) mocked: String,
}

/// The folders in this one that are contracts, by their names.
pub(crate) fn folders(schemas: &Path) -> Result<Vec<Folder>, String> {
    let entries = std::fs::read_dir(schemas)
        .map_err(|error| format!("{} cannot be read: {error}", schemas.display()))?;
    let mut folders: Vec<Folder> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            path.join("policy.json").is_file().then_some(Folder { name, path })
        })
        .collect();
    folders.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(folders)
}

/// Makes the module of the contract in a folder.
pub(crate) fn make(folder: &Folder) -> Result<Made, String> {
    let read = |name: &str| files::read(folder.path.join(name));
    let (openapi, policy) = (read("openapi.json")?, read("policy.json")?);
    let documents = Documents { name: &folder.name, openapi: &openapi, policy: &policy };
    let told = |message| format!("{}: {message}", folder.path.display());
    let (module, types) = make_of(documents).map_err(told)?;
    let mocked = mocked::script(documents, &mocked::Beside::read(&folder.path)?).map_err(told)?;
    Ok(Made { module, types, mocked })
}

/// The module for pages and its types.
fn make_of(documents: Documents<'_>) -> Result<(String, String), String> {
    let mut whole = Contract::load(documents).map_err(|problems| told(&problems))?;
    let parse = |document| Value::parse(document).map_err(|error| error.to_string());
    let openapi = prune::openapi(&parse(documents.openapi)?, &[&whole.operation.id])?;
    let policy = prune::policy(parse(documents.policy)?);
    let texts = (openapi.to_text(), policy.to_text());
    let pruned = Documents { openapi: texts.0.as_bytes(), policy: texts.1.as_bytes(), name: documents.name };
    let pruned = Contract::load(pruned)
        .map_err(|problems| format!("too much was taken out of it: {}", told(&problems)))?;
    whole.companions.clear();
    if !alike(&whole, &pruned) {
        return Err("something that counts was taken out of it".to_owned());
    }
    let types = declaration::of(&pruned, &openapi, &policy)?;
    let mut module = Object::new();
    module.push("name", Value::from(documents.name));
    module.push("openapi", openapi);
    module.push("policy", policy);
    let module = javascript::expression(&Value::Object(module))?;
    let compiled = javascript::bytes(&pruned.encode());
    // Where the script comes from is said in its types: every page would load the words.
    let following = match Following::read(documents) {
        Some(following) => format!(", {}", javascript::expression(&following.to_value())?),
        None => String::new(),
    };
    Ok((script(&module, &compiled, &following), format!("{HEADER}{types}")))
}

/// Whether two contracts are the same in every part, down to the last node of their schemas and the last piece of their
/// templates: that is what `Debug` shows.
fn alike(one: &Contract, other: &Contract) -> bool {
    format!("{one:?}") == format!("{other:?}")
}

/// The module's script. How operations are followed, if it is known, is an argument more.
fn script(documents: &str, compiled: &str, following: &str) -> String {
    format!(
        "\
import {{ builtin }} from \"../../src/builtin.js\";

export default /* @__PURE__ */ builtin({documents}, {compiled}{following});
"
    )
}

/// What stands over what is made.
const HEADER: &str = "// Made by `cargo xtask wasm`.\n\n";

fn told(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}{}: {}", problem.document, problem.pointer, problem.message))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests;
