//! Finds the operation to draft in an OpenAPI document, and what its references stand for.

use bulk_delete_core::json::{Object, Value, push_segment};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'d> {
    pub(super) path: &'d str,
    pub(super) method: &'static str,
    /// What its path says for all its operations.
    pub(super) item: &'d Value,
    pub(super) operation: &'d Value,
}

impl Found<'_> {
    /// Its JSON Pointer.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = "/paths".to_owned();
        push_segment(&mut pointer, self.path);
        push_segment(&mut pointer, self.method);
        pointer
    }

    /// Its id, or one that is made of its method and path.
    pub(super) fn id(&self) -> String {
        match self.operation.get("operationId").and_then(Value::as_str) {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => {
                let words = self.path.split(|letter: char| !letter.is_ascii_alphanumeric());
                let words = words.filter(|word| !word.is_empty());
                std::iter::once(self.method).chain(words).collect::<Vec<_>>().join("-")
            }
        }
    }
}

/// The operation of this `operationId`, or of this method and path: `DELETE /v1/things`.
pub(super) fn find<'d>(document: &'d Value, wanted: &str) -> Option<Found<'d>> {
    all(document).find(|found| {
        let id = found.operation.get("operationId").and_then(Value::as_str);
        let line = format!("{} {}", found.method.to_ascii_uppercase(), found.path);
        id == Some(wanted) || line.eq_ignore_ascii_case(wanted)
    })
}

/// What there is instead: how each operation that takes ids or deletes is asked for, at most so many.
pub(super) fn others(document: &Value, most: usize) -> Vec<String> {
    let deletes = |found: &Found<'_>| {
        let text = format!("{} {} {}", found.method, found.path, found.id()).to_lowercase();
        ["delete", "destroy", "remove", "archive", "bulk", "batch"].iter().any(|word| text.contains(word))
    };
    let name = |found: Found<'_>| match found.operation.get("operationId").and_then(Value::as_str) {
        Some(id) => id.to_owned(),
        None => format!("{} {}", found.method.to_ascii_uppercase(), found.path),
    };
    all(document).filter(deletes).map(name).take(most).collect()
}

fn all(document: &Value) -> impl Iterator<Item = Found<'_>> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flat_map(Object::iter);
    paths.flat_map(move |(path, item)| {
        let item = follow(document, item).unwrap_or(item);
        METHODS
            .into_iter()
            .filter_map(move |method| Some(Found { path, method, item, operation: item.get(method)? }))
    })
}

/// The value itself, or what its local reference leads to, through references on the way.
pub(super) fn follow<'d>(document: &'d Value, value: &'d Value) -> Option<&'d Value> {
    let mut value = value;
    // A circle ends here.
    for _ in 0..32 {
        match value.get("$ref").and_then(Value::as_str) {
            None => return Some(value),
            Some(reference) => value = document.at(&decoded(reference.strip_prefix('#')?))?,
        }
    }
    None
}

/// A reference is a URI: its pointer may be percent-encoded.
pub(super) fn decoded(pointer: &str) -> String {
    percent_encoding::percent_decode_str(pointer).decode_utf8_lossy().into_owned()
}
