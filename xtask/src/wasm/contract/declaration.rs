//! The types of a contract's module: what a call to it may be given, and which codes it tells.

use super::described::Described;
use crate::typescript::{Presence, Property, Rest, Type};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::answers::{DONE, VIOLATIONS};
use bulk_delete_core::contract::atomicity::Atomicity;
use bulk_delete_core::contract::outcome::BYSTANDER;
use bulk_delete_core::contract::source::Source;
use bulk_delete_core::json::{Value, segments};
use std::fmt::Write as _;

/// The declaration, for a contract and its two documents.
pub(super) fn of(contract: &Contract, openapi: &Value, policy: &Value) -> Result<String, String> {
    let described = Described::find(openapi).ok_or("openapi.json has no operation")?;
    let (places, options) = properties(contract, &described);
    let parts = [
        ("id", id(contract, &described)),
        ("where", Type::Object(places, Rest::Nothing)),
        ("options", Type::Object(options, Rest::Nothing)),
        ("body", described.body_type()),
        ("code", codes(contract, policy)),
    ];
    let mut text = String::from(
        "import type { Documents } from \"../../index.js\";\n\ndeclare const contract: Documents<{\n",
    );
    for (name, value) in parts {
        // Writing into a text cannot fail.
        let _ = writeln!(text, "  {name}: {value};");
    }
    text.push_str("}>;\n\nexport default contract;\n");
    Ok(text)
}

/// The type of an id.
fn id(contract: &Contract, described: &Described<'_>) -> Type {
    let known = match &contract.ids.at {
        Source::Path(_) => Type::unknown(),
        Source::Query(name) => described.parameter_item("query", name),
        Source::Body(pointer) => described.body_item(&segments(pointer).unwrap_or_default()),
    };
    if known == Type::unknown() {
        // What the engine takes for an id.
        Type::union(["string", "number", "bigint"].map(Type::name))
    } else {
        known
    }
}

/// What a call may be given beside the ids: what says where, and the rest. Credentials are left to headers.
fn properties(contract: &Contract, described: &Described<'_>) -> (Vec<Property>, Vec<Property>) {
    let (mut places, mut options) = (Vec::new(), Vec::new());
    let is_credential =
        |name: &str| contract.credentials.iter().any(|one| one.header().eq_ignore_ascii_case(name));
    for (place, mut property) in described.given() {
        let stands_in = |source: &Source| holds(source, place, &property.name);
        if stands_in(&contract.ids.at) || place == "header" && is_credential(&property.name) {
            continue;
        }
        if place == "path" || contract.container.as_ref().is_some_and(|rule| stands_in(&rule.at)) {
            property.presence = Presence::Required;
            places.push(property);
        } else {
            options.push(property);
        }
    }
    (places, options)
}

/// Whether a source stands in the parameter, or in the body's property, of this name.
fn holds(source: &Source, place: &str, name: &str) -> bool {
    match (source, place) {
        (Source::Path(own), "path") | (Source::Query(own), "query") => own == name,
        (Source::Body(pointer), "body") => {
            segments(pointer).is_some_and(|names| names.first().is_some_and(|first| first == name))
        }
        _ => false,
    }
}

/// Every code that an item or a request can come to: outcomes, and answers that refuse a whole request.
fn codes(contract: &Contract, policy: &Value) -> Type {
    let outcomes = contract.outcomes.iter().map(|outcome| outcome.code.as_str());
    let outcomes = outcomes.filter(|code| *code != BYSTANDER);
    let answers = policy.get("answers").and_then(Value::as_object).into_iter().flat_map(|all| all.keys());
    let answers = answers.filter(|name| *name != DONE);
    let together = (contract.atomicity == Atomicity::All).then_some(BYSTANDER);
    let all = outcomes.chain(answers).chain([VIOLATIONS]).chain(together);
    Type::union(all.map(|code| Type::literal(&Value::from(code))))
}
