//! What the core found, as JSON.

use crate::describe::object;
use bulk_delete_core::answer::report::Report;
use bulk_delete_core::decision::forecast::{Forecast, Foretold};
use bulk_delete_core::json::{Object, Value, write_string};
#[cfg(feature = "loader")]
use bulk_delete_core::problem::Problem;
use bulk_delete_core::request::checked::Checked;
use bulk_delete_core::request::ids::{IdKind, IdList};
use bulk_delete_core::request::violation::Violation;

/// The problems of documents.
#[cfg(feature = "loader")]
pub(crate) fn problems(problems: &[Problem]) -> Value {
    let problem = |problem: &Problem| {
        object([
            ("document", Value::from(problem.document.as_str())),
            ("pointer", Value::from(problem.pointer.as_str())),
            ("message", Value::from(problem.message.as_str())),
        ])
    };
    Value::Array(problems.iter().map(problem).collect())
}

/// What is wrong with a request.
pub(crate) fn violations(violations: &[Violation]) -> Value {
    let optional = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
    let violation = |violation: &Violation| {
        object([
            ("pointer", Value::from(violation.pointer.as_str())),
            ("rule", Value::from(violation.rule.name())),
            ("message", Value::from(violation.message())),
            ("limit", optional(&violation.limit)),
            ("actual", optional(&violation.actual)),
            ("property", optional(&violation.property)),
        ])
    };
    Value::Array(violations.iter().map(violation).collect())
}

/// What was found in a request: how many ids, the container, and the violations.
pub(crate) fn checked(checked: &Checked, out: &mut Vec<u8>) {
    let count = u64::try_from(checked.ids().len()).unwrap_or(u64::MAX);
    object([
        ("count", Value::from(count)),
        ("container", checked.container().map_or(Value::Null, Value::from)),
        ("violations", violations(checked.violations())),
    ])
    .write(out);
}

/// Ids: texts as they are, an integer as a list of its text, because JavaScript would round it.
pub(crate) fn ids(ids: &IdList, out: &mut Vec<u8>) {
    out.push(b'[');
    for (place, id) in ids.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        match id.kind {
            IdKind::Text => write_string(out, id.text),
            IdKind::Integer => {
                out.push(b'[');
                write_string(out, id.text);
                out.push(b']');
            }
        }
    }
    out.push(b']');
}

/// What is foretold of a request, and of each sort of item. What a refusal does not say is left out.
pub(crate) fn forecast(forecast: &Forecast) -> Value {
    object([
        ("request", foretold(&forecast.request)),
        ("items", Value::Array(forecast.items.iter().map(foretold).collect())),
    ])
}

fn foretold(told: &Foretold) -> Value {
    match told {
        Foretold::Allow => object([("verdict", Value::from("allow"))]),
        Foretold::Deny(denial) => {
            let mut told = Object::new();
            told.push("verdict", Value::from("deny"));
            told.push("code", Value::from(denial.code.as_str()));
            told.push("retry", Value::from(denial.retry.name()));
            let rest = [
                ("reason", denial.reason.as_deref()),
                ("check", denial.check),
                ("document", denial.document.as_deref()),
            ];
            for (name, text) in rest {
                if let Some(text) = text {
                    told.push(name, Value::from(text));
                }
            }
            Value::Object(told)
        }
        Foretold::Unknown { needs, possible } => {
            let needs = needs
                .iter()
                .map(|need| object([("fact", Value::from(need.fact)), ("of", Value::from(need.of.name()))]));
            let possible = possible.iter().map(|code| Value::from(code.as_str()));
            object([
                ("verdict", Value::from("unknown")),
                ("needs", Value::Array(needs.collect())),
                ("possible", Value::Array(possible.collect())),
            ])
        }
    }
}

/// What an answer means. Its items stand in the order of the request's ids, which it leaves out.
pub(crate) fn report(report: &Report) -> Value {
    let optional = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
    let texts =
        |texts: &[String]| Value::Array(texts.iter().map(|text| Value::from(text.as_str())).collect());
    let items = report.items.iter().map(|item| {
        object([
            ("outcome", Value::from(item.outcome.name())),
            ("gone", item.gone.known().map_or(Value::Null, Value::Bool)),
            ("evidence", Value::from(item.evidence.name())),
            ("code", optional(&item.code)),
            ("reason", optional(&item.reason)),
            ("retry", Value::from(item.retry.name())),
            ("operation", optional(&item.operation)),
        ])
    });
    object([
        ("answer", optional(&report.answer)),
        ("items", Value::Array(items.collect())),
        ("warnings", texts(&report.warnings)),
        ("contradictions", texts(&report.contradictions)),
    ])
}
