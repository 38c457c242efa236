//! A set of byte strings that remembers the order of their first mention. Answers "seen before?" in constant
//! time with one buffer and, only once it has grown, one table.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Up to this many members are compared one by one: most objects have few names.
const SMALL: usize = 12;

/// For how many bytes of members to make room at first.
const BYTES: usize = 64;

/// The seed is fixed, as the core has no chance in it.
const HASHER: FixedState = FixedState::with_seed(0x0062_756c_6b64_656c);

/// A set of byte strings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    buffer: Vec<u8>,
    ends: Vec<usize>,
    /// Places in `ends`; filled when the set is no longer small.
    table: HashTable<usize>,
}

impl Seen {
    /// Adds a member.
    ///
    /// # Errors
    /// The place of the member, counted from 0 in the order of insertion, where it is in the set already.
    pub(crate) fn insert(&mut self, member: &[u8]) -> Result<(), usize> {
        let place = self.ends.len();
        if place < SMALL {
            if let Some(known) = self.find_small(member) {
                return Err(known);
            }
        } else {
            let Self { buffer, ends, table } = self;
            if table.is_empty() {
                for known in 0..ends.len() {
                    let hash = HASHER.hash_one(slice(buffer, ends, known));
                    table.insert_unique(hash, known, |&other| HASHER.hash_one(slice(buffer, ends, other)));
                }
            }
            let hash = HASHER.hash_one(member);
            if let Some(&known) = table.find(hash, |&known| slice(buffer, ends, known) == member) {
                return Err(known);
            }
            table.insert_unique(hash, place, |&other| HASHER.hash_one(slice(buffer, ends, other)));
        }
        if place == 0 {
            self.buffer.reserve(BYTES);
            self.ends.reserve(SMALL);
        }
        self.buffer.extend_from_slice(member);
        self.ends.push(self.buffer.len());
        Ok(())
    }

    /// Whether a member is in the set.
    pub(crate) fn contains(&self, member: &[u8]) -> bool {
        let Self { buffer, ends, table } = self;
        if table.is_empty() {
            return self.find_small(member).is_some();
        }
        table.find(HASHER.hash_one(member), |&known| slice(buffer, ends, known) == member).is_some()
    }

    /// Takes all members out, and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.buffer.clear();
        self.ends.clear();
        self.table.clear();
    }

    fn find_small(&self, member: &[u8]) -> Option<usize> {
        let mut start = 0;
        self.ends.iter().position(|&end| {
            let found = self.buffer.get(start..end) == Some(member);
            start = end;
            found
        })
    }
}

fn slice<'a>(buffer: &'a [u8], ends: &[usize], place: usize) -> &'a [u8] {
    let start = place.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(place).and_then(|&end| buffer.get(start..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn tells_new_members_from_known_ones_while_it_grows() {
        let mut seen = Seen::default();
        for round in 0..2 {
            for number in 0..200_u32 {
                let member = number.to_string();
                assert!(!seen.contains(member.as_bytes()), "{round} {number}");
                assert_eq!(seen.insert(member.as_bytes()), Ok(()), "{round} {number}");
                for known in 0..=number {
                    assert_eq!(seen.insert(known.to_string().as_bytes()), Err(known as usize));
                    assert!(seen.contains(known.to_string().as_bytes()));
                }
            }
            assert_eq!(seen.insert(b""), Ok(()));
            assert_eq!(seen.insert(b""), Err(200));
            seen.clear();
        }
        assert!(!seen.contains(b"0") && !seen.contains(b""));
    }
}
