//! Makes templates out of the schemas of answers: which property tells the deleted, which the rest, which how many, and what
//! stands for the words of an error.

use super::ids::is_id;
use super::sample;
use super::schemas::{Schemas, type_of};
use bulk_delete_core::json::{Object, Value};

/// A body for the answer to a request that was carried out.
#[derive(Clone, Debug, Default)]
pub(super) struct Done {
    /// The template; absent where the answer has no body.
    pub(super) body: Option<Value>,
    /// Whether it names items.
    pub(super) tells_items: bool,
    /// Whether it says why an item was not deleted.
    pub(super) tells_reasons: bool,
    /// The words for what became of an item, where it says that in words.
    pub(super) words: Option<(String, String)>,
}

/// How an item that is deleted is called in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Success {
    Deleted,
    Accepted,
}

impl Success {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Accepted => "accepted",
        }
    }
}

/// The template of an answer of this schema.
pub(super) fn done(schemas: &Schemas<'_>, schema: Option<&Value>, success: Success) -> Done {
    let mut maker = Maker { schemas, success, done: Done::default() };
    let body = schema.and_then(|schema| maker.value("", schema, true, 0));
    Done { body, ..maker.done }
}

struct Maker<'s, 'd> {
    schemas: &'s Schemas<'d>,
    success: Success,
    done: Done,
}

impl Maker<'_, '_> {
    /// A template for a value, or nothing where it need not be there and says nothing.
    fn value(&mut self, name: &str, schema: &Value, needed: bool, depth: u32) -> Option<Value> {
        if depth > 6 {
            return None;
        }
        let schema = self.schemas.seen(schema).clone();
        let plain = name.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
        let text = |text: &str| Some(Value::from(text));
        match type_of(&schema) {
            "object" => self.object(&schema, needed, depth),
            "array" => self.list(&plain, &schema).or_else(|| needed.then(|| Value::Array(Vec::new()))),
            "integer" | "number" if has(&["fail", "error"]) => text("{not-deleted.count}"),
            "integer" | "number"
                if has(&["deleted", "success", "count", "removed", "archived", "processed"]) =>
            {
                text(if self.success == Success::Deleted { "{deleted.count}" } else { "{accepted.count}" })
            }
            "integer" | "number" if has(&["total", "requested"]) => text("{all.count}"),
            "integer" | "number" if matches!(&*plain, "status" | "code" | "statuscode" | "status_code") => {
                text("{status}")
            }
            "string" if is_time(&schema) => text("{now}"),
            "string" if is_id(name) || has(&["jobid", "taskid", "requestid", "operationid"]) => {
                text("{request.id}")
            }
            "boolean" if has(&["success", "ok", "acknowledged", "deleted", "done"]) => {
                Some(Value::from(true))
            }
            "boolean" if has(&["error", "fail"]) => Some(Value::from(false)),
            _ if needed || schema.get("const").is_some() || schema.get("example").is_some() => {
                Some(literal(&sample::value(self.schemas, &schema)))
            }
            _ => None,
        }
    }

    fn object(&mut self, schema: &Value, needed: bool, depth: u32) -> Option<Value> {
        let schemas = self.schemas;
        let (members, required) = schemas.members(schema);
        let mut object = Object::new();
        for (name, member) in members {
            if may_be_key(name)
                && let Some(value) = self.value(name, member, required.contains(name), depth + 1)
            {
                object.insert(name, value);
            }
        }
        (needed || !object.is_empty()).then_some(Value::Object(object))
    }

    /// A list of items: which, its name says, or else what its elements are like.
    fn list(&mut self, name: &str, schema: &Value) -> Option<Value> {
        let items = self.schemas.seen(schema.get("items")?).clone();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let success = self.success.name();
        let list = if has(&["notfound", "not_found", "missing"]) {
            "not-found"
        } else if has(&["fail", "error", "notdeleted", "not_deleted", "invalid", "reject", "unsuccess"]) {
            "not-deleted"
        } else if has(&["deleted", "success", "removed", "archived", "destroyed", "accepted", "completed"]) {
            success
        } else if self.says_what_became(&items, 0) {
            "all"
        } else if name.is_empty() || self.may_name(&items) {
            success
        } else {
            return None;
        };
        let mut told = false;
        let element = match type_of(&items) {
            "string" | "integer" => {
                told = true;
                Value::from("{item.id}")
            }
            "object" => self.element(&items, list, &mut told, 0)?,
            _ => return None,
        };
        if !told {
            return None;
        }
        self.done.tells_items = true;
        let members = [("$each", Value::from(list)), ("item", element)];
        Some(Value::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()))
    }

    fn may_name(&self, items: &Value) -> bool {
        match type_of(items) {
            "object" => self.schemas.members(items).0.iter().any(|(name, _)| is_id(name)),
            kind => matches!(kind, "string" | "integer"),
        }
    }

    /// Whether an element says in a word what became of its item.
    fn says_what_became(&self, items: &Value, depth: u32) -> bool {
        self.schemas.members(items).0.iter().any(|(name, schema)| {
            let schema = self.schemas.seen(schema);
            is_status(name) && type_of(schema) == "string"
                || depth == 0 && type_of(schema) == "object" && self.says_what_became(schema, 1)
        })
    }

    /// An element of a list of items.
    fn element(&mut self, schema: &Value, list: &str, told: &mut bool, depth: u32) -> Option<Value> {
        let schemas = self.schemas;
        let (members, required) = schemas.members(schema);
        let mut object = Object::new();
        for (name, member) in members.into_iter().filter(|(name, _)| may_be_key(name)) {
            let member = schemas.seen(member);
            let plain = name.to_lowercase();
            let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
            let needed = required.contains(name);
            let fails = matches!(list, "not-deleted" | "not-found");
            let value = match type_of(member) {
                "string" | "integer" if is_id(name) && !*told => {
                    *told = true;
                    Some(Value::from("{item.id}"))
                }
                "string" if is_status(name) && list == "all" => {
                    self.done.words = Some(self.words(member));
                    Some(Value::from("{result:item.is}"))
                }
                "string" if has(&["message", "reason", "detail", "error", "description"]) && fails => {
                    self.done.tells_reasons = true;
                    Some(Value::from("{item.reason}"))
                }
                "string" if has(&["message", "reason", "detail", "error"]) && list == "all" => {
                    self.done.tells_reasons = true;
                    let members = [("$if", "item.reason"), ("then", "{item.reason}")];
                    Some(Value::Object(
                        members
                            .map(|(key, value)| (key.to_owned(), Value::from(value)))
                            .into_iter()
                            .collect(),
                    ))
                }
                "boolean" if has(&["deleted", "success", "ok", "archived"]) && list != "all" => {
                    Some(Value::from(!fails))
                }
                "integer" if is_status(name) && list != "all" => {
                    Some(Value::from(if fails { 404_u64 } else { 200 }))
                }
                "object" if depth < 2 => {
                    let mut below = *told;
                    let value = self.element(member, list, &mut below, depth + 1);
                    let wanted = needed
                        || below != *told
                        || value
                            .as_ref()
                            .is_some_and(|value| value.as_object().is_some_and(|object| !object.is_empty()));
                    *told = below;
                    value.filter(|_| wanted)
                }
                _ if needed => Some(literal(&sample::value(schemas, member))),
                _ => None,
            };
            if let Some(value) = value {
                object.insert(name, value);
            }
        }
        Some(Value::Object(object))
    }

    /// The words for success and for everything else.
    fn words(&self, schema: &Value) -> (String, String) {
        let words: Vec<&str> = schema
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let find = |wanted: &[&str]| {
            let fits = |word: &&&str| wanted.iter().any(|part| word.to_lowercase().contains(part));
            words.iter().find(fits).map(|word| (*word).to_owned())
        };
        let failed = find(&["fail", "error", "not", "invalid", "reject", "denied"]);
        let other = |than: Option<&str>| {
            words.iter().find(|word| Some(**word) != than).map(|word| (*word).to_owned())
        };
        let good = find(&["success", "deleted", "ok", "archived", "complete"])
            .filter(|word| Some(word) != failed.as_ref())
            .or_else(|| other(failed.as_deref()))
            .unwrap_or_else(|| "deleted".to_owned());
        let failed = failed.or_else(|| other(Some(&good))).unwrap_or_else(|| "failed".to_owned());
        (good, failed)
    }
}

fn is_status(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "status" | "result" | "state" | "outcome" | "code")
}

fn is_time(schema: &Value) -> bool {
    schema.get("format").and_then(Value::as_str) == Some("date-time")
}

/// Whether a template may have this key.
fn may_be_key(name: &str) -> bool {
    !name.starts_with('$') && !name.contains(['{', '}'])
}

/// A value as a template that means just it: braces are written twice.
pub(super) fn literal(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(text.replace('{', "{{").replace('}', "}}")),
        Value::Array(items) => Value::Array(items.iter().map(literal).collect()),
        Value::Object(object) => {
            let members = object.iter().filter(|(name, _)| may_be_key(name));
            Value::Object(members.map(|(name, value)| (name.to_owned(), literal(value))).collect())
        }
        other => other.clone(),
    }
}

/// The body of errors: the shape of the document's own with `{say.message}` and `{say.code}` in their places.
pub(super) fn envelope(schemas: &Schemas<'_>, schema: Option<&Value>) -> Value {
    let mut said = false;
    let made = schema.and_then(|schema| error(schemas, "", schema, true, &mut said, 0));
    match made {
        Some(body) if said => body,
        _ => Value::Object(Object::from_iter([
            ("code".to_owned(), Value::from("{say.code}")),
            ("message".to_owned(), Value::from("{say.message}")),
        ])),
    }
}

fn error(
    schemas: &Schemas<'_>,
    name: &str,
    schema: &Value,
    needed: bool,
    said: &mut bool,
    depth: u32,
) -> Option<Value> {
    if depth > 5 {
        return None;
    }
    let schema = schemas.seen(schema);
    let plain = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    match type_of(schema) {
        "object" => {
            let (members, required) = schemas.members(schema);
            let mut object = Object::new();
            for (name, member) in members.into_iter().filter(|(name, _)| may_be_key(name)) {
                if let Some(value) = error(schemas, name, member, required.contains(name), said, depth + 1) {
                    object.insert(name, value);
                }
            }
            (needed || !object.is_empty()).then_some(Value::Object(object))
        }
        "array" => {
            let items = schema.get("items")?;
            let speaks = has(&["error", "message", "fault", "detail"]);
            if speaks
                && let Some(element) = error(
                    schemas,
                    if type_of(schemas.seen(items)) == "string" { "message" } else { "" },
                    items,
                    true,
                    said,
                    depth + 1,
                )
            {
                return Some(Value::Array(vec![element]));
            }
            needed.then(|| Value::Array(Vec::new()))
        }
        "integer" | "number" if has(&["status", "code"]) => Some(Value::from("{status}")),
        "string"
            if has(&["message", "detail", "description", "title", "reason", "msg"])
                || (plain == "error" && needed) =>
        {
            *said = true;
            Some(Value::from("{say.message}"))
        }
        "string"
            if has(&["code", "type", "category", "error", "status"]) && schema.get("const").is_none() =>
        {
            Some(Value::from("{say.code}"))
        }
        "string" if is_id(name) || has(&["requestid", "correlation", "traceid"]) => {
            Some(Value::from("{request.id}"))
        }
        "string" if is_time(schema) => Some(Value::from("{now}")),
        _ if needed || schema.get("const").is_some() => Some(literal(&sample::value(schemas, schema))),
        _ => None,
    }
}
