//! Sixteen bytes at a time: where among them the first is of some kind. In words of eight bytes everywhere; in WebAssembly, where
//! the module may use vectors, in one of those.

/// How many bytes are looked at together.
pub(super) const BLOCK: usize = 16;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use vectors::{first_other_than_digit, first_special, is_plain, marks};
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) use words::{first_other_than_digit, first_special, is_plain, marks};

/// Which bytes of a block are of a kind: a bit for each, the first byte's the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    /// Commas.
    pub(super) commas: u32,
    /// The digit 0.
    pub(super) noughts: u32,
    /// Neither digits nor commas.
    pub(super) others: u32,
}

/// Sets the high bit of the first byte that is a quote, a backslash or below 0x20; bits above that one mean
/// nothing, because a subtraction borrows from the bytes after a match, never from those before it.
#[inline]
pub(super) fn special(word: u64) -> u64 {
    // With this bit turned over, a quote stands right behind the control characters.
    let control_or_quote = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * 0x5C)).wrapping_sub(ONES);
    (control_or_quote | backslash) & !word & HIGHS
}

#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod words {
    use super::{BLOCK, HIGHS, Marks, ONES, special};

    /// The place of the first quote, backslash or control character; behind the block where it has none.
    #[inline]
    pub(in crate::json) fn first_special(block: &[u8; BLOCK]) -> usize {
        first(block, special)
    }

    /// Whether there is no quote, backslash or control character in a block.
    #[inline]
    pub(in crate::json) fn is_plain(block: &[u8; BLOCK]) -> bool {
        block.as_chunks::<8>().0.iter().fold(0, |found, word| found | special(u64::from_le_bytes(*word))) == 0
    }

    /// The place of the first byte that is no digit; behind the block where all are.
    #[inline]
    pub(in crate::json) fn first_other_than_digit(block: &[u8; BLOCK]) -> usize {
        // As above: what a byte that is marked carries or borrows changes only those after it.
        first(block, |word| {
            let below = word.wrapping_sub(ONES * u64::from(b'0'));
            let above = word.wrapping_add(ONES * u64::from(0x7F - b'9'));
            (word | below | above) & HIGHS
        })
    }

    /// Commas, noughts, and what is neither a digit nor a comma.
    #[inline]
    pub(in crate::json) fn marks(block: &[u8; BLOCK]) -> Marks {
        let commas = bits(block, |word| same(word, b','));
        let digits = bits(block, |word| {
            // Without their high bits no byte carries into the next.
            let low = word & !HIGHS;
            let from_nought = low + ONES * u64::from(0x80 - b'0');
            let above_nine = low + ONES * u64::from(0x7F - b'9');
            from_nought & !above_nine & !word
        });
        Marks { commas, noughts: bits(block, |word| same(word, b'0')), others: !(commas | digits) & 0xFFFF }
    }

    /// Marks by their high bits the bytes that are this one.
    #[inline]
    fn same(word: u64, byte: u8) -> u64 {
        let other = word ^ (ONES * u64::from(byte));
        !(((other & !HIGHS) + !HIGHS) | other)
    }

    /// A bit for each byte that is marked by its high bit.
    #[inline]
    fn bits(block: &[u8; BLOCK], marked: impl Fn(u64) -> u64) -> u32 {
        block.as_chunks::<8>().0.iter().rev().fold(0, |bits, word| {
            let marked = (marked(u64::from_le_bytes(*word)) & HIGHS) >> 7;
            // Moves the bit of each byte to its own place in the highest one.
            bits << 8 | (marked.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
        })
    }

    /// The place of the first byte that is marked by its high bit.
    #[inline]
    fn first(block: &[u8; BLOCK], marked: impl Fn(u64) -> u64) -> usize {
        let mut place = 0;
        for word in block.as_chunks::<8>().0 {
            let found = marked(u64::from_le_bytes(*word));
            if found != 0 {
                return place + (found.trailing_zeros() / 8) as usize;
            }
            place += 8;
        }
        place
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vectors {
    use super::{BLOCK, Marks};
    use std::arch::wasm32::{
        u8x16_bitmask, u8x16_eq, u8x16_ge, u8x16_le, u8x16_lt, u8x16_splat, u8x16_sub, u64x2, v128,
        v128_any_true, v128_not, v128_or, v128_xor,
    };

    /// As among words.
    #[inline]
    pub(in crate::json) fn first_special(block: &[u8; BLOCK]) -> usize {
        first(special(block))
    }

    /// As among words.
    #[inline]
    pub(in crate::json) fn is_plain(block: &[u8; BLOCK]) -> bool {
        !v128_any_true(special(block))
    }

    /// Marks quotes, backslashes and control characters.
    #[inline]
    fn special(block: &[u8; BLOCK]) -> v128 {
        let block = vector(block);
        // With this bit turned over, a quote stands right behind the control characters.
        let control_or_quote = u8x16_le(v128_xor(block, u8x16_splat(0x02)), u8x16_splat(0x20));
        v128_or(control_or_quote, u8x16_eq(block, u8x16_splat(b'\\')))
    }

    /// As among words.
    #[inline]
    pub(in crate::json) fn first_other_than_digit(block: &[u8; BLOCK]) -> usize {
        first(u8x16_ge(u8x16_sub(vector(block), u8x16_splat(b'0')), u8x16_splat(10)))
    }

    /// As among words.
    #[inline]
    pub(in crate::json) fn marks(block: &[u8; BLOCK]) -> Marks {
        let block = vector(block);
        let commas = u8x16_eq(block, u8x16_splat(b','));
        let digits = u8x16_lt(u8x16_sub(block, u8x16_splat(b'0')), u8x16_splat(10));
        let bits = |marked| u32::from(u8x16_bitmask(marked));
        Marks {
            commas: bits(commas),
            noughts: bits(u8x16_eq(block, u8x16_splat(b'0'))),
            others: bits(v128_not(v128_or(commas, digits))),
        }
    }

    #[inline]
    fn vector(block: &[u8; BLOCK]) -> v128 {
        let block = u128::from_le_bytes(*block);
        u64x2(block as u64, (block >> 64) as u64)
    }

    /// The place of the first byte that is marked.
    #[inline]
    fn first(marked: v128) -> usize {
        (u32::from(u8x16_bitmask(marked)) | 1 << BLOCK).trailing_zeros() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Marks, first_other_than_digit, first_special, is_plain, marks};

    /// Finds a byte of a kind, and tells the kind.
    type Kind = (fn(&[u8; BLOCK]) -> usize, fn(u8) -> bool);

    #[test]
    fn finds_the_first_byte_of_a_kind_wherever_it_stands() {
        let kinds: [Kind; 2] = [
            (first_special, |byte| byte < b' ' || byte == b'"' || byte == b'\\'),
            (first_other_than_digit, |byte| !byte.is_ascii_digit()),
        ];
        for (first, is_marked) in kinds {
            for filler in (0..=u8::MAX).filter(|byte| !is_marked(*byte)) {
                assert_eq!(first(&[filler; BLOCK]), BLOCK, "{filler:#x}");
                for place in 0..BLOCK {
                    for marked in (0..=u8::MAX).filter(|byte| is_marked(*byte)) {
                        let mut block = [filler; BLOCK];
                        block[place] = marked;
                        // What follows has no say.
                        for after in [filler, marked, 0, 0xFF] {
                            block[place + 1..].fill(after);
                            assert_eq!(first(&block), place, "{block:x?}");
                            assert_eq!(is_plain(&block), first_special(&block) == BLOCK, "{block:x?}");
                        }
                    }
                }
            }
        }
    }
    #[test]
    fn marks_every_byte_by_itself() {
        for byte in 0..=u8::MAX {
            for around in [b',', b'0', b'9', b'/', b':', 0, 0x7F, 0x80, 0xAC, 0xB0, 0xFF] {
                for place in 0..BLOCK {
                    let mut block = [around; BLOCK];
                    block[place] = byte;
                    let bits = |is: fn(u8) -> bool| {
                        block.iter().rev().fold(0, |bits, byte| bits << 1 | u32::from(is(*byte)))
                    };
                    let expected = Marks {
                        commas: bits(|byte| byte == b','),
                        noughts: bits(|byte| byte == b'0'),
                        others: bits(|byte| byte != b',' && !byte.is_ascii_digit()),
                    };
                    assert_eq!(marks(&block), expected, "{block:x?}");
                }
            }
        }
    }
}
