//! How texts are hashed: by foldhash, sixteen bytes at a time, as they are or without their case. With which seed is left to
//! those who keep tables of texts.

use foldhash::fast::FixedState;
use std::hash::{BuildHasher, Hasher};

/// The hash of a text with a seed, each sixteen bytes of it as `fold` makes them. The last are filled up with zeros.
#[inline]
pub(crate) fn hash(seed: u64, text: &str, fold: impl Fn(u128) -> u128) -> u64 {
    let (parts, rest) = text.as_bytes().as_chunks::<16>();
    let mut hasher = FixedState::with_seed(seed).build_hasher();
    for part in parts {
        hasher.write_u128(fold(u128::from_le_bytes(*part)));
    }
    if !rest.is_empty() {
        let mut last = [0; 16];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        hasher.write_u128(fold(u128::from_le_bytes(last)));
    }
    // Tells a text from the same with zeros behind it.
    hasher.write_usize(text.len());
    hasher.finish()
}

/// Sixteen bytes with their ASCII letters in lower case.
#[inline]
pub(crate) fn lower(part: u128) -> u128 {
    let all = |byte: u8| u128::from_le_bytes([byte; 16]);
    // In the high bit of each byte: whether its other bits reach the letter A, and whether they reach beyond Z.
    let others = part & all(0x7F);
    let (from_a, beyond_z) = (others + all(0x80 - b'A'), others + all(0x7F - b'Z'));
    let capitals = (from_a ^ beyond_z) & !part & all(0x80);
    part | capitals >> 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn only_ascii_capitals_become_lower() {
        for byte in 0..=u8::MAX {
            let mixed =
                |byte: u8| u128::from_le_bytes(*b"aZ\xFFz@\0[M????????") ^ u128::from(byte ^ b'?') << 96;
            let bytes = mixed(byte).to_le_bytes();
            assert_eq!(
                lower(mixed(byte)).to_le_bytes(),
                bytes.map(|byte| byte.to_ascii_lowercase()),
                "{byte:#x}"
            );
        }
    }

    #[test]
    fn near_texts_have_hashes_that_are_not_near() {
        let texts: Vec<String> = (0..4096_u32)
            .flat_map(|number| [number.to_string(), format!("{number:032x}"), format!("{number:<32}")])
            .collect();
        let hashes: Vec<u64> = texts.iter().map(|text| hash(1, text, |part| part)).collect();
        assert_eq!(hashes.iter().collect::<BTreeSet<_>>().len(), texts.iter().collect::<BTreeSet<_>>().len());
        // Any fourteen bits of it tell about as many texts apart as chance would: of 12,288 into 16,384 places, over half.
        for shift in [0, 7, 25, 50] {
            let places: BTreeSet<u64> = hashes.iter().map(|hash| hash >> shift & 0x3FFF).collect();
            assert!(places.len() > 8_200, "{shift}: {}", places.len());
        }
        assert_ne!(hash(1, "a", |part| part), hash(2, "a", |part| part));
        assert_ne!(hash(1, "a", |part| part), hash(1, "a\0", |part| part));
    }
}
