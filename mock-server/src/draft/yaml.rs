//! Reads YAML into the same trees as JSON. The parser tells events; what a scalar means is YAML's core schema, with numbers kept
//! exactly. What JSON cannot say, such as a list as a key, is refused with its place.

use bulk_delete_core::json::{Number, Object, Value};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use std::collections::{BTreeMap, BTreeSet};

/// Deeper documents are refused, as in JSON.
const DEEPEST: usize = 128;
/// More values than this, written once and copied, are a document that grows by its own aliases.
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
    /// How many values were copied for anchors and aliases. What is written out is as large as its text.
    copied: usize,
    whole: Option<Value>,
}

/// A collection that has begun, and its anchor.
enum Open {
    List(Vec<Value>, usize),
    Map(Map, usize),
}

#[derive(Default)]
struct Map {
    members: Object,
    /// The names that came with `<<`. The map's own go before them, wherever they stand.
    merged: BTreeSet<String>,
    /// The key whose value is next.
    key: Option<Key>,
}

enum Key {
    Name(String),
    Merge,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                if let Some(Open::Map(map @ Map { key: None, .. }, _)) = self.open.last_mut() {
                    if anchor > 0 {
                        self.anchors.insert(anchor, Value::from(&*text));
                    }
                    map.key =
                        Some(if plain && text == "<<" { Key::Merge } else { Key::Name(text.into_owned()) });
                    return Ok(());
                }
                let is_text =
                    tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let value = if plain && !is_text { scalar(&text)? } else { Value::from(text.into_owned()) };
                self.add(value, anchor)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned();
                let value = value.ok_or("an alias within what it stands for cannot be written as JSON")?;
                self.copy(&value)?;
                if let Some(Open::Map(map @ Map { key: None, .. }, _)) = self.open.last_mut() {
                    map.key = Some(Key::Name(match value {
                        Value::Array(_) | Value::Object(_) => return Err(NO_KEY.to_owned()),
                        Value::String(text) => text,
                        other => other.to_text(),
                    }));
                    return Ok(());
                }
                self.add(value, 0)
            }
            Event::SequenceStart(anchor, _) => self.begin(Open::List(Vec::new(), anchor)),
            Event::MappingStart(anchor, _) => self.begin(Open::Map(Map::default(), anchor)),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(items, anchor)) => self.add(Value::Array(items), anchor),
                Some(Open::Map(map, anchor)) => self.add(Value::Object(map.members), anchor),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn begin(&mut self, open: Open) -> Result<(), String> {
        if let Some(Open::Map(Map { key: None, .. }, _)) = self.open.last() {
            return Err(NO_KEY.to_owned());
        }
        if self.open.len() >= DEEPEST {
            return Err(format!("lists and maps are nested deeper than {DEEPEST}"));
        }
        self.open.push(open);
        Ok(())
    }

    fn copy(&mut self, value: &Value) -> Result<(), String> {
        self.copied += size(value);
        if self.copied > MOST {
            return Err(format!("anchors and aliases make more than {MOST} values of this document"));
        }
        Ok(())
    }

    fn add(&mut self, value: Value, anchor: usize) -> Result<(), String> {
        if anchor > 0 {
            self.copy(&value)?;
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.whole = Some(value),
            Some(Open::List(items, _)) => items.push(value),
            Some(Open::Map(map, _)) => match (map.key.take(), value) {
                (Some(Key::Name(name)), value) => map.own(name, value)?,
                (Some(Key::Merge), Value::Array(others)) => {
                    others.into_iter().try_for_each(|other| map.merge(other))?;
                }
                (Some(Key::Merge), other) => map.merge(other)?,
                (None, _) => return Err(NO_KEY.to_owned()),
            },
        }
        Ok(())
    }
}

impl Map {
    fn own(&mut self, name: String, value: Value) -> Result<(), String> {
        if self.merged.remove(&name) {
            self.members.insert(name, value);
        } else if self.members.contains_key(&name) {
            return Err(format!("`{name}` is named twice in one map"));
        } else {
            self.members.push(name, value);
        }
        Ok(())
    }

    /// Takes over what is not there yet.
    fn merge(&mut self, other: Value) -> Result<(), String> {
        let Value::Object(other) = other else {
            return Err("only maps can be merged with `<<`".to_owned());
        };
        for (name, value) in other {
            if !self.members.contains_key(&name) {
                self.merged.insert(name.clone());
                self.members.push(name, value);
            }
        }
        Ok(())
    }
}

const NO_KEY: &str = "a key must be a text here, as in JSON";

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
            (
                "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\ne: {c: 4, <<: *x}\nf: {<<: [{c: 5}, *x], b: 6}\n",
                r#"{"a":{"b":1,"c":2},"d":{"b":1,"c":3},"e":{"c":4,"b":1},"f":{"c":5,"b":6}}"#,
            ),
            ("a: &n 200\n&k b: &t x\n*n : 1\n*t : *k\n", r#"{"a":200,"b":"x","200":1,"x":"b"}"#),
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
            ("a: &x {b: 1}\nc: {<<: *x, d: 1, d: 2}\n", "named twice"),
            ("a: {<<: [1]}\n", "only maps can be merged"),
            ("? [a]\n: 1\n", "a key must be a text"),
            ("a: &x [b]\n*x : 1\n", "a key must be a text"),
            ("a: .nan\n", "cannot be written as JSON"),
            ("a: [1\n", "is not YAML"),
            (&*deep, "nested deeper"),
            (&*laughs, "anchors and aliases make more than"),
        ] {
            let mistake = parse(yaml).unwrap_err();
            assert!(mistake.message.contains(told), "{yaml}: {mistake:?}");
        }
        assert_eq!(parse("é: 1\né: 2\n").unwrap_err().offset, 10);
    }

    #[test]
    fn a_large_document_without_aliases_is_no_growing_one() {
        let mut yaml = String::from("a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: [1");
        for _ in 0..100_000 {
            yaml.push_str(", 1");
        }
        yaml.push_str("]}}}}}}}}}}\n");
        assert!(parse(&yaml).is_ok());
    }
}
