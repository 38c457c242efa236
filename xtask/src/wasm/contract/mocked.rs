//! A contract's module for the mock: whole policies, all operations that they name, the world with its scenarios, and the exchange
//! that is shown when a server starts.

use super::{HEADER, alike, prune, told};
use crate::files::{self, SCHEMAS};
use crate::javascript;
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::json::{Object, Value};
use bulk_delete_mock::builtin;
use std::collections::BTreeMap;
use std::path::Path;

/// The types of every such module: what it holds is checked when a mock is made of it.
pub(crate) const TYPES: &str = "\
// Made by `cargo xtask wasm`.

import type { MockContract } from \"../../../mock.js\";

declare const contract: MockContract;
export default contract;
";

/// The script that has the built-in ones of these, in the order in which the binary serves them: for a server, which wants all.
pub(crate) fn all(names: &[String]) -> Result<String, String> {
    let (mut imports, mut list) = (String::new(), Vec::new());
    for (place, folder) in builtin::folders().iter().enumerate() {
        let name = &folder.name;
        if !names.iter().any(|known| known == name) {
            return Err(format!("the mock has a contract {name} built in, and {SCHEMAS} has none"));
        }
        imports += &format!("import c{place} from \"./contracts/{name}.js\";\n");
        list.push(format!("c{place}"));
    }
    Ok(format!("{HEADER}{imports}\nexport const contracts = [{}];\n", list.join(", ")))
}

/// The script that finds each of these by its name, and loads none before it is wanted.
pub(crate) fn by_name(names: &[String]) -> String {
    let rows: String = names
        .iter()
        .map(|name| format!("  \"{name}\": () => import(\"./contracts/{name}.js\"),\n"))
        .collect();
    format!("{HEADER}export const folders = {{\n{rows}}};\n")
}

/// A document that may be missing.
fn optional(path: &Path) -> Result<Option<Vec<u8>>, String> {
    if path.is_file() { files::read(path).map(Some) } else { Ok(None) }
}

/// What is beside a contract's own documents.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) world: Option<Vec<u8>>,
    pub(super) start: Option<Vec<u8>>,
    /// By their names.
    pub(super) scenarios: BTreeMap<String, Vec<u8>>,
}

impl Beside {
    /// Reads what there is in a contract's folder.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let world = optional(&folder.join("world.json"))?;
        let start = optional(&folder.join("examples/start.json"))?;
        let mut scenarios = BTreeMap::new();
        let within = folder.join("scenarios");
        if within.is_dir() {
            let failed = |error| format!("{} cannot be read: {error}", within.display());
            for entry in std::fs::read_dir(&within).map_err(failed)? {
                let path = entry.map_err(failed)?.path();
                if path.extension().is_some_and(|extension| extension == "json") {
                    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
                    scenarios.insert(name.to_owned(), files::read(&path)?);
                }
            }
        }
        Ok(Self { world, start, scenarios })
    }
}

/// The module's script.
pub(super) fn script(documents: Documents<'_>, beside: &Beside) -> Result<String, String> {
    let parse = |document: &[u8]| Value::parse(document).map_err(|error| error.to_string());
    let whole = Contract::load(documents).map_err(|problems| told(&problems))?;
    let policy = parse(documents.policy)?;
    let companions = policy.get("companions").and_then(Value::as_object);
    let mut ids = vec![&*whole.operation.id];
    ids.extend(companions.into_iter().flat_map(Object::keys));
    let openapi = prune::openapi(&parse(documents.openapi)?, &ids)?;
    let text = openapi.to_text();
    let pruned = Contract::load(Documents { openapi: text.as_bytes(), ..documents })
        .map_err(|problems| format!("too much was taken out for the mock: {}", told(&problems)))?;
    if !alike(&whole, &pruned) {
        return Err("something that the mock reads was taken out".to_owned());
    }
    let mut module = Object::new();
    module.push("name", Value::from(documents.name));
    module.push("openapi", openapi);
    module.push("policy", policy);
    // As text: ids in it may be larger than the integers of JavaScript.
    let compact = |document: &[u8]| parse(document).map(|value| Value::from(value.to_text()));
    for (name, document) in [("world", &beside.world), ("start", &beside.start)] {
        if let Some(document) = document {
            module.push(name, compact(document)?);
        }
    }
    if !beside.scenarios.is_empty() {
        let mut scenarios = Object::new();
        for (name, document) in &beside.scenarios {
            scenarios.push(name.as_str(), compact(document)?);
        }
        module.push("scenarios", Value::Object(scenarios));
    }
    let documents = javascript::expression(&Value::Object(module))?;
    Ok(format!(
        "\
{HEADER}import {{ frozen }} from \"../../../src/builtin.js\";

export default /* @__PURE__ */ frozen({documents});
"
    ))
}
