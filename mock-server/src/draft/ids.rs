//! Where the ids stand, which no OpenAPI document says in so many words: the list whose name looks most like it.

use super::gather::{Gathered, Parameter};
use super::schemas::{Schemas, type_of};
use super::{Note, Refusal};
use bulk_delete_core::json::{Object, Value, push_segment};

/// Where the ids stand.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    /// As a policy writes it: `/query/ids`, `/body/ids`.
    pub(super) at: String,
    /// The schema of the list.
    pub(super) list: Value,
    /// How a query writes the list, where it is in one.
    pub(super) spelling: Option<&'static str>,
    /// Examples of ids in the document.
    pub(super) examples: Vec<Value>,
}

/// Finds the list of ids, and makes a list of it where the document has a text with commas.
pub(super) fn find(gathered: &mut Gathered, schemas: &mut Schemas<'_>) -> Result<Ids, Refusal> {
    let mut found: Vec<(u32, Ids)> = Vec::new();
    let mut renamed = Vec::new();
    for parameter in gathered.parameters.iter_mut().filter(|parameter| parameter.place == "query") {
        if let Some((score, ids)) = query_list(parameter, schemas, &mut renamed)? {
            found.push((score, ids));
        }
    }
    let mut objects = Vec::new();
    if let Some(body) = &gathered.body {
        body_lists(&body.schema, "/body", schemas, 0, &mut found, &mut objects);
    }
    let best = found.iter().map(|(score, _)| *score).max();
    let mut best = found.into_iter().filter(|(score, _)| Some(*score) == best).map(|(_, ids)| ids);
    let Some(first) = best.next() else {
        return Err(no_list(gathered, schemas, &objects));
    };
    for other in best {
        let message =
            format!("`{}` could be the ids as well as `{}`: see `ids` in policy.json", other.at, first.at);
        schemas.notes.push(Note { pointer: first.at.clone(), message });
    }
    for (pointer, message) in renamed {
        schemas.notes.push(Note { pointer, message });
    }
    Ok(first)
}

fn query_list(
    parameter: &mut Parameter,
    schemas: &Schemas<'_>,
    told: &mut Vec<(String, String)>,
) -> Result<Option<(u32, Ids)>, Refusal> {
    let schema = schemas.seen(&parameter.schema).clone();
    let items = schema.get("items").map(|items| schemas.seen(items).clone());
    let description = parameter.description.as_deref().unwrap_or_default().to_lowercase();
    let mut examples = Vec::new();
    let given = [
        &parameter.example,
        &schema.get("example").cloned(),
        &items.as_ref().and_then(|items| items.get("example").cloned()),
    ];
    for example in given.into_iter().flatten() {
        match example {
            Value::Array(items) => examples.extend(items.iter().cloned()),
            Value::String(text) => examples.extend(text.split(',').map(|part| Value::from(part.trim()))),
            other => examples.push(other.clone()),
        }
    }
    match (type_of(&schema), items) {
        ("array", Some(items)) if matches!(type_of(&items), "string" | "integer") => {
            if !matches!(parameter.style.as_str(), "form" | "deepObject") {
                let message = format!(
                    "a list in the style `{}` is not read: only repeated names, commas and brackets are",
                    parameter.style
                );
                return Err(Refusal::at(&parameter.pointer, message));
            }
            let score = score(&parameter.name);
            let spelling = match parameter.name.strip_suffix("[]").map(str::to_owned) {
                Some(name) => {
                    told.push((
                        parameter.pointer.clone(),
                        format!("`{name}[]` is the list `{name}`, written with brackets"),
                    ));
                    parameter.name = name;
                    "brackets"
                }
                None if parameter.explode => "repeated",
                None => "commas",
            };
            let at = place("/query", &parameter.name);
            Ok(Some((score, Ids { at, list: schema, spelling: Some(spelling), examples })))
        }
        ("string", _)
            if score(&parameter.name) >= 8 && parameter.name.to_lowercase().ends_with('s')
                || description.contains("comma") =>
        {
            let mut items = Object::new();
            let whole = |example: &Value| {
                example
                    .as_str()
                    .is_some_and(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
            };
            items.push("type", Value::from("string"));
            if !examples.is_empty() && examples.iter().all(whole) {
                items.push("pattern", Value::from("^[0-9]+$"));
            } else {
                items.push("minLength", Value::from(1_u64));
            }
            let list = Object::from_iter([
                ("type".to_owned(), Value::from("array")),
                ("items".to_owned(), Value::Object(items)),
                ("minItems".to_owned(), Value::from(1_u64)),
            ]);
            let list = Value::Object(list);
            told.push((
                parameter.pointer.clone(),
                format!("`{}` is a text with commas: it is read as a list", parameter.name),
            ));
            let score = score(&parameter.name);
            (parameter.schema, parameter.explode) = (list.clone(), false);
            let at = place("/query", &parameter.name);
            Ok(Some((score, Ids { at, list, spelling: Some("commas"), examples })))
        }
        _ => Ok(None),
    }
}

/// Gathers the lists of plain values in a body, and the lists of objects that have an id.
fn body_lists(
    schema: &Value,
    at: &str,
    schemas: &Schemas<'_>,
    depth: u32,
    found: &mut Vec<(u32, Ids)>,
    objects: &mut Vec<String>,
) {
    let (members, required) = schemas.members(schema);
    for (name, member) in members {
        let member = schemas.seen(member);
        let here = place(at, name);
        match type_of(member) {
            "array" => {
                let items = member.get("items").map(|items| schemas.seen(items));
                match items.map(type_of) {
                    Some("string" | "integer") => {
                        let listed =
                            member.get("example").and_then(Value::as_array).unwrap_or_default().to_vec();
                        let one = items.and_then(|items| items.get("example").cloned());
                        let examples = listed.into_iter().chain(one).collect();
                        let score = score(name) + if required.contains(name) { 2 } else { 0 } - depth.min(1);
                        found.push((score, Ids { at: here, list: member.clone(), spelling: None, examples }));
                    }
                    Some("object") => {
                        let (members, _) = items.map(|items| schemas.members(items)).unwrap_or_default();
                        objects.extend(
                            members
                                .iter()
                                .filter(|(name, _)| is_id(name))
                                .map(|(name, _)| format!("{here}/*/{name}")),
                        );
                    }
                    _ => {}
                }
            }
            "object" if depth < 2 => body_lists(member, &here, schemas, depth + 1, found, objects),
            _ => {}
        }
    }
}

/// What to do where the ids stand in a form that a contract cannot express.
const TO_DO: &str = "choose another operation that deletes the same things; or, where the API is yours, have it take \
                     `{\"ids\": […]}` as well, and write that in the document";

/// Why there is no list of ids.
fn no_list(gathered: &Gathered, schemas: &Schemas<'_>, objects: &[String]) -> Refusal {
    if let Some(place) = objects.first() {
        return Refusal::at(
            gathered.body.as_ref().map_or("", |body| &body.pointer),
            format!(
                "the ids stand at `{place}`, one object for each, and a contract takes ids only as a plain list of texts or \
                 integers: {TO_DO}"
            ),
        );
    }
    if let Some(body) = gathered.body.as_ref().filter(|body| type_of(schemas.seen(&body.schema)) == "array") {
        return Refusal::at(
            &body.pointer,
            format!(
                "the whole body is the list, and a contract takes ids only from a property of the body: {TO_DO}"
            ),
        );
    }
    Refusal::at(
        "",
        "this operation takes no list of ids, neither in its query nor in its body: choose one that deletes many, by their ids",
    )
}

/// How much a name looks like that of a list of ids.
pub(super) fn score(name: &str) -> u32 {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    match plain.as_str() {
        "ids" => 10,
        _ if plain.ends_with("ids") || plain.ends_with("keys") || plain.ends_with("idlist") => 8,
        "records" | "items" | "emails" | "names" => 6,
        _ if plain.contains("id") || plain.contains("delete") || plain.contains("remove") => 5,
        _ => 3,
    }
}

/// Whether this is what an object's id is usually called.
pub(super) fn is_id(name: &str) -> bool {
    let plain = name.trim_start_matches('_');
    matches!(plain.to_lowercase().as_str(), "id" | "key" | "gid" | "uuid" | "guid")
        || plain.ends_with("Id")
        || plain.ends_with("_id")
        || plain.ends_with("ID")
}

fn place(at: &str, name: &str) -> String {
    let mut place = at.to_owned();
    push_segment(&mut place, name);
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_known_by_their_names() {
        assert!(is_id("_id") && is_id("taskId") && !is_id("paid") && !is_id("idle"));
        assert!(score("ids") > score("task_ids") && score("task_ids") > score("labels"));
    }
}
