//! Which type a schema has, as near as TypeScript can say it: lengths, patterns and bounds are left to the engine.

use super::{Presence, Property, Rest, Type};
use bulk_delete_core::json::Value;

/// The schemas of a document in which the core found nothing wrong: what it refuses is not looked for again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schemas<'a>(pub(crate) &'a Value);

impl<'a> Schemas<'a> {
    /// The type of the values of a schema.
    pub(crate) fn of(self, schema: &'a Value) -> Type {
        self.read(schema, &mut Vec::new())
    }

    /// The schemas that hold for the items of an array's.
    pub(crate) fn items(self, schema: &'a Value) -> Vec<&'a Value> {
        self.together(schema).into_iter().filter_map(|schema| schema.get("items")).collect()
    }

    /// The schemas that hold for a property of an object's.
    pub(crate) fn property(self, schema: &'a Value, name: &str) -> Vec<&'a Value> {
        let properties = self.together(schema).into_iter().filter_map(|schema| schema.get("properties"));
        properties.filter_map(|properties| properties.get(name)).collect()
    }

    /// The names of the properties that an object's schema describes, each once.
    pub(crate) fn names(self, schema: &'a Value) -> Vec<&'a str> {
        let mut names = Vec::new();
        for schema in self.together(schema) {
            for name in schema.get("properties").and_then(Value::as_object).iter().flat_map(|all| all.keys())
            {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Whether an object must have this property.
    pub(crate) fn presence(self, schema: &'a Value, name: &str) -> Presence {
        let mut lists = self.together(schema).into_iter().filter_map(required);
        if lists.any(|list| list.contains(&name)) { Presence::Required } else { Presence::Optional }
    }

    /// A schema and what holds with it, through `$ref` and `allOf`.
    fn together(self, schema: &'a Value) -> Vec<&'a Value> {
        let mut all = vec![schema];
        let mut next = 0;
        while let Some(schema) = all.get(next).copied() {
            let found = self.target(schema).into_iter().chain(list(schema, "allOf"));
            all.extend(found);
            next += 1;
        }
        all
    }

    fn target(self, schema: &'a Value) -> Option<&'a Value> {
        self.0.at(schema.get("$ref")?.as_str()?.strip_prefix('#')?)
    }

    /// `open` are the references that are being read: one of them inside itself has no end, and is cut off.
    fn read(self, schema: &'a Value, open: &mut Vec<&'a str>) -> Type {
        if schema.as_bool() == Some(false) {
            return Type::name("never");
        }
        let mut parts = vec![self.own(schema, open)];
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
            && let Some(target) = self.target(schema)
            && !open.contains(&reference)
        {
            open.push(reference);
            parts.push(self.read(target, open));
            open.pop();
        }
        parts.extend(list(schema, "allOf").map(|schema| self.read(schema, open)));
        Type::both(parts)
    }

    /// The type by the schema's own keywords.
    fn own(self, schema: &'a Value, open: &mut Vec<&'a str>) -> Type {
        if let Some(value) = schema.get("const") {
            return Type::literal(value);
        }
        if schema.get("enum").is_some() {
            return Type::union(list(schema, "enum").map(Type::literal));
        }
        match schema.get("type") {
            Some(Value::Array(names)) => {
                Type::union(names.iter().filter_map(|name| Some(self.named(name.as_str()?, schema, open))))
            }
            Some(name) => self.named(name.as_str().unwrap_or_default(), schema, open),
            // Such a schema lets any other type through, which is hardly ever what its author means.
            None if ["properties", "required", "additionalProperties"]
                .iter()
                .any(|keyword| schema.get(keyword).is_some()) =>
            {
                self.named("object", schema, open)
            }
            None if schema.get("items").is_some() => self.named("array", schema, open),
            None => Type::unknown(),
        }
    }

    fn named(self, name: &str, schema: &'a Value, open: &mut Vec<&'a str>) -> Type {
        match name {
            // A `number` is rounded beyond 2^53.
            "integer" => Type::union([Type::name("number"), Type::name("bigint")]),
            "array" => {
                let items = schema.get("items").map_or_else(Type::unknown, |items| self.read(items, open));
                Type::Array(Box::new(items))
            }
            "object" => self.object(schema, open),
            // `string`, `number`, `boolean` and `null` are called the same.
            other => Type::name(other),
        }
    }

    fn object(self, schema: &'a Value, open: &mut Vec<&'a str>) -> Type {
        let required = required(schema).unwrap_or_default();
        let presence = |name: &str| {
            if required.contains(&name) { Presence::Required } else { Presence::Optional }
        };
        let mut properties: Vec<Property> = Vec::new();
        for (name, value) in
            schema.get("properties").and_then(Value::as_object).iter().flat_map(|all| all.iter())
        {
            let value = self.read(value, open);
            properties.push(Property { name: name.to_owned(), presence: presence(name), value });
        }
        for name in &required {
            if !properties.iter().any(|property| property.name == *name) {
                let value = Type::unknown();
                properties.push(Property { name: (*name).to_owned(), presence: Presence::Required, value });
            }
        }
        let rest = match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => Rest::Nothing,
            // In TypeScript the others' type must take in that of the named ones.
            Some(other) if properties.is_empty() => Rest::Any(Box::new(self.read(other, open))),
            _ => Rest::Any(Box::new(Type::unknown())),
        };
        Type::Object(properties, rest)
    }
}

fn list<'a>(schema: &'a Value, keyword: &str) -> std::slice::Iter<'a, Value> {
    schema.get(keyword).and_then(Value::as_array).unwrap_or_default().iter()
}

fn required(schema: &Value) -> Option<Vec<&str>> {
    Some(schema.get("required")?.as_array()?.iter().filter_map(Value::as_str).collect())
}

#[cfg(test)]
mod tests {
    use super::Schemas;
    use bulk_delete_core::json::Value;

    fn type_of(schema: &str) -> String {
        let document = r##"{"components": {"schemas": {
            "Id": {"type": ["string", "integer"]},
            "Named": {"type": "object", "required": ["id"], "properties": {"id": {"$ref": "#/components/schemas/Id"}}},
            "Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}
        }}}"##;
        let document = Value::parse(document.as_bytes()).unwrap();
        Schemas(&document).of(&Value::parse(schema.as_bytes()).unwrap()).to_string()
    }

    #[test]
    fn types_scalars() {
        for (schema, expected) in [
            (r#"{"type": "string", "minLength": 1}"#, "string"),
            (r#"{"type": "integer"}"#, "number | bigint"),
            (r#"{"type": "number"}"#, "number"),
            (r#"{"type": ["boolean", "null"]}"#, "boolean | null"),
            (r#"{"enum": ["a", 7, null, "a"]}"#, r#""a" | 7 | null"#),
            (r#"{"const": "a", "type": "string"}"#, r#""a""#),
            ("{}", "unknown"),
            ("true", "unknown"),
            ("false", "never"),
        ] {
            assert_eq!(type_of(schema), expected, "{schema}");
        }
    }

    #[test]
    fn types_arrays_and_objects() {
        for (schema, expected) in [
            (r#"{"type": "array"}"#, "unknown[]"),
            (r#"{"type": ["array", "null"], "items": {"type": "string"}}"#, "string[] | null"),
            (r##"{"items": {"$ref": "#/components/schemas/Id"}}"##, "(string | number | bigint)[]"),
            (r#"{"type": "object"}"#, "{ [name: string]: unknown }"),
            (r#"{"type": "object", "additionalProperties": false}"#, "{}"),
            (r#"{"additionalProperties": {"type": "string"}}"#, "{ [name: string]: string }"),
            (
                r#"{"properties": {"a-b": {}, "c": {"type": "null"}}, "required": ["c", "d"], "additionalProperties": {"type": "string"}}"#,
                r#"{ "a-b"?: unknown; c: null; d: unknown; [name: string]: unknown }"#,
            ),
        ] {
            assert_eq!(type_of(schema), expected, "{schema}");
        }
    }

    #[test]
    fn follows_references_to_their_end() {
        assert_eq!(
            type_of(
                r##"{"allOf": [{"$ref": "#/components/schemas/Named"}, {"type": "object", "additionalProperties": false}]}"##
            ),
            "{ id: string | number | bigint; [name: string]: unknown } & {}"
        );
        assert_eq!(type_of(r##"{"$ref": "#/components/schemas/Tree"}"##), "unknown[]");
    }

    #[test]
    fn finds_what_holds_through_references() {
        let document = Value::parse(
            br##"{"A": {"properties": {"ids": {"items": {"type": "string"}}}, "required": ["ids"]}, "B": {"allOf": [{"$ref": "#/A"}]}}"##,
        )
        .unwrap();
        let schemas = Schemas(&document);
        let body = document.get("B").unwrap();
        let ids = schemas.property(body, "ids");
        assert_eq!(schemas.names(body), ["ids"]);
        assert_eq!(schemas.presence(body, "ids"), super::Presence::Required);
        assert_eq!(schemas.items(ids[0])[0].to_text(), r#"{"type":"string"}"#);
    }
}
