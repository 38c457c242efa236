//! JSON as it may stand in a script.

use bulk_delete_core::json::{Number, Value};

/// The value as an expression that means the same in JavaScript. Errs with what JavaScript would read otherwise.
pub(crate) fn expression(value: &Value) -> Result<String, String> {
    check(value)?;
    Ok(value.to_text())
}

/// Bytes as a string of as many characters. Text in them stays text, so that it is compressed with the same text elsewhere.
pub(crate) fn bytes(bytes: &[u8]) -> String {
    let mut text = String::from("\"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' => text.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => text.push(char::from(*byte)),
            _ => text.push_str(&format!("\\x{byte:02x}")),
        }
    }
    text.push('"');
    text
}

fn check(value: &Value) -> Result<(), String> {
    match value {
        Value::Number(number) if !survives(number) => {
            Err(format!("JavaScript would round the number {number}: write it as a text, or leave it out"))
        }
        Value::Array(items) => items.iter().try_for_each(check),
        Value::Object(object) => object.iter().try_for_each(|(name, value)| {
            if name == "__proto__" {
                return Err("a property `__proto__` means something else in JavaScript".to_owned());
            }
            check(value)
        }),
        _ => Ok(()),
    }
}

/// Whether the number is the same when JavaScript has read and written it.
fn survives(number: &Number) -> bool {
    let rounded = number.to_string().parse::<f64>().ok().filter(|rounded| rounded.is_finite());
    rounded.and_then(|rounded| Number::parse(&rounded.to_string())).is_some_and(|rounded| rounded == *number)
}

#[cfg(test)]
mod tests {
    use super::{bytes, expression};
    use bulk_delete_core::json::Value;

    #[test]
    fn bytes_are_as_many_characters() {
        assert_eq!(bytes(b"a \"\\\0\x7f\xff~"), r#""a \"\\\x00\x7f\xff~""#);
    }

    #[test]
    fn refuses_what_a_script_would_change() {
        let read = |text: &str| expression(&Value::parse(text.as_bytes()).unwrap());
        assert_eq!(
            read(r#" {"a": [1.5, 9007199254740992, "é\u2028"]} "#).unwrap(),
            "{\"a\":[1.5,9007199254740992,\"é\u{2028}\"]}"
        );
        assert!(read("[9007199254740993]").is_err());
        assert!(read("1e999").is_err());
        assert!(read(r#"{"__proto__": 1}"#).is_err());
    }
}
