//! Finds what a `$ref` names: a place in the same document, by JSON Pointer.

use crate::json::{Value, push_segment, segments};
use percent_encoding::percent_decode_str;

/// The canonical pointer of a reference and the value there, or why there is none.
pub(super) fn resolve<'a>(root: &'a Value, reference: &str) -> Result<(String, &'a Value), String> {
    let Some(fragment) = reference.strip_prefix('#') else {
        return Err(format!(
            "`$ref` to `{reference}` is not supported here; only places in this document are: `#/components/schemas/Name`"
        ));
    };
    let decoded = percent_decode_str(fragment)
        .decode_utf8()
        .map_err(|_| format!("`$ref` `{reference}` is not UTF-8"))?;
    if !decoded.is_empty() && !decoded.starts_with('/') {
        return Err(format!(
            "`$ref` to an anchor, `{reference}`, is not supported here; use a JSON Pointer: `#/…`"
        ));
    }
    let parts = segments(&decoded).ok_or_else(|| format!("`$ref` `{reference}` is not a JSON Pointer"))?;
    let mut pointer = String::new();
    for part in parts {
        push_segment(&mut pointer, &part);
        // Behind an `$id` of its own, the same pointer would mean another place.
        let value = root.at(&pointer).ok_or_else(|| format!("`$ref` to `{reference}` leads nowhere"))?;
        if value.get("$id").and_then(Value::as_str).is_some() {
            return Err(format!(
                "`$ref` to `{reference}` leads through an `$id`, which is not supported here"
            ));
        }
    }
    root.at(&pointer)
        .map(|value| (pointer, value))
        .ok_or_else(|| format!("`$ref` to `{reference}` leads nowhere"))
}
