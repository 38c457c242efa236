//! What becomes of the items of a request that was refused, or failed, as a whole.

use super::choose::Likeness;
use super::read::Fit;
use super::report::{Evidence, Gone, ItemReport, Report, Reported};
use crate::contract::answers::{Answer, retry_of_status};
use crate::contract::template::shape::Template;
use crate::json::Value;
use crate::request::ids::{Id, IdList};

/// The report of a request that was refused, or failed, as a whole.
pub(super) fn refused(
    ids: &IdList,
    known: Option<(&Answer, Likeness, Fit)>,
    status: u16,
    body: Option<&Value>,
    contradictions: Vec<String>,
) -> Report {
    let answer = known.map(|(answer, ..)| answer);
    let only = known.filter(|(_, likeness, _)| *likeness == Likeness::Only);
    // Some APIs refuse with the status of a success: then the words must be the contract's own.
    let stated = only.is_some_and(|(.., found)| found.agreeing > 0 && found.differing == 0);
    // What was answered 4xx has changed nothing; after 5xx, or an answer that nobody knows, that is not certain.
    let (outcome, gone) = match status {
        300..=499 => (Reported::Failed, Gone::No),
        ..300 if stated => (Reported::Failed, Gone::No),
        _ => (Reported::Unknown, Gone::Unknown),
    };
    let retry = answer.map_or_else(|| retry_of_status(status), |answer| answer.retry);
    let reason = answer.and_then(|answer| said(answer.body.as_ref()?, body?));
    let item = |id: Id<'_>| ItemReport {
        id: id.to_owned_id(),
        outcome,
        gone,
        evidence: Evidence::Inferred,
        code: only.map(|(answer, ..)| answer.name.clone()),
        reason: reason.clone(),
        retry,
        operation: None,
    };
    Report {
        answer: answer.map(|answer| answer.name.clone()),
        items: ids.iter().map(item).collect(),
        warnings: Vec::new(),
        contradictions,
    }
}

/// The text for people in a refusal: the longest text that the template has there.
fn said(template: &Template, body: &Value) -> Option<String> {
    let mut longest: Option<&str> = None;
    collect_texts(template, body, &mut |text| {
        if longest.is_none_or(|other| text.len() > other.len()) {
            longest = Some(text);
        }
    });
    longest.map(str::to_owned)
}

fn collect_texts<'v>(template: &Template, value: &'v Value, tell: &mut impl FnMut(&'v str)) {
    match (template, value) {
        (Template::Literal(Value::String(_), _) | Template::Text(_), Value::String(text)) => tell(text),
        (Template::Literal(Value::Object(expected), _), Value::Object(object)) => {
            for (key, expected) in expected.iter() {
                if let Some(value) = object.get(key) {
                    collect_texts(&Template::literal(expected.clone()), value, tell);
                }
            }
        }
        (Template::Literal(Value::Array(expected), _), Value::Array(values)) => {
            for (expected, value) in expected.iter().zip(values) {
                collect_texts(&Template::literal(expected.clone()), value, tell);
            }
        }
        (Template::Object(members), Value::Object(object)) => {
            for member in members {
                if let Some(value) = object.get(&member.key) {
                    collect_texts(&member.template, value, tell);
                }
            }
        }
        (Template::Array(templates), Value::Array(values)) => {
            for (template, value) in templates.iter().zip(values) {
                collect_texts(template, value, tell);
            }
        }
        (Template::If(_, then), value) => collect_texts(then, value, tell),
        _ => {}
    }
}
