//! The operation as its OpenAPI document describes it: route, parameters, body.

use super::path::PathTemplate;
use super::place::Place;
use crate::json::Value;
use crate::names::Names;
use crate::request::ids::Compare;
use crate::request::parameters::{ParameterPlace, ParameterSpec, Spelling, is_json};
use crate::request::schema::{NodeId, Schema};

/// An operation of an OpenAPI document.
#[derive(Debug)]
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// Its method, in upper case.
    pub method: String,
    /// Its path.
    pub path: PathTemplate,
    /// Its parameters.
    pub parameters: Vec<ParameterSpec>,
    /// Its body, if it has one.
    pub body: Option<BodySpec>,
}

/// What a body must be.
#[derive(Debug)]
pub struct BodySpec {
    /// Whether it may be left out.
    pub presence: Presence,
    /// The media types that are read, in lower case.
    pub media_types: Vec<String>,
    /// Its schema.
    pub schema: Schema,
}

/// Whether something may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be left out.
    Optional,
}

/// What a policy says about query parameters beside the OpenAPI document.
#[derive(Debug, Default)]
pub(super) struct QueryRules {
    by_name: Names<QueryRule>,
}

#[derive(Debug, Default)]
struct QueryRule {
    spellings: Vec<Spelling>,
    compare: Compare,
}

impl QueryRules {
    /// Reads `query`.
    pub(super) fn read(place: &Place<'_>) -> Self {
        let mut by_name = Names::new();
        for (name, rule) in place.members() {
            rule.closed(&["spellings", "compare"]);
            let spellings =
                rule.field("spellings").map(|spellings| read_spellings(&spellings)).unwrap_or_default();
            let compare =
                rule.field("compare").and_then(|compare| super::read_compare(&compare)).unwrap_or_default();
            by_name.insert(name.to_owned(), QueryRule { spellings, compare });
        }
        Self { by_name }
    }

    /// Tells rules for parameters that the operation does not have.
    pub(super) fn check(&self, place: &Place<'_>, operation: &Operation) {
        for name in self.by_name.keys() {
            let known = |spec: &ParameterSpec| spec.place == ParameterPlace::Query && spec.name == *name;
            if !operation.parameters.iter().any(known) {
                place.problem(format!("the operation has no query parameter `{name}`: add it to openapi.json, or leave it out here"));
            }
        }
    }
}

fn read_spellings(place: &Place<'_>) -> Vec<Spelling> {
    let table = [Spelling::Repeated, Spelling::Commas, Spelling::Brackets, Spelling::Indexed]
        .map(|spelling| (spelling.name(), spelling));
    place.distinct().iter().filter_map(|spelling| spelling.one_of(&table)).collect()
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Operation {
    /// Finds and reads the operation of this id in a document; tells every problem in what it reaches.
    pub(super) fn read(document: &Place<'_>, id: &str, rules: &QueryRules) -> Option<Self> {
        let paths = document.required("paths")?;
        for (path, item) in paths.members() {
            for method in METHODS {
                let Some(operation) = item.field(method) else { continue };
                if operation.value.get("operationId").and_then(Value::as_str) == Some(id) {
                    return Self::read_found(document, path, method, &item, &operation, id, rules);
                }
            }
        }
        paths.problem(format!("no operation here has the `operationId` `{id}` that the policy names"));
        None
    }

    fn read_found(
        document: &Place<'_>,
        path: &str,
        method: &str,
        item: &Place<'_>,
        operation: &Place<'_>,
        id: &str,
        rules: &QueryRules,
    ) -> Option<Self> {
        if matches!(method, "options" | "head") {
            operation.problem(
                "this method asks about others, and a server answers it by itself: take one that does something",
            );
        }
        let Ok(template) = PathTemplate::parse(path) else {
            item.problem(format!(
                "`{path}` is no path: it must begin with a slash, and a parameter fills a whole segment"
            ));
            return None;
        };
        let mut parameters: Vec<ParameterSpec> = Vec::new();
        let of_item = item.field("parameters").map(|list| list.elements()).unwrap_or_default();
        let own = operation.field("parameters").map(|list| list.elements()).unwrap_or_default();
        for place in of_item.iter().chain(&own) {
            if let Some(spec) = read_parameter(document, place, rules) {
                // An operation's own parameter stands for one of the same name of its path.
                parameters.retain(|other| (other.place, &other.name) != (spec.place, &spec.name));
                parameters.push(spec);
            }
        }
        for name in template.parameters() {
            if !parameters.iter().any(|spec| spec.place == ParameterPlace::Path && spec.name == name) {
                operation
                    .problem(format!("the path parameter `{name}` is not described: add it to `parameters`"));
            }
        }
        let body = operation.field("requestBody").and_then(|body| read_body(document, &body));
        Some(Self {
            id: id.to_owned(),
            method: method.to_ascii_uppercase(),
            path: template,
            parameters,
            body,
        })
    }

    /// The parameter of this name and place.
    pub fn parameter(&self, place: ParameterPlace, name: &str) -> Option<&ParameterSpec> {
        self.parameters.iter().find(|spec| spec.place == place && spec.name == name)
    }
}

/// The place that a `$ref` leads to, or the place itself.
fn follow<'a>(document: &Place<'a>, place: &Place<'a>) -> Option<Place<'a>> {
    let Some(reference) = place.field("$ref") else { return Some(place.clone()) };
    let target = reference.text()?.strip_prefix('#').and_then(|pointer| document.at(pointer));
    if target.is_none() {
        reference
            .problem("does not lead anywhere in this document: only references to places in it are followed");
    }
    target
}

fn read_parameter(document: &Place<'_>, place: &Place<'_>, rules: &QueryRules) -> Option<ParameterSpec> {
    let place = follow(document, place)?;
    let name = place.required("name")?.text()?.to_owned();
    let within = place.required("in")?;
    let at = match within.text()? {
        "path" => ParameterPlace::Path,
        "query" => ParameterPlace::Query,
        "header" => ParameterPlace::Header,
        other => {
            within.problem(format!(
                "parameters in `{other}` are not supported: use `path`, `query` or `header`"
            ));
            return None;
        }
    };
    let required = flag(&place, "required").unwrap_or(false);
    let schema = place.required("schema")?;
    let schema = Schema::compile(document.value, &schema.pointer, &mut place.problems().borrow_mut())?;
    let rule = rules.by_name.get(&name).filter(|_| at == ParameterPlace::Query);
    let spellings = match rule {
        Some(rule) if !rule.spellings.is_empty() => rule.spellings.clone(),
        _ => vec![documented_spelling(&place, at)],
    };
    let compare = rule.map(|rule| rule.compare).unwrap_or_default();
    Some(ParameterSpec { place: at, name, required, schema, spellings, compare })
}

/// How the document itself spells arrays: OpenAPI's default for a query is `form` with `explode`, which repeats the name.
fn documented_spelling(place: &Place<'_>, at: ParameterPlace) -> Spelling {
    let usual = if at == ParameterPlace::Query { "form" } else { "simple" };
    if let Some(style) = place.field("style")
        && style.text().is_some_and(|style| style != usual)
    {
        style.problem(format!(
            "only the style `{usual}` is read here: leave it out; how a list in the query is spelt, `query` in policy.json may say"
        ));
    }
    if flag(place, "explode") == Some(false) { Spelling::Commas } else { Spelling::Repeated }
}

/// What this key says, where it is there; tells a problem if that is neither true nor false.
fn flag(place: &Place<'_>, key: &str) -> Option<bool> {
    let place = place.field(key)?;
    let flag = place.value.as_bool();
    if flag.is_none() {
        place.problem("must be true or false");
    }
    flag
}

fn read_body(document: &Place<'_>, place: &Place<'_>) -> Option<BodySpec> {
    let place = follow(document, place)?;
    let required = flag(&place, "required").unwrap_or(false);
    let mut schema: Option<Place<'_>> = None;
    let mut media_types = Vec::new();
    let content = place.required("content")?;
    for (media_type, described) in content.members() {
        media_types.push(media_type.to_ascii_lowercase());
        if !is_json(media_type) {
            continue;
        }
        let own = described.required("schema");
        if let (Some(first), Some(own)) = (&schema, &own)
            && first.value != own.value
        {
            own.problem("another schema than that of the JSON before it: a body is held against one, so describe both alike");
        }
        schema = schema.or(own);
    }
    let Some(schema) = schema else {
        content.problem("only JSON bodies are read: describe one as `application/json`");
        return None;
    };
    let schema = Schema::compile(document.value, &schema.pointer, &mut place.problems().borrow_mut())?;
    let presence = if required { Presence::Required } else { Presence::Optional };
    Some(BodySpec { presence, media_types, schema })
}

/// Whether a schema names the property at a JSON Pointer. Looks through objects only.
pub(super) fn describes(schema: &Schema, pointer: &str) -> bool {
    let Some(names) = crate::json::segments(pointer) else { return false };
    let mut here: Vec<NodeId> = schema.root_ids().to_vec();
    for name in names {
        let objects = here.iter().filter_map(|id| schema.node(*id)?.objects.as_ref());
        let named = objects.flat_map(|rules| rules.properties.iter().filter(|(own, _)| **own == *name));
        let below: Vec<NodeId> =
            named.filter_map(|(_, id)| schema.node(*id)).flat_map(|node| node.all.iter().copied()).collect();
        if below.is_empty() {
            return false;
        }
        here = below;
    }
    true
}
