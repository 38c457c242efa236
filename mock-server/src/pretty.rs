//! Writes JSON for people: two spaces, a line for each property, and short lists of plain values on one line.

use bulk_delete_core::json::{Value, write_string};

/// The text of a document, with a line feed at its end.
pub(crate) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, 0);
    out.push('\n');
    out
}

fn write(out: &mut String, value: &Value, depth: usize) {
    let is_plain = |value: &Value| !matches!(value, Value::Object(_) | Value::Array(_));
    match value {
        Value::Array(items) if items.iter().all(is_plain) && value.to_text().len() < 80 => {
            let items: Vec<String> = items.iter().map(Value::to_text).collect();
            out.push_str(&format!("[{}]", items.join(", ")));
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                begin(out, index, depth + 1);
                write(out, item, depth + 1);
            }
            end(out, depth);
            out.push(']');
        }
        Value::Object(object) if object.is_empty() => out.push_str("{}"),
        Value::Object(object) => {
            out.push('{');
            for (index, (name, value)) in object.iter().enumerate() {
                begin(out, index, depth + 1);
                let mut key = Vec::new();
                write_string(&mut key, name);
                out.push_str(&String::from_utf8_lossy(&key));
                out.push_str(": ");
                write(out, value, depth + 1);
            }
            end(out, depth);
            out.push('}');
        }
        plain => out.push_str(&plain.to_text()),
    }
}

fn begin(out: &mut String, index: usize, depth: usize) {
    out.push_str(if index == 0 { "\n" } else { ",\n" });
    out.push_str(&"  ".repeat(depth));
}

fn end(out: &mut String, depth: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}
