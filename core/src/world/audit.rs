//! Who deleted what, when, and with what outcome. Remembers the last items and counts those it forgot, so
//! that a server under load keeps its size.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::contract::outcome::OutcomeIndex;
use crate::json::{Object, Value};
use crate::request::ids::{Id, IdList};
use crate::request::packed_ids;
use crate::tape::{Span, Tape};
use crate::time::Timestamp;

/// How many items are remembered unless told otherwise.
pub const REMEMBERED_ITEMS: usize = 20_000;

/// One call, with the outcome of each item.
#[derive(Clone, Debug)]
pub struct AuditEntry<'a> {
    /// When the call was answered.
    pub at: Timestamp,
    /// The id of who called.
    pub caller: Arc<str>,
    /// The name of the contract.
    pub contract: Arc<str>,
    /// The id of the container that the request was about, if it was about one.
    pub container: Option<Arc<str>>,
    /// The id of the request.
    pub request_id: &'a str,
    /// The items, in the order of the request.
    pub ids: &'a IdList,
    /// What each item came to.
    pub outcomes: &'a [OutcomeIndex],
    /// The names of the outcomes, shared by all entries of a contract.
    pub codes: Arc<[Box<str>]>,
}

/// One item of a call.
#[derive(Clone, Copy, Debug)]
pub struct AuditedItem<'a> {
    /// When the call was answered.
    pub at: Timestamp,
    /// The id of who called.
    pub caller: &'a str,
    /// The name of the contract.
    pub contract: &'a str,
    /// The id of the container that the request was about, if it was about one.
    pub container: Option<&'a str>,
    /// The id of the request.
    pub request_id: &'a str,
    /// The item.
    pub id: Id<'a>,
    /// The name of its outcome.
    pub code: Option<&'a str>,
}

/// A call that is remembered; its texts are on the tape.
#[derive(Clone, Debug)]
struct Call {
    at: Timestamp,
    caller: Arc<str>,
    contract: Arc<str>,
    container: Option<Arc<str>>,
    codes: Arc<[Box<str>]>,
    items: usize,
    /// The id of the request, the outcomes, and the ids.
    texts: Span,
    request_id_length: usize,
    outcomes: usize,
}

/// The remembered calls, oldest first.
#[derive(Clone, Debug)]
pub struct AuditLog {
    calls: VecDeque<Call>,
    tape: Tape,
    /// Items of the oldest call that are forgotten already.
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
        Self { calls: VecDeque::new(), tape: Tape::default(), skipped: 0, items: 0, limit, dropped: 0 }
    }

    /// Remembers a call, and forgets the oldest items beyond the limit. A call without items tells nothing
    /// and is not kept.
    pub fn record(&mut self, entry: AuditEntry<'_>) {
        let AuditEntry { at, caller, contract, container, request_id, ids, outcomes, codes } = entry;
        if ids.is_empty() {
            return;
        }
        let room = request_id.len() + outcomes.len() + packed_ids::room(ids);
        let texts = self.tape.write(room, |out| {
            out.extend_from_slice(request_id.as_bytes());
            out.extend(outcomes.iter().map(|outcome| outcome.0));
            packed_ids::pack(ids, out);
        });
        self.items = self.items.saturating_add(ids.len());
        self.calls.push_back(Call {
            at,
            caller,
            contract,
            container,
            codes,
            items: ids.len(),
            texts,
            request_id_length: request_id.len(),
            outcomes: outcomes.len(),
        });
        self.forget();
    }

    /// Forgets the oldest items beyond the limit.
    fn forget(&mut self) {
        while let Some(oldest) = self.calls.front().filter(|_| self.items > self.limit) {
            let left = oldest.items.saturating_sub(self.skipped);
            let excess = self.items - self.limit;
            let forgotten = left.min(excess);
            self.items -= forgotten;
            self.dropped = self.dropped.saturating_add(u64::try_from(forgotten).unwrap_or(u64::MAX));
            if forgotten == left {
                self.calls.pop_front();
                self.skipped = 0;
            } else {
                self.skipped = self.skipped.saturating_add(forgotten);
            }
        }
        if let Some(oldest) = self.calls.front() {
            self.tape.forget_before(oldest.texts);
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
        self.calls.iter().enumerate().flat_map(|(position, call)| {
            let skipped = if position == 0 { self.skipped } else { 0 };
            self.items_of(call).skip(skipped)
        })
    }

    fn items_of<'a>(&'a self, call: &'a Call) -> impl Iterator<Item = AuditedItem<'a>> {
        let texts = self.tape.read(call.texts);
        let (request_id, texts) = texts.split_at_checked(call.request_id_length).unwrap_or_default();
        let (outcomes, ids) = texts.split_at_checked(call.outcomes).unwrap_or_default();
        let request_id = std::str::from_utf8(request_id).unwrap_or_default();
        let outcomes = outcomes.iter().copied().map(Some).chain(std::iter::repeat(None));
        packed_ids::unpack(ids).zip(outcomes).map(move |(id, outcome)| {
            let code = outcome.and_then(|code| call.codes.get(usize::from(code)));
            let (at, caller, contract) = (call.at, &*call.caller, &*call.contract);
            let (container, code) = (call.container.as_deref(), code.map(|code| &**code));
            AuditedItem { at, caller, contract, container, request_id, id, code }
        })
    }

    /// The same as a document: `[{"time", "caller", "contract", "request-id", "item",
    /// "outcome"}]`.
    pub fn rows(&self) -> Value {
        let mut rows = Vec::with_capacity(self.items);
        for item in self.items() {
            let mut row = Object::new();
            row.push("time", Value::from(item.at.to_string().as_str()));
            row.push("caller", Value::from(item.caller));
            row.push("contract", Value::from(item.contract));
            row.push("request-id", Value::from(item.request_id));
            row.push("item", item.id.to_value());
            row.push("outcome", item.code.map_or(Value::Null, Value::from));
            rows.push(Value::Object(row));
        }
        Value::Array(rows)
    }
}
