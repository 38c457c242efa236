//! Guesses what no OpenAPI document says in so many words: where the ids stand, what they are ids of, what holds it, and how
//! callers prove who they are.

use super::gather::{Gathered, Parameter};
use super::schemas::{Schemas, type_of};
use super::select::follow;
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

/// How callers prove who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Credential {
    /// `token`, `jwt` or `basic`.
    pub(super) kind: &'static str,
    pub(super) header: String,
    pub(super) scheme: Option<&'static str>,
}

/// Finds the list of ids, and makes a list of it where the document has a text with commas.
pub(super) fn ids(gathered: &mut Gathered, schemas: &mut Schemas<'_>) -> Result<Ids, Refusal> {
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

/// Why there is no list of ids.
fn no_list(gathered: &Gathered, schemas: &Schemas<'_>, objects: &[String]) -> Refusal {
    if let Some(place) = objects.first() {
        return Refusal::at(
            gathered.body.as_ref().map_or("", |body| &body.pointer),
            format!(
                "the ids stand at `{place}`, one object for each: a contract takes ids only as a plain list of texts or \
                 integers, so this operation cannot be written as one"
            ),
        );
    }
    if let Some(body) = gathered.body.as_ref().filter(|body| type_of(schemas.seen(&body.schema)) == "array") {
        return Refusal::at(
            &body.pointer,
            "the whole body is the list: a contract takes ids only from a property of the body, so this operation cannot be \
             written as one",
        );
    }
    Refusal::at(
        "",
        "this operation takes no list of ids, neither in its query nor in its body: choose one that deletes many, by their ids",
    )
}

/// How much a name looks like that of a list of ids.
fn score(name: &str) -> u32 {
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

/// The container: the last parameter of the path, with its kind.
pub(super) fn container(gathered: &Gathered) -> Option<(String, String)> {
    let mut before = "";
    let mut found = None;
    for segment in gathered.path.split('/') {
        if let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let plain = ["IdOrName", "IdOrKey", "_id_or_name", "Id", "_id", "ID", "Key", "_key"]
                .iter()
                .find_map(|end| name.strip_suffix(end));
            let kind = match plain.filter(|kind| !kind.is_empty()) {
                Some(kind) => kebab(kind),
                None if before.is_empty() => kebab(name),
                None => singular(&kebab(before)),
            };
            found = Some((name.to_owned(), kind));
        } else {
            before = segment;
        }
    }
    found
}

/// What is deleted: the last part of the path that is a thing and not an action.
pub(super) fn resource(gathered: &Gathered, ids: &Ids) -> String {
    const ACTIONS: [&str; 14] = [
        "delete", "destroy", "remove", "archive", "bulk", "batch", "many", "all", "purge", "trash", "api",
        "rest", "jobs", "async",
    ];
    let is_thing = |segment: &&str| {
        let words = kebab(segment);
        let is_version = words
            .strip_prefix('v')
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
        let is_action = words.split('-').any(|word| ACTIONS.contains(&word));
        !(segment.is_empty() || segment.starts_with('{') || is_action || is_version)
    };
    let thing = gathered
        .path
        .rsplit('/')
        .map(|segment| segment.split(['.', ':']).next().unwrap_or(segment))
        .find(is_thing);
    let list = ids.at.rsplit('/').next().filter(|name| score(name) == 6);
    singular(&kebab(thing.or(list).unwrap_or("item")))
}

/// `bulkDelete` and `bulk_delete` as `bulk-delete`.
pub(super) fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    let mut before = '-';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            kebab.push('-');
        }
        kebab.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' });
        before = letter;
    }
    let words: Vec<&str> = kebab.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn singular(name: &str) -> String {
    match name {
        _ if name.ends_with("ies") => name.trim_end_matches("ies").to_owned() + "y",
        _ if name.ends_with("sses") || name.ends_with("xes") => {
            name.strip_suffix("es").unwrap_or(name).to_owned()
        }
        _ if name.ends_with("ss") || name.ends_with("us") => name.to_owned(),
        _ => name.strip_suffix('s').unwrap_or(name).to_owned(),
    }
}

/// How callers prove who they are, and the scopes they need.
pub(super) fn credentials(
    document: &Value,
    operation: &Value,
    notes: &mut Vec<Note>,
) -> (Vec<Credential>, Vec<String>) {
    let (mut found, mut scopes): (Vec<Credential>, Vec<String>) = (Vec::new(), Vec::new());
    let schemes = document.at("/components/securitySchemes");
    let wanted = operation.get("security").or_else(|| document.get("security")).and_then(Value::as_array);
    let wanted = wanted.unwrap_or_default();
    let mut note = |pointer: String, message: String| notes.push(Note { pointer, message });
    for requirement in wanted.iter().filter_map(Value::as_object) {
        if requirement.len() > 1 {
            let names = requirement.keys().collect::<Vec<_>>().join("`, `");
            note(
                "/security".to_owned(),
                format!("`{names}` are needed together: here any one of them suffices"),
            );
        }
        for (name, needed) in requirement.iter() {
            let Some(scheme) = schemes.and_then(|schemes| follow(document, schemes.get(name)?)) else {
                continue;
            };
            let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
            let bearer =
                |kind| Credential { kind, header: "Authorization".to_owned(), scheme: Some("Bearer") };
            let credential = match (text("type"), text("scheme").to_ascii_lowercase().as_str(), text("in")) {
                ("http", "bearer", _) if text("bearerFormat").eq_ignore_ascii_case("jwt") => bearer("jwt"),
                ("http", "basic", _) => {
                    Credential { kind: "basic", scheme: Some("Basic"), ..bearer("basic") }
                }
                ("http", "bearer", _) => bearer("token"),
                ("oauth2" | "openIdConnect", _, _) => {
                    if requirement.len() == 1 && wanted.len() == 1 {
                        scopes.extend(
                            needed
                                .as_array()
                                .into_iter()
                                .flatten()
                                .filter_map(Value::as_str)
                                .map(str::to_owned),
                        );
                    }
                    bearer("token")
                }
                ("apiKey", _, "header") if text("name").eq_ignore_ascii_case("authorization") => {
                    Credential { kind: "token", header: "Authorization".to_owned(), scheme: None }
                }
                ("apiKey", _, "header") => {
                    Credential { kind: "token", header: text("name").to_owned(), scheme: None }
                }
                (kind, other, place) => {
                    let what = [kind, other, place]
                        .into_iter()
                        .filter(|word| !word.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ");
                    let message = format!(
                        "a credential of the kind `{what}` is not understood: a Bearer token is taken instead"
                    );
                    note(format!("/components/securitySchemes/{name}"), message);
                    bearer("token")
                }
            };
            if !found.contains(&credential) {
                found.push(credential);
            }
        }
    }
    if found.is_empty() {
        let message = "it names no credentials: a Bearer token is assumed; see `credentials` in policy.json";
        note("/components/securitySchemes".to_owned(), message.to_owned());
        found.push(Credential { kind: "token", header: "Authorization".to_owned(), scheme: Some("Bearer") });
    }
    (found, scopes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_turned_as_people_would() {
        for (name, expected) in [
            ("companies", "company"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("scheduledTasks", "scheduled-task"),
            ("status", "status"),
            ("Records", "record"),
        ] {
            assert_eq!(singular(&kebab(name)), expected);
        }
        assert!(score("ids") > score("task_ids") && score("task_ids") > score("labels"));
        assert!(is_id("_id") && is_id("taskId") && !is_id("paid") && !is_id("idle"));
    }
}
