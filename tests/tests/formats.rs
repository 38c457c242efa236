//! The formats of the project describe its own files: every policy, world, example and case is as its JSON Schema says, and
//! every key of a schema has a description, so that an editor can complete it.

use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::json::Value as Exact;
use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_core::world::Seed;
use bulk_delete_mock::mock::{Kept, Mock};
use bulk_delete_tests::corpus::{contracts, entries, read, root, short};
use bulk_delete_tests::described::plain;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn format(name: &str) -> Value {
    let file = root().join("schemas").join(format!("{name}.schema.json"));
    serde_json::from_slice(&read(&file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// A validator for a format; what it refers to is found beside it.
fn validator(name: &str) -> Validator {
    let with_id = |name: &str| {
        let mut format = format(name);
        format["$id"] = json!(format!("https://example.com/{name}.schema.json"));
        format
    };
    let mut whole = with_id(name);
    if name != "world" {
        whole["$defs"]["the-format-of-worlds"] = with_id("world");
    }
    if name == "scenario" {
        whole["$defs"] =
            json!({"the-format-of-worlds": with_id("world"), "the-format-of-faults": with_id("fault")});
    }
    jsonschema::validator_for(&whole)
        .unwrap_or_else(|error| panic!("{name}.schema.json is no schema: {error}"))
}

fn check(name: &str, files: impl IntoIterator<Item = PathBuf>, value_of: impl Fn(Exact) -> Option<Exact>) {
    let (validator, mut count, mut wrong) = (validator(name), 0, Vec::new());
    for file in files {
        let exact = Exact::parse(&read(&file)).unwrap_or_else(|error| panic!("{}: {error}", short(&file)));
        let Some(exact) = value_of(exact) else { continue };
        count += 1;
        let value = plain(&exact);
        wrong.extend(
            validator
                .iter_errors(&value)
                .map(|error| format!("{}: {}: {error}", short(&file), error.instance_path())),
        );
    }
    println!("{name}: {count} documents");
    assert!(count > 0 && wrong.is_empty(), "{} problems:\n  {}", wrong.len(), wrong.join("\n  "));
}

fn cases() -> Vec<PathBuf> {
    let root = root();
    let folders = contracts().into_iter().flat_map(|name| {
        [root.join("tests/cases").join(&name), root.join("schemas").join(&name).join("examples")]
    });
    folders.flat_map(|folder| entries(&folder)).collect()
}

fn of_contracts(document: &str) -> impl Iterator<Item = PathBuf> {
    contracts().into_iter().map(move |name| Path::new(&root()).join("schemas").join(name).join(document))
}

#[test]
fn policies_are_in_their_format() {
    check("policy", of_contracts("policy.json"), Some);
}

#[test]
fn worlds_are_in_their_format() {
    check("world", of_contracts("world.json"), Some);
    check("world", cases(), |case| case.get("world").cloned());
}

#[test]
fn examples_and_cases_are_in_their_format() {
    check("example", cases(), Some);
}

#[test]
fn scenarios_are_in_their_format() {
    let folders = contracts().into_iter().map(|name| root().join("schemas").join(name).join("scenarios"));
    let files: Vec<PathBuf> = folders.flat_map(|folder| entries(&folder)).collect();
    assert!(files.len() >= 7, "{}", files.len());
    check("scenario", files, Some);
}

#[test]
fn every_key_of_a_format_is_described_and_no_other_is_allowed() {
    for name in ["policy", "world", "example", "fault", "verification", "scenario", "state"] {
        let mut wrong = Vec::new();
        inspect(&format(name), name, &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// What an editor marks as wrong in a policy is not loaded either.
#[test]
fn what_the_format_of_policies_refuses_is_not_loaded() {
    let tracker = root().join("examples/contracts/task-tracker");
    let folders = of_contracts("").chain([tracker.clone()]);
    let (validator, mut seen, mut tried, mut loaded) = (validator("policy"), BTreeSet::new(), 0, Vec::new());
    for folder in folders {
        let openapi = read(&folder.join("openapi.json"));
        let loads = |policy: &Value| {
            let policy = policy.to_string();
            Contract::load(Documents { name: "tried", openapi: &openapi, policy: policy.as_bytes() }).is_ok()
        };
        let mut policy: Value = serde_json::from_slice(&read(&folder.join("policy.json"))).unwrap();
        if folder == tracker {
            let more = json!([
                { "check": "attribute", "at": "/attributes/sort", "is-not": "kept", "else": "not-done" },
                { "check": "permission", "all-of": ["task.delete"], "else": "not-yours" },
            ]);
            policy["checks"]["item"].as_array_mut().unwrap().extend(more.as_array().unwrap().clone());
            assert!(validator.is_valid(&policy) && loads(&policy));
        }
        let mut places = Vec::new();
        places_of(&policy, "", "", &mut places);
        for (kind, place) in places {
            if !seen.insert(kind) {
                continue;
            }
            for (told, changed) in spoilt(&policy, &place) {
                if !validator.is_valid(&changed) {
                    tried += 1;
                    loads(&changed).then(|| loaded.push(format!("{place}: {told}")));
                }
            }
        }
    }
    assert!(
        tried > 500 && loaded.is_empty(),
        "of {tried}, {} load:\n  {}",
        loaded.len(),
        loaded.join("\n  ")
    );
}

/// What an editor marks as wrong in a world is not read either.
#[test]
fn what_the_format_of_worlds_refuses_is_not_read() {
    let (validator, mut seen, mut tried, mut taken) = (validator("world"), BTreeSet::new(), 0, Vec::new());
    for file in of_contracts("world.json") {
        let world: Value = serde_json::from_slice(&read(&file)).unwrap();
        let mut places = Vec::new();
        places_of(&world, "", "", &mut places);
        for (_, place) in places.into_iter().filter(|(kind, _)| seen.insert(kind.clone())) {
            for (told, changed) in spoilt(&world, &place) {
                if !validator.is_valid(&changed) {
                    tried += 1;
                    let read = Seed::parse("world.json", changed.to_string().as_bytes());
                    read.is_ok().then(|| taken.push(format!("{place}: {told}")));
                }
            }
        }
    }
    assert!(
        tried > 100 && taken.is_empty(),
        "of {tried}, {} are read:\n  {}",
        taken.len(),
        taken.join("\n  ")
    );
}

/// A document in which something else stands at a place, something is left out there, or stands there twice.
fn spoilt(document: &Value, place: &str) -> Vec<(String, Value)> {
    let at = |value: Value| {
        let mut changed = document.clone();
        *changed.pointer_mut(place).unwrap() = value;
        changed
    };
    let others = [
        json!(""),
        json!("zz"),
        json!([]),
        json!({ "zz": 1 }),
        json!({}),
        json!(null),
        json!(-1),
        json!(1.5),
        json!(true),
    ];
    let mut spoilt: Vec<_> = others.into_iter().map(|value| (value.to_string(), at(value))).collect();
    match document.pointer(place).unwrap() {
        Value::Array(items) => spoilt.extend(items.first().map(|item| {
            let twice = items.iter().chain([item]).cloned().collect();
            (format!("{item} twice"), at(Value::Array(twice)))
        })),
        Value::Object(members) => spoilt.extend(members.keys().map(|key| {
            let mut members = members.clone();
            members.remove(key);
            (format!("without `{key}`"), at(Value::Object(members)))
        })),
        _ => {}
    }
    spoilt
}

/// Every place in a policy that is no template, and of which kind it is: names that a policy gives are all of one.
fn places_of(value: &Value, kind: &str, place: &str, places: &mut Vec<(String, String)>) {
    if !place.is_empty() {
        places.push((kind.to_owned(), place.to_owned()));
    }
    let named = ["/answers", "/outcomes", "/words", "/words/*", "/companions", "/query"].contains(&kind)
        || kind.ends_with("/answers");
    if ["/body", "/say", "/headers"].iter().any(|template| kind.ends_with(template)) {
        return;
    }
    let is_list = value.is_array();
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        _ => return,
    };
    for (name, value) in members {
        // Checks differ by what they check, and companions by what they do.
        let own = value.get("check").or_else(|| value.get("do")).and_then(Value::as_str);
        let own = own.unwrap_or(if named || is_list { "*" } else { &name });
        let below = name.replace('~', "~0").replace('/', "~1");
        places_of(value, &format!("{kind}/{own}"), &format!("{place}/{below}"), places);
    }
}

/// The mock takes exactly the faults that their schema allows.
#[test]
fn faults_are_in_their_format() {
    let validator = validator("fault");
    let (mut taken, mut refused) = (0, 0);
    for document in [
        json!({"status": 503}),
        json!([{"status": 429, "retry-after": 5, "times": 3}, {"latency": 5}]),
        json!([]),
        json!({"latency": {"from": 1, "to": 2}, "probability": 0.25, "seed": 9}),
        json!({"connection": "dropped-after", "latency": 1, "contract": "anaplan-models", "caller": "ada"}),
        json!({"connection": "dropped-before", "id": "a", "session": "w-1"}),
        json!({"body": "truncated", "id": 7}),
        json!({"body": {"slow": 100}, "status": 500, "operation": "bulkDeleteModels"}),
        json!({"body": "malformed", "times": 1}),
        json!({}),
        json!(7),
        json!([7]),
        json!({"status": 399}),
        json!({"status": 600}),
        json!({"status": "503"}),
        json!({"status": 503, "colour": 1}),
        json!({"latency": -1}),
        json!({"latency": 600_001}),
        json!({"latency": 1.5}),
        json!({"latency": {"from": 1}}),
        json!({"latency": {"from": 1, "to": 2, "by": 3}}),
        json!({"retry-after": 5, "latency": 1}),
        json!({"connection": "dropped"}),
        json!({"connection": "dropped-after", "status": 503}),
        json!({"connection": "dropped-after", "body": "truncated"}),
        json!({"body": "slow"}),
        json!({"body": {"slow": "1"}}),
        json!({"status": 503, "times": 0}),
        json!({"status": 503, "probability": 0}),
        json!({"status": 503, "probability": 1.1}),
        json!({"status": 503, "probability": "1"}),
        json!({"status": 503, "seed": -1}),
        json!({"status": 503, "session": "a b"}),
        json!({"status": 503, "id": 1.5}),
        json!({"status": 503, "caller": 7}),
    ] {
        let status = posted("/__mock/faults", &document);
        assert_eq!(status == 201, validator.is_valid(&document), "{document}: {status}");
        if status == 201 { taken += 1 } else { refused += 1 }
    }
    assert!(taken >= 9 && refused >= 20, "{taken} taken, {refused} refused");
}

/// The mock takes exactly the assertions that their schema allows.
#[test]
fn assertions_are_in_their_format() {
    let validator = validator("verification");
    let (mut taken, mut refused) = (0, 0);
    for document in [
        json!({}),
        json!({"contract": "anaplan-models", "operation": "bulkDeleteModels", "method": "POST", "path": "/a", "caller": "ada"}),
        json!({"caller": null, "status": 401, "id": 7, "ids": ["a", 7], "deleted": [], "since": 0}),
        json!({"outcomes": {"a": "open"}, "violation": "/body", "count": 0}),
        json!({"count": {"at-least": 1}}),
        json!({"count": {"at-most": 1, "at-least": 0}}),
        json!([]),
        json!(7),
        json!({"colour": 1}),
        json!({"contract": 7}),
        json!({"caller": 7}),
        json!({"status": "200"}),
        json!({"status": 99}),
        json!({"id": 1.5}),
        json!({"ids": "a"}),
        json!({"deleted": [null]}),
        json!({"outcomes": {"a": 7}}),
        json!({"outcomes": []}),
        json!({"since": -1}),
        json!({"count": -1}),
        json!({"count": {}}),
        json!({"count": {"least": 1}}),
        json!({"count": {"at-least": "1"}}),
    ] {
        let status = posted("/__mock/journal/verify", &document);
        assert_eq!(status != 400, validator.is_valid(&document), "{document}: {status}");
        if status == 400 { refused += 1 } else { taken += 1 }
    }
    assert!(taken >= 6 && refused >= 15, "{taken} taken, {refused} refused");
}

/// What a mock writes down to go on from is in its format, and what it reads is what the format allows.
#[test]
fn states_are_in_their_format() {
    let mock = bulk_delete_tests::door::wireless::mock();
    let asked = json!({"caller": "ada", "contract": "anaplan-models", "scopes": ["a"]});
    assert_eq!(posted_to(&mock, "/__mock/tokens", &asked), 201);
    let validator = validator("state");
    let good = plain(&mock.keep().1);
    let with = |pointer: &str, value: Value| {
        let mut document = good.clone();
        match (document.pointer_mut(pointer), pointer.rsplit_once('/')) {
            (Some(place), _) => *place = value,
            (None, Some((parent, name))) => document.pointer_mut(parent).unwrap()[name] = value,
            (None, None) => panic!("{pointer}"),
        }
        document
    };
    let without = |name: &str| {
        let mut document = good.clone();
        document.as_object_mut().unwrap().remove(name).unwrap();
        document
    };
    let (mut taken, mut refused) = (0, 0);
    for document in [
        good.clone(),
        without("tokens"),
        without("logged-out"),
        without("saved"),
        with("/$schema", json!("state.schema.json")),
        with("/logged-out", json!(["ada-token"])),
        without("format"),
        without("key"),
        without("world"),
        with("/format", json!(2)),
        with("/key", json!("short")),
        with("/key", json!(7)),
        with("/tokens", json!({})),
        with("/tokens/0", json!("token")),
        with("/tokens/0/colour", json!(1)),
        with("/tokens/0/token", json!(7)),
        with("/tokens/0/scopes", json!([7])),
        with("/tokens/0/expires", json!(7)),
        with("/logged-out", json!([7])),
        with("/world/callers", json!({})),
        with("/world/colour", json!(1)),
        with("/colour", json!(1)),
        json!([]),
    ] {
        let read = Kept::read(document.to_string().as_bytes(), mock.contracts());
        assert_eq!(read.is_ok(), validator.is_valid(&document), "{document}");
        if read.is_ok() { taken += 1 } else { refused += 1 }
    }
    assert_eq!((taken, refused), (6, 17));
}

/// The status with which a mock answers this document at a path of its control API.
fn posted(path: &str, document: &Value) -> u16 {
    posted_to(&bulk_delete_tests::door::wireless::mock(), path, document)
}

fn posted_to(mock: &Mock, path: &str, document: &Value) -> u16 {
    let body = document.to_string();
    let body = Body::Bytes(body.as_bytes());
    mock.answer(&Request { method: "POST", path, query: None, headers: &[], body }).status
}

fn inspect(schema: &Value, place: &str, wrong: &mut Vec<String>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        if schema.get("additionalProperties").is_none() {
            wrong.push(format!("{place}: says nothing about other properties"));
        }
        for (key, property) in properties {
            if property.is_object() && property.get("description").is_none() && property.get("$ref").is_none()
            {
                wrong.push(format!("{place}/properties/{key}: has no description"));
            }
        }
    }
    match schema {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| inspect(value, &format!("{place}/{key}"), wrong))
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| inspect(item, &format!("{place}/{at}"), wrong))
        }
        _ => {}
    }
}
