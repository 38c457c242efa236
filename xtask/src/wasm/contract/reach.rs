//! Schemas without annotations, and which others they refer to.

use bulk_delete_core::json::{Object, Value};

/// What says something to people, or of the document, and nothing of values.
const ANNOTATIONS: [&str; 10] = [
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
];

/// Where the schemas are that others may refer to.
const SCHEMAS: &str = "#/components/schemas/";

/// Copies schemas and notes what they refer to.
#[derive(Debug)]
pub(super) struct Reach<'a> {
    document: &'a Value,
    /// The names of the schemas referred to, in the order in which they were met.
    names: Vec<String>,
}

impl<'a> Reach<'a> {
    pub(super) fn new(document: &'a Value) -> Reach<'a> {
        Reach { document, names: Vec::new() }
    }

    /// The schemas referred to so far, and those that they refer to.
    pub(super) fn schemas(mut self) -> Result<Object, String> {
        let mut schemas = Object::new();
        let mut next = 0;
        while let Some(name) = self.names.get(next).cloned() {
            let schema =
                self.document.get("components").and_then(|components| components.get("schemas")?.get(&name));
            let schema = schema.ok_or_else(|| format!("openapi.json has no schema `{name}`"))?;
            schemas.push(name, self.schema(schema)?);
            next += 1;
        }
        Ok(schemas)
    }

    /// A schema without its annotations.
    pub(super) fn schema(&mut self, schema: &Value) -> Result<Value, String> {
        let Value::Object(keywords) = schema else { return Ok(schema.clone()) };
        let mut kept = Object::new();
        for (keyword, value) in keywords.iter() {
            if ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-") {
                continue;
            }
            let value = match (keyword, value) {
                ("items" | "additionalProperties", value) => self.schema(value)?,
                ("allOf", Value::Array(schemas)) => {
                    Value::Array(schemas.iter().map(|schema| self.schema(schema)).collect::<Result<_, _>>()?)
                }
                ("properties" | "$defs", Value::Object(schemas)) => {
                    let mut each = Object::new();
                    for (name, schema) in schemas.iter() {
                        each.push(name, self.schema(schema)?);
                    }
                    Value::Object(each)
                }
                ("$ref", Value::String(reference)) => {
                    self.note(reference)?;
                    value.clone()
                }
                _ => value.clone(),
            };
            kept.push(keyword, value);
        }
        Ok(Value::Object(kept))
    }

    fn note(&mut self, reference: &str) -> Result<(), String> {
        let rest = reference.strip_prefix(SCHEMAS);
        let name = rest.map(|rest| rest.split('/').next().unwrap_or_default());
        // OpenAPI gives components names of letters, digits, dots, hyphens and underscores.
        let Some(name) = name.filter(|name| !name.contains(['~', '%'])) else {
            return Err(format!(
                "`$ref` to `{reference}`: only what is in `{SCHEMAS}` can be kept; move the schema there"
            ));
        };
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
        Ok(())
    }
}
