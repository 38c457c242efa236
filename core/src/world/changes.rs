//! What is different in a world since it was set up: what was deleted, orphaned, changed and cleaned up, in
//! that order of events. A difference, not a diary: what comes back is no longer deleted, and what is set up
//! anew counts as set up.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use super::handles::ResourceIndex;
use super::log::Log;
use super::resource::Child;

/// Everything that is different, in the order of events.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    log: Log<Change>,
    /// Where the log tells of which resource, up to `placed`: most changes are never asked for again, so that
    /// they are entered only when one is.
    places: HashTable<(ResourceIndex, u64)>,
    placed: u64,
}

/// One difference.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// A resource is gone.
    Deleted(ResourceIndex),
    /// A child went with its parent.
    ChildDeleted { parent: ResourceIndex, child: Box<Child> },
    /// A child stayed when its parent went.
    Orphaned { orphan: ResourceIndex, parent: ResourceIndex },
    /// A resource was in this state before.
    State { of: ResourceIndex, before: Option<Arc<str>> },
    /// Something was cleaned up for a deleted resource, or was to be.
    Cleanup { of: ResourceIndex, cleanup: Box<Cleanup> },
}

/// A clean-up that a deletion entailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleanup {
    /// What the clean-up went by: the value of the policy's attribute, such as `domain`.
    pub by: String,
    /// When it takes place.
    pub step: CleanupStep,
    /// How it went.
    pub ending: CleanupEnding,
}

/// When a clean-up takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CleanupStep {
    /// Within the call.
    Inline,
    /// After it.
    Queued,
}

/// How a clean-up went. A queued one that failed could not be queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CleanupEnding {
    /// As it should.
    Done,
    /// It did not take place.
    Failed,
}

impl CleanupStep {
    /// The step as policies and the control API spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::Queued => "queued",
        }
    }
}

impl CleanupEnding {
    /// The ending as the control API spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

impl Change {
    /// The resource that it goes with: once this is set up anew, it is no longer a change.
    fn of(&self) -> ResourceIndex {
        match self {
            Self::Deleted(of) | Self::State { of, .. } | Self::Cleanup { of, .. } => *of,
            Self::ChildDeleted { parent, .. } => *parent,
            Self::Orphaned { orphan, .. } => *orphan,
        }
    }
}

impl Changes {
    /// Where the next change goes.
    pub(super) fn end(&self) -> u64 {
        self.log.end()
    }

    pub(super) fn push(&mut self, change: Change) {
        self.log.push(change);
    }

    /// Tells that the resource's state is another than before.
    pub(super) fn state(&mut self, of: ResourceIndex, before: Option<Arc<str>>, now: &str) {
        let told = self.places_of(of).into_iter().find_map(|at| match self.log.get(at) {
            Some(Change::State { before, .. }) => Some((at, before.as_deref() == Some(now))),
            _ => None,
        });
        match told {
            None => self.push(Change::State { of, before }),
            Some((at, true)) => self.remove(at),
            Some((_, false)) => {}
        }
    }

    /// Takes back what was told in this range.
    pub(super) fn withdraw(&mut self, range: Range<u64>) {
        let told: Vec<u64> = self.log.range(range).map(|(at, _)| at).collect();
        told.into_iter().for_each(|at| self.remove(at));
    }

    /// Forgets what was told about a resource, because it has been set up anew.
    pub(super) fn forget(&mut self, of: ResourceIndex) {
        self.places_of(of).into_iter().for_each(|at| self.remove(at));
    }

    /// All differences, in the order of events.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Change> {
        self.log.iter()
    }

    /// The places at which something is told of a resource, in no order.
    fn places_of(&mut self, of: ResourceIndex) -> Vec<u64> {
        for (at, change) in self.log.range(self.placed..self.log.end()) {
            let of = change.of();
            self.places.insert_unique(hash(of), (of, at), |(of, _)| hash(*of));
        }
        self.placed = self.log.end();
        let alike = self.places.iter_hash(hash(of));
        alike.filter(|(other, _)| *other == of).map(|(_, at)| *at).collect()
    }

    fn remove(&mut self, at: u64) {
        if let Some(change) = self.log.remove(at) {
            let of = change.of();
            if let Ok(place) = self.places.find_entry(hash(of), |place| *place == (of, at)) {
                place.remove();
            }
        }
    }
}

fn hash(of: ResourceIndex) -> u64 {
    FixedState::default().hash_one(of)
}
