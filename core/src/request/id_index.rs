//! Where in a list an id stands, found without going through the list.

use hashbrown::HashTable;

use super::ids::{Compare, Id, IdList};

/// An index over a list of distinct ids.
#[derive(Debug)]
pub struct IdIndex<'l> {
    ids: &'l IdList,
    compare: Compare,
    table: HashTable<usize>,
}

impl<'l> IdIndex<'l> {
    /// Makes the index; linear in the list.
    pub fn new(ids: &'l IdList, compare: Compare) -> Self {
        let mut table = HashTable::with_capacity(ids.len());
        for (place, id) in ids.iter().enumerate() {
            table.insert_unique(compare.hash(id), place, |other| {
                ids.get(*other).map_or(0, |other| compare.hash(other))
            });
        }
        Self { ids, compare, table }
    }

    /// Where this id stands.
    pub fn position(&self, id: Id<'_>) -> Option<usize> {
        let same = |place: &usize| self.ids.get(*place).is_some_and(|other| other.same(id, self.compare));
        self.table.find(self.compare.hash(id), same).copied()
    }
}
