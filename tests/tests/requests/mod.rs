//! Requests of a contract that takes only parameters: generated paths and queries, and a plain reading of them for the oracle.
//! The reading was written from what the documents say, without the core's.

use bulk_delete_core::contract::Contract;
use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_core::request::violation::Violation;
use bulk_delete_core::service::Service;
use bulk_delete_tests::described::compile;
use bulk_delete_tests::generate::Random;
use jsonschema::Validator;
use serde_json::{Value, json};

/// The parameters of an operation.
pub(crate) struct Parameters<'s> {
    service: &'s Service,
    method: String,
    /// The path, with its parameters in braces.
    template: String,
    known: Vec<Parameter>,
}

struct Parameter {
    name: String,
    in_path: bool,
    required: bool,
    list: bool,
    boolean: bool,
    schema: Validator,
}

/// A generated request.
#[derive(Debug)]
pub(crate) struct Generated {
    path: String,
    query: Option<String>,
    /// The raw value of the one path parameter.
    segment: String,
}

const SEGMENTS: &[&str] =
    &["default", "rkr83lapKkyCJuLLWqLqzB", "seven77", "six666", "a", "%64efault", "Default", "d%65f"];
const PIECES: &[&str] = &[
    "a",
    "b",
    "Z9",
    "-",
    "_",
    ".",
    "~",
    "%20",
    "+",
    "%2C",
    "%2c",
    ",",
    ",,",
    "%25",
    "%C3%A9",
    "%F0%9F%98%80",
    "%00",
    "%26",
    "%3D",
    "=",
    "[",
    "]",
    "%5B0%5D",
    "{x}",
    "é",
    "%",
    "%4",
    "%zz",
    "%FF",
    "%C3",
    "%ED%A0%80",
    "spring-launch-2025",
    "0",
    "true",
];
const FLAGS: &[&str] =
    &["true", "false", "TRUE", "False", "1", "", "yes", "null", "tru%65", "true ", "+true", "%FF"];

impl<'s> Parameters<'s> {
    /// The parameters of the contract's operation, as its document has them.
    pub(crate) fn new(document: &Value, service: &'s Service, contract: &Contract) -> Self {
        let paths = document["paths"].as_object().expect("paths");
        let (template, method, operation) = paths
            .iter()
            .flat_map(|(path, item)| {
                item.as_object()
                    .into_iter()
                    .flatten()
                    .map(move |(method, operation)| (path, method, operation))
            })
            .find(|(_, _, operation)| operation["operationId"] == contract.operation.id.as_str())
            .expect("the operation is in the document");
        let known =
            operation["parameters"].as_array().expect("parameters").iter().map(|parameter| Parameter {
                name: parameter["name"].as_str().expect("a name").to_owned(),
                in_path: parameter["in"] == "path",
                required: parameter["required"] == true,
                list: parameter["schema"]["type"] == "array",
                boolean: parameter["schema"]["type"] == "boolean",
                schema: compile(document, &parameter["schema"]),
            });
        Self {
            service,
            method: method.to_ascii_uppercase(),
            template: template.clone(),
            known: known.collect(),
        }
    }

    /// Generated requests: most of them nearly right. The same seed gives the same.
    pub(crate) fn requests(&self, seed: u64) -> impl Iterator<Item = Generated> {
        let mut random = Random::new(seed);
        std::iter::repeat_with(move || {
            let segment = match random.below(10) {
                0..4 => "default".to_owned(),
                4..8 => random.pick(SEGMENTS).to_owned(),
                _ => text(&mut random, 8).replace(',', "%2C"),
            };
            let segment = if segment.is_empty() { "default".to_owned() } else { segment };
            let mut pairs = Vec::new();
            for parameter in self.known.iter().filter(|parameter| !parameter.in_path) {
                let most = if parameter.list { 4 } else { 2 };
                for _ in 0..random.below(most) {
                    pairs.push(pair(parameter, &mut random));
                }
            }
            if random.chance(10) {
                pairs.push(
                    random
                        .pick(&["", "other=1", "%FF=1", "ids", "deleteTasks", "&", "IDS=a", "ids[x]=a"])
                        .to_owned(),
                );
            }
            // In no order, as a client may send them.
            for index in (1..pairs.len()).rev() {
                pairs.swap(index, random.below(index + 1));
            }
            let path = self
                .template
                .split('/')
                .map(|part| if part.starts_with('{') { segment.as_str() } else { part });
            let path = path.collect::<Vec<_>>().join("/");
            let query = (!pairs.is_empty() || random.chance(20)).then(|| pairs.join("&"));
            Generated { path, query, segment }
        })
    }

    /// What the core finds wrong with a request.
    pub(crate) fn violations(&self, generated: &Generated) -> Vec<Violation> {
        let request = Request {
            method: &self.method,
            path: &generated.path,
            query: generated.query.as_deref(),
            headers: &[],
            body: Body::Bytes(b""),
        };
        let routed = self.service.route(request.method, request.path).expect("the path is the contract's");
        self.service.call(routed, &request).violations().to_vec()
    }

    /// Whether the oracle takes the request.
    pub(crate) fn is_valid(&self, generated: &Generated) -> bool {
        self.known.iter().all(|parameter| {
            let found = if parameter.in_path {
                decoded(&generated.segment).map(|text| Some(Value::from(text)))
            } else if parameter.list {
                list(generated, &parameter.name)
            } else {
                scalar(generated, parameter)
            };
            match found {
                None => false,
                Some(None) => !parameter.required,
                Some(Some(value)) => parameter.schema.is_valid(&value),
            }
        })
    }
}

fn text(random: &mut Random, most: usize) -> String {
    (0..random.below(most)).map(|_| random.pick(PIECES)).collect()
}

fn pair(parameter: &Parameter, random: &mut Random) -> String {
    let Parameter { name, list, .. } = parameter;
    if !list {
        let flags = if random.chance(70) { &FLAGS[..4] } else { FLAGS };
        return format!("{name}={}", random.pick(flags));
    }
    let value = match random.below(4) {
        0 => text(random, 4),
        _ => random.pick(&["a", "b", "a,b", "spring-launch-2025", "", ",", "a+b"]).to_owned(),
    };
    match random.below(6) {
        0 => format!("{name}[]={value}"),
        1 => format!("{name}%5B%5D={value}"),
        2 => format!("{name}[{}]={value}", random.below(4)),
        _ => format!("{name}={value}"),
    }
}

/// Name and raw value of each pair of a query. A name that is not UTF-8 in percent-encoding is nobody's.
fn pairs(generated: &Generated) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for pair in generated.query.as_deref().unwrap_or_default().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if let (false, Some(name)) = (pair.is_empty(), decoded(&name.replace('+', " "))) {
            pairs.push((name, value.replace('+', " ")));
        }
    }
    pairs
}

/// The list in any of its four spellings: `None` where it cannot be read, `Some(None)` where it is not there.
fn list(generated: &Generated, name: &str) -> Option<Option<Value>> {
    let (mut items, mut indexes, mut there) = (Vec::new(), Vec::new(), false);
    for (own, value) in pairs(generated) {
        let index = own.strip_prefix(&format!("{name}[")).and_then(|rest| rest.strip_suffix(']'));
        let index = match index {
            None if own == name => None,
            Some("") => None,
            Some(index) => match index.parse::<usize>() {
                Ok(index) => Some(index),
                Err(_) => continue,
            },
            None => continue,
        };
        there = true;
        let value = decoded(&value)?;
        let parts: Vec<&str> = if own == name { value.split(',').collect() } else { vec![&value] };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            items.push(Value::from(part));
            if let Some(index) = index {
                if indexes.contains(&index) {
                    return None;
                }
                indexes.push(index);
            }
        }
    }
    Some(there.then_some(Value::Array(items)))
}

fn scalar(generated: &Generated, parameter: &Parameter) -> Option<Option<Value>> {
    let mut values =
        pairs(generated).into_iter().filter(|(own, _)| *own == parameter.name).map(|(_, value)| value);
    let Some(first) = values.next() else { return Some(None) };
    if values.next().is_some() {
        return None;
    }
    let text = decoded(&first)?;
    Some(Some(match text.to_ascii_lowercase().as_str() {
        word @ ("true" | "false") if parameter.boolean => json!(word == "true"),
        _ => Value::from(text),
    }))
}

/// Percent-decoding, strictly: two hexadecimal digits behind each percent sign, and UTF-8 as the result.
fn decoded(raw: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit =
            |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        out.push(digit(bytes.next())? << 4 | digit(bytes.next())?);
    }
    String::from_utf8(out).ok()
}
