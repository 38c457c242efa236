//! One text per value: equal values, and only they, have equal bytes. For sets of values and for comparing
//! with constants.

use super::write::{write_properties, write_string};
use super::{Number, Value};

/// Appends the canonical bytes of a value: compact JSON, properties sorted by name, numbers in canonical
/// form.
pub(crate) fn encode(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                encode(out, item);
            }
            out.push(b']');
        }
        Value::Object(object) => write_properties(out, object.sorted().into_iter(), encode),
        scalar => scalar.write(out),
    }
}

/// As [`encode`], for a string.
pub(crate) fn encode_string(out: &mut Vec<u8>, text: &str) {
    write_string(out, text);
}

/// As [`encode`], for a number in JSON's grammar.
pub(crate) fn encode_number(out: &mut Vec<u8>, text: &str) {
    match Number::parse(text) {
        Some(number) => out.extend_from_slice(number.to_string().as_bytes()),
        None => out.extend_from_slice(text.as_bytes()),
    }
}
