//! Sets of characters, as sorted ranges of code points.

use crate::code::{Code, Reader};
use crate::order::{arranged, sorted};

/// A set of characters. INVARIANT: ranges are sorted, apart from each other, and not empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CharSet {
    ranges: Vec<(u32, u32)>,
    /// The ASCII characters among them, a bit each.
    ascii: [u32; 4],
}

const LAST: u32 = 0x10_FFFF;

impl CharSet {
    /// A set of ranges, both ends included.
    pub(super) fn new(ranges: Vec<(u32, u32)>) -> Self {
        let places = sorted(ranges.len(), &|one, two| ranges.get(one).cmp(&ranges.get(two)));
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (start, end) in arranged(ranges, &places) {
            match joined.last_mut() {
                Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        Self::of(joined)
    }

    /// A set of ranges that are sorted and apart.
    fn of(ranges: Vec<(u32, u32)>) -> Self {
        let mut set = Self { ranges, ascii: [0; 4] };
        for code in 0..128_u32 {
            if set.search(code)
                && let Some(bits) = set.ascii.get_mut(code as usize / 32)
            {
                *bits |= 1 << (code % 32);
            }
        }
        set
    }

    /// One character.
    pub(super) fn one(character: char) -> Self {
        Self::new(vec![(character.into(), character.into())])
    }

    /// What ECMA's `.` stands for: all but line ends.
    pub(super) fn dot() -> Self {
        Self::new(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)]).negated()
    }

    /// What `\d`, `\w` or `\s`, or one of their capital opposites, stands for.
    pub(super) fn named(letter: char) -> Option<Self> {
        let ranges: &[(u32, u32)] = match letter.to_ascii_lowercase() {
            'd' => &[(0x30, 0x39)],
            'w' => &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)],
            's' => &[
                (0x09, 0x0D),
                (0x20, 0x20),
                (0xA0, 0xA0),
                (0x1680, 0x1680),
                (0x2000, 0x200A),
                (0x2028, 0x2029),
                (0x202F, 0x202F),
                (0x205F, 0x205F),
                (0x3000, 0x3000),
                (0xFEFF, 0xFEFF),
            ],
            _ => return None,
        };
        let set = Self::new(ranges.to_vec());
        Some(if letter.is_ascii_uppercase() { set.negated() } else { set })
    }

    /// All characters that are not in the set.
    pub(super) fn negated(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0;
        for &(start, end) in &self.ranges {
            if start > next {
                ranges.push((next, start - 1));
            }
            next = end + 1;
        }
        if next <= LAST {
            ranges.push((next, LAST));
        }
        Self::new(ranges)
    }

    /// The ranges.
    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Whether a character is in the set.
    #[inline]
    pub(super) fn contains(&self, character: char) -> bool {
        let code = u32::from(character);
        match self.ascii.get(code as usize / 32) {
            Some(bits) => bits >> (code % 32) & 1 == 1,
            None => self.search(code),
        }
    }

    fn search(&self, code: u32) -> bool {
        let after = self.ranges.partition_point(|&(start, _)| start <= code);
        after.checked_sub(1).and_then(|place| self.ranges.get(place)).is_some_and(|&(_, end)| code <= end)
    }

    /// Whether no character is in both sets.
    pub(super) fn is_apart_from(&self, other: &Self) -> bool {
        self.ranges.iter().all(|own| other.ranges.iter().all(|theirs| own.1 < theirs.0 || theirs.1 < own.0))
    }
}

impl Code for CharSet {
    fn write(&self, out: &mut Vec<u8>) {
        self.ranges.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::of(Vec::read(from))
    }
}
