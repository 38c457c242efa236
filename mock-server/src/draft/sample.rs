//! Values that fit a schema well enough for a first example: the document's own where it has any.

use super::schemas::{Schemas, type_of};
use bulk_delete_core::json::{Object, Value};

/// A value of a schema.
pub(super) fn value(schemas: &Schemas<'_>, schema: &Value) -> Value {
    fill(schemas, schema, 0)
}

fn fill(schemas: &Schemas<'_>, schema: &Value, depth: u32) -> Value {
    let schema = schemas.seen(schema);
    let given = schema
        .get("const")
        .or_else(|| schema.get("example"))
        .or_else(|| schema.at("/examples/0"))
        .or_else(|| schema.get("default"))
        .or_else(|| schema.at("/enum/0"));
    if let Some(given) = given {
        return given.clone();
    }
    let number = |keyword: &str| schema.get(keyword).and_then(Value::as_i64);
    match type_of(schema) {
        "object" if depth < 8 => {
            let (members, required) = schemas.members(schema);
            let mut object = Object::new();
            for (name, member) in members.into_iter().filter(|(name, _)| required.contains(name)) {
                object.insert(name, fill(schemas, member, depth + 1));
            }
            Value::Object(object)
        }
        "array" if depth < 8 => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            let count = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0).min(3);
            Value::Array((0..count).map(|_| fill(schemas, items, depth + 1)).collect())
        }
        "array" => Value::Array(Vec::new()),
        "object" => Value::Object(Object::new()),
        "integer" | "number" => {
            let least =
                number("minimum").or_else(|| number("exclusiveMinimum").map(|least| least.saturating_add(1)));
            Value::from(least.unwrap_or(1))
        }
        "boolean" => Value::from(true),
        "null" => Value::Null,
        _ => Value::from(text(schema)),
    }
}

fn text(schema: &Value) -> String {
    let known = match schema.get("format").and_then(Value::as_str).unwrap_or_default() {
        "date-time" => "2026-01-01T00:00:00Z",
        "date" => "2026-01-01",
        "uuid" => "7d444840-9dc0-11d1-b245-5ffdce74fad2",
        "email" => "ada@example.com",
        "uri" | "url" => "https://example.com",
        _ => "text",
    };
    let length = |keyword: &str| {
        schema.get(keyword).and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok())
    };
    let least = length("minLength").unwrap_or(0).min(1_000);
    let mut text = known.to_owned();
    while text.len() < least {
        text.push('x');
    }
    if let Some(most) = length("maxLength") {
        text.truncate(most);
    }
    text
}

/// How ids may look; which of them fits is tried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Like the document's examples.
    Given,
    /// `task-1`
    Named,
    /// `10001`, a text
    Digits,
    /// As RFC 9562 has them.
    Uuid,
    /// 24 hexadecimal digits.
    Hex24,
    /// 32 hexadecimal digits.
    Hex32,
    /// 15 capital letters and digits.
    Letters,
    /// `ada1@example.com`
    Email,
}

impl Style {
    /// All of them, the likeliest first.
    pub(super) const ALL: [Self; 8] = [
        Self::Given,
        Self::Named,
        Self::Digits,
        Self::Uuid,
        Self::Hex24,
        Self::Hex32,
        Self::Letters,
        Self::Email,
    ];

    /// The id of this number, from 0 to 8; none where the style cannot make one.
    pub(super) fn id(self, number: u32, resource: &str, list: &Value, examples: &[Value]) -> Option<Value> {
        let items = list.get("items").unwrap_or(&Value::Null);
        if type_of(items) == "integer" {
            let first = match (self, examples.first()) {
                (Self::Given, Some(example)) => {
                    example.as_i64().or_else(|| example.as_str()?.parse().ok())?
                }
                (Self::Named, _) => 1001,
                (Self::Digits, _) => items.get("minimum").and_then(Value::as_i64)?,
                _ => return None,
            };
            return Some(Value::from(first.saturating_add(i64::from(number))));
        }
        let is_uuid = items.get("format").and_then(Value::as_str) == Some("uuid");
        let digit = number + 1;
        let text = match self {
            Self::Given => match examples.first() {
                Some(example) => turned(example.as_str()?, number),
                None if is_uuid => format!("7d444840-9dc0-41d1-b245-5ffdce74fad{digit}"),
                None => return None,
            },
            Self::Named => format!("{resource}-{digit}"),
            Self::Digits => format!("1000{digit}"),
            Self::Uuid => format!("7d444840-9dc0-41d1-b245-5ffdce74fad{digit}"),
            Self::Hex24 => format!("65f0c1d2e3a4b5c6d7e8f90{digit}"),
            Self::Hex32 => format!("65f0c1d2e3a4b5c6d7e8f9065f0c1d2{digit}"),
            Self::Letters => format!("A1B2C3D4E5F6G7{digit}"),
            Self::Email => format!("ada{digit}@example.com"),
        };
        Some(Value::from(text))
    }
}

/// A text of the same form: its last letter or digit moved on.
fn turned(text: &str, number: u32) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if let Some(last) = letters.iter_mut().rev().find(|letter| letter.is_ascii_alphanumeric()) {
        let (first, size) = match *last {
            '0'..='9' => ('0', 10),
            'a'..='f' => ('a', 6),
            'A'..='F' => ('A', 6),
            'a'..='z' => ('g', 20),
            _ => ('G', 20),
        };
        let place = u32::from(*last).saturating_sub(u32::from(first));
        *last = char::from_u32(u32::from(first) + (place + number) % size).unwrap_or(*last);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_the_form_of_an_example() {
        let made: Vec<String> = (0..3).map(|number| turned("rec560UJdUtocSouk", number)).collect();
        assert_eq!(made, ["rec560UJdUtocSouk", "rec560UJdUtocSoul", "rec560UJdUtocSoum"]);
        assert_eq!(turned("59833787-2cf9-4fdf-8782-e53db20768ac", 4), "59833787-2cf9-4fdf-8782-e53db20768aa");
        assert_eq!(turned("9", 1), "0");
    }
}
