//! Gathers what an operation says: its parameters, its body and its answers, with every reference followed.

use super::schemas::{Schemas, Use};
use super::select::{Found, follow};
use super::{Note, Refusal};
use bulk_delete_core::json::{Object, Value, push_index, push_segment};
use bulk_delete_core::request::parameters::is_json;

/// An operation, gathered.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) id: String,
    /// In lower case.
    pub(super) method: &'static str,
    /// With the path of its first server before it.
    pub(super) path: String,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<RequestBody>,
    /// In the order of the document.
    pub(super) answers: Vec<Documented>,
}

#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    /// `path`, `query` or `header`.
    pub(super) place: String,
    pub(super) required: bool,
    pub(super) description: Option<String>,
    pub(super) style: String,
    pub(super) explode: bool,
    pub(super) schema: Value,
    pub(super) pointer: String,
    pub(super) example: Option<Value>,
}

#[derive(Debug)]
pub(super) struct RequestBody {
    pub(super) required: bool,
    pub(super) media_types: Vec<String>,
    pub(super) schema: Value,
    pub(super) pointer: String,
}

/// An answer as the document describes it.
#[derive(Debug)]
pub(super) struct Documented {
    pub(super) status: String,
    pub(super) description: String,
    pub(super) schema: Option<Value>,
    pub(super) media_type: String,
}

impl Documented {
    pub(super) fn code(&self) -> Option<u16> {
        self.status.parse().ok()
    }
}

/// Gathers an operation.
pub(super) fn gather(
    document: &Value,
    found: &Found<'_>,
    schemas: &mut Schemas<'_>,
) -> Result<Gathered, Refusal> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut of_path = "/paths".to_owned();
    push_segment(&mut of_path, found.path);
    // An operation's own servers stand for those of its path, and these for the document's.
    let owners = [(found.operation, &*found.pointer()), (found.item, &*of_path), (document, "")];
    let (base, note) = base_path(&owners);
    schemas.notes.extend(note);
    for (owner, pointer) in [(found.item, of_path), (found.operation, found.pointer())] {
        let list = owner.get("parameters").and_then(Value::as_array).unwrap_or_default();
        for (index, parameter) in list.iter().enumerate() {
            let mut at = format!("{pointer}/parameters");
            push_index(&mut at, index);
            if let Some(parameter) = read_parameter(document, parameter, &at, schemas) {
                parameters.retain(|other| (&other.place, &other.name) != (&parameter.place, &parameter.name));
                parameters.push(parameter);
            }
        }
    }
    let body = match found.operation.get("requestBody") {
        Some(body) => Some(read_body(document, body, &format!("{}/requestBody", found.pointer()), schemas)?),
        None => None,
    };
    let answers = read_answers(document, found, schemas);
    let path = format!("{base}{}", found.path);
    Ok(Gathered { id: found.id(), method: found.method, path, parameters, body, answers })
}

/// The path of the first server of the first of these that names any, without a slash at its end.
pub(crate) fn base_path(owners: &[(&Value, &str)]) -> (String, Option<Note>) {
    let first = owners.iter().find_map(|(owner, pointer)| Some((owner.at("/servers/0")?, pointer)));
    let Some((server, pointer)) = first else { return (String::new(), None) };
    let mut url = server.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (name, variable) in
        server.get("variables").and_then(Value::as_object).into_iter().flat_map(Object::iter)
    {
        let default = variable.get("default").and_then(Value::as_str).unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or_default(),
        None => url.as_str(),
    };
    let path = path.trim_end_matches('/').to_owned();
    let note = (!path.is_empty() && path.starts_with('/')).then(|| Note {
        pointer: format!("{pointer}/servers/0/url"),
        message: format!("its path `{path}` stands before the operation's"),
    });
    if note.is_some() { (path, note) } else { (String::new(), None) }
}

fn read_parameter(
    document: &Value,
    parameter: &Value,
    pointer: &str,
    schemas: &mut Schemas<'_>,
) -> Option<Parameter> {
    let Some(parameter) = follow(document, parameter) else {
        schemas.notes.push(Note {
            pointer: pointer.to_owned(),
            message: "the reference leads nowhere in this document: the parameter was left out".to_owned(),
        });
        return None;
    };
    let text = |key: &str| parameter.get(key).and_then(Value::as_str).map(str::to_owned);
    let (name, place) = (text("name")?, text("in")?);
    if place == "header" && ["accept", "content-type", "authorization"].contains(&&*name.to_ascii_lowercase())
    {
        // OpenAPI says that these mean nothing here.
        return None;
    }
    let schema = parameter.get("schema");
    if place == "cookie" || schema.is_none() {
        let why = if place == "cookie" { "stands in a cookie" } else { "has no schema" };
        let message = format!("the parameter `{name}` {why}, which is not understood: it was left out");
        schemas.notes.push(Note { pointer: pointer.to_owned(), message });
        return None;
    }
    let schema = schemas.turn(schema.unwrap_or(&Value::Null), &format!("{pointer}/schema"), Use::Request);
    let style = text("style").unwrap_or_else(|| "form".to_owned());
    let first = |examples: &Value| Some(examples.as_object()?.iter().next()?.1.get("value")?.clone());
    Some(Parameter {
        required: parameter.get("required").and_then(Value::as_bool).unwrap_or(place == "path"),
        description: text("description"),
        explode: parameter.get("explode").and_then(Value::as_bool).unwrap_or(style == "form"),
        style,
        schema,
        pointer: pointer.to_owned(),
        example: parameter.get("example").cloned().or_else(|| parameter.get("examples").and_then(first)),
        name,
        place,
    })
}

fn read_body(
    document: &Value,
    body: &Value,
    pointer: &str,
    schemas: &mut Schemas<'_>,
) -> Result<RequestBody, Refusal> {
    let Some(body) = follow(document, body) else {
        return Err(Refusal::at(pointer, "the reference of the body leads nowhere in this document"));
    };
    let content = body.get("content").and_then(Value::as_object).into_iter().flat_map(Object::iter);
    let (json, others): (Vec<_>, Vec<_>) = content.partition(|(name, _)| is_json(name));
    let Some((first, described)) = json.first() else {
        return Err(Refusal::at(pointer, "the body is not JSON, and a contract reads only JSON bodies"));
    };
    for (name, _) in others {
        schemas.notes.push(Note {
            pointer: pointer.to_owned(),
            message: format!("a body of `{name}` is not read and was left out: only JSON is"),
        });
    }
    let mut at = format!("{pointer}/content");
    push_segment(&mut at, first);
    at.push_str("/schema");
    let schema = described.get("schema").cloned().unwrap_or_else(|| Value::Object(Object::new()));
    Ok(RequestBody {
        required: body.get("required").and_then(Value::as_bool).unwrap_or(false),
        media_types: json.iter().map(|(name, _)| (*name).to_owned()).collect(),
        schema: schemas.turn(&schema, &at, Use::Request),
        pointer: at,
    })
}

fn read_answers(document: &Value, found: &Found<'_>, schemas: &mut Schemas<'_>) -> Vec<Documented> {
    let mut answers = Vec::new();
    let described = found.operation.get("responses").and_then(Value::as_object);
    for (status, answer) in described.into_iter().flat_map(Object::iter) {
        let Some(answer) = follow(document, answer) else { continue };
        let content = answer.get("content").and_then(Value::as_object).into_iter().flat_map(Object::iter);
        let json = content.into_iter().find(|(name, _)| is_json(name));
        let schema = json.and_then(|(_, described)| described.get("schema"));
        let pointer = format!("{}/responses/{status}", found.pointer());
        answers.push(Documented {
            status: status.to_owned(),
            description: answer
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            schema: schema.map(|schema| schemas.turn(schema, &pointer, Use::Answer)),
            media_type: json.map_or("application/json", |(name, _)| name).to_owned(),
        });
    }
    answers
}

impl Gathered {
    /// The document that is left: this operation and what it reaches.
    pub(super) fn to_openapi(&self, document: &Value, schemas: &Schemas<'_>) -> Value {
        let text = |text: &str| Value::from(text);
        let object = |members: Vec<(&str, Value)>| {
            Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
        };
        let parameters = self.parameters.iter().map(|parameter| {
            let mut members = vec![("name", text(&parameter.name)), ("in", text(&parameter.place))];
            if parameter.required {
                members.push(("required", Value::from(true)));
            }
            members.extend(
                parameter.description.as_deref().map(|description| ("description", text(description))),
            );
            if parameter.place == "query" && !parameter.explode {
                members.extend([("style", text("form")), ("explode", Value::from(false))]);
            }
            members.push(("schema", parameter.schema.clone()));
            object(members)
        });
        let mut operation = vec![("operationId", text(&self.id))];
        operation.push(("parameters", Value::Array(parameters.collect())));
        if let Some(body) = &self.body {
            let described = object(vec![("schema", body.schema.clone())]);
            let content = body.media_types.iter().map(|name| (name.as_str(), described.clone())).collect();
            let required = Value::from(body.required);
            operation
                .push(("requestBody", object(vec![("required", required), ("content", object(content))])));
        }
        let answers = self.answers.iter().map(|answer| {
            let mut members = vec![("description", text(&answer.description))];
            if let Some(schema) = &answer.schema {
                let content = vec![(answer.media_type.as_str(), object(vec![("schema", schema.clone())]))];
                members.push(("content", object(content)));
            }
            (answer.status.as_str(), object(members))
        });
        operation.push(("responses", object(answers.collect())));
        let title = document.at("/info/title").and_then(Value::as_str).unwrap_or(&self.id);
        let version = document.at("/info/version").and_then(Value::as_str).unwrap_or("1");
        let mut members = vec![
            ("openapi", text("3.1.0")),
            ("info", object(vec![("title", text(title)), ("version", text(version))])),
            ("paths", object(vec![(&self.path, object(vec![(self.method, object(operation))]))])),
        ];
        if !schemas.components.is_empty() {
            let components = Value::Object(schemas.components.clone());
            members.push(("components", object(vec![("schemas", components)])));
        }
        object(members)
    }
}
