//! Reads one schema object, keyword by keyword. Whatever is not known here is refused.

use super::compile::Compiler;
use super::node::{
    Additional, ArrayRules, ChoiceKeyword, Choices, Divisor, Node, NodeId, NumberRules, ObjectRules,
    StringRules,
};
use super::pattern::Pattern;
use super::types::{Type, TypeSet, or};
use crate::json::{Number, Object, Value, encode, push_index, push_segment};
use crate::order::{arranged, sorted};

/// The keywords that say something of values, for messages.
const SUPPORTED: &str = "`type`, `required`, `properties`, `additionalProperties`, `items`, `allOf`, `minItems`, `maxItems`, \
    `uniqueItems`, `minLength`, `maxLength`, `pattern`, `enum`, `const`, `minimum`, `maximum`, `exclusiveMinimum`, \
    `exclusiveMaximum`, `multipleOf`, local `$ref` and annotations";

/// The dialects whose keywords mean what this module takes them to mean.
const DIALECTS: &[&str] =
    &["https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.1/dialect/base"];

/// Lists of values in messages are cut behind so many bytes.
const LIST_LENGTH: usize = 200;

/// Reads a schema. Gives its node, and the schemas that apply to the same value.
pub(super) fn read<'a>(compiler: &mut Compiler<'a>, pointer: &str, value: &'a Value) -> (Node, Vec<NodeId>) {
    let mut reader = Reader { compiler, pointer, node: Node::default(), also: Vec::new() };
    match value {
        Value::Bool(allowed) => reader.node.never = !allowed,
        Value::Object(keywords) => {
            for (keyword, value) in keywords.iter() {
                reader.keyword(keyword, value);
            }
        }
        other => reader
            .compiler
            .problems
            .push(pointer, format!("a schema must be an object or a boolean, not {}", other.type_name())),
    }
    (reader.node, reader.also)
}

struct Reader<'c, 'a, 'p> {
    compiler: &'c mut Compiler<'a>,
    pointer: &'p str,
    node: Node,
    also: Vec<NodeId>,
}

impl<'a> Reader<'_, 'a, '_> {
    fn keyword(&mut self, keyword: &'a str, value: &'a Value) {
        match keyword {
            "type" => self.types(value),
            "const" => self.choices(ChoiceKeyword::Const, std::slice::from_ref(value)),
            "enum" => {
                if let Some(values) = self.array(keyword, value) {
                    self.choices(ChoiceKeyword::Enum, values);
                }
            }
            "allOf" => self.all_of(value),
            "$ref" => self.reference(value),
            "minLength" => self.strings().length.minimum = self.count(keyword, value),
            "maxLength" => self.strings().length.maximum = self.count(keyword, value),
            "pattern" => self.pattern(value),
            "minimum" => self.numbers().minimum = self.number(keyword, value),
            "maximum" => self.numbers().maximum = self.number(keyword, value),
            "exclusiveMinimum" => self.numbers().exclusive_minimum = self.number(keyword, value),
            "exclusiveMaximum" => self.numbers().exclusive_maximum = self.number(keyword, value),
            "multipleOf" => self.multiple_of(value),
            "minItems" => self.arrays().length.minimum = self.count(keyword, value),
            "maxItems" => self.arrays().length.maximum = self.count(keyword, value),
            "uniqueItems" => match value.as_bool() {
                Some(unique) => self.arrays().unique = unique,
                None => self.problem(keyword, "must be true or false"),
            },
            "items" => self.arrays().items = self.schema(keyword, value),
            "required" => self.required(value),
            "properties" => self.properties(value),
            "additionalProperties" => {
                self.objects().additional = match value.as_bool() {
                    Some(true) => Additional::Any,
                    Some(false) => Additional::Refused,
                    None => self.schema(keyword, value).map_or(Additional::Any, Additional::Schema),
                };
            }
            "title" | "description" | "default" | "example" | "examples" | "deprecated" | "readOnly"
            | "writeOnly" | "format" | "contentMediaType" | "contentEncoding" | "contentSchema"
            | "externalDocs" | "xml" | "$comment" | "$defs" => {}
            "$schema" => self.dialect(value),
            // The name of the whole document changes no reference within it.
            "$id" if self.pointer.is_empty() => {}
            "$id" => {
                self.problem(keyword, "is not supported here: it would change what `$ref` means; take it out")
            }
            "nullable" => self.problem(
                keyword,
                "is not a keyword of JSON Schema 2020-12; write `\"type\": [\"string\", \"null\"]`",
            ),
            _ if keyword.starts_with("x-") => {}
            _ => self.problem(keyword, &format!("is not supported here; supported are {SUPPORTED}")),
        }
    }

    /// Notes a problem at a keyword; the message goes on after the keyword's name.
    fn problem(&mut self, keyword: &str, message: &str) {
        let pointer = self.at(keyword);
        self.compiler.problems.push(pointer, format!("`{keyword}` {message}"));
    }

    fn at(&self, keyword: &str) -> String {
        let mut pointer = self.pointer.to_owned();
        push_segment(&mut pointer, keyword);
        pointer
    }

    fn strings(&mut self) -> &mut StringRules {
        self.node.strings.get_or_insert_default()
    }

    fn numbers(&mut self) -> &mut NumberRules {
        self.node.numbers.get_or_insert_default()
    }

    fn arrays(&mut self) -> &mut ArrayRules {
        self.node.arrays.get_or_insert_default()
    }

    fn objects(&mut self) -> &mut ObjectRules {
        self.node.objects.get_or_insert_default()
    }

    fn count(&mut self, keyword: &str, value: &Value) -> Option<u64> {
        let count = value.as_u64();
        if count.is_none() {
            self.problem(keyword, "must be a whole number that is not negative");
        }
        count
    }

    fn number(&mut self, keyword: &str, value: &Value) -> Option<Number> {
        let number = value.as_number().cloned();
        if number.is_none() {
            self.problem(keyword, "must be a number");
        }
        number
    }

    fn array(&mut self, keyword: &str, value: &'a Value) -> Option<&'a [Value]> {
        let items = value.as_array();
        if items.is_none() {
            self.problem(keyword, "must be an array");
        }
        items
    }

    fn object(&mut self, keyword: &str, value: &'a Value) -> Option<&'a Object> {
        let object = value.as_object();
        if object.is_none() {
            self.problem(keyword, "must be an object");
        }
        object
    }

    fn schema(&mut self, keyword: &str, value: &'a Value) -> Option<NodeId> {
        if keyword == "items" && value.as_array().is_some() {
            self.problem(
                keyword,
                "must be one schema for all items; a list of schemas is not supported here",
            );
            return None;
        }
        let pointer = self.at(keyword);
        Some(self.compiler.schema(pointer, value))
    }

    fn types(&mut self, value: &Value) {
        let names = match value {
            Value::Array(names) if !names.is_empty() => names.as_slice(),
            one => std::slice::from_ref(one),
        };
        let types: Option<Vec<Type>> = names.iter().map(|name| Type::from_name(name.as_str()?)).collect();
        match types {
            Some(types) => self.node.types = Some(TypeSet::new(&types)),
            None => self.problem(
                "type",
                "must be one or more of null, boolean, integer, number, string, array and object",
            ),
        }
    }

    fn choices(&mut self, keyword: ChoiceKeyword, values: &[Value]) {
        let texts: Vec<String> = values.iter().map(Value::to_text).collect();
        let mut text = or(&texts);
        if let Some((start, _)) = text.split_at_checked(text.floor_char_boundary(LIST_LENGTH))
            && start.len() < text.len()
        {
            text = format!("{start}…");
        }
        let encoded: Vec<Box<[u8]>> = values
            .iter()
            .map(|value| {
                let mut bytes = Vec::new();
                encode(&mut bytes, value);
                bytes.into()
            })
            .collect();
        let places = sorted(encoded.len(), &|one, two| encoded.get(one).cmp(&encoded.get(two)));
        let encoded = arranged(encoded, &places);
        let containers = values.iter().any(|value| matches!(value, Value::Array(_) | Value::Object(_)));
        let choices = Choices { keyword, encoded: encoded.into(), containers, text: text.into() };
        self.node.choices = self.node.choices.iter().cloned().chain([choices]).collect();
    }

    fn all_of(&mut self, value: &'a Value) {
        let Some(schemas) = self.array("allOf", value) else { return };
        if schemas.is_empty() {
            self.problem("allOf", "must not be empty");
        }
        for (place, schema) in schemas.iter().enumerate() {
            let mut pointer = self.at("allOf");
            push_index(&mut pointer, place);
            let id = self.compiler.schema(pointer, schema);
            self.also.push(id);
        }
    }

    fn reference(&mut self, value: &Value) {
        let pointer = self.at("$ref");
        match value.as_str() {
            Some(text) => self.also.extend(self.compiler.reference(&pointer, text)),
            None => self.problem("$ref", "must be a string"),
        }
    }

    fn pattern(&mut self, value: &Value) {
        let Some(text) = value.as_str() else { return self.problem("pattern", "must be a string") };
        match Pattern::compile(text) {
            Ok(pattern) => self.strings().pattern = Some(pattern),
            Err(reason) => self.problem("pattern", &reason),
        }
    }

    fn multiple_of(&mut self, value: &Value) {
        match value.as_number() {
            Some(number) if number.is_positive() => match number.short_parts() {
                Some((digits, exponent)) => {
                    self.numbers().multiple_of = Some(Divisor { digits, exponent, number: number.clone() });
                }
                None => self.problem("multipleOf", "must have at most 18 significant digits"),
            },
            _ => self.problem("multipleOf", "must be a number greater than 0"),
        }
    }

    fn required(&mut self, value: &'a Value) {
        let Some(names) = self.array("required", value) else { return };
        let mut required: Vec<Box<str>> = Vec::new();
        for name in names {
            match name.as_str() {
                Some(name) if required.iter().any(|known| **known == *name) => {
                    self.problem("required", &format!("must not name `{name}` twice"));
                }
                Some(name) => required.push(name.into()),
                None => self.problem("required", "must be an array of strings"),
            }
        }
        self.objects().required = required.into();
    }

    fn properties(&mut self, value: &'a Value) {
        let Some(object) = self.object("properties", value) else { return };
        let mut properties: Vec<(Box<str>, NodeId)> = Vec::with_capacity(object.len());
        for (name, schema) in object.iter() {
            let mut pointer = self.at("properties");
            push_segment(&mut pointer, name);
            properties.push((name.into(), self.compiler.schema(pointer, schema)));
        }
        let name = |place: usize| properties.get(place).map(|(name, _)| name);
        let places = sorted(properties.len(), &|one, two| name(one).cmp(&name(two)));
        self.objects().properties = arranged(properties, &places).into();
    }

    fn dialect(&mut self, value: &Value) {
        let known = value.as_str().is_some_and(|text| DIALECTS.contains(&text.trim_end_matches('#')));
        if !known {
            self.problem(
                "$schema",
                "must be `https://json-schema.org/draft/2020-12/schema`, the dialect that is supported here",
            );
        }
    }
}
