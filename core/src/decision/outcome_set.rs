//! A set of outcomes: what an item may still come to.

use crate::contract::outcome::OutcomeIndex;

/// A set of a contract's outcomes; a contract has at most 64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutcomeSet(u64);

impl OutcomeSet {
    /// The set of this one outcome.
    pub fn of(outcome: OutcomeIndex) -> Self {
        let mut set = Self::default();
        set.insert(outcome);
        set
    }

    /// Adds an outcome.
    pub fn insert(&mut self, outcome: OutcomeIndex) {
        self.0 |= 1_u64.checked_shl(u32::from(outcome.0)).unwrap_or(0);
    }

    /// Whether it holds this outcome.
    pub fn contains(self, outcome: OutcomeIndex) -> bool {
        self.0 & Self::of(outcome).0 != 0
    }

    /// The outcomes that both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Its only outcome, if it holds exactly one.
    pub fn only(self) -> Option<OutcomeIndex> {
        if self.0.count_ones() != 1 {
            return None;
        }
        u8::try_from(self.0.trailing_zeros()).ok().map(OutcomeIndex)
    }

    /// Its outcomes, in the policy's order.
    pub fn iter(self) -> impl Iterator<Item = OutcomeIndex> {
        (0..64).map(OutcomeIndex).filter(move |outcome| self.contains(*outcome))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_put_in() {
        let mut set = OutcomeSet::default();
        assert_eq!(set.only(), None);
        set.insert(OutcomeIndex(63));
        assert_eq!(set.only(), Some(OutcomeIndex(63)));
        set.insert(OutcomeIndex(0));
        assert_eq!(set.only(), None);
        assert!(set.contains(OutcomeIndex(0)) && !set.contains(OutcomeIndex(1)));
        assert_eq!(set.iter().collect::<Vec<_>>(), [OutcomeIndex(0), OutcomeIndex(63)]);
        assert!(!OutcomeSet::of(OutcomeIndex(200)).contains(OutcomeIndex(200)));
    }
}
