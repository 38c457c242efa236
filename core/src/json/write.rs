//! Writes JSON text, compact.

use super::text::plain_length;
use super::{Object, Value};

/// Writes a string with its quotes. Only what JSON demands is escaped.
pub fn write_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    write_escaped(out, text);
    out.push(b'"');
}

/// Writes the inside of a string: without its quotes.
#[inline]
pub(crate) fn write_escaped(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let plain = plain_length(bytes);
    if plain == bytes.len() {
        out.extend_from_slice(bytes);
    } else {
        escape_from(out, bytes, plain);
    }
}

/// Writes bytes of which the one at `plain` is the first to be escaped.
#[cold]
fn escape_from(out: &mut Vec<u8>, mut bytes: &[u8], mut plain: usize) {
    while let Some((before, [byte, after @ ..])) = bytes.split_at_checked(plain) {
        out.extend_from_slice(before);
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0C => out.extend_from_slice(b"\\f"),
            _ => {
                let digit = |value: u8| b"0123456789abcdef".get(usize::from(value)).copied().unwrap_or(b'0');
                out.extend_from_slice(b"\\u00");
                out.push(digit(byte >> 4));
                out.push(digit(byte & 0x0F));
            }
        }
        bytes = after;
        plain = plain_length(bytes);
    }
    out.extend_from_slice(bytes);
}

/// Writes a value in the order of its properties.
pub(super) fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write_value(out, item);
            }
            out.push(b']');
        }
        Value::Object(object) => write_properties(out, object.iter(), write_value),
    }
}

/// Writes an object from its properties.
pub(super) fn write_properties<'a>(
    out: &mut Vec<u8>,
    properties: impl Iterator<Item = (&'a str, &'a Value)>,
    write: impl Fn(&mut Vec<u8>, &'a Value),
) {
    out.push(b'{');
    for (place, (name, value)) in properties.enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write_string(out, name);
        out.push(b':');
        write(out, value);
    }
    out.push(b'}');
}

impl Object {
    /// Writes the object as compact JSON.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_properties(out, self.iter(), write_value);
    }
}
