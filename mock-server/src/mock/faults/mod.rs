//! Faults: what goes wrong though the contract did not say so, because a test wants to see what its client does then. They
//! belong to a session. Which strikes is decided here; what comes of it is `calling`'s.

pub(super) mod prefer;
pub(crate) mod read;

use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::request::call::Call;
use bulk_delete_core::request::ids::OwnedId;

/// How many faults a session has at most.
pub(crate) const MOST: usize = 1_000;

/// What a test has asked for: which requests it is for, what happens to them, and how often.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// The document that said so, as it was.
    document: Object,
    when: When,
    does: Does,
    /// How often it may still strike; `None` for any number of times.
    left: Option<u64>,
    /// It strikes where a number below this comes up, out of all numbers of 32 bits.
    chance: u64,
    row: Row,
    /// How often it has struck.
    struck: u64,
}

/// Which requests a fault is for: all that this does not rule out.
#[derive(Clone, Debug, Default)]
struct When {
    contract: Option<String>,
    operation: Option<String>,
    caller: Option<String>,
    id: Option<OwnedId>,
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Does {
    /// How long its answer takes, in milliseconds, from the least to the most.
    pub(crate) latency: (u64, u64),
    pub(crate) end: End,
    pub(crate) body: BodyFault,
}

/// How a request ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// As it would without a fault.
    #[default]
    Answered,
    /// With this status, in the contract's own words, and nothing is looked at or deleted.
    Status {
        status: u16,
        /// What the answer says of how long to wait, in seconds.
        wait: u64,
    },
    /// Without an answer, and nothing is looked at or deleted.
    DroppedBefore,
    /// Without an answer, after it was carried out.
    DroppedAfter,
}

/// What is wrong with the body of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum BodyFault {
    /// Nothing.
    #[default]
    None,
    /// It ends in the middle, and the connection with it.
    Truncated,
    /// It arrives whole, and is no JSON.
    Malformed,
    /// It takes so many milliseconds.
    Slow(u64),
}

/// A fault that has struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Struck {
    /// Its number; `None` where the request asked for it itself.
    pub(crate) fault: Option<u64>,
    pub(crate) delay: u64,
    pub(crate) end: End,
    pub(crate) body: BodyFault,
}

/// The faults of a session.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    /// With their numbers, in the order in which they came.
    all: Vec<(u64, Fault)>,
    numbered: u64,
}

impl Faults {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds faults behind the others; gives their rows.
    pub(crate) fn add(&mut self, faults: Vec<Fault>) -> Vec<Value> {
        let mut rows = Vec::with_capacity(faults.len());
        for mut fault in faults {
            self.numbered += 1;
            fault.row = fault.row.or_of(self.numbered);
            rows.push(row(self.numbered, &fault));
            self.all.push((self.numbered, fault));
        }
        rows
    }

    /// What each is, and how often it has struck.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Value> {
        self.all.iter().map(|(number, fault)| row(*number, fault))
    }

    /// Takes one away. Tells whether there was one of this number.
    pub(crate) fn remove(&mut self, number: u64) -> bool {
        let before = self.all.len();
        self.all.retain(|(other, _)| *other != number);
        self.all.len() < before
    }

    /// Takes all away. Numbers are not given twice.
    pub(crate) fn clear(&mut self) {
        self.all.clear();
    }

    /// The first fault that strikes this call of this caller, counted.
    pub(crate) fn strike(&mut self, call: &Call<'_>, caller: Option<&str>) -> Option<Struck> {
        let (number, fault) = self.all.iter_mut().find_map(|(number, fault)| {
            let is_for_it = fault.left != Some(0) && fault.when.is_met(call, caller);
            (is_for_it && fault.row.below() < fault.chance).then_some((*number, fault))
        })?;
        fault.left = fault.left.map(|left| left.saturating_sub(1));
        fault.struck += 1;
        let (least, most) = fault.does.latency;
        let spread = most.saturating_sub(least).saturating_add(1);
        let delay =
            if spread == 1 { least } else { least.saturating_add((fault.row.below() * spread) >> 32) };
        Some(Struck { fault: Some(number), delay, end: fault.does.end, body: fault.does.body })
    }
}

impl When {
    fn is_met(&self, call: &Call<'_>, caller: Option<&str>) -> bool {
        let contract = call.contract();
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| Some(wanted) == found)
        };
        is(&self.contract, Some(&contract.name))
            && is(&self.operation, Some(&call.target().operation(contract).id))
            && is(&self.caller, caller)
            && self.id.as_ref().is_none_or(|wanted| {
                call.ids().iter().any(|id| id.same(wanted.as_id(), contract.ids.compare))
            })
    }
}

fn row(number: u64, fault: &Fault) -> Value {
    let mut row = Object::new();
    row.push("number", Value::from(number));
    for (name, value) in fault.document.iter() {
        row.push(name, value.clone());
    }
    row.push("struck", Value::from(fault.struck));
    Value::Object(row)
}

/// Numbers that look drawn by lot, the same for the same seed (SplitMix64, Steele and others 2014). Nothing is kept secret
/// with them, so that what the mock's tokens are drawn from is not needed here, and its row is not disturbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// The seed is the fault's number.
    Unseeded,
    At(u64),
}

impl Row {
    fn or_of(self, number: u64) -> Self {
        match self {
            Self::Unseeded => Self::At(number),
            seeded @ Self::At(_) => seeded,
        }
    }

    /// The next number of 32 bits.
    fn below(&mut self) -> u64 {
        let at = match self {
            Self::Unseeded => 0,
            Self::At(at) => *at,
        }
        .wrapping_add(0x9e37_79b9_7f4a_7c15);
        *self = Self::At(at);
        let mixed = (at ^ at >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) >> 32
    }
}
