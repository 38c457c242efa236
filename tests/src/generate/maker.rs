//! Writes one value after its schema, now and then a little beside it.

use super::Random;
use super::sample::sample;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// Values nest no deeper than this, apart from the rare body that is made to.
const DEPTH: usize = 6;

/// Strings and arrays grow no longer than this, unless a bound demands it.
const LENGTH: usize = 64;

/// Bodies that have grown beyond so many bytes get no more long arrays.
const SIZE: usize = 4096;

/// Texts of numbers that are read wrongly most easily.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "0.0",
    "-0.0e5",
    "1",
    "-1",
    "7101.0",
    "71.01e2",
    "1e3",
    "0.5",
    "1.5",
    "-2.5",
    "1E-2",
    "10e-1",
    "9007199254740991",
    "9007199254740993",
    "9007199254740993.0",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1e400",
    "1e1050",
    "-1e1050",
    "1.5e1050",
    "1e-400",
    "1e999999999",
    "0e999999999",
    "3e2",
    "123456789012345678901234567890",
    "0.1000000000000000000001",
];

/// Strings that are read wrongly most easily.
const STRINGS: &[&str] = &[
    "",
    "a",
    "A",
    "7",
    "0",
    "true",
    "null",
    "\u{0}",
    "\u{e9}",
    "e\u{301}",
    "\u{1F600}",
    "\u{1F600}\u{1F600}",
    "a b",
    "a,b",
    "a\nb",
    "\"",
    "\\",
    "/",
    "__proto__",
    "{caller.id}",
    "\u{FFFF}",
    "\u{2028}",
    "default",
];

/// Writes one value.
pub(super) struct Maker<'a> {
    document: &'a Value,
    random: Random,
    /// So many values in a hundred take no notice of their schema.
    wild: usize,
    spaced: bool,
    out: String,
}

impl<'a> Maker<'a> {
    pub(super) fn new(document: &'a Value, random: Random, wild: usize, spaced: bool) -> Self {
        Self { document, random, wild, spaced, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Writes a value for several schemas at once.
    pub(super) fn value(&mut self, schemas: &[&'a Value], depth: usize) {
        self.space();
        let rules = self.rules(schemas);
        if self.random.chance(self.wild) || schemas.iter().any(|schema| **schema == Value::Bool(false)) {
            return self.anything(depth);
        }
        let constants = rules
            .iter()
            .find_map(|rule| rule.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty()));
        if let Some(value) =
            rules.iter().find_map(|rule| rule.get("const")).filter(|_| self.random.chance(90))
        {
            return self.write(value);
        }
        if let Some(values) = constants.filter(|_| self.random.chance(90)) {
            let value = self.random.pick(values);
            return self.write(&value);
        }
        match self.kind(&rules) {
            "null" => self.out.push_str("null"),
            "boolean" => self.out.push_str(if self.random.chance(50) { "true" } else { "false" }),
            "integer" => self.number(&rules, true),
            "number" => self.number(&rules, false),
            "string" => self.string(&rules),
            "array" if depth < DEPTH => self.array(&rules, depth),
            "object" if depth < DEPTH => self.object(&rules, depth),
            "array" => self.out.push_str("[]"),
            _ => self.out.push_str("{}"),
        }
        self.space();
    }

    /// The schemas together with those that they refer to.
    fn rules(&self, schemas: &[&'a Value]) -> Vec<&'a Map<String, Value>> {
        let mut open: Vec<&Value> = schemas.to_vec();
        let mut rules = Vec::new();
        while let Some(schema) = open.pop() {
            let Some(rule) = schema.as_object() else { continue };
            rules.push(rule);
            if rules.len() > 50 {
                break;
            }
            open.extend(rule.get("allOf").and_then(Value::as_array).into_iter().flatten());
            let target = rule.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            open.extend(target.and_then(|target| self.document.pointer(target)));
        }
        rules
    }

    fn kind(&mut self, rules: &[&Map<String, Value>]) -> &'static str {
        const KINDS: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object"];
        let allows = |rule: &Map<String, Value>, kind: &str| match rule.get("type") {
            Some(Value::String(own)) => own == kind || own == "number" && kind == "integer",
            Some(Value::Array(own)) => {
                own.iter().any(|own| own == kind || own == "number" && kind == "integer")
            }
            _ => true,
        };
        let allowed: Vec<&'static str> =
            KINDS.iter().copied().filter(|kind| rules.iter().all(|rule| allows(rule, kind))).collect();
        // Where nothing is said about the type, prefer one that the other rules are about.
        let spoken: Vec<&'static str> = allowed
            .iter()
            .copied()
            .filter(|kind| {
                let words: &[&str] = match *kind {
                    "integer" | "number" => {
                        &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
                    }
                    "string" => &["minLength", "maxLength", "pattern"],
                    "array" => &["items", "minItems", "maxItems", "uniqueItems"],
                    "object" => &["properties", "required", "additionalProperties"],
                    _ => &[],
                };
                rules.iter().any(|rule| words.iter().any(|word| rule.contains_key(*word)))
            })
            .collect();
        if !spoken.is_empty() && self.random.chance(85) {
            self.random.pick(&spoken)
        } else if allowed.is_empty() {
            self.random.pick(KINDS)
        } else {
            self.random.pick(&allowed)
        }
    }

    fn anything(&mut self, depth: usize) {
        match self.random.below(8) {
            0 => self.out.push_str("null"),
            1 => self.out.push_str("true"),
            2 | 3 => self.number(&[], false),
            4 | 5 => self.string(&[]),
            6 if depth < DEPTH => self.array(&[], depth),
            7 if depth < DEPTH => self.object(&[], depth),
            6 => self.out.push_str("[]"),
            _ => self.out.push_str("{}"),
        }
    }

    fn number(&mut self, rules: &[&Map<String, Value>], whole: bool) {
        let bounds: Vec<String> = rules
            .iter()
            .flat_map(|rule| {
                ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
                    .map(|word| rule.get(word))
            })
            .flatten()
            .map(Value::to_string)
            .collect();
        let text = if !bounds.is_empty() && self.random.chance(70) {
            let bound = self.random.pick(&bounds);
            match bound.parse::<i64>() {
                Ok(bound) => {
                    let near = [
                        bound.saturating_sub(1),
                        bound,
                        bound.saturating_add(1),
                        bound.saturating_mul(2),
                        bound.saturating_mul(7),
                    ];
                    self.random.pick(&near).to_string()
                }
                Err(_) => bound,
            }
        } else if self.random.chance(if whole { 15 } else { 50 }) {
            self.random.pick(NUMBERS).to_owned()
        } else {
            let spread = self.random.pick(&[10, 1000, 1_000_000_000]);
            self.random.below(spread).to_string()
        };
        self.spell_number(&text);
    }

    /// Writes a number, now and then in other words.
    fn spell_number(&mut self, text: &str) {
        let plain = text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
        let text = match self.random.below(20) {
            0 if plain => format!("{text}.0"),
            1 if plain => format!("{text}e0"),
            2 if plain => format!("{text}0E-1"),
            3 if plain => format!("{text}.000e+00"),
            4 if plain => format!("{text}.5"),
            _ => text.to_owned(),
        };
        self.out.push_str(&text);
    }

    fn string(&mut self, rules: &[&Map<String, Value>]) {
        let pattern = rules.iter().find_map(|rule| rule.get("pattern").and_then(Value::as_str));
        if let Some(pattern) = pattern.filter(|_| self.random.chance(80)) {
            let text = sample(pattern, &mut self.random);
            return self.spell_string(&text);
        }
        let (least, most) = (bound(rules, "minLength"), bound(rules, "maxLength"));
        if least.is_none() && most.is_none() && self.random.chance(30) {
            let text = self.random.pick(STRINGS);
            return self.spell_string(text);
        }
        let length = self.length(least, most);
        let letters: &[char] = if self.random.chance(80) {
            &['a', 'b', 'C', '0', '9', '-', 'f']
        } else {
            &['\u{e9}', '\u{1F600}', 'x', ' ', '\u{FFFD}']
        };
        let text: String = (0..length).map(|_| self.random.pick(letters)).collect();
        self.spell_string(&text);
    }

    /// A length at one of the bounds, next to one, or anywhere.
    fn length(&mut self, least: Option<usize>, most: Option<usize>) -> usize {
        let (low, high) = (least.unwrap_or(0), most.unwrap_or(least.unwrap_or(0) + 4));
        match self.random.below(12) {
            0 => low.saturating_sub(1),
            1 => high.min(20_000) + 1,
            2 | 3 => low,
            4 | 5 => high.min(20_000),
            6 => self.random.below(LENGTH),
            _ => low + self.random.below(high.saturating_sub(low).min(8) + 1),
        }
    }

    fn spell_string(&mut self, text: &str) {
        let escaped = if self.random.chance(10) { 30 } else { 0 };
        self.out.push('"');
        for character in text.chars() {
            if self.random.chance(escaped) || character < ' ' {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(self.out, "\\u{unit:04x}");
                }
            } else if matches!(character, '"' | '\\') {
                self.out.extend(['\\', character]);
            } else {
                self.out.push(character);
            }
        }
        self.out.push('"');
    }

    fn array(&mut self, rules: &[&'a Map<String, Value>], depth: usize) {
        let most = if self.out.len() > SIZE { 1 } else { LENGTH * 4 };
        let length = self.length(bound(rules, "minItems"), bound(rules, "maxItems")).min(most);
        let items: Vec<&Value> = rules.iter().filter_map(|rule| rule.get("items")).collect();
        let unique = rules.iter().any(|rule| rule.get("uniqueItems") == Some(&Value::Bool(true)));
        let again = if unique { self.random.below(2) * 3 } else { 5 };
        let mut starts: Vec<(usize, usize)> = Vec::new();
        self.out.push('[');
        for place in 0..length {
            if place > 0 {
                self.out.push(',');
            }
            let start = self.out.len();
            if !starts.is_empty() && self.random.chance(again) {
                let (from, to) = self.random.pick(&starts);
                let item = self.out[from..to].to_owned();
                self.out.push_str(&item);
            } else {
                self.value(&items, depth + 1);
            }
            starts.push((start, self.out.len()));
        }
        self.space();
        self.out.push(']');
    }

    fn object(&mut self, rules: &[&'a Map<String, Value>], depth: usize) {
        let mut names: Vec<&str> = Vec::new();
        for rule in rules {
            let required = rule
                .get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            let own = rule
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(Map::keys)
                .map(String::as_str);
            for (name, percent) in required.map(|name| (name, 96)).chain(own.map(|name| (name, 75))) {
                if !names.contains(&name) && self.random.chance(percent) {
                    let place = self.random.below(names.len() + 1);
                    names.insert(place, name);
                }
            }
        }
        let closed = rules.iter().any(|rule| rule.get("additionalProperties") == Some(&Value::Bool(false)));
        if self.random.chance(if closed { self.wild } else { 25 }) {
            let extra =
                self.random.pick(&["extra", "", "a/b", "~", "\u{e9}", "ids ", "Ids", "__proto__", "\u{0}"]);
            names.push(extra);
        }
        if !names.is_empty() && self.random.chance(self.wild.min(3)) {
            let twice = self.random.pick(&names);
            names.push(twice);
        }
        self.out.push('{');
        for (place, name) in names.iter().enumerate() {
            if place > 0 {
                self.out.push(',');
            }
            self.space();
            self.spell_string(name);
            self.space();
            self.out.push(':');
            let schemas: Vec<&Value> = rules
                .iter()
                .filter_map(|rule| {
                    rule.get("properties")
                        .and_then(|own| own.get(name))
                        .or_else(|| rule.get("additionalProperties"))
                })
                .collect();
            self.value(&schemas, depth + 1);
        }
        self.space();
        self.out.push('}');
    }

    /// Writes a given value, numbers and strings spelt in one of their ways.
    fn write(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.spell_number(&number.to_string()),
            Value::String(text) => self.spell_string(text),
            Value::Array(items) => {
                self.out.push('[');
                for (place, item) in items.iter().enumerate() {
                    self.out.push_str(if place > 0 { "," } else { "" });
                    self.write(item);
                }
                self.out.push(']');
            }
            Value::Object(object) => {
                let mut names: Vec<&String> = object.keys().collect();
                if self.random.chance(50) {
                    names.reverse();
                }
                self.out.push('{');
                for (place, name) in names.into_iter().enumerate() {
                    self.out.push_str(if place > 0 { "," } else { "" });
                    self.spell_string(name);
                    self.out.push(':');
                    self.write(&object[name]);
                }
                self.out.push('}');
            }
            scalar => self.out.push_str(&scalar.to_string()),
        }
    }

    fn space(&mut self) {
        if self.spaced && self.random.chance(30) {
            let space = self.random.pick(&[" ", "\n", "\t", "\r\n", "  "]);
            self.out.push_str(space);
        }
    }
}

/// The narrowest bound that the rules give.
fn bound(rules: &[&Map<String, Value>], word: &str) -> Option<usize> {
    let bounds = rules.iter().filter_map(|rule| rule.get(word)?.as_f64().map(|bound| bound as usize));
    if word.starts_with("min") { bounds.max() } else { bounds.min() }
}
