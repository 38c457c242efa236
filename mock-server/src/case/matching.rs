//! Holds an answer against what is expected of it, and tells every difference in words.
//!
//! In an expected text, exactly one of these stands for a value of its shape: `{now}` a time, `{request.id}`, `{operation-id}`
//! and `{token}` a generated id, `{number}` a number, `{any}` anything.

use super::{Expected, ExpectedBody};
use bulk_delete_core::answer::report::ItemReport;
use bulk_delete_core::json::{Object, Value, push_segment};
use std::fmt;

/// An answer as it arrived.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Headers in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body; empty where there was none.
    pub body: Vec<u8>,
}

impl Answer {
    /// The values of a header, whatever the case of its name.
    pub fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A difference, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// JSON Pointer to the place in what is expected: `/status`, `/headers/Allow`, `/body/items/0`.
    pub pointer: String,
    /// What was expected there, and what was got.
    pub message: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.pointer.strip_prefix("/body") {
            Some("") => "body",
            Some(below) => below,
            None => self.pointer.trim_start_matches('/'),
        };
        write!(out, "{place}: {}", self.message)
    }
}

/// Every difference between an answer and what is expected, for people; none where it is as expected.
pub fn differences(expected: &Expected, answer: &Answer) -> Vec<String> {
    let mut found: Vec<String> = told(expected, answer).iter().map(ToString::to_string).collect();
    if !found.is_empty() && !matches!(expected.body, ExpectedBody::Any) {
        found.push(format!("the whole body: {}", shown(&answer.body)));
    }
    found
}

/// Every difference between an answer and what is expected, with its place.
pub fn told(expected: &Expected, answer: &Answer) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut tell = |pointer: &str, message: String| {
        found.push(Difference { pointer: pointer.to_owned(), message });
    };
    if answer.status != expected.status {
        tell("/status", format!("expected {}, got {}", expected.status, answer.status));
    }
    for (name, value) in &expected.headers {
        let got: Vec<&str> = answer.header(name).collect();
        let mut place = "/headers".to_owned();
        push_segment(&mut place, name);
        match value {
            None if !got.is_empty() => {
                tell(&place, format!("expected none, got `{}`", got.join("`, `")));
            }
            Some(value) if got.is_empty() => {
                tell(&place, format!("expected `{value}`, got none"));
            }
            Some(value)
                if !got.iter().any(|got| shape(value).map_or(got == value, |shape| shape.fits_text(got))) =>
            {
                tell(&place, format!("expected `{value}`, got `{}`", got.join("`, `")));
            }
            _ => {}
        }
    }
    match &expected.body {
        ExpectedBody::Any => {}
        ExpectedBody::Empty if answer.body.is_empty() => {}
        ExpectedBody::Empty => tell("/no-body", format!("expected none, got {}", shown(&answer.body))),
        ExpectedBody::Json(expected) => match Value::parse(&answer.body) {
            Ok(got) => walk("/body", expected, &got, &mut found),
            Err(error) => tell("/body", format!("expected JSON, got {} ({error})", shown(&answer.body))),
        },
    }
    found
}

/// Tells every difference between two values, for people; the expected one may hold placeholders.
pub fn compare(pointer: &str, expected: &Value, got: &Value, found: &mut Vec<String>) {
    let mut differences = Vec::new();
    walk("", expected, got, &mut differences);
    found.extend(differences.iter().map(|Difference { pointer: below, message }| {
        let place = format!("{pointer}{below}");
        format!("{}: {message}", if place.is_empty() { "body" } else { &place })
    }));
}

/// Tells every difference between two values below a place; the expected one may hold placeholders.
pub fn walk(pointer: &str, expected: &Value, got: &Value, found: &mut Vec<Difference>) {
    let mut tell = |message: String| found.push(Difference { pointer: pointer.to_owned(), message });
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => {
            for (key, value) in expected.iter() {
                match got.get(key) {
                    Some(other) => {
                        let mut below = pointer.to_owned();
                        push_segment(&mut below, key);
                        walk(&below, value, other, found);
                    }
                    None => found.push(Difference {
                        pointer: pointer.to_owned(),
                        message: format!("`{key}` is missing"),
                    }),
                }
            }
            for key in got.keys().filter(|key| expected.get(key).is_none()) {
                found.push(Difference {
                    pointer: pointer.to_owned(),
                    message: format!("`{key}` is not expected"),
                });
            }
        }
        (Value::Array(expected), Value::Array(got)) => {
            if expected.len() != got.len() {
                tell(format!("expected {} elements, got {}", expected.len(), got.len()));
            }
            for (index, (expected, got)) in expected.iter().zip(got).enumerate() {
                walk(&format!("{pointer}/{index}"), expected, got, found);
            }
        }
        (Value::String(text), got) if shape(text).is_some_and(|shape| shape.fits(got)) => {}
        (expected, got) if expected == got => {}
        (expected, got) => tell(format!("expected {}, got {}", expected.to_text(), got.to_text())),
    }
}

/// What a reader concludes of an item, as a case writes it down.
pub fn row(item: &ItemReport) -> Value {
    let text = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
    let mut row = Object::new();
    row.push("id", item.id.to_value());
    row.push("outcome", Value::from(item.outcome.name()));
    row.push("gone", item.gone.known().map_or(Value::Null, Value::from));
    row.push("evidence", Value::from(item.evidence.name()));
    row.push("code", text(&item.code));
    row.push("reason", text(&item.reason));
    row.push("retry", Value::from(item.retry.name()));
    Value::Object(row)
}

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Time,
    Id,
    Number,
    Any,
}

fn shape(text: &str) -> Option<Shape> {
    match text {
        "{now}" => Some(Shape::Time),
        "{request.id}" | "{operation-id}" | "{token}" => Some(Shape::Id),
        "{number}" => Some(Shape::Number),
        "{any}" => Some(Shape::Any),
        _ => None,
    }
}

impl Shape {
    fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Any, _) | (Self::Number, Value::Number(_)) => true,
            (Self::Time | Self::Id, Value::String(text)) => self.fits_text(text),
            _ => false,
        }
    }

    fn fits_text(self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Number => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
            // Generated ids are long enough not to be guessed, and safe in a URL and a header.
            Self::Id => {
                text.len() >= 16
                    && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            }
            Self::Time => {
                let form = "0000-00-00T00:00:00.000Z";
                text.len() == form.len()
                    && text
                        .bytes()
                        .zip(form.bytes())
                        .all(|(got, form)| if form == b'0' { got.is_ascii_digit() } else { got == form })
            }
        }
    }
}

/// Bytes as text for people, cut where they are long.
pub fn shown(bytes: &[u8]) -> String {
    const MOST: usize = 2_000;
    match bytes {
        [] => "nothing".to_owned(),
        _ => match bytes.get(..MOST) {
            Some(start) => format!("{}… ({} bytes)", String::from_utf8_lossy(start), bytes.len()),
            None => String::from_utf8_lossy(bytes).into_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(expected: &str, got: &str) -> Vec<String> {
        let mut found = Vec::new();
        compare(
            "",
            &Value::parse(expected.as_bytes()).unwrap(),
            &Value::parse(got.as_bytes()).unwrap(),
            &mut found,
        );
        found
    }

    #[test]
    fn placeholders_stand_for_shapes() {
        for (expected, good, bad) in [
            (r#""{now}""#, r#""2026-11-21T22:03:00.000Z""#, r#""2026-11-21""#),
            (r#""{request.id}""#, r#""0b7f9e6a-4f7c-4d3a-9e3f-0a1b2c3d4e5f""#, r#""short""#),
            (r#""{number}""#, "1e999999999", r#""1""#),
        ] {
            assert!(told(expected, good).is_empty(), "{expected}");
            assert_eq!(told(expected, bad).len(), 1, "{expected}");
            assert_eq!(told(expected, "null").len(), 1, "{expected}");
        }
        assert!(told(r#""{any}""#, "null").is_empty());
        assert_eq!(told(r#""x {any}""#, r#""x 1""#).len(), 1);
    }

    #[test]
    fn every_difference_is_told() {
        let found = told(
            r#"{"a": [1, 2], "b": {"c": 7101}, "d": 1}"#,
            r#"{"b": {"c": 7101.0}, "a": [1, 3, 4], "e": 1}"#,
        );
        let expected = [
            "/a: expected 2 elements, got 3",
            "/a/1: expected 2, got 3",
            "body: `d` is missing",
            "body: `e` is not expected",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn headers_are_compared_whatever_their_case() {
        let answer = Answer {
            status: 200,
            headers: vec![("allow".to_owned(), "POST".to_owned())],
            body: b"x".to_vec(),
        };
        let expected = |headers: &[(&str, Option<&str>)], body| Expected {
            status: 200,
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.map(str::to_owned)))
                .collect(),
            body,
        };
        assert!(
            differences(&expected(&[("Allow", Some("POST")), ("X", None)], ExpectedBody::Any), &answer)
                .is_empty()
        );
        assert_eq!(
            differences(&expected(&[("Allow", None), ("X", Some("y"))], ExpectedBody::Any), &answer).len(),
            2
        );
        assert_eq!(differences(&expected(&[], ExpectedBody::Empty), &answer).len(), 2);
    }
}
