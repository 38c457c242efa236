//! Reads the small JSON bodies of control calls, and tells all that is wrong with one at once.

use crate::mock::reply;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::{Object, Value, push_segment};
use bulk_delete_core::problem::Problems;
use bulk_delete_core::request::call::{Body, Request};

const BODY: &str = "body";

/// A body that is being read: a JSON object of known properties.
#[derive(Debug)]
pub(super) struct Form {
    properties: Object,
    problems: Problems,
}

/// The bytes of the body.
///
/// # Errors
///
/// The answer to a body that is too large, did not arrive in time, or broke off.
pub(super) fn bytes<'r>(request: &Request<'r>) -> Result<&'r [u8], Response> {
    match request.body {
        Body::Bytes(bytes) => Ok(bytes),
        Body::TooLarge => Err(reply::error(413, "the body is larger than this server takes")),
        Body::TimedOut => Err(reply::error(408, "the body did not arrive in time")),
        Body::Broken => Err(broken()),
    }
}

/// The answer to a body that broke off.
pub(super) fn broken() -> Response {
    reply::error(400, "the body broke off, and nothing has changed")
}

/// Makes sure that there is no body, or an empty object: the call has nothing to say.
pub(super) fn nothing(request: &Request<'_>) -> Result<(), Response> {
    if bytes(request)?.is_empty() { Ok(()) } else { read(request, &[])?.finish(Ok(())) }
}

/// Reads a body in which only these properties may stand.
///
/// # Errors
///
/// The answer to a body that is not a JSON object.
pub(super) fn read(request: &Request<'_>, known: &[&str]) -> Result<Form, Response> {
    let mut problems = Problems::new(BODY);
    match Value::parse(bytes(request)?) {
        Err(error) => problems.push("", error.to_string()),
        Ok(Value::Object(properties)) => {
            for name in properties.keys().filter(|name| !known.contains(name)) {
                let message = match known {
                    [] => "this call takes no properties: leave it out".to_owned(),
                    _ => format!("unknown property: take one of {}", known.join(", ")),
                };
                problems.push(pointer(name), message);
            }
            return Ok(Form { properties, problems });
        }
        Ok(other) => problems.push("", format!("must be an object, and is {}", other.type_name())),
    }
    Err(refused(problems))
}

impl Form {
    /// Reads a property that may be absent. Notes a problem where `read` makes nothing of it.
    pub(super) fn optional<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.properties.get(name)?;
        let read = read(value);
        if read.is_none() {
            self.problems.push(pointer(name), format!("must be {expected}"));
        }
        read
    }

    /// Reads a property that has to be there.
    pub(super) fn required<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        if self.properties.get(name).is_none() {
            self.problems.push("", format!("`{name}` is missing: {expected}"));
        }
        self.optional(name, expected, read)
    }

    /// Notes a problem with a property.
    pub(super) fn problem(&mut self, name: &str, message: impl Into<String>) {
        self.problems.push(pointer(name), message);
    }

    /// Ends the reading: the result, or the answer that tells every problem.
    pub(super) fn finish<T>(mut self, result: Result<T, &str>) -> Result<T, Response> {
        match result {
            Ok(result) if self.problems.is_empty() => Ok(result),
            Err(message) if self.problems.is_empty() => {
                self.problems.push("", message);
                Err(refused(self.problems))
            }
            Ok(_) | Err(_) => Err(refused(self.problems)),
        }
    }
}

fn refused(problems: Problems) -> Response {
    reply::refused("the body was refused, and nothing has changed", &problems.into_vec())
}

fn pointer(name: &str) -> String {
    let mut pointer = String::new();
    push_segment(&mut pointer, name);
    pointer
}
