//! A contract's module for the mock: whole policies, all operations that they name, the world, and the exchange that is shown
//! when a server starts.

use super::{HEADER, alike, prune, told};
use crate::files::{self, SCHEMAS};
use crate::javascript;
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::json::{Object, Value};
use bulk_delete_mock::builtin;
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

/// A document that may be missing.
pub(super) fn optional(path: &Path) -> Result<Option<Vec<u8>>, String> {
    if path.is_file() { files::read(path).map(Some) } else { Ok(None) }
}

/// The module's script.
pub(super) fn script(
    documents: Documents<'_>,
    world: Option<Vec<u8>>,
    start: Option<Vec<u8>>,
) -> Result<String, String> {
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
    for (name, document) in [("world", world), ("start", start)] {
        if let Some(document) = document {
            // As text: ids in it may be larger than the integers of JavaScript.
            module.push(name, Value::from(parse(&document)?.to_text()));
        }
    }
    let documents = javascript::expression(&Value::Object(module))?;
    Ok(format!(
        "\
{HEADER}import {{ frozen }} from \"../../../src/builtin.js\";

export default /* @__PURE__ */ frozen({documents});
"
    ))
}
