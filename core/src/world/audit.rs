//! Who deleted what, when, and with what outcome. Remembers the last items and counts those it forgot, so
//! that a server under load keeps its size.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::json::{Object, Value};
use crate::request::ids::{Id, IdList};
use crate::time::Timestamp;

/// How many items are remembered unless told otherwise.
pub const REMEMBERED_ITEMS: usize = 20_000;

/// One call, with the outcome of each item. Moved in, never copied.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// When the call was answered.
    pub at: Timestamp,
    /// The id of who called.
    pub caller: Arc<str>,
    /// The name of the contract.
    pub contract: Arc<str>,
    /// The id of the request.
    pub request_id: Box<str>,
    /// The items, in the order of the request.
    pub ids: Arc<IdList>,
    /// For each item, the position of its outcome in `codes`.
    pub outcomes: Vec<u8>,
    /// The names of the outcomes, shared by all entries of a contract.
    pub codes: Arc<[Box<str>]>,
}

/// One item of a call.
#[derive(Clone, Copy, Debug)]
pub struct AuditedItem<'a> {
    /// The call.
    pub entry: &'a AuditEntry,
    /// The item.
    pub id: Id<'a>,
    /// The name of its outcome.
    pub code: Option<&'a str>,
}

/// The remembered calls, oldest first.
#[derive(Clone, Debug)]
pub struct AuditLog {
    entries: VecDeque<AuditEntry>,
    /// Items of the oldest entry that are forgotten already.
    skipped: usize,
    /// Items that are remembered.
    items: usize,
    limit: usize,
    dropped: u64,
}

impl Default for AuditLog {
    fn default() -> Self {
        Self::with_limit(REMEMBERED_ITEMS)
    }
}

impl AuditLog {
    /// A log that remembers so many items: the last ones.
    pub fn with_limit(limit: usize) -> Self {
        Self { entries: VecDeque::new(), skipped: 0, items: 0, limit, dropped: 0 }
    }

    /// Remembers a call, and forgets the oldest items beyond the limit. A call without items tells nothing
    /// and is not kept.
    pub fn record(&mut self, entry: AuditEntry) {
        if entry.ids.is_empty() {
            return;
        }
        self.items = self.items.saturating_add(entry.ids.len());
        self.entries.push_back(entry);
        while self.items > self.limit {
            let Some(oldest) = self.entries.front() else { return };
            let left = oldest.ids.len().saturating_sub(self.skipped);
            let excess = self.items - self.limit;
            let forgotten = left.min(excess);
            self.items -= forgotten;
            self.dropped = self.dropped.saturating_add(u64::try_from(forgotten).unwrap_or(u64::MAX));
            if forgotten == left {
                self.entries.pop_front();
                self.skipped = 0;
            } else {
                self.skipped = self.skipped.saturating_add(forgotten);
            }
        }
    }

    /// How many items are remembered.
    pub fn len(&self) -> usize {
        self.items
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.items == 0
    }

    /// How many items were forgotten because there were too many.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The remembered items, oldest first.
    pub fn items(&self) -> impl Iterator<Item = AuditedItem<'_>> {
        self.entries.iter().enumerate().flat_map(|(position, entry)| {
            let skipped = if position == 0 { self.skipped } else { 0 };
            let outcomes = entry.outcomes.iter().copied().map(Some).chain(std::iter::repeat(None));
            entry.ids.iter().zip(outcomes).skip(skipped).map(move |(id, outcome)| {
                let code = outcome.and_then(|code| entry.codes.get(usize::from(code)));
                AuditedItem { entry, id, code: code.map(|code| &**code) }
            })
        })
    }

    /// The same as a document: `[{"time", "caller", "contract", "request-id", "item",
    /// "outcome"}]`.
    pub fn rows(&self) -> Value {
        let mut rows = Vec::with_capacity(self.items);
        for item in self.items() {
            let mut row = Object::new();
            row.push("time", Value::from(item.entry.at.to_string().as_str()));
            row.push("caller", Value::from(&*item.entry.caller));
            row.push("contract", Value::from(&*item.entry.contract));
            row.push("request-id", Value::from(&*item.entry.request_id));
            row.push("item", item.id.to_value());
            row.push("outcome", item.code.map_or(Value::Null, Value::from));
            rows.push(Value::Object(row));
        }
        Value::Array(rows)
    }
}
