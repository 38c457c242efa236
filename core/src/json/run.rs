//! Integers that stand one behind the other with nothing but a comma between them, looked at a block at a time and not one by one.

use super::block::{BLOCK, marks};

/// Some of the integers at the start of a text, each up to fifteen digits and with a comma behind it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// How many bytes they have with their commas.
    pub(super) bytes: usize,
    /// How many they are.
    pub(super) count: usize,
}

impl Run {
    /// The integers that end, as their commas do, in blocks behind which stands another, up to the first block in which there is
    /// anything else. What a text begins with must be where an item may stand.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut run = Self { bytes: 0, count: 0 };
        // Of the byte before a block: whether an item begins behind it, and whether it is a nought that an item begins with. And of
        // how many digits a block begins in the midst.
        let (mut begins, mut noughts, mut digits) = (1, 0, 0);
        let (blocks, _) = text.as_chunks::<BLOCK>();
        let (_, blocks) = blocks.split_last().unwrap_or((&[0; BLOCK], &[]));
        for (number, block) in blocks.iter().enumerate() {
            let marks = marks(block);
            begins |= marks.commas << 1;
            noughts |= (marks.noughts & begins) << 1;
            let is_empty = marks.commas & begins != 0;
            let is_padded = noughts & !marks.commas & WITHIN != 0;
            let is_long = digits + marks.commas.trailing_zeros() as usize >= BLOCK;
            if marks.others != 0 || is_empty || is_padded || is_long {
                break;
            }
            let last = marks.commas.ilog2() as usize;
            run = Self {
                bytes: number * BLOCK + last + 1,
                count: run.count + marks.commas.count_ones() as usize,
            };
            (begins, noughts, digits) = (begins >> BLOCK, noughts >> BLOCK, BLOCK - 1 - last);
        }
        run
    }
}

/// A bit for each byte of a block.
const WITHIN: u32 = (1 << BLOCK) - 1;

#[cfg(test)]
mod tests {
    use super::{BLOCK, Run};

    /// What a run is, a byte at a time: the items that the reader would take one by one, as far as they end in whole blocks behind
    /// which another stands, and before the first block in which there is anything else.
    fn plain(text: &str) -> Run {
        let blocks = (text.len() / BLOCK).saturating_sub(1);
        let mut run = Run { bytes: 0, count: 0 };
        let mut place = 0;
        for item in text.split_inclusive(',') {
            let Some(digits) = item.strip_suffix(',') else { break };
            let is_plain = !digits.is_empty()
                && digits.len() < BLOCK
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && (digits == "0" || !digits.starts_with('0'));
            place += item.len();
            if !is_plain || place > blocks * BLOCK {
                break;
            }
            run = Run { bytes: place, count: run.count + 1 };
        }
        run
    }

    #[test]
    fn what_is_taken_is_what_would_be_taken_one_by_one() {
        let items = [
            "0",
            "7",
            "42",
            "10",
            "007",
            "",
            "1234567",
            "123456789012345",
            "1234567890123456",
            " 1",
            "-1",
            "1.5",
            "ü",
            "\u{7f}",
        ];
        let mut whole = 0;
        for one in items {
            for two in items {
                for three in items {
                    for before in 0..40 {
                        let lead = "12,".repeat(before / 3) + ["", "7,", "34,"][before % 3];
                        let text = format!("{lead}{one},{two},{three},1,23,456,7890,12345,678901,{two},5,");
                        let (found, expected) = (Run::of(text.as_bytes()), plain(&text));
                        // A block is taken whole or not at all.
                        assert!(found.bytes <= expected.bytes, "{text}: {found:?} {expected:?}");
                        let block = found.bytes / BLOCK * BLOCK;
                        assert!(expected.bytes < block + 2 * BLOCK, "{text}: {found:?} {expected:?}");
                        assert_eq!(
                            found.count,
                            text.as_bytes()[..found.bytes].iter().filter(|byte| **byte == b',').count()
                        );
                        assert!(found.bytes == 0 || text.as_bytes()[found.bytes - 1] == b',');
                        whole += usize::from(found == expected && found.count > 0);
                    }
                }
            }
        }
        assert!(whole > 10_000, "{whole}");
    }

    #[test]
    fn a_run_of_nothing_else_goes_to_the_block_before_the_last() {
        for item in ["0,", "7,", "10,", "123,", "12345,", "123456789012345,"] {
            for count in 0..60 {
                let text = item.repeat(count);
                assert_eq!(Run::of(text.as_bytes()), plain(&text), "{count} times {item}");
            }
        }
    }
}
