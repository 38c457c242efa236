//! A set of numbers, in blocks: near a bit for each where they lie close together, and nothing where there are none.

/// A set of numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// By their numbers, each with its own.
    blocks: Vec<(u32, Box<[u64; WORDS]>)>,
}

/// The words of a block, each of 64 numbers.
const WORDS: usize = 64;

impl Marks {
    /// Adds a number.
    pub(super) fn insert(&mut self, number: u32) {
        let (block, word, bit) = place(number);
        let at = self.place(block).unwrap_or_else(|at| {
            self.blocks.insert(at, (block, Box::new([0; WORDS])));
            at
        });
        if let Some(word) = self.blocks.get_mut(at).and_then(|(_, words)| words.get_mut(word)) {
            *word |= bit;
        }
    }

    /// Takes a number out.
    pub(super) fn remove(&mut self, number: u32) {
        let (block, word, bit) = place(number);
        let Ok(at) = self.place(block) else { return };
        let Some((_, words)) = self.blocks.get_mut(at) else { return };
        if let Some(word) = words.get_mut(word) {
            *word &= !bit;
        }
        if words.iter().all(|word| *word == 0) {
            self.blocks.remove(at);
        }
    }

    /// Whether a number is in it.
    pub(super) fn contains(&self, number: u32) -> bool {
        let (block, word, bit) = place(number);
        let words = self.place(block).ok().and_then(|at| self.blocks.get(at));
        words.and_then(|(_, words)| words.get(word)).is_some_and(|word| word & bit != 0)
    }

    /// Where the block of this number is, or would be.
    fn place(&self, block: u32) -> Result<usize, usize> {
        self.blocks.binary_search_by_key(&block, |(own, _)| *own)
    }
}

/// The block of a number, the word in it, and the bit in that.
fn place(number: u32) -> (u32, usize, u64) {
    (number >> 12, (number >> 6 & 63) as usize, 1 << (number & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_put_in_and_nothing_else() {
        let numbers = [0, 1, 63, 64, 4095, 4096, 1_000_000, 1 << 20, u32::MAX];
        let mut marks = Marks::default();
        for (count, number) in numbers.into_iter().enumerate() {
            assert!(!marks.contains(number));
            marks.insert(number);
            marks.insert(number);
            assert_eq!(numbers.iter().filter(|other| marks.contains(**other)).count(), count + 1);
        }
        assert!(!marks.contains(2) && !marks.contains(8192));
        for number in numbers {
            marks.remove(number);
            marks.remove(number);
            assert!(!marks.contains(number));
        }
        assert!(marks.blocks.is_empty());
    }
}
