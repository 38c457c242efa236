//! Reads YAML into the same trees as JSON. The parser tells events; what a scalar means is YAML's core schema, with numbers kept
//! exactly. What JSON cannot say, such as a list as a key, is refused with its place.

use bulk_delete_core::json::{Number, Object, Value};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use std::collections::BTreeMap;

/// Deeper documents are refused, as in JSON.
const DEEPEST: usize = 128;
/// More values than this are a document that grows by its own aliases.
const MOST: usize = 1_000_000;

/// What is wrong, and how many bytes stand before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) offset: usize,
    pub(super) message: String,
}

/// Reads the first document of a text.
pub(super) fn parse(text: &str) -> Result<Value, Mistake> {
    let mut builder = Builder::default();
    let at = |marker: &Marker, message: String| {
        let offset = text.char_indices().nth(marker.index()).map_or(text.len(), |(offset, _)| offset);
        Mistake { offset, message }
    };
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| at(error.marker(), format!("is not YAML: {}", error.info())))?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        builder.take(event).map_err(|message| at(&span.start, message))?;
    }
    Ok(builder.whole.unwrap_or(Value::Null))
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: BTreeMap<usize, Value>,
    values: usize,
    whole: Option<Value>,
}

/// A collection that has begun, and its anchor.
enum Open {
    List(Vec<Value>, usize),
    Map(Object, Option<Key>, usize),
}

enum Key {
    Name(String),
    Merge,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if let Some(Open::Map(_, key @ None, _)) = self.open.last_mut() {
                    let plain = style == ScalarStyle::Plain;
                    *key =
                        Some(if plain && text == "<<" { Key::Merge } else { Key::Name(text.into_owned()) });
                    return Ok(());
                }
                let is_text =
                    tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let value = if style == ScalarStyle::Plain && !is_text {
                    scalar(&text)?
                } else {
                    Value::from(text.into_owned())
                };
                self.add(value, anchor)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned();
                self.add(value.ok_or("an alias within what it stands for cannot be written as JSON")?, 0)
            }
            Event::SequenceStart(anchor, _) => self.begin(Open::List(Vec::new(), anchor)),
            Event::MappingStart(anchor, _) => self.begin(Open::Map(Object::new(), None, anchor)),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(items, anchor)) => self.add(Value::Array(items), anchor),
                Some(Open::Map(object, _, anchor)) => self.add(Value::Object(object), anchor),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn begin(&mut self, open: Open) -> Result<(), String> {
        if let Some(Open::Map(_, None, _)) = self.open.last() {
            return Err("a key must be a text here, as in JSON".to_owned());
        }
        if self.open.len() >= DEEPEST {
            return Err(format!("lists and maps are nested deeper than {DEEPEST}"));
        }
        self.open.push(open);
        Ok(())
    }

    fn add(&mut self, value: Value, anchor: usize) -> Result<(), String> {
        self.values += size(&value);
        if self.values > MOST {
            return Err(format!("aliases make more than {MOST} values of this document"));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.whole = Some(value),
            Some(Open::List(items, _)) => items.push(value),
            Some(Open::Map(object, key, _)) => match (key.take(), value) {
                (Some(Key::Name(name)), value) => {
                    if object.contains_key(&name) {
                        return Err(format!("`{name}` is named twice in one map"));
                    }
                    object.push(name, value);
                }
                (Some(Key::Merge), Value::Object(other)) => {
                    for (name, value) in other {
                        if !object.contains_key(&name) {
                            object.push(name, value);
                        }
                    }
                }
                _ => return Err("only a map can be merged with `<<`".to_owned()),
            },
        }
        Ok(())
    }
}

/// How many values these are.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(object) => 1 + object.iter().map(|(_, value)| size(value)).sum::<usize>(),
        _ => 1,
    }
}

/// What a plain scalar means.
fn scalar(text: &str) -> Result<Value, String> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::from(true),
        "false" | "False" | "FALSE" => Value::from(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "-.inf" | ".nan" | ".NaN" | ".NAN" => {
            return Err(format!("`{text}` cannot be written as JSON"));
        }
        _ => number(text).map_or_else(|| Value::from(text), Value::Number),
    })
}

/// A number as the core schema writes it, turned into JSON's form.
fn number(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(Number::from);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(Number::from);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, tail) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
    let (fraction, exponent) = match tail.strip_prefix('.') {
        Some(tail) => tail.split_at(tail.bytes().take_while(u8::is_ascii_digit).count()),
        None => ("", tail),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Number::parse(&format!("{sign}{whole}{point}{fraction}{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_means_what_json_says() {
        for (yaml, json) in [
            ("a: 1\nb: [x, \"2\", 3.50, ~]\n", r#"{"a":1,"b":["x","2",3.50,null]}"#),
            ("200: {yes: yes, t: true}\n", r#"{"200":{"yes":"yes","t":true}}"#),
            (
                "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 007\n",
                r#"{"a":{"b":1},"c":{"b":1},"d":{"b":1,"e":7}}"#,
            ),
            ("t: |\n  one\n  two\n", r#"{"t":"one\ntwo\n"}"#),
            (
                "h: 0x10\no: 0o10\np: +1\nf: .5\ne: 1e3\nv: 3.0.3\nd: 2026-01-01\n",
                r#"{"h":16,"o":8,"p":1,"f":0.5,"e":1000,"v":"3.0.3","d":"2026-01-01"}"#,
            ),
            ("# nothing\n", "null"),
            ("n: !!str 1\n", r#"{"n":"1"}"#),
        ] {
            assert_eq!(parse(yaml).unwrap(), Value::parse(json.as_bytes()).unwrap(), "{yaml}");
        }
    }

    #[test]
    fn what_json_cannot_say_is_refused_with_its_place() {
        let deep = "[".repeat(200);
        let laughs = "a: &a [1,1,1,1,1,1,1,1,1,1]\n".to_owned()
            + &(1..8)
                .map(|n| {
                    format!(
                        "{0}: &{0} [{1}]\n",
                        char::from(b'a' + n),
                        vec![format!("*{}", char::from(b'a' + n - 1)); 10].join(",")
                    )
                })
                .collect::<String>();
        for (yaml, told) in [
            ("a: 1\na: 2\n", "named twice"),
            ("? [a]\n: 1\n", "a key must be a text"),
            ("a: .nan\n", "cannot be written as JSON"),
            ("a: [1\n", "is not YAML"),
            (&*deep, "nested deeper"),
            (&*laughs, "aliases make more than"),
        ] {
            let mistake = parse(yaml).unwrap_err();
            assert!(mistake.message.contains(told), "{yaml}: {mistake:?}");
        }
        assert_eq!(parse("é: 1\né: 2\n").unwrap_err().offset, 10);
    }
}
