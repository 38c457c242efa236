//! Drafts a contract folder from an OpenAPI document: what it says is taken over, what it does not say is guessed and told, and
//! what a contract cannot express is refused. Every draft has been loaded, and its example carried out, before it is handed out.
//!
//! | module | does |
//! |---|---|
//! | `yaml`, `select`, `gather` | read the document, find the operation, gather what it says |
//! | `schemas` | turns its schemas into those that a contract understands |
//! | `ids`, `credentials`, `guess` | where the ids stand, how callers prove who they are, what is deleted and what holds it |
//! | `shape`, `sample` | templates of answers, and values, from schemas |
//! | `plan`, `policy`, `example` | what a draft is made of, the policy, the world and the first exchange |
//! | `notes` | what people are told about it |

mod credentials;
mod example;
mod gather;
mod guess;
mod ids;
mod notes;
mod plan;
mod policy;
mod sample;
mod schemas;
mod select;
mod shape;
mod yaml;

use crate::folder::{Folder, Origin};
use crate::lint::{self, Example, finding::Finding, finding::Severity};
use crate::pretty::pretty;
use bulk_delete_core::json::{Object, Value};
pub(crate) use gather::base_path;
use plan::{Plan, Telling};
use sample::Style;
use schemas::{Schemas, Version};
use shape::{Done, Success};
use std::borrow::Cow;

/// Something about the document that whoever goes on should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// JSON Pointer to the place in the OpenAPI document, or in the request.
    pub pointer: String,
    /// What was made of it.
    pub message: String,
}

/// A contract folder that loads.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// Its files by their names within the folder.
    pub files: Vec<(&'static str, String)>,
    /// What was guessed and what was left out.
    pub notes: Vec<Note>,
}

/// Why there is no draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// JSON Pointer to the place in the document; empty for the whole.
    pub pointer: String,
    /// How many bytes stand before the place, where the text itself is wrong.
    pub offset: Option<usize>,
    /// What is wrong or cannot be expressed, and what to do.
    pub message: String,
}

impl Refusal {
    fn at(pointer: &str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.to_owned(), offset: None, message: message.into() }
    }
}

/// Drafts a folder of this name for an operation, which is given by its `operationId`, or as `DELETE /path`. `source` is what
/// the document is called.
///
/// # Errors
///
/// Where the document cannot be read, has no such operation, or asks for something that a contract cannot express.
pub fn draft(text: &str, operation: &str, name: &str, source: &str) -> Result<Drafted, Refusal> {
    let document = read(text)?;
    let version = version(&document)?;
    let Some(found) = select::find(&document, operation) else {
        let others = select::others(&document, 12);
        let hint = if others.is_empty() {
            "it has none that deletes".to_owned()
        } else {
            format!("it has `{}`", others.join("`, `"))
        };
        return Err(Refusal::at("/paths", format!("there is no operation `{operation}`: {hint}")));
    };
    let mut schemas = Schemas::new(&document, version);
    let mut gathered = gather::gather(&document, &found, &mut schemas)?;
    let ids = ids::find(&mut gathered, &mut schemas)?;
    let container = guess::container(&gathered);
    let resource = guess::resource(&gathered, &ids);
    let (credentials, scopes) = credentials::read(&document, found.operation, &mut schemas.notes);
    let answer = gathered.answers.iter().find(|answer| matches!(answer.code(), Some(200..=299)));
    let status = answer.and_then(gather::Documented::code).unwrap_or(200);
    let success = if status == 202 { Success::Accepted } else { Success::Deleted };
    let schema = answer.and_then(|answer| answer.schema.clone());
    let mut attempt = Attempt { name, openapi: Value::Null, findings: Vec::new() };
    // A pattern that is not understood is left out, one at a time.
    for _ in 0..64 {
        attempt.openapi = gathered.to_openapi(&document, &schemas);
        let done = shape::done(&schemas, schema.as_ref().filter(|_| status != 204), success);
        let plan = Plan {
            gathered: &gathered,
            schemas: &schemas,
            ids: &ids,
            container: &container,
            resource: &resource,
            credentials: &credentials,
            scopes: &scopes,
            status,
            done: &done,
            success,
            source,
        };
        if let Some((policy, world, example, telling)) = attempt.choose(&plan, &done) {
            let mut all = std::mem::take(&mut schemas.notes);
            all.dedup();
            let notes_file = notes::notes(
                &plan_facts(&gathered, &ids, &container, &resource, status, telling),
                &all,
                source,
                name,
            );
            let files = vec![
                ("openapi.json", pretty(&attempt.openapi)),
                ("policy.json", pretty(&policy)),
                ("world.json", pretty(&world)),
                ("examples/start.json", pretty(&example)),
                ("NOTES.md", notes_file),
            ];
            return Ok(Drafted { files, notes: all });
        }
        if !attempt.give_way(&mut gathered, &mut schemas) {
            break;
        }
    }
    let first = attempt.findings.first();
    let why = first.map_or("its example could not be made", |finding| finding.message.as_str());
    let place = first.map_or("", |finding| finding.pointer.as_str());
    Err(Refusal::at(
        &found.pointer(),
        format!("no contract could be drafted of this operation: {why} (at {place} of the draft)"),
    ))
}

/// What the folder of an operation is called where nobody says it.
#[must_use]
pub fn folder_name(operation: &str) -> String {
    match guess::kebab(operation) {
        name if name.is_empty() => "contract".to_owned(),
        name => name,
    }
}

fn plan_facts(
    gathered: &gather::Gathered,
    ids: &ids::Ids,
    container: &Option<(String, String)>,
    resource: &str,
    status: u16,
    telling: Telling,
) -> notes::Facts {
    notes::Facts {
        line: format!("{} {}", gathered.method.to_ascii_uppercase(), gathered.path),
        ids: ids.at.clone(),
        container: container.as_ref().map(|(name, kind)| format!("`{kind}`, from `/path/{name}`")),
        resource: resource.to_owned(),
        status,
        telling,
    }
}

fn read(text: &str) -> Result<Value, Refusal> {
    if text.trim_start().starts_with('{') {
        return Value::parse(text.as_bytes()).map_err(|error| Refusal {
            offset: Some(error.offset),
            ..Refusal::at("", format!("is not JSON: {error}"))
        });
    }
    yaml::parse(text)
        .map_err(|mistake| Refusal { offset: Some(mistake.offset), ..Refusal::at("", mistake.message) })
}

fn version(document: &Value) -> Result<Version, Refusal> {
    match document.get("openapi").and_then(Value::as_str) {
        Some(version) if version.starts_with("3.0") => Ok(Version::V30),
        Some(version) if version.starts_with("3.1") => Ok(Version::V31),
        Some(other) => Err(Refusal::at("/openapi", format!("OpenAPI {other} is not read: 3.0 and 3.1 are"))),
        None if document.get("swagger").is_some() => Err(Refusal::at(
            "/swagger",
            "Swagger 2 is not read: turn it into OpenAPI 3 first, for example with `swagger2openapi`",
        )),
        None => Err(Refusal::at("", "is no OpenAPI document: it has no `openapi`")),
    }
}

/// What is being tried.
struct Attempt<'n> {
    name: &'n str,
    openapi: Value,
    /// What was wrong with the first draft.
    findings: Vec<Finding>,
}

type Chosen = (Value, Value, Value, Telling);

impl Attempt<'_> {
    /// The first draft without a mistake: the one that tells most, with ids of the first form that fits.
    fn choose(&mut self, plan: &Plan<'_, '_>, done: &Done) -> Option<Chosen> {
        self.findings.clear();
        let mut tellings = Vec::new();
        if done.tells_items && done.tells_reasons {
            tellings.push(Telling::Reasons);
        }
        if done.tells_items {
            tellings.push(Telling::Unknown);
        }
        if plan.knows_not_found() {
            tellings.push(Telling::AllOrNothing);
        }
        tellings.push(Telling::Silent);
        for telling in tellings {
            let policy = plan.policy(telling);
            for style in Style::ALL {
                let (Some(world), Some(example)) = (plan.world(telling, style), plan.example(telling, style))
                else {
                    continue;
                };
                let folder = self.folder(&policy, &world, &example);
                let answered = lint::answer(&folder, &example.to_text().into_bytes());
                let Some(example) = answered.ok().and_then(|answer| filled(&example, &answer)) else {
                    self.findings.extend(lint::check(&folder, &[]));
                    continue;
                };
                if !succeeded(&example, plan.status) {
                    let got = example.get("response").map(Value::to_text).unwrap_or_default();
                    let message =
                        format!("no example could be made that is carried out; the last one got {got}");
                    self.findings.push(Finding::new(
                        Severity::Error,
                        "examples/start.json",
                        b"",
                        "",
                        &message,
                    ));
                    continue;
                }
                let bytes = example.to_text().into_bytes();
                let found =
                    lint::check(&folder, &[Example { path: "examples/start.json".to_owned(), bytes }]);
                if found.is_empty() {
                    return Some((policy, world, example, telling));
                }
                self.findings.extend(found);
            }
        }
        None
    }

    fn folder(&self, policy: &Value, world: &Value, example: &Value) -> Folder {
        let bytes = |value: &Value| Cow::Owned(value.to_text().into_bytes());
        Folder {
            name: Cow::Owned(self.name.to_owned()),
            origin: Origin::Given,
            place: Cow::Borrowed(""),
            openapi: bytes(&self.openapi),
            policy: bytes(policy),
            world: Some(bytes(world)),
            start: Some(bytes(example)),
            scenarios: Vec::new(),
        }
    }

    /// Takes a keyword out that could not be read. Tells whether there was one.
    fn give_way(&self, gathered: &mut gather::Gathered, schemas: &mut Schemas<'_>) -> bool {
        let of_schemas = |finding: &&Finding| {
            finding.severity == Severity::Error
                && finding.path.ends_with("openapi.json")
                && finding.pointer.ends_with("/pattern")
        };
        let Some(finding) = self.findings.iter().find(of_schemas) else { return false };
        let Some(pattern) = self.openapi.at(&finding.pointer).cloned() else { return false };
        let mut taken = false;
        for (_, schema) in schemas.components.clone().iter() {
            taken |= has_pattern(schema, &pattern);
        }
        let components = std::mem::take(&mut schemas.components);
        schemas.components =
            components.into_iter().map(|(name, schema)| (name, without_pattern(schema, &pattern))).collect();
        for schema in gathered
            .parameters
            .iter_mut()
            .map(|parameter| &mut parameter.schema)
            .chain(gathered.body.iter_mut().map(|body| &mut body.schema))
        {
            taken |= has_pattern(schema, &pattern);
            *schema = without_pattern(std::mem::replace(schema, Value::Null), &pattern);
        }
        let message = format!(
            "the pattern {} is not understood and was left out: {}",
            pattern.to_text(),
            finding.message
        );
        schemas.notes.push(Note { pointer: finding.pointer.clone(), message });
        taken
    }
}

fn has_pattern(schema: &Value, pattern: &Value) -> bool {
    match schema {
        Value::Object(object) => {
            object.get("pattern") == Some(pattern)
                || object.iter().any(|(_, value)| has_pattern(value, pattern))
        }
        Value::Array(items) => items.iter().any(|item| has_pattern(item, pattern)),
        _ => false,
    }
}

fn without_pattern(schema: Value, pattern: &Value) -> Value {
    match schema {
        Value::Object(object) => Value::Object(
            object
                .into_iter()
                .filter(|(name, value)| !(name == "pattern" && value == pattern))
                .map(|(name, value)| (name, without_pattern(value, pattern)))
                .collect(),
        ),
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| without_pattern(item, pattern)).collect())
        }
        other => other,
    }
}

/// The example with the answer that was given, in which made ids and times are placeholders.
fn filled(example: &Value, answer: &crate::case::matching::Answer) -> Option<Value> {
    let mut response = Object::new();
    response.push("status", Value::from(u64::from(answer.status)));
    if answer.body.is_empty() {
        response.push("no-body", Value::from(true));
    } else {
        response.push("body", opened(Value::parse(&answer.body).ok()?));
    }
    let mut filled = example.as_object()?.clone();
    filled.insert("response", Value::Object(response));
    Some(Value::Object(filled))
}

fn opened(value: Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("00000000-0000-4000-8000-") => Value::from("{request.id}"),
        Value::String(text) if text == "2026-11-21T22:03:00.000Z" => Value::from("{now}"),
        Value::Array(items) => Value::Array(items.into_iter().map(opened).collect()),
        Value::Object(object) => {
            object.into_iter().map(|(name, value)| (name, opened(value))).collect::<Object>().into()
        }
        other => other,
    }
}

fn succeeded(example: &Value, status: u16) -> bool {
    example.at("/response/status").and_then(Value::as_u64) == Some(u64::from(status))
}
