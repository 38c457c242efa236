//! Holds answers against the `openapi.json` of their contract: the status is listed, so are the headers, and the body is as
//! its schema says. By the `jsonschema` crate, so that the engine is not its own judge.

use crate::corpus;
use crate::matching::{Answer, shown};
use bulk_delete_core::json::Value as Exact;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Headers that belong to HTTP and to browsers, and not to a contract.
const OF_HTTP: [&str; 7] = [
    "connection",
    "content-length",
    "content-type",
    "date",
    "transfer-encoding",
    "vary",
    "x-content-type-options",
];

/// A contract's document.
#[derive(Debug)]
pub struct Described {
    operations: Vec<Operation>,
}

#[derive(Debug)]
struct Operation {
    id: String,
    method: String,
    path: String,
    responses: BTreeMap<String, Response>,
}

#[derive(Debug)]
struct Response {
    /// By name in lower case.
    headers: BTreeMap<String, Header>,
    /// By media type in lower case.
    bodies: BTreeMap<String, Validator>,
}

#[derive(Debug)]
struct Header {
    required: bool,
    schema: Validator,
}

impl Described {
    /// Reads the document of this contract.
    ///
    /// # Panics
    /// Where it is not a document that describes answers.
    pub fn read(contract: &str) -> Self {
        let bytes = corpus::contract_document(contract, "openapi.json");
        let document: Value =
            serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{contract}/openapi.json: {error}"));
        let mut operations = Vec::new();
        for (path, item) in members(&document["paths"]) {
            for (method, operation) in
                members(item).filter(|(_, operation)| operation.get("responses").is_some())
            {
                let responses = members(&operation["responses"])
                    .map(|(status, response)| {
                        (status.clone(), read_response(&document, follow(&document, response)))
                    })
                    .collect();
                let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
                operations.push(Operation {
                    id,
                    method: method.to_ascii_uppercase(),
                    path: path.clone(),
                    responses,
                });
            }
        }
        Self { operations }
    }

    /// Everything in an answer that the document does not describe. An answer to another method is one of the path's
    /// operation, and an answer to a path without its final slash is one of the path with it.
    pub fn check(&self, method: &str, path: &str, answer: &Answer) -> Vec<String> {
        let fitting = self.operations.iter().filter(|operation| fits(&operation.path, path));
        // The most particular path is the one that is meant.
        let parameters = |operation: &&Operation| operation.path.matches('{').count();
        let fewest = fitting.clone().map(|operation| parameters(&operation)).min();
        let on_path = fitting.filter(|operation| Some(parameters(operation)) == fewest);
        let Some(operation) =
            on_path.clone().find(|operation| operation.method == method).or_else(|| on_path.clone().next())
        else {
            return vec![format!("the document has no operation for {method} {path}")];
        };
        let status = answer.status.to_string();
        let class = format!("{}XX", &status[..1]);
        let listed = [&status, &class, "default"].iter().find_map(|name| operation.responses.get(*name));
        match listed {
            Some(response) => response.check(answer),
            None => vec![format!("{}: the document lists no answer {status}", operation.id)],
        }
    }
}

impl Response {
    fn check(&self, answer: &Answer) -> Vec<String> {
        let mut found = Vec::new();
        for (name, header) in &self.headers {
            let values: Vec<&str> = answer.header(name).collect();
            if values.is_empty() && header.required {
                found.push(format!("the header {name} is missing, which the document requires"));
            }
            for value in values {
                let number = value
                    .parse::<i64>()
                    .ok()
                    .map(Value::from)
                    .filter(|number| header.schema.is_valid(number));
                if number.is_none() && !header.schema.is_valid(&Value::from(value)) {
                    found.push(format!("the header {name} has `{value}`, which its schema does not allow"));
                }
            }
        }
        for (name, value) in &answer.headers {
            let name = name.to_ascii_lowercase();
            let of_http = OF_HTTP.contains(&name.as_str()) || name.starts_with("access-control-");
            if !of_http && !self.headers.contains_key(&name) {
                found.push(format!("the header {name} (`{value}`) is not listed in the document"));
            }
        }
        let media_type = answer.header("content-type").next();
        match media_type {
            None if answer.body.is_empty() => {
                if !self.bodies.is_empty() {
                    found.push("there is no body, where the document describes one".to_owned());
                }
            }
            None => found.push("a body without a Content-Type".to_owned()),
            Some(media_type) => {
                let known = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
                match self.bodies.get(&known) {
                    None => {
                        found.push(format!("a body of the type {media_type} is not listed in the document"))
                    }
                    Some(schema) => check_body(schema, &answer.body, &mut found),
                }
            }
        }
        found
    }
}

fn check_body(schema: &Validator, body: &[u8], found: &mut Vec<String>) {
    let Ok(exact) = Exact::parse(body) else {
        return found.push(format!("the body is not JSON: {}", shown(body)));
    };
    let value = plain(&exact);
    for error in schema.iter_errors(&value) {
        found.push(format!("the body breaks its schema at `{}`: {error}", error.instance_path()));
    }
}

/// An exact value as one that the oracle can read. A whole number too large for it becomes another large whole number: what is
/// asked of ids is that they are whole.
pub fn plain(value: &Exact) -> Value {
    match value {
        Exact::Null => Value::Null,
        Exact::Bool(value) => Value::Bool(*value),
        Exact::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into(),
            (None, Some(number)) => number.into(),
            (None, None) if number.is_integer() && number.is_positive() => u64::MAX.into(),
            (None, None) if number.is_integer() => i64::MIN.into(),
            (None, None) => number.to_string().parse::<f64>().map_or(Value::Null, |number| json!(number)),
        },
        Exact::String(text) => Value::String(text.clone()),
        Exact::Array(items) => items.iter().map(plain).collect(),
        Exact::Object(object) => {
            object.iter().map(|(key, value)| (key.to_owned(), plain(value))).collect::<Map<_, _>>().into()
        }
    }
}

fn read_response(document: &Value, response: &Value) -> Response {
    let headers = members(&response["headers"]).map(|(name, header)| {
        let header = follow(document, header);
        let required = header["required"].as_bool().unwrap_or(false);
        (name.to_ascii_lowercase(), Header { required, schema: compile(document, &header["schema"]) })
    });
    let bodies = members(&response["content"]).map(|(media_type, content)| {
        (media_type.to_ascii_lowercase(), compile(document, &content["schema"]))
    });
    Response { headers: headers.collect(), bodies: bodies.collect() }
}

/// A validator of a schema inside a document, with the document's components beside it for its references.
pub fn compile(document: &Value, schema: &Value) -> Validator {
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/it",
        "$defs": { "it": schema },
        "components": document["components"],
        "paths": document["paths"],
    });
    jsonschema::validator_for(&whole).unwrap_or_else(|error| panic!("not a schema: {error}: {schema}"))
}

/// What a `$ref` leads to, or the value itself.
pub fn follow<'v>(document: &'v Value, value: &'v Value) -> &'v Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target
        .map_or(value, |pointer| document.pointer(pointer).unwrap_or_else(|| panic!("nothing at #{pointer}")))
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Whether a raw path is one of a template; its final slash may be missing.
fn fits(template: &str, path: &str) -> bool {
    let template: Vec<&str> = template.split('/').collect();
    let mut path: Vec<&str> = path.split('/').collect();
    if path.len() + 1 == template.len() && template.last() == Some(&"") {
        path.push("");
    }
    template.len() == path.len()
        && template
            .iter()
            .zip(&path)
            .all(|(wanted, got)| wanted == got || wanted.starts_with('{') && !got.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_fit_templates() {
        for (template, path, expected) in [
            ("/a/{b}/c", "/a/x%2Fy/c", true),
            ("/a/{b}/c", "/a//c", false),
            ("/a/{b}/c", "/a/x/c/", false),
            ("/a/", "/a", true),
            ("/a/", "/a/", true),
            ("/a", "/a/", false),
        ] {
            assert_eq!(fits(template, path), expected, "{template} {path}");
        }
    }

    #[test]
    fn numbers_of_any_size_become_plain() {
        let exact = Exact::parse(b"[1, -1, 18446744073709551615, 1e999999999, -1e40, 1.5, 7101.0]").unwrap();
        assert_eq!(
            plain(&exact).to_string(),
            "[1,-1,18446744073709551615,18446744073709551615,-9223372036854775808,1.5,7101]"
        );
    }
}
