//! Finds resources by kind, container and id: one probe of a table of numbers, whatever the number of
//! resources. The resources themselves stay with whoever owns them, and are handed in.
//!
//! Some contracts know no container. For them, resources that are in one are chained by kind and id, so that
//! a world where a thousand containers hold the same ids costs them no more than it holds.

use hashbrown::HashTable;

use crate::request::ids::Compare;

use super::handles::position;
use super::hash;
use super::resource::{Key, Resource};

/// The end of a chain.
const NONE: u32 = u32::MAX;

/// Where the resources of a list are.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Every resource, under kind, container and id.
    placed: HashTable<u32>,
    /// Those in a container, under kind and id alone: the first and the last of each chain.
    anywhere: HashTable<(u32, u32)>,
    /// The next of a resource's chain.
    next: Vec<u32>,
}

/// Which containers a search looks into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The key's container, or outside of all when the key has none.
    Place,
    /// All of them.
    Anywhere,
}

impl Index {
    /// An index with room for so many resources.
    pub(super) fn with_capacity(resources: usize) -> Self {
        Self {
            placed: HashTable::with_capacity(resources),
            anywhere: HashTable::new(),
            next: Vec::with_capacity(resources),
        }
    }

    /// Enters the resource at this position of the list. Positions are entered once each, in their order.
    pub(super) fn insert(&mut self, resources: &[Resource], number: u32) {
        let Some(resource) = at(resources, number) else { return };
        let place_hash = |number: &u32| at(resources, *number).map_or(0, |it| key_hash(&it.key()));
        self.placed.insert_unique(key_hash(&resource.key()), number, place_hash);
        self.next.resize(position(number), NONE);
        self.next.push(NONE);
        if resource.container.is_none() {
            return;
        }
        let same = |other: u32| {
            at(resources, other)
                .is_some_and(|it| it.kind == resource.kind && it.id.eq_ignore_ascii_case(&resource.id))
        };
        let id_hash = |number: u32| at(resources, number).map_or(0, |it| hash::name(it.kind, None, &it.id));
        let hash = hash::name(resource.kind, None, &resource.id);
        match self.anywhere.find_mut(hash, |(first, _)| same(*first)) {
            Some((_, last)) => {
                if let Some(link) = self.next.get_mut(position(*last)) {
                    *link = number;
                }
                *last = number;
            }
            None => {
                if self.anywhere.is_empty() {
                    self.anywhere.reserve(self.next.capacity(), |(first, _)| id_hash(*first));
                }
                self.anywhere.insert_unique(hash, (number, number), |(first, _)| id_hash(*first));
            }
        }
    }

    /// The resource with exactly this key.
    pub(super) fn exact(&self, resources: &[Resource], key: &Key<'_>) -> Option<u32> {
        // What was added to a world is usually nothing, and then not worth a hash.
        if self.placed.is_empty() {
            return None;
        }
        let same = |number: &u32| at(resources, *number).is_some_and(|it| it.has_key(key));
        self.placed.find(key_hash(key), same).copied()
    }

    /// The resource that has this key more likely than not, if any has it: found without a look at the resource itself.
    pub(super) fn likely(&self, key: &Key<'_>) -> Option<u32> {
        self.placed.find(key_hash(key), |_| true).copied()
    }

    /// Shows every resource that matches, in no order.
    pub(super) fn each_match(
        &self,
        resources: &[Resource],
        key: &Key<'_>,
        reach: Reach,
        compare: Compare,
        mut show: impl FnMut(u32, &Resource),
    ) {
        let same_id = |it: &Resource| {
            it.kind == key.kind
                && it.id_kind == key.id_kind
                && match compare {
                    Compare::Exact => *it.id == *key.id,
                    Compare::IgnoreCase => it.id.eq_ignore_ascii_case(key.id),
                }
        };
        for number in self.placed.iter_hash(key_hash(key)) {
            if let Some(it) = at(resources, *number).filter(|it| it.container == key.container && same_id(it))
            {
                show(*number, it);
            }
        }
        if reach == Reach::Place {
            return;
        }
        let chain = |first: u32| {
            at(resources, first).is_some_and(|it| it.kind == key.kind && it.id.eq_ignore_ascii_case(key.id))
        };
        let found = self.anywhere.find(hash::name(key.kind, None, key.id), |(first, _)| chain(*first));
        let mut link = found.map_or(NONE, |(first, _)| *first);
        while let Some(it) = at(resources, link) {
            // What is in the key's own container has been shown above.
            if it.container != key.container && same_id(it) {
                show(link, it);
            }
            link = self.next.get(position(link)).copied().unwrap_or(NONE);
        }
    }
}

fn at(resources: &[Resource], number: u32) -> Option<&Resource> {
    resources.get(position(number))
}

fn key_hash(key: &Key<'_>) -> u64 {
    hash::name(key.kind, key.container, key.id)
}
