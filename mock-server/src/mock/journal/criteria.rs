//! What a test says of requests: which it means, and how many of them there are to be. Compares entries with that, and tells
//! how the others differ.

use super::Entry;
use super::tell::Teller;
use crate::mock::reply::{list, object};
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::order::sort;
use bulk_delete_core::request::ids::Id;

/// What an entry has to be. What is not said does not matter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Criteria {
    pub(crate) contract: Option<String>,
    pub(crate) operation: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) path: Option<String>,
    /// A caller's id; `Some(None)` is nobody who is known.
    pub(crate) caller: Option<Option<String>>,
    pub(crate) status: Option<u16>,
    /// An id that the request names.
    pub(crate) id: Option<Value>,
    /// The same, where it is not known whether the id is a number.
    pub(crate) id_text: Option<String>,
    /// All ids that it names, in any order.
    pub(crate) ids: Option<Vec<Value>>,
    /// All ids that it deleted, in any order.
    pub(crate) deleted: Option<Vec<Value>>,
    /// What some of its ids came to.
    pub(crate) outcomes: Vec<(String, String)>,
    /// A place at which something is wrong with it.
    pub(crate) violation: Option<String>,
    /// Only entries after the one of this number.
    pub(crate) since: Option<u64>,
}

/// One way in which an entry is not as it has to be.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    property: &'static str,
    expected: Value,
    actual: Value,
}

impl Criteria {
    /// Whether an entry may be meant at all: it is not too old.
    pub(crate) fn regards(&self, entry: Entry<'_>) -> bool {
        self.since.is_none_or(|since| entry.kept.number > since)
    }

    /// Everything in which an entry is not as it has to be; nothing where it matches.
    pub(crate) fn differences(&self, entry: Entry<'_>, teller: &Teller<'_>) -> Vec<Difference> {
        let mut found = Vec::new();
        let text = |text: Option<&str>| text.map_or(Value::Null, Value::from);
        let mut compare = |property, expected: Option<Value>, actual: Value| {
            if let Some(expected) = expected.filter(|expected| *expected != actual) {
                found.push(Difference { property, expected, actual });
            }
        };
        let wanted = |text: &Option<String>| text.as_deref().map(Value::from);
        compare("contract", wanted(&self.contract), text(teller.contract(entry).map(|own| &*own.name)));
        compare("operation", wanted(&self.operation), text(teller.operation(entry).map(|own| &*own.id)));
        compare("method", wanted(&self.method), Value::from(entry.method()));
        compare("path", wanted(&self.path), Value::from(entry.path()));
        let caller = self.caller.as_ref().map(|caller| text(caller.as_deref()));
        compare("caller", caller, text(entry.kept.about.caller.as_deref()));
        let status = self.status.map(|status| Value::from(u64::from(status)));
        compare("status", status, Value::from(u64::from(entry.kept.status)));
        let ids = || sorted(entry.texts.ids().map(Id::to_value));
        if let Some(id) = &self.id
            && !ids().contains(id)
        {
            found.push(Difference { property: "id", expected: id.clone(), actual: list(ids()) });
        }
        if let Some(id) = &self.id_text
            && !entry.texts.ids().any(|own| own.text == id)
        {
            found.push(Difference {
                property: "id",
                expected: Value::from(id.as_str()),
                actual: list(ids()),
            });
        }
        for (property, wanted, actual) in [
            ("ids", &self.ids, self.ids.as_ref().map(|_| ids())),
            (
                "deleted",
                &self.deleted,
                self.deleted.as_ref().map(|_| sorted(teller.deleted(entry).map(Id::to_value))),
            ),
        ] {
            if let (Some(wanted), Some(actual)) = (wanted, actual) {
                let expected = sorted(wanted.iter().cloned());
                if expected != actual {
                    found.push(Difference { property, expected: list(expected), actual: list(actual) });
                }
            }
        }
        for (id, outcome) in &self.outcomes {
            let items = teller.items(entry).find(|(own, _)| own.text == id);
            let actual = items.and_then(|(_, outcome)| outcome).map(|outcome| outcome.code.as_str());
            if actual != Some(outcome) {
                let one = |outcome: Value| object([(id, outcome)]);
                let (expected, actual) = (one(Value::from(outcome.as_str())), one(text(actual)));
                found.push(Difference { property: "outcomes", expected, actual });
            }
        }
        if let Some(pointer) = &self.violation
            && !entry.kept.about.violations.iter().any(|violation| violation.pointer == *pointer)
        {
            let pointers =
                entry.kept.about.violations.iter().map(|violation| Value::from(violation.pointer.as_str()));
            found.push(Difference {
                property: "violation",
                expected: Value::from(pointer.as_str()),
                actual: list(pointers),
            });
        }
        found
    }
}

/// In an order of its own, so that lists of ids are compared as sets.
fn sorted(ids: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut ids: Vec<(String, Value)> = ids.map(|id| (id.to_text(), id)).collect();
    sort(&mut ids, |(one, _), (two, _)| one.cmp(two));
    let mut ids: Vec<Value> = ids.into_iter().map(|(_, id)| id).collect();
    ids.dedup();
    ids
}

/// How often entries have to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) least: u64,
    /// `None` for any number.
    pub(crate) most: Option<u64>,
}

impl Count {
    /// What is meant where nothing is said.
    pub(crate) const SOME: Self = Self { least: 1, most: None };

    fn holds(self, count: u64) -> bool {
        count >= self.least && self.most.is_none_or(|most| count <= most)
    }

    fn told(self) -> String {
        match (self.least, self.most) {
            (least, Some(most)) if least == most => format!("exactly {least}"),
            (least, Some(most)) => format!("{least} to {most}"),
            (least, None) => format!("at least {least}"),
        }
    }
}

/// How many entries that do not match are told of.
const NEAREST: usize = 3;

/// What came of a verification.
pub(crate) enum Verified {
    /// It holds, for these entries.
    Holds(Vec<u64>),
    /// It does not, and this tells why.
    Fails(Value),
}

/// Holds entries against what a test says of them.
pub(crate) fn verify<'e>(
    criteria: &Criteria,
    count: Count,
    entries: impl Iterator<Item = Entry<'e>>,
    teller: &Teller<'_>,
    dropped: u64,
) -> Verified {
    let (mut matching, mut others, mut seen) = (Vec::new(), Vec::new(), 0_u64);
    for entry in entries.filter(|entry| criteria.regards(*entry)) {
        seen += 1;
        let differences = criteria.differences(entry, teller);
        if differences.is_empty() {
            matching.push(entry);
        } else {
            others.push((differences, entry));
        }
    }
    let matched = u64::try_from(matching.len()).unwrap_or(u64::MAX);
    if count.holds(matched) {
        return Verified::Holds(matching.iter().map(|entry| entry.kept.number).collect());
    }
    let told = count.told();
    let mut message =
        format!("expected {told} of the {seen} requests in the journal to match, and {matched} did");
    if dropped > 0 {
        message.push_str(&format!(" ({dropped} older requests are forgotten)"));
    }
    let mut text = message.clone();
    let mut nearest = Vec::new();
    if matched < count.least {
        // The newest of the most similar ones first.
        others.reverse();
        sort(&mut others, |(one, _), (two, _)| one.len().cmp(&two.len()));
        for (differences, entry) in others.iter().take(NEAREST) {
            let line = teller.line(*entry);
            text.push_str(&format!("\n\nrequest {}: {line}", entry.kept.number));
            for Difference { property, expected, actual } in differences {
                text.push_str(&format!(
                    "\n  {property}\n  - {}\n  + {}",
                    expected.to_text(),
                    actual.to_text()
                ));
            }
            nearest.push(object([
                ("number", Value::from(entry.kept.number)),
                ("request", Value::from(line)),
                (
                    "differences",
                    list(differences.iter().map(|Difference { property, expected, actual }| {
                        object([
                            ("property", Value::from(*property)),
                            ("expected", expected.clone()),
                            ("actual", actual.clone()),
                        ])
                    })),
                ),
            ]));
        }
    } else {
        for entry in matching.iter().take(NEAREST * 3) {
            text.push_str(&format!("\n  request {}: {}", entry.kept.number, teller.line(*entry)));
        }
    }
    let mut error = Object::new();
    error.push("message", Value::from(message));
    error.push("matched", Value::from(matched));
    error.push("matching", list(matching.iter().map(|entry| Value::from(entry.kept.number))));
    error.push("nearest", list(nearest));
    error.push("text", Value::from(text));
    Verified::Fails(object([("error", Value::Object(error))]))
}
