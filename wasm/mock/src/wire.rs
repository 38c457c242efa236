//! Requests and answers as they cross the boundary: heads are lines of text, problems are JSON.

use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::problem::Problem;
use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_mock::folder::Finding;

/// Reads the lines of a head and does something with the request.
pub(crate) fn with_request<T>(head: &[u8], body: Body<'_>, work: impl FnOnce(&Request<'_>) -> T) -> T {
    let mut lines = head.split(|byte| *byte == b'\n');
    // Of a head only the values of headers may be something else than ASCII.
    let mut text = || std::str::from_utf8(lines.next().unwrap_or_default()).unwrap_or_default();
    let (method, path, query) = (text(), text(), text());
    let headers: Vec<(&str, &[u8])> = lines
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = line.split_at_checked(colon)?;
            Some((std::str::from_utf8(name).ok()?, value.get(1..)?))
        })
        .collect();
    let query = Some(query).filter(|query| *query != "?");
    work(&Request { method, path, query, headers: &headers, body })
}

/// Writes the headers of an answer, a line each. A value that HTTP could not carry is left out with its name, as a server does.
pub(crate) fn head(response: &Response, out: &mut Vec<u8>) {
    for (name, value) in &response.headers {
        if value.bytes().all(|byte| byte == b'\t' || (byte >= b' ' && byte != 0x7f)) {
            out.extend_from_slice(name.as_bytes());
            out.push(b':');
            out.extend_from_slice(value.as_bytes());
            out.push(b'\n');
        }
    }
}

/// Findings as a list.
pub(crate) fn findings(findings: &[Finding]) -> Value {
    findings
        .iter()
        .map(|finding| {
            let mut row = row(&finding.place, &finding.problem);
            row.push("line", finding.line.map_or(Value::Null, |line| Value::from(u64::from(line))));
            row.push("text", Value::from(finding.to_string()));
            Value::Object(row)
        })
        .collect::<Vec<_>>()
        .into()
}

/// Problems as a list.
pub(crate) fn problems(problems: &[Problem]) -> Value {
    problems
        .iter()
        .map(|problem| {
            let mut row = row(&problem.document, problem);
            row.push("text", Value::from(problem.to_string()));
            Value::Object(row)
        })
        .collect::<Vec<_>>()
        .into()
}

/// Names as a list.
pub(crate) fn names(names: &[String]) -> Value {
    names.iter().map(|name| Value::from(name.as_str())).collect::<Vec<_>>().into()
}

fn row(document: &str, problem: &Problem) -> Object {
    let mut row = Object::new();
    row.push("document", Value::from(document));
    row.push("pointer", Value::from(problem.pointer.as_str()));
    row.push("message", Value::from(problem.message.as_str()));
    row
}
