//! Changes the body of an answer that a fault wants other than the contract has it.

use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::service::Failure;
use std::borrow::Cow;

/// What HTTP calls the failures of servers and gateways (RFC 9110, section 15.6).
const PHRASES: [(u16, &str); 5] = [
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
];

/// The answer of a failure that the contract has no words for: where its answer to any failure tells its own status, it tells
/// the wished one.
pub(super) fn restated(failure: Failure) -> Response {
    let Failure { mut response, told_status } = failure;
    let status = response.status;
    if status == told_status {
        return response;
    }
    let told = response.body.as_deref().and_then(|body| Value::parse(body).ok());
    if let Some(told) = told {
        let mut body = Vec::new();
        restate(told, told_status, status).write(&mut body);
        response.body = Some(body);
    }
    response
}

fn restate(value: Value, from: u16, to: u16) -> Value {
    let phrase = |status| PHRASES.iter().find(|(own, _)| *own == status).map(|(_, phrase)| *phrase);
    match value {
        Value::Number(_) if value.as_u64() == Some(u64::from(from)) => Value::from(u64::from(to)),
        Value::String(text) if Some(text.as_str()) == phrase(from) => {
            phrase(to).map_or(Value::String(text), Value::from)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| restate(item, from, to)).collect()),
        Value::Object(object) => Value::Object(
            object.into_iter().map(|(name, value)| (name, restate(value, from, to))).collect::<Object>(),
        ),
        other => other,
    }
}

/// Makes a body no JSON: its first half, and then what a gateway might say.
pub(super) fn malform(response: &mut Response) {
    let body = response.body.get_or_insert_default();
    body.truncate(body.len() / 2);
    body.extend_from_slice(b"<html><body>Bad Gateway</body></html>");
    if response.header("content-type").is_none() {
        response.headers.push((Cow::Borrowed("content-type"), "application/json".to_owned()));
    }
}
