//! Takes out of a contract's documents what the engine does not read. That nothing else went is seen by loading what is left.

use super::reach::Reach;
use bulk_delete_core::json::{Object, Value};

/// The policy without the operations beside the bulk delete, which only a server has, and the words that only those are told in.
pub(super) fn policy(mut policy: Value) -> Value {
    let Value::Object(rules) = &mut policy else { return policy };
    rules.remove("companions");
    let Some(Value::Object(tables)) = rules.remove("words") else { return policy };
    let templates = Value::Object(rules.clone()).to_text();
    let mut used = Object::new();
    for (name, table) in tables.iter().filter(|(name, _)| templates.contains(&format!("{{{name}:"))) {
        used.push(name, table.clone());
    }
    if !used.is_empty() {
        rules.push("words", Value::Object(used));
    }
    policy
}

/// These operations of a document, and the schemas that they reach.
pub(super) fn openapi(document: &Value, ids: &[&str]) -> Result<Value, String> {
    let paths = document.get("paths").and_then(Value::as_object).ok_or("openapi.json has no `paths`")?;
    let id = |value: &Value| {
        value.get("operationId").and_then(Value::as_str).filter(|id| ids.contains(id)).map(str::to_owned)
    };
    let mut missing = ids.to_vec();
    let mut reach = Reach::new(document);
    let mut kept_paths = Object::new();
    for (path, item) in paths.iter() {
        let Some(operations) = item.as_object() else { continue };
        if !operations.iter().any(|(_, operation)| id(operation).is_some()) {
            continue;
        }
        let mut kept_item = Object::new();
        if let Some(list) = item.get("parameters") {
            kept_item.push("parameters", parameters(document, list, &mut reach)?);
        }
        for (method, operation) in operations.iter() {
            let Some(id) = id(operation) else { continue };
            missing.retain(|other| *other != id);
            let mut kept = Object::new();
            kept.push("operationId", Value::from(id));
            if let Some(list) = operation.get("parameters") {
                kept.push("parameters", parameters(document, list, &mut reach)?);
            }
            if let Some(body) = operation.get("requestBody") {
                kept.push("requestBody", request_body(follow(document, body)?, &mut reach)?);
            }
            kept_item.push(method, Value::Object(kept));
        }
        kept_paths.push(path, Value::Object(kept_item));
    }
    if let [id, ..] = missing.as_slice() {
        return Err(format!("openapi.json has no operation `{id}`"));
    }
    let mut result = Object::new();
    result.push("paths", Value::Object(kept_paths));
    let schemas = reach.schemas()?;
    if !schemas.is_empty() {
        result.push("components", within("schemas", Value::Object(schemas)));
    }
    Ok(Value::Object(result))
}

fn within(name: &str, value: Value) -> Value {
    let mut object = Object::new();
    object.push(name, value);
    Value::Object(object)
}

/// What a `$ref` beside schemas leads to, or the value itself.
fn follow<'a>(document: &'a Value, value: &'a Value) -> Result<&'a Value, String> {
    let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Ok(value) };
    reference
        .strip_prefix('#')
        .and_then(|pointer| document.at(pointer))
        .ok_or_else(|| format!("`{reference}` leads nowhere in openapi.json"))
}

fn parameters(document: &Value, list: &Value, reach: &mut Reach<'_>) -> Result<Value, String> {
    let list = list.as_array().unwrap_or_default().iter();
    list.map(|parameter| keep(follow(document, parameter)?, &["name", "in", "required", "explode"], reach))
        .collect::<Result<Vec<Value>, String>>()
        .map(Value::Array)
}

fn request_body(body: &Value, reach: &mut Reach<'_>) -> Result<Value, String> {
    let mut kept = Object::new();
    if let Some(required) = body.get("required") {
        kept.push("required", required.clone());
    }
    let mut content = Object::new();
    for (media_type, described) in
        body.get("content").and_then(Value::as_object).iter().flat_map(|all| all.iter())
    {
        content.push(media_type, keep(described, &[], reach)?);
    }
    kept.push("content", Value::Object(content));
    Ok(Value::Object(kept))
}

/// An object's properties of these names, and its schema.
fn keep(value: &Value, names: &[&str], reach: &mut Reach<'_>) -> Result<Value, String> {
    let mut kept = Object::new();
    for (name, value) in value.as_object().iter().flat_map(|all| all.iter()) {
        if name == "schema" {
            kept.push(name, reach.schema(value)?);
        } else if names.contains(&name) {
            kept.push(name, value.clone());
        }
    }
    Ok(Value::Object(kept))
}
