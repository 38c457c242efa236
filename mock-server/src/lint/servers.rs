//! Servers whose URL has a path. What is documented is served at the root: below such a path a real client would find nothing.

use crate::draft::{Note, base_path};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::{Object, Value, push_segment};
use std::collections::BTreeSet;

/// Where such a path stands, for an operation that is served, and what to do.
pub(super) fn unserved(openapi: &Value, contract: &Contract) -> BTreeSet<(String, String)> {
    let companions = contract.companions.iter().map(|companion| &*companion.operation.id);
    let served: BTreeSet<&str> = std::iter::once(&*contract.operation.id).chain(companions).collect();
    let paths = openapi.get("paths").and_then(Value::as_object).into_iter().flat_map(Object::iter);
    let mut found = BTreeSet::new();
    for (path, item) in paths {
        let mut of_path = "/paths".to_owned();
        push_segment(&mut of_path, path);
        for (method, operation) in item.as_object().into_iter().flat_map(Object::iter) {
            if !operation.get("operationId").and_then(Value::as_str).is_some_and(|id| served.contains(id)) {
                continue;
            }
            let of_operation = format!("{of_path}/{method}");
            let owners = [(operation, &*of_operation), (item, &*of_path), (openapi, "")];
            if let (base, Some(Note { pointer, .. })) = base_path(&owners) {
                let message = format!(
                    "its path `{base}` is not served, as paths stand at the root: write it before those in `paths`, \
                     and leave it out here"
                );
                found.insert((pointer, message));
            }
        }
    }
    found
}
