//! Turns the schemas of an OpenAPI document, 3.0 or 3.1, into those that a contract understands, and gathers the ones that are
//! reached. What is not understood is left out and told; nothing is made stricter than it was.

use super::Note;
use super::select::{decoded, follow};
use bulk_delete_core::json::{Object, Value, push_index, push_segment, segments};
use std::collections::{BTreeMap, BTreeSet};

/// Keywords that are taken as they are.
const TAKEN: [&str; 26] = [
    "type",
    "required",
    "enum",
    "const",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "format",
    "$comment",
    "$defs",
];
/// Keywords that say nothing about which values are valid.
const SAY_NOTHING: [&str; 7] =
    ["discriminator", "xml", "externalDocs", "contentMediaType", "contentEncoding", "$anchor", "$schema"];

/// Whose word a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// With `nullable`, and with `exclusiveMinimum` as a boolean.
    V30,
    /// JSON Schema.
    V31,
}

/// For whom a schema is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Requests are held against it: only what is understood may stay.
    Request,
    /// It describes an answer, for people.
    Answer,
}

/// Turns schemas, and keeps those that are referred to.
#[derive(Debug)]
pub(super) struct Schemas<'d> {
    document: &'d Value,
    version: Version,
    /// The names in `components/schemas`, by reference.
    names: BTreeMap<String, String>,
    /// Their schemas, in the order in which they were met.
    pub(super) components: Object,
    pub(super) notes: Vec<Note>,
}

impl<'d> Schemas<'d> {
    pub(super) fn new(document: &'d Value, version: Version) -> Self {
        Self { document, version, names: BTreeMap::new(), components: Object::new(), notes: Vec::new() }
    }

    fn note(&mut self, pointer: &str, message: impl Into<String>) {
        self.notes.push(Note { pointer: pointer.to_owned(), message: message.into() });
    }

    /// The schema at a pointer, turned.
    pub(super) fn turn(&mut self, schema: &Value, pointer: &str, for_whom: Use) -> Value {
        let Some(keywords) = schema.as_object() else { return schema.clone() };
        let mut turned = Object::new();
        if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
            match self.refer(reference, for_whom) {
                Some(name) => turned.push("$ref", Value::from(format!("#/components/schemas/{name}"))),
                None => self.note(
                    pointer,
                    format!("the reference `{reference}` leads nowhere in this document: anything is accepted here"),
                ),
            }
            if self.version == Version::V30 {
                // What stands beside a reference means nothing there.
                return Value::Object(turned);
            }
        }
        for (keyword, value) in keywords.iter() {
            let mut at = pointer.to_owned();
            push_segment(&mut at, keyword);
            match keyword {
                "$ref" | "nullable" => {}
                "exclusiveMinimum" | "exclusiveMaximum" if value.as_bool().is_some() => {}
                "minimum" if self.is_exclusive(keywords, "exclusiveMinimum") => {
                    turned.push("exclusiveMinimum", value.clone());
                }
                "maximum" if self.is_exclusive(keywords, "exclusiveMaximum") => {
                    turned.push("exclusiveMaximum", value.clone());
                }
                "properties" => {
                    let members = value.as_object().into_iter().flat_map(Object::iter).map(|(name, schema)| {
                        let mut below = at.clone();
                        push_segment(&mut below, name);
                        (name.to_owned(), self.turn(schema, &below, for_whom))
                    });
                    let members = members.collect::<Object>();
                    turned.push("properties", Value::Object(members));
                }
                "items" if value.as_array().is_none() => {
                    turned.push("items", self.turn(value, &at, for_whom));
                }
                "additionalProperties" => {
                    turned.push(keyword, self.turn(value, &at, for_whom));
                }
                "allOf" => {
                    let parts = self.parts(value, &at, for_whom);
                    turned.push("allOf", Value::Array(parts));
                }
                "oneOf" | "anyOf" => self.one_of(&mut turned, keyword, value, &at, for_whom),
                "required" if for_whom == Use::Request => {
                    if let Some(names) = self.required(keywords, value, &at) {
                        turned.push("required", names);
                    }
                }
                _ if TAKEN.contains(&keyword) || keyword.starts_with("x-") => {
                    turned.push(keyword, value.clone());
                }
                _ if SAY_NOTHING.contains(&keyword) => {}
                _ if for_whom == Use::Answer => turned.push(keyword, value.clone()),
                _ => self.note(
                    &at,
                    format!("`{keyword}` is not understood and was left out: more is accepted than the document allows"),
                ),
            }
        }
        if self.version == Version::V30 && keywords.get("nullable").and_then(Value::as_bool) == Some(true) {
            or_null(&mut turned);
        }
        Value::Object(turned)
    }

    fn is_exclusive(&self, keywords: &Object, keyword: &str) -> bool {
        self.version == Version::V30 && keywords.get(keyword).and_then(Value::as_bool) == Some(true)
    }

    fn parts(&mut self, value: &Value, at: &str, for_whom: Use) -> Vec<Value> {
        let mut turned = Vec::new();
        for (index, part) in value.as_array().unwrap_or_default().iter().enumerate() {
            let mut below = at.to_owned();
            push_index(&mut below, index);
            turned.push(self.turn(part, &below, for_whom));
        }
        turned
    }

    /// Which properties a request must have: a property that is only read is not asked for.
    fn required(&mut self, keywords: &Object, value: &Value, at: &str) -> Option<Value> {
        let only_read = |name: &Value| {
            let schema = keywords.get("properties")?.get(name.as_str()?)?;
            follow(self.document, schema)?.get("readOnly")?.as_bool()
        };
        let (dropped, kept): (Vec<Value>, Vec<Value>) =
            value.as_array()?.iter().cloned().partition(|name| only_read(name) == Some(true));
        for name in dropped.iter().filter_map(Value::as_str) {
            self.note(at, format!("`{name}` is only read: a request need not have it"));
        }
        (!kept.is_empty()).then_some(Value::Array(kept))
    }

    /// A choice becomes what is the same where there is such a thing, and else is left out.
    fn one_of(&mut self, turned: &mut Object, keyword: &str, value: &Value, at: &str, for_whom: Use) {
        let is_null = |part: &Value| part.get("type").and_then(Value::as_str) == Some("null");
        let all = value.as_array().unwrap_or_default();
        let parts: Vec<(usize, &Value)> = all.iter().enumerate().filter(|(_, part)| !is_null(part)).collect();
        let nullable = parts.len() < all.len();
        if let [(index, only)] = parts[..] {
            let mut below = at.to_owned();
            push_index(&mut below, index);
            let mut part = self.turn(only, &below, for_whom);
            if !nullable {
                turned.push("allOf", Value::Array(vec![part]));
                return;
            }
            if let Value::Object(object) = &mut part
                && object.get("$ref").is_none()
            {
                or_null(object);
                turned.push("allOf", Value::Array(vec![part]));
                return;
            }
        }
        let plain: Option<Vec<Value>> = all
            .iter()
            .map(|part| {
                let mut keywords = part.as_object()?.keys();
                let says = ["type", "title", "description", "format", "example"];
                keywords.all(|keyword| says.contains(&keyword)).then(|| part.get("type").cloned())?
            })
            .collect();
        match plain {
            Some(types) if !types.is_empty() && types.iter().all(|one| one.as_str().is_some()) => {
                let union = Object::from_iter([("type".to_owned(), Value::Array(types))]);
                turned.push("allOf", Value::Array(vec![Value::Object(union)]));
            }
            _ if for_whom == Use::Answer => {
                let parts = self.parts(value, at, for_whom);
                turned.push(keyword, Value::Array(parts));
            }
            _ => self.note(
                at,
                format!("`{keyword}` is not understood and was left out: more is accepted than the document allows"),
            ),
        }
    }

    /// The name in `components/schemas` of what a reference leads to, which is turned where it is met first.
    fn refer(&mut self, reference: &str, for_whom: Use) -> Option<String> {
        if let Some(name) = self.names.get(reference) {
            return Some(name.clone());
        }
        let pointer = decoded(reference.strip_prefix('#')?);
        let schema = self.document.at(&pointer)?;
        let last = segments(&pointer)?.pop()?;
        let mut name: String = last.chars().map(|letter| if plain(letter) { letter } else { '-' }).collect();
        while name.is_empty() || self.components.contains_key(&name) {
            name.push('-');
        }
        self.names.insert(reference.to_owned(), name.clone());
        // Its place is kept while it is turned: it may refer to itself.
        self.components.push(name.clone(), Value::Null);
        let turned = self.turn(schema, &pointer, for_whom);
        self.components.insert(name.clone(), turned);
        Some(name)
    }

    /// What a turned schema says, through its references.
    pub(super) fn seen<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let mut schema = schema;
        for _ in 0..32 {
            let below = match (schema.get("$ref").and_then(Value::as_str), schema.get("allOf")) {
                (Some(reference), _) => {
                    let name = reference.rsplit('/').next().unwrap_or_default();
                    self.components.get(name)
                }
                (None, Some(Value::Array(parts))) if schema.get("type").is_none() && parts.len() == 1 => {
                    parts.first()
                }
                _ => None,
            };
            match below {
                Some(below) => schema = below,
                None => break,
            }
        }
        schema
    }

    /// The properties of an object, also those of the parts of which it is made, and the names of those that must be there.
    pub(super) fn members<'s>(&'s self, schema: &'s Value) -> (Vec<(&'s str, &'s Value)>, BTreeSet<&'s str>) {
        let (mut members, mut required) = (Vec::new(), BTreeSet::new());
        let mut open = vec![schema];
        // As many as make any sense; schemas may refer to themselves.
        for _ in 0..64 {
            let Some(schema) = open.pop() else { break };
            let schema = self.seen(schema);
            let own = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Object::iter);
            members.extend(own);
            required.extend(
                schema
                    .get("required")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str),
            );
            open.extend(schema.get("allOf").and_then(Value::as_array).into_iter().flatten().rev());
        }
        (members, required)
    }
}

/// The type that a schema names first, other than null.
pub(super) fn type_of(schema: &Value) -> &str {
    let named = match schema.get("type") {
        Some(Value::String(one)) => Some(one.as_str()),
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).find(|one| *one != "null"),
        _ => None,
    };
    named.unwrap_or(match schema {
        _ if schema.get("properties").is_some() => "object",
        _ if schema.get("items").is_some() => "array",
        _ => "",
    })
}

fn plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "._-".contains(letter)
}

/// Lets a schema take null as well, where it names a type.
fn or_null(schema: &mut Object) {
    let types = match schema.get("type") {
        Some(Value::String(one)) => vec![Value::from(one.as_str()), Value::from("null")],
        Some(Value::Array(types)) if !types.iter().any(|one| one.as_str() == Some("null")) => {
            types.iter().cloned().chain([Value::from("null")]).collect()
        }
        _ => return,
    };
    schema.insert("type", Value::Array(types));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(version: Version, schema: &str) -> (String, Vec<String>) {
        let document = Value::parse(
            br##"{"components":{"schemas":{"Id":{"type":"string"},"Tree":{"type":"object","properties":{"kid":{"$ref":"#/components/schemas/Tree"}}}}}}"##,
        )
        .unwrap();
        let mut schemas = Schemas::new(&document, version);
        let turned = schemas.turn(&Value::parse(schema.as_bytes()).unwrap(), "/s", Use::Request);
        (turned.to_text(), schemas.notes.into_iter().map(|note| note.pointer).collect())
    }

    #[test]
    fn what_is_the_same_in_other_words_is_turned_without_a_note() {
        for (schema, expected) in [
            (r#"{"type":"string","nullable":true}"#, r#"{"type":["string","null"]}"#),
            (
                r#"{"type":"integer","minimum":1,"exclusiveMinimum":true}"#,
                r#"{"type":"integer","exclusiveMinimum":1}"#,
            ),
            (
                r#"{"type":"integer","maximum":9,"exclusiveMaximum":false}"#,
                r#"{"type":"integer","maximum":9}"#,
            ),
            (
                r##"{"$ref":"#/components/schemas/Id","description":"x"}"##,
                r##"{"$ref":"#/components/schemas/Id"}"##,
            ),
            (r##"{"$ref":"#/components/schemas/Tree"}"##, r##"{"$ref":"#/components/schemas/Tree"}"##),
            (
                r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
                r#"{"allOf":[{"type":["string","integer"]}]}"#,
            ),
            (
                r#"{"anyOf":[{"type":"array","items":{"nullable":true,"type":"string"}}]}"#,
                r#"{"allOf":[{"type":"array","items":{"type":["string","null"]}}]}"#,
            ),
        ] {
            assert_eq!(turned(Version::V30, schema), (expected.to_owned(), vec![]), "{schema}");
        }
        let (text, notes) = turned(Version::V31, r#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#);
        assert_eq!((&*text, notes.len()), (r#"{"allOf":[{"type":["string","null"]}]}"#, 0));
    }

    #[test]
    fn what_is_not_understood_is_left_out_and_told() {
        for (schema, expected, place) in [
            (r#"{"type":"object","minProperties":1}"#, r#"{"type":"object"}"#, "/s/minProperties"),
            (r#"{"oneOf":[{"type":"string","minLength":3},{"type":"integer"}]}"#, "{}", "/s/oneOf"),
            (r##"{"items":{"$ref":"other.yaml#/X"}}"##, r#"{"items":{}}"#, "/s/items"),
            (
                r#"{"required":["a","b"],"properties":{"a":{"type":"string","readOnly":true}}}"#,
                r#"{"required":["b"],"properties":{"a":{"type":"string","readOnly":true}}}"#,
                "/s/required",
            ),
        ] {
            assert_eq!(
                turned(Version::V31, schema),
                (expected.to_owned(), vec![place.to_owned()]),
                "{schema}"
            );
        }
    }
}
