//! Bytes that are written one behind the other and forgotten from the beginning: what is remembered of many calls for a while.
//! Memory of its own for each piece would be given back long after it was asked for, when it is far from the processor, and
//! often by another thread; that costs more than what is written. What the bytes mean is left to others.

use std::collections::VecDeque;

/// How large a block grows before another is begun, unless a single piece is larger.
const BLOCK: usize = 64 << 10;

/// Where a piece lies on its tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Counted from the first byte that ever was on the tape.
    start: u64,
    length: usize,
}

impl Span {
    /// How many bytes the piece has.
    #[must_use]
    pub fn length(self) -> usize {
        self.length
    }
}

/// Pieces of bytes, oldest first. A piece lies in one block, so that it is read as one slice.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    full: VecDeque<Block>,
    last: Block,
    /// The memory of a block that was forgotten, for the next.
    spare: Vec<u8>,
}

#[derive(Clone, Debug, Default)]
struct Block {
    /// Where its first byte lies on the tape.
    start: u64,
    bytes: Vec<u8>,
}

impl Block {
    fn end(&self) -> u64 {
        self.start.saturating_add(self.bytes.len() as u64)
    }

    fn piece(&self, span: Span) -> Option<&[u8]> {
        let start = usize::try_from(span.start.checked_sub(self.start)?).ok()?;
        self.bytes.get(start..start.checked_add(span.length)?)
    }
}

impl Tape {
    /// Writes a piece behind the others. It has about `room` bytes; with more it is written all the same, but slower.
    pub fn write(&mut self, room: usize, write: impl FnOnce(&mut Vec<u8>)) -> Span {
        let length = self.last.bytes.len();
        if length > 0 && length.saturating_add(room) > BLOCK {
            let mut bytes = std::mem::take(&mut self.spare);
            // This tape is a long one.
            bytes.reserve(BLOCK.max(room));
            let next = Block { start: self.last.end(), bytes };
            self.full.push_back(std::mem::replace(&mut self.last, next));
        }
        let start = self.last.end();
        let bytes = &mut self.last.bytes;
        bytes.reserve(room);
        let before = bytes.len();
        write(bytes);
        Span { start, length: bytes.len().saturating_sub(before) }
    }

    /// The bytes of a piece; none where it was forgotten.
    #[must_use]
    pub fn read(&self, span: Span) -> &[u8] {
        let mut blocks = self.full.iter().chain([&self.last]);
        blocks.find_map(|block| block.piece(span)).unwrap_or_default()
    }

    /// Forgets what was written before this piece.
    pub fn forget_before(&mut self, first: Span) {
        while let Some(Block { mut bytes, .. }) = self.full.pop_front_if(|oldest| oldest.end() <= first.start)
        {
            // One that has grown for a single large piece is given back.
            if bytes.capacity() <= 2 * BLOCK {
                bytes.clear();
                self.spare = bytes;
            }
        }
        if self.full.is_empty() {
            self.tighten(first);
        }
    }

    /// Gives back the memory of what was forgotten where all is in one block: there may be many such tapes.
    fn tighten(&mut self, first: Span) {
        self.spare = Vec::new();
        let Block { start, bytes } = &mut self.last;
        let forgotten = usize::try_from(first.start.saturating_sub(*start)).unwrap_or(usize::MAX);
        // Half of it at a time, so that as a rule no byte is moved more than once.
        if forgotten > bytes.len() / 2 {
            bytes.drain(..forgotten.min(bytes.len()));
            bytes.shrink_to(2 * bytes.len());
            *start = first.start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of different lengths, one of them larger than a block, of which the last few are remembered.
    #[test]
    fn what_is_remembered_is_read_again() {
        for remembered in [1, 3, 40, 400] {
            let (mut tape, mut spans) = (Tape::default(), VecDeque::new());
            for number in 0..2_000_usize {
                let length = if number == 1_000 { 3 * BLOCK } else { number * 7 % 1_500 };
                let piece = vec![number.to_le_bytes()[0]; length];
                // What is said of its length need not be true.
                let room = if number % 3 == 0 { length / 2 } else { length };
                spans.push_back((tape.write(room, |out| out.extend_from_slice(&piece)), piece));
                if spans.len() > remembered {
                    spans.pop_front();
                    tape.forget_before(spans[0].0);
                }
                let oldest = &spans[0];
                assert_eq!(tape.read(oldest.0), oldest.1, "{remembered} {number}");
            }
            for (span, piece) in &spans {
                assert_eq!((tape.read(*span), span.length()), (&piece[..], piece.len()), "{remembered}");
            }
            let held: usize = tape.full.iter().chain([&tape.last]).map(|block| block.bytes.capacity()).sum();
            let told: usize = spans.iter().map(|(span, _)| span.length()).sum();
            assert!(held + tape.spare.capacity() <= told + 4 * BLOCK, "{remembered}: {held} for {told}");
        }
    }

    #[test]
    fn little_takes_little() {
        let mut tape = Tape::default();
        for number in 0..1_000_u16 {
            let span = tape.write(64, |out| out.extend_from_slice(&[0; 64]));
            tape.forget_before(span);
            assert!(tape.last.bytes.capacity() <= 256, "{number}: {}", tape.last.bytes.capacity());
            assert_eq!(tape.read(span), [0; 64]);
        }
    }

    #[test]
    fn a_block_is_begun_where_another_piece_would_not_fit() {
        let mut tape = Tape::default();
        // The first piece has the first block, however large it is.
        tape.write(3 * BLOCK, |out| out.resize(3 * BLOCK, 1));
        assert_eq!(tape.full.len(), 0);
        for (count, full) in [(1, 1), (2, 1), (3, 2)] {
            tape.write(BLOCK / 2, |out| out.resize(out.len() + BLOCK / 2, 2));
            assert_eq!(tape.full.len(), full, "{count}");
        }
    }

    #[test]
    fn a_forgotten_block_is_kept_for_the_next_unless_it_is_large() {
        for (length, kept) in [(BLOCK + BLOCK / 2, true), (3 * BLOCK, false)] {
            let mut tape = Tape::default();
            tape.write(0, |out| out.resize(length, 1));
            let [second, _] = [2, 3].map(|byte| tape.write(BLOCK, |out| out.resize(BLOCK, byte)));
            tape.forget_before(second);
            assert_eq!(tape.spare.capacity() >= BLOCK, kept, "{length}");
        }
    }

    #[test]
    fn what_is_left_moves_when_more_than_half_is_forgotten() {
        let mut tape = Tape::default();
        let spans = [0, 1, 2, 3].map(|byte| tape.write(64, |out| out.resize(out.len() + 10, byte)));
        for (first, left) in [(1, 40), (2, 40), (3, 10)] {
            tape.forget_before(spans[first]);
            assert_eq!(tape.last.bytes.len(), left, "{first}");
        }
        // With room for as much again.
        assert!(tape.last.bytes.capacity() >= 20, "{}", tape.last.bytes.capacity());
        assert_eq!(tape.read(spans[3]), [3; 10]);
    }

    #[test]
    fn what_was_forgotten_is_empty() {
        let mut tape = Tape::default();
        let [one, two] = [1, 2].map(|byte| tape.write(BLOCK, |out| out.resize(BLOCK, byte)));
        tape.forget_before(two);
        assert_eq!((tape.read(one), tape.read(two).len()), (&[][..], BLOCK));
    }
}
