//! Deletions that were accepted and take their time: how far each is, and how it ends. Time is told by the
//! caller; what an end means for the resource is left to the world.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::request::ids::{Id, IdKind};
use crate::time::Timestamp;

use super::handles::{CallerIndex, ResourceIndex};

/// How many operations are remembered after their end.
pub const REMEMBERED_OPERATIONS: usize = 10_000;

/// What whoever accepts a deletion decides about its operation.
#[derive(Clone, Debug)]
pub struct NewOperation {
    /// Its id, generated; another operation's must not be reused.
    pub id: String,
    /// The name of the contract by which it was asked for.
    pub contract: Arc<str>,
    /// Who asked.
    pub caller: CallerIndex,
    /// When it was accepted.
    pub accepted: Timestamp,
    /// From when on it runs.
    pub starts: Timestamp,
    /// From when on it has ended; not before it starts.
    pub ends: Timestamp,
}

/// A deletion on its way.
#[derive(Clone, Debug)]
pub struct Operation {
    pub(super) number: u64,
    pub(super) id: Box<str>,
    pub(super) contract: Arc<str>,
    pub(super) caller: Option<Arc<str>>,
    pub(super) kind: Arc<str>,
    pub(super) item: Box<str>,
    pub(super) item_kind: IdKind,
    pub(super) container: Option<Arc<str>>,
    pub(super) accepted: Timestamp,
    pub(super) starts: Timestamp,
    pub(super) ends: Timestamp,
    /// How it will end, and has ended once `ended` is set.
    pub(super) ending: Ending,
    pub(super) ended: Option<Timestamp>,
    pub(super) resource: ResourceIndex,
    /// What the changes tell about it.
    pub(super) notes: Range<u64>,
    pub(super) orphans: Vec<MadeOrphan>,
}

/// An orphan that an operation left, to be taken back should it fail.
#[derive(Clone, Copy, Debug)]
pub(super) struct MadeOrphan {
    /// Which of the resource's children.
    pub(super) child: usize,
    pub(super) orphan: ResourceIndex,
}

/// How an operation ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The resource stays gone.
    Succeeded,
    /// The resource is back, and this is why.
    Failed(String),
}

/// How far an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationState {
    /// Accepted, not started.
    Pending,
    /// Started.
    Running,
    /// Ended, and the resource is gone for good.
    Succeeded,
    /// Ended, and the resource is back.
    Failed,
}

impl OperationState {
    /// The state as policies and the control API spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
}

impl Operation {
    /// Where it stands among all operations that the world ever had.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the contract by which it was asked for.
    pub fn contract(&self) -> &str {
        &self.contract
    }

    /// The id of who asked; `None` where nobody is known.
    pub fn caller(&self) -> Option<&str> {
        self.caller.as_deref()
    }

    /// The name of the resource's kind.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The resource's id.
    pub fn item(&self) -> Id<'_> {
        Id { text: &self.item, kind: self.item_kind }
    }

    /// The id of the resource's container.
    pub fn container(&self) -> Option<&str> {
        self.container.as_deref()
    }

    /// When it was accepted.
    pub fn accepted(&self) -> Timestamp {
        self.accepted
    }

    /// From when on it runs.
    pub fn starts(&self) -> Timestamp {
        self.starts
    }

    /// When it ended, or when it is going to.
    pub fn ends(&self) -> Timestamp {
        self.ended.unwrap_or(self.ends)
    }

    /// How far it is. Once ended it stays so, even if the clock is moved back.
    pub fn state(&self, now: Timestamp) -> OperationState {
        if self.ended.is_some() || now >= self.ends {
            match self.ending {
                Ending::Succeeded => OperationState::Succeeded,
                Ending::Failed(_) => OperationState::Failed,
            }
        } else if now < self.starts {
            OperationState::Pending
        } else {
            OperationState::Running
        }
    }

    /// How much of it is done: 0 until it starts, 100 once it has succeeded, and on the way in proportion to
    /// the time. A failed one keeps what it had reached, at most 99.
    pub fn percent(&self, now: Timestamp) -> u8 {
        match self.state(now) {
            OperationState::Succeeded => 100,
            OperationState::Pending => 0,
            OperationState::Running => self.reached(now),
            OperationState::Failed => self.reached(self.ended.unwrap_or(self.ends)),
        }
    }

    /// Why it failed, once it has.
    pub fn fail(&self, now: Timestamp) -> Option<&str> {
        match (&self.ending, self.state(now)) {
            (Ending::Failed(reason), OperationState::Failed) => Some(reason),
            _ => None,
        }
    }

    fn reached(&self, at: Timestamp) -> u8 {
        let elapsed = i128::from(at.0) - i128::from(self.starts.0);
        let whole = i128::from(self.ends.0) - i128::from(self.starts.0);
        let percent = (elapsed * 100).checked_div(whole).unwrap_or(99);
        u8::try_from(percent.clamp(0, 99)).unwrap_or(99)
    }
}

/// All operations of a world, in the order in which they were accepted.
#[derive(Clone, Debug, Default)]
pub(super) struct Operations {
    /// By their numbers: they come last, and go first as a rule.
    all: VecDeque<Operation>,
    numbers: HashMap<Box<str>, u64, FixedState>,
    /// Those that have not ended, by their end.
    due: VecDeque<(Timestamp, u64)>,
    /// Those that have, in that order.
    ended: VecDeque<u64>,
    next: u64,
}

impl Operations {
    /// The number that the next operation gets.
    pub(super) fn next_number(&self) -> u64 {
        self.next
    }

    /// Adds an operation, which has the next number.
    pub(super) fn add(&mut self, operation: Operation) {
        let number = operation.number;
        self.next = number.saturating_add(1);
        let due = (operation.ends, number);
        if let Err(at) = self.due.binary_search(&due) {
            self.due.insert(at, due);
        }
        self.numbers.insert(operation.id.clone(), number);
        self.all.push_back(operation);
    }

    /// All that are remembered.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Operation> {
        self.all.iter()
    }

    /// The operation with this id.
    pub(super) fn by_id(&self, id: &str) -> Option<&Operation> {
        self.get(*self.numbers.get(id)?)
    }

    /// The operation of this number.
    pub(super) fn get(&self, number: u64) -> Option<&Operation> {
        self.all.get(self.place(number)?)
    }

    /// Where the operation of this number is.
    fn place(&self, number: u64) -> Option<usize> {
        self.all.binary_search_by_key(&number, |operation| operation.number).ok()
    }

    /// The first that is due by now and has not ended.
    pub(super) fn first_due(&self, now: Timestamp) -> Option<u64> {
        self.due.front().filter(|(ends, _)| *ends <= now).map(|(_, number)| *number)
    }

    /// Ends an operation that has not ended, at this time, as planned or otherwise; forgets the oldest that
    /// had.
    pub(super) fn end(
        &mut self,
        number: u64,
        at: Timestamp,
        otherwise: Option<Ending>,
    ) -> Option<&Operation> {
        let place = self.place(number)?;
        let operation = self.all.get_mut(place).filter(|operation| operation.ended.is_none())?;
        if let Ok(at) = self.due.binary_search(&(operation.ends, number)) {
            self.due.remove(at);
        }
        operation.ended = Some(at);
        if let Some(ending) = otherwise {
            operation.ending = ending;
        }
        self.ended.push_back(number);
        while self.ended.len() > REMEMBERED_OPERATIONS {
            self.forget_oldest();
        }
        self.get(number)
    }

    fn forget_oldest(&mut self) {
        let Some(number) = self.ended.pop_front() else { return };
        let Some(operation) = self.place(number).and_then(|place| self.all.remove(place)) else { return };
        if self.numbers.get(&operation.id) == Some(&number) {
            self.numbers.remove(&operation.id);
        }
    }
}
