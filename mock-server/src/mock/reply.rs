//! Builds the answers that are the mock's own: those of the control API, and those where no contract answers.

use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::problem::Problem;
use std::borrow::Cow;

/// An object of these properties, in this order.
pub(crate) fn object<const N: usize>(properties: [(&str, Value); N]) -> Value {
    let mut object = Object::new();
    for (name, value) in properties {
        object.push(name, value);
    }
    Value::Object(object)
}

/// A list of these values.
pub(crate) fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(items.into_iter().collect())
}

/// A count as a JSON number.
pub(crate) fn count(number: usize) -> Value {
    Value::from(u64::try_from(number).unwrap_or(u64::MAX))
}

/// An answer with a JSON body.
pub(crate) fn json(status: u16, body: &Value) -> Response {
    let mut bytes = Vec::new();
    body.write(&mut bytes);
    Response {
        status,
        headers: vec![(Cow::Borrowed("content-type"), "application/json".to_owned())],
        body: Some(bytes),
    }
}

/// An answer without a body.
pub(crate) fn empty(status: u16) -> Response {
    Response { status, headers: Vec::new(), body: None }
}

/// An error that one sentence explains.
pub(crate) fn error(status: u16, message: &str) -> Response {
    json(status, &object([("error", object([("message", Value::from(message))]))]))
}

/// A document was refused, and nothing has changed.
pub(crate) fn refused(message: &str, problems: &[Problem]) -> Response {
    let problems = list(problems.iter().map(|problem| {
        object([
            ("document", Value::from(problem.document.as_str())),
            ("pointer", Value::from(problem.pointer.as_str())),
            ("message", Value::from(problem.message.as_str())),
        ])
    }));
    json(400, &object([("error", object([("message", Value::from(message)), ("problems", problems)]))]))
}
