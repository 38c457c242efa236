//! What JavaScript must know of a contract to build requests to it.

use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::atomicity::Atomicity;
use bulk_delete_core::contract::source::Source;
use bulk_delete_core::decision::questions::questions;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::request::parameters::{ParameterSpec, Spelling};

/// A contract's description.
pub(crate) fn contract(contract: &Contract) -> Value {
    let operation = &contract.operation;
    let parameters = operation.parameters.iter().map(parameter).collect();
    let asked = questions(contract);
    let facts = asked.iter().map(|question| {
        let part = question.part().map_or(Value::Null, Value::from);
        Value::Array(vec![Value::from(question.fact()), part])
    });
    let (least, most) = contract.bounds();
    let bound = |bound: Option<u64>| bound.map_or(Value::Null, Value::from);
    object([
        ("name", Value::from(&*contract.name)),
        ("method", Value::from(operation.method.as_str())),
        ("path", Value::from(operation.path.as_str())),
        ("parameters", Value::Array(parameters)),
        (
            "body",
            operation
                .body
                .as_ref()
                .map_or(Value::Null, |body| texts(body.media_types.iter().map(String::as_str))),
        ),
        ("properties", texts(contract.body_properties().into_iter())),
        ("ids", source(&contract.ids.at)),
        ("alike", Value::Bool(contract.ids_are_alike())),
        ("least", bound(least)),
        ("most", bound(most)),
        ("container", contract.container.as_ref().map_or(Value::Null, |container| source(&container.at))),
        ("together", Value::Bool(contract.atomicity == Atomicity::All)),
        ("credentials", texts(contract.credentials.iter().map(|credential| credential.header()))),
        ("codes", texts(contract.outcomes.iter().map(|outcome| outcome.code.as_str()))),
        ("facts", Value::Array(facts.collect())),
    ])
}

fn parameter(spec: &ParameterSpec) -> Value {
    let spelling = if spec.is_list() {
        let first = spec.spellings.first().copied().unwrap_or(Spelling::Repeated);
        Value::from(first.name())
    } else {
        Value::Null
    };
    object([
        ("at", Value::from(spec.place.pointer())),
        ("name", Value::from(spec.name.as_str())),
        ("list", spelling),
        ("commas", Value::Bool(spec.is_list() && spec.splits_at_commas())),
    ])
}

fn source(source: &Source) -> Value {
    let (at, name) = match source {
        Source::Path(name) => ("/path", name),
        Source::Query(name) => ("/query", name),
        Source::Body(pointer) => ("/body", pointer),
    };
    Value::Array(vec![Value::from(at), Value::from(name.as_str())])
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Value {
    Value::Array(texts.map(Value::from).collect())
}

/// An object of these properties, in this order.
pub(crate) fn object<const N: usize>(properties: [(&str, Value); N]) -> Value {
    let mut object = Object::new();
    for (name, value) in properties {
        object.push(name, value);
    }
    Value::Object(object)
}
