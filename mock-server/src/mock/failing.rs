//! Changes the body of an answer that a fault wants other than the contract has it.

use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::service::Failure;
use std::borrow::Cow;

/// What HTTP calls failures (the registry of status codes of RFC 9110; 408 to 511 as of 2026).
const PHRASES: [(u16, &str); 40] = [
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (418, "I'm a Teapot"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "HTTP Version Not Supported"),
    (506, "Variant Also Negotiates"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (510, "Not Extended"),
    (511, "Network Authentication Required"),
];

/// The answer of a failure that the contract has no words for: its answer to any failure, which tells the wished status instead of
/// its own, as a number, at the end of a code, and in words.
pub(super) fn restated(failure: Failure) -> Response {
    let Failure { mut response, told_status } = failure;
    let status = response.status;
    if status == told_status {
        return response;
    }
    let told = response.body.as_deref().and_then(|body| Value::parse(body).ok());
    if let Some(told) = told {
        let phrase = PHRASES.iter().find(|(own, _)| *own == status).map(|(_, phrase)| (*phrase).to_owned());
        let phrase = phrase.unwrap_or_else(|| format!("Status {status}"));
        let told_number = told_status.to_string();
        let restating = Restating { from: &told_number, to: status, phrase: &phrase };
        let mut body = Vec::new();
        restating.value(told).write(&mut body);
        response.body = Some(body);
    }
    response
}

/// One status being told in the place of another.
struct Restating<'s> {
    from: &'s str,
    to: u16,
    phrase: &'s str,
}

impl Restating<'_> {
    fn value(&self, value: Value) -> Value {
        match value {
            Value::Number(number) if number.to_string() == self.from => Value::from(u64::from(self.to)),
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => Value::Array(items.into_iter().map(|item| self.value(item)).collect()),
            Value::Object(object) => Value::Object(
                object.into_iter().map(|(name, value)| (name, self.value(value))).collect::<Object>(),
            ),
            other => other,
        }
    }

    /// A sentence becomes the status in words. A code that ends with the number of the status, behind a dot or such, ends with the
    /// other; paths, ids and times do not end so, or begin with a slash.
    fn text(&self, text: String) -> String {
        if text.contains(' ') {
            return self.phrase.to_owned();
        }
        let code = text.strip_suffix(self.from).map(|before| (before, before.trim_end_matches('0')));
        match code {
            Some((before, word)) if !text.starts_with('/') && word.ends_with(['.', '_', '-', ':']) => {
                format!("{before}{}", self.to)
            }
            _ => text,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_status_is_told_wherever_the_own_one_was() {
        for (status, body, told) in [
            (
                503,
                r#"{"code":500,"message":"Internal error."}"#,
                r#"{"code":503,"message":"Service Unavailable"}"#,
            ),
            (409, r#"{"error_code":"Own.0500","id":"a-b"}"#, r#"{"error_code":"Own.0409","id":"a-b"}"#),
            (499, r#"["It failed at last.",5000,"1500","E-500"]"#, r#"["Status 499",5000,"1500","E-499"]"#),
            (
                503,
                r#"{"path":"/things/.500","at":"2026-11-21T22:03:00.500Z"}"#,
                r#"{"path":"/things/.500","at":"2026-11-21T22:03:00.500Z"}"#,
            ),
            (500, r#"{"message":"As it is."}"#, r#"{"message":"As it is."}"#),
        ] {
            let response = Response { status, headers: Vec::new(), body: Some(body.as_bytes().to_vec()) };
            let restated = restated(Failure { response, told_status: 500 });
            assert_eq!(String::from_utf8(restated.body.unwrap()).unwrap(), told);
        }
    }
}
