//! Puts an entry into words.

use super::packed::Kept;
use super::{Entry, StruckBy, mask};
use crate::mock::delivery::Sending;
use crate::mock::reply::{count, list, object};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::companion::Companion;
use bulk_delete_core::contract::operation::Operation;
use bulk_delete_core::contract::outcome::Outcome;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::request::ids::Id;
use std::sync::Arc;

/// What it takes to put entries into words.
#[derive(Clone, Debug)]
pub(crate) struct Teller<'t> {
    pub(crate) contracts: &'t [Contract],
    /// Headers in which contracts look for credentials, in lower case.
    pub(crate) secret_headers: Arc<[String]>,
    pub(crate) session: Option<&'t str>,
}

impl<'t> Teller<'t> {
    pub(super) fn contract(&self, entry: Entry<'_>) -> Option<&'t Contract> {
        self.contracts.get(usize::from(entry.kept.about.contract?))
    }

    pub(super) fn operation(&self, entry: Entry<'_>) -> Option<&'t Operation> {
        let contract = self.contract(entry)?;
        match entry.kept.about.companion {
            None => Some(&contract.operation),
            Some(place) => {
                contract.companions.get(usize::from(place)).map(|Companion { operation, .. }| operation)
            }
        }
    }

    /// Each id that was looked at, and what it came to.
    pub(super) fn items<'e>(&self, entry: Entry<'e>) -> impl Iterator<Item = (Id<'e>, Option<&'t Outcome>)> {
        let contract = self.contract(entry);
        entry.texts.ids().zip(entry.texts.outcomes()).map(move |(id, outcome)| {
            (id, contract.and_then(|contract| contract.outcomes.get(usize::from(*outcome))))
        })
    }

    /// The ids that were deleted, or whose deletion was accepted.
    pub(super) fn deleted<'e>(&self, entry: Entry<'e>) -> impl Iterator<Item = Id<'e>> {
        self.items(entry)
            .filter(|(_, outcome)| outcome.is_some_and(|outcome| outcome.is.succeeds()))
            .map(|(id, _)| id)
    }

    /// The whole entry.
    pub(crate) fn tell(&self, entry: Entry<'_>) -> Value {
        let text = |text: Option<&str>| text.map_or(Value::Null, Value::from);
        let about = &entry.kept.about;
        let mut row = Object::new();
        row.push("number", Value::from(entry.kept.number));
        row.push("time", Value::from(entry.kept.at.to_string()));
        row.push("took-microseconds", Value::from(u64::from(entry.kept.took_microseconds)));
        row.push("session", text(self.session));
        row.push("contract", text(self.contract(entry).map(|contract| &*contract.name)));
        row.push("operation", text(self.operation(entry).map(|operation| &*operation.id)));
        row.push("caller", text(about.caller.as_deref()));
        row.push("request", self.request(entry));
        row.push("response", self.response(entry));
        row.push(
            "violations",
            list(about.violations.iter().map(|violation| {
                object([
                    ("pointer", Value::from(violation.pointer.as_str())),
                    ("rule", Value::from(violation.rule.name())),
                    ("message", Value::from(violation.message())),
                ])
            })),
        );
        row.push("decision", self.decision(entry));
        row.push("deleted", list(self.deleted(entry).map(Id::to_value)));
        let fault = match about.fault {
            None => Value::Null,
            Some(StruckBy::Fault(number)) => Value::from(number),
            Some(StruckBy::Preference) => Value::from("prefer"),
        };
        row.push("fault", fault);
        Value::Object(row)
    }

    /// What each item came to; null where they were not looked at.
    fn decision(&self, entry: Entry<'_>) -> Value {
        if entry.texts.outcomes().is_empty() {
            return Value::Null;
        }
        let items = self.items(entry).map(|(id, outcome)| {
            object([
                ("id", id.to_value()),
                ("outcome", outcome.map_or(Value::Null, |outcome| Value::from(outcome.code.as_str()))),
                ("is", outcome.map_or(Value::Null, |outcome| Value::from(outcome.is.name()))),
            ])
        });
        let refused_by = entry.kept.about.refused_by.as_deref().map_or(Value::Null, Value::from);
        object([("items", list(items)), ("refused-by", refused_by)])
    }

    fn request(&self, entry: Entry<'_>) -> Value {
        let texts = entry.texts;
        let mut request = Object::new();
        request.push("method", Value::from(lossy(texts.method())));
        request.push("path", Value::from(lossy(texts.path())));
        request.push(
            "query",
            texts.query().map_or(Value::Null, |query| Value::from(mask::query(&lossy(query)))),
        );
        request.push("headers", self.headers(texts.asked_headers()));
        push_body(&mut request, texts.asked());
        Value::Object(request)
    }

    fn response(&self, entry: Entry<'_>) -> Value {
        let texts = entry.texts;
        let mut response = Object::new();
        response.push("status", Value::from(u64::from(entry.kept.status)));
        response.push("headers", self.headers(texts.answered_headers()));
        push_body(&mut response, texts.answered());
        let sent = match entry.kept.about.sending {
            Sending::Whole => "whole",
            Sending::Cut { .. } => "cut",
            Sending::Slow { .. } => "slow",
            Sending::Dropped => "dropped",
        };
        response.push("sent", Value::from(sent));
        Value::Object(response)
    }

    /// Names in lower case; what stands several times is joined, as RFC 9110 has it.
    fn headers<'h>(&self, headers: impl Iterator<Item = (&'h [u8], &'h [u8])>) -> Value {
        let mut told = Object::new();
        for (name, value) in headers {
            let (name, value) = (lossy(name).to_ascii_lowercase(), lossy(value));
            let secret = mask::is_secret(&name) || self.secret_headers.contains(&name);
            let value = if secret { mask::header(&value) } else { value };
            let value = match told.get(&name).and_then(Value::as_str) {
                Some(first) => format!("{first}, {value}"),
                None => value,
            };
            told.insert(name, Value::from(value));
        }
        Value::Object(told)
    }

    /// The exchange in a line: `POST /a?b=c 200`.
    pub(super) fn line(&self, entry: Entry<'_>) -> String {
        let texts = entry.texts;
        let query = texts.query().map(|query| format!("?{}", mask::query(&lossy(query)))).unwrap_or_default();
        format!("{} {}{query} {}", lossy(texts.method()), lossy(texts.path()), entry.kept.status)
    }
}

impl Entry<'_> {
    pub(super) fn method(self) -> String {
        lossy(self.texts.method())
    }

    pub(super) fn path(self) -> String {
        lossy(self.texts.path())
    }
}

fn push_body(of: &mut Object, body: Option<Kept<'_>>) {
    of.push("body", body.map_or(Value::Null, |body| Value::from(mask::body(&lossy(body.text)))));
    if let Some(body) = body {
        of.push("body-bytes", count(body.length));
        if body.text.len() < body.length {
            of.push("body-cut", Value::from(true));
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
