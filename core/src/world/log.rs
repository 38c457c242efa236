//! A row of things that grows at its end and from which any may be taken out again; each keeps its number.

use std::ops::Range;

/// Things by number. Kept in blocks, because most are only ever added and gone through.
#[derive(Clone, Debug)]
pub(super) struct Log<T> {
    /// By their numbers, each with its own.
    blocks: Vec<(u64, Vec<Option<T>>)>,
    next: u64,
}

/// How many things are in a block.
const BLOCK: u64 = 64;

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self { blocks: Vec::new(), next: 0 }
    }
}

impl<T> Log<T> {
    /// The number of the next thing.
    pub(super) fn end(&self) -> u64 {
        self.next
    }

    /// Adds a thing behind all others.
    pub(super) fn push(&mut self, thing: T) {
        let at = self.next / BLOCK;
        match self.blocks.last_mut() {
            Some((last, block)) if *last == at => block.push(Some(thing)),
            _ => {
                // What was before it in its block may have been taken out with the block.
                let mut block: Vec<Option<T>> = (0..within(self.next)).map(|_| None).collect();
                block.push(Some(thing));
                self.blocks.push((at, block));
            }
        }
        self.next = self.next.saturating_add(1);
    }

    /// The thing of this number, if it is still there.
    pub(super) fn get(&self, number: u64) -> Option<&T> {
        let (_, block) = self.blocks.get(self.place(number / BLOCK).ok()?)?;
        block.get(within(number))?.as_ref()
    }

    /// Takes the thing of this number out.
    pub(super) fn remove(&mut self, number: u64) -> Option<T> {
        let at = self.place(number / BLOCK).ok()?;
        let (_, block) = self.blocks.get_mut(at)?;
        let taken = block.get_mut(within(number))?.take();
        if block.iter().all(Option::is_none) {
            self.blocks.remove(at);
        }
        taken
    }

    /// The things of these numbers that are still there, with their numbers, in order.
    pub(super) fn range(&self, numbers: Range<u64>) -> impl Iterator<Item = (u64, &T)> {
        let first = self.place(numbers.start / BLOCK).unwrap_or_else(|next| next);
        let last = numbers.end / BLOCK;
        let blocks = self.blocks.iter().skip(first).take_while(move |(at, _)| *at <= last);
        blocks
            .flat_map(|(at, block)| (at * BLOCK..).zip(block))
            .filter(move |(number, _)| numbers.contains(number))
            .filter_map(|(number, thing)| Some((number, thing.as_ref()?)))
    }

    /// All things that are still there, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.blocks.iter().flat_map(|(_, block)| block).flatten()
    }

    /// Where the block of this number is, or would be.
    fn place(&self, number: u64) -> Result<usize, usize> {
        self.blocks.binary_search_by_key(&number, |(at, _)| *at)
    }
}

fn within(number: u64) -> usize {
    usize::try_from(number % BLOCK).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_keep_their_numbers() {
        let mut log = Log::default();
        for number in 0..200_u64 {
            assert_eq!(log.end(), number);
            log.push(number);
        }
        for number in (0..200).filter(|number| *number != 70 && *number != 199) {
            assert_eq!(log.remove(number), Some(number));
            assert_eq!(log.remove(number), None);
        }
        assert_eq!(log.iter().copied().collect::<Vec<_>>(), [70, 199]);
        assert_eq!(log.blocks.len(), 2);
        assert_eq!(log.range(0..199).collect::<Vec<_>>(), [(70, &70)]);
        assert_eq!(log.range(71..200).collect::<Vec<_>>(), [(199, &199)]);
        assert_eq!((log.get(70), log.get(71), log.get(999)), (Some(&70), None, None));
        assert_eq!(log.remove(199), Some(199));
        log.push(200);
        assert_eq!((log.get(200), log.get(199)), (Some(&200), None));
    }

    #[test]
    fn a_range_ends_where_it_says_however_many_there_are() {
        let mut log = Log::default();
        (0..5_000_u64).for_each(|number| log.push(number));
        assert!(log.range(4_090..4_160).map(|(number, _)| number).eq(4_090..4_160));
    }
}
