//! Whether a body's ids are asked for nothing but their type. Then a list of them is as valid as a list of one of them, as far
//! as its items go, and JavaScript need not write a thousand of them down to learn it.
//!
//! It is told of what surely is so: a schema that says anything that is not known here is no such schema.

use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::source::Source;
use bulk_delete_core::json::{Object, Value};

/// What a schema says to people only.
const REMARKS: [&str; 7] =
    ["title", "description", "example", "examples", "default", "deprecated", "$comment"];
/// More references in a row lead nowhere.
const LONGEST_CHAIN: usize = 8;

/// Whether all ids of one type are as valid as any one of them, in a body that holds nothing but their list.
pub(crate) fn are_alike(contract: &Contract, openapi: &[u8]) -> bool {
    let Ok(document) = Value::parse(openapi) else { return false };
    list(contract, &document)
        .and_then(|list| list.says(&["type", "minItems", "maxItems", "items"]))
        .is_some_and(|list| {
            let items = list.object.get("items").and_then(|items| Schema::new(&document, items));
            items.and_then(|items| items.says(&["type"])).is_some()
        })
}

/// The schema of the list of ids.
fn list<'d>(contract: &Contract, document: &'d Value) -> Option<Schema<'d>> {
    let Source::Body(pointer) = &contract.ids.at else { return None };
    let operation = &contract.operation;
    let method = operation.method.as_str().to_ascii_lowercase();
    let path = document.get("paths")?.get(operation.path.as_str())?.get(&method)?;
    let content = path.get("requestBody")?.get("content")?.as_object()?;
    let (_, media) = content.iter().next().filter(|_| content.len() == 1)?;
    let body = Schema::new(document, media.get("schema")?)?;
    let body = body.says(&["type", "required", "properties", "additionalProperties"])?;
    let name = pointer.strip_prefix('/').filter(|name| !name.contains(['/', '~']))?;
    Schema::new(document, body.object.get("properties")?.get(name)?)
}

/// A schema at the end of its references.
struct Schema<'d> {
    object: &'d Object,
}

impl<'d> Schema<'d> {
    fn new(document: &'d Value, value: &'d Value) -> Option<Self> {
        let mut object = value.as_object()?;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = object.get("$ref") else { return Some(Self { object }) };
            Self { object }.says(&["$ref"])?;
            object = document.at(reference.as_str()?.strip_prefix('#')?)?.as_object()?;
        }
        None
    }

    /// The schema, if it says nothing but this.
    fn says(self, words: &[&str]) -> Option<Self> {
        let known = |name: &str| words.contains(&name) || REMARKS.contains(&name) || name.starts_with("x-");
        self.object.iter().all(|(name, _)| known(name)).then_some(self)
    }
}
