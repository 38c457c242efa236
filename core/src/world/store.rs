//! The resources of a world: those of its seed, which it shares, and how they differ from it by now. A world
//! costs its differences. Nothing is ever taken out, so that what is gone can still be named.

use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::request::ids::Compare;

use super::handles::{ResourceIndex, next_number, position};
use super::index::{Index, Reach};
use super::marks::Marks;
use super::resource::{Key, Resource};
use super::seed::Seed;

/// The resources of a world.
#[derive(Clone, Debug)]
pub(super) struct Store {
    pub(super) seed: Arc<Seed>,
    /// What is gone.
    gone: Marks,
    /// What else differs from being there as it was read or added.
    slots: HashMap<u32, Slot, FixedState>,
    added: Vec<Resource>,
    /// Over `added`.
    index: Index,
    /// Counts whatever changes it.
    pub(super) revision: u64,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    /// The operation that may yet fail.
    accepted: Option<u64>,
    replaced: Option<Box<Resource>>,
}

/// Whether a resource is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Present,
    Gone,
    /// Gone for every next call, but the operation of this number may yet fail.
    Accepted(u64),
}

impl Store {
    pub(super) fn new(seed: Arc<Seed>) -> Self {
        Self {
            seed,
            gone: Marks::default(),
            slots: HashMap::default(),
            added: Vec::new(),
            index: Index::default(),
            revision: 0,
        }
    }

    /// The resource, be it there or gone.
    pub(super) fn get(&self, r: ResourceIndex) -> Option<&Resource> {
        if let Some(replaced) = self.slots.get(&r.0).and_then(|slot| slot.replaced.as_deref()) {
            return Some(replaced);
        }
        match self.added_position(r) {
            None => self.seed.resources.get(position(r.0)),
            Some(at) => self.added.get(at),
        }
    }

    /// Whether the resource is there; `None` for what never was.
    pub(super) fn presence(&self, r: ResourceIndex) -> Option<Presence> {
        if position(r.0) >= self.len() {
            return None;
        }
        if self.gone.contains(r.0) {
            return Some(Presence::Gone);
        }
        let accepted = self.slots.get(&r.0).and_then(|slot| slot.accepted);
        Some(accepted.map_or(Presence::Present, Presence::Accepted))
    }

    pub(super) fn is_present(&self, r: ResourceIndex) -> bool {
        self.presence(r) == Some(Presence::Present)
    }

    /// Sets whether the resource is there.
    pub(super) fn mark(&mut self, r: ResourceIndex, presence: Presence) {
        if position(r.0) >= self.len() {
            return;
        }
        self.revision = self.revision.wrapping_add(1);
        if presence == Presence::Gone {
            self.gone.insert(r.0);
        } else {
            self.gone.remove(r.0);
        }
        if let Presence::Accepted(number) = presence {
            self.slots.entry(r.0).or_default().accepted = Some(number);
        } else if let Some(slot) = self.slots.get_mut(&r.0) {
            slot.accepted = None;
            if slot.replaced.is_none() {
                self.slots.remove(&r.0);
            }
        }
    }

    /// Puts another in the resource's place, with the same key, and as much there as it was.
    pub(super) fn replace(&mut self, r: ResourceIndex, resource: Resource) {
        self.revision = self.revision.wrapping_add(1);
        match self.added_position(r) {
            Some(at) => {
                if let Some(place) = self.added.get_mut(at) {
                    *place = resource;
                }
            }
            None => {
                self.slots.entry(r.0).or_default().replaced = Some(Box::new(resource));
            }
        }
    }

    /// Makes the resource be there: in the place of the one with its key, or after all others. `None` when
    /// there are four billion.
    pub(super) fn put(&mut self, resource: Resource) -> Option<ResourceIndex> {
        if let Some(r) = self.find_exact(&resource.key()) {
            self.replace(r, resource);
            self.mark(r, Presence::Present);
            return Some(r);
        }
        let r = ResourceIndex(next_number(self.len())?);
        let number = next_number(self.added.len())?;
        self.revision = self.revision.wrapping_add(1);
        self.added.push(resource);
        self.index.insert(&self.added, number);
        Some(r)
    }

    /// The resource with exactly this key, be it there or gone.
    pub(super) fn find_exact(&self, key: &Key<'_>) -> Option<ResourceIndex> {
        if let Some(number) = self.seed.index.exact(&self.seed.resources, key) {
            return Some(ResourceIndex(number));
        }
        self.index.exact(&self.added, key).and_then(|number| self.added_handle(number))
    }

    /// The resource that is there and matches. Among several: first what has the key's own container, then
    /// the exact id, then the order of the resources.
    pub(super) fn find(&self, key: &Key<'_>, reach: Reach, compare: Compare) -> Option<ResourceIndex> {
        // No other comes before this one, and most requests spell ids as they are.
        let exact = self.find_exact(key).filter(|r| self.is_present(*r));
        if exact.is_some() || (reach, compare) == (Reach::Place, Compare::Exact) {
            return exact;
        }
        let mut best = None;
        let mut offer = |r: ResourceIndex, it: &Resource| {
            let rank = (it.container != key.container, *it.id != *key.id, r);
            if self.is_present(r) && best.is_none_or(|known| rank < known) {
                best = Some(rank);
            }
        };
        let seed = &*self.seed;
        seed.index.each_match(&seed.resources, key, reach, compare, |number, it| {
            offer(ResourceIndex(number), it);
        });
        if !self.added.is_empty() {
            self.index.each_match(&self.added, key, reach, compare, |number, it| {
                if let Some(r) = self.added_handle(number) {
                    offer(r, it);
                }
            });
        }
        best.map(|(_, _, r)| r)
    }

    /// [`Store::find`] for each of these. In a large world it is memory that takes the time: the index, then the resource, then
    /// its id. For one key after the other each is waited for; here those of many are on their way at once, step by step.
    pub(super) fn find_each(
        &self,
        keys: &[Key<'_>],
        reach: Reach,
        compare: Compare,
    ) -> Vec<Option<ResourceIndex>> {
        let likely: Vec<Option<u32>> = keys.iter().map(|key| self.seed.index.likely(key)).collect();
        let id_of = |(key, number): (&Key<'_>, Option<u32>)| {
            let key_there = self.seed.resources.get(position(number?))?.key();
            (Key { id: key.id, ..key_there } == *key).then_some((number?, key_there.id))
        };
        let ids: Vec<Option<(u32, &str)>> = keys.iter().zip(likely).map(id_of).collect();
        let found = |(key, there): (&Key<'_>, Option<(u32, &str)>)| match there {
            Some((number, id)) if id == key.id && self.is_present(ResourceIndex(number)) => {
                Some(ResourceIndex(number))
            }
            _ => self.find(key, reach, compare),
        };
        keys.iter().zip(ids).map(found).collect()
    }

    /// The resources that are there, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (ResourceIndex, &Resource)> {
        let all = (0..self.len()).filter_map(next_number).map(ResourceIndex);
        all.filter(|r| self.is_present(*r)).filter_map(|r| Some((r, self.get(r)?)))
    }

    fn len(&self) -> usize {
        self.seed.resources.len().saturating_add(self.added.len())
    }

    fn added_position(&self, r: ResourceIndex) -> Option<usize> {
        position(r.0).checked_sub(self.seed.resources.len())
    }

    fn added_handle(&self, number: u32) -> Option<ResourceIndex> {
        next_number(self.seed.resources.len().checked_add(position(number))?).map(ResourceIndex)
    }
}
