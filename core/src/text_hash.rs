//! How texts are hashed: sixteen bytes at a time, as they are or without their case. With which seed is left to those who
//! keep tables of texts.

/// A number without a pattern, odd: the golden ratio's fraction.
const KEY: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of a text with a seed, each sixteen bytes of it as `fold` makes them. The last are filled up with zeros.
#[inline]
pub(crate) fn hash(seed: u64, text: &str, fold: impl Fn(u128) -> u128) -> u64 {
    let (parts, rest) = text.as_bytes().as_chunks::<16>();
    let mut hash = seed.wrapping_mul(KEY) ^ (text.len() as u64);
    for part in parts {
        hash = mix(hash, fold(u128::from_le_bytes(*part)));
    }
    if !rest.is_empty() {
        let mut last = [0; 16];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        hash = mix(hash, fold(u128::from_le_bytes(last)));
    }
    // Once more, so that every bit of the last part has a say in every bit of the hash.
    mix(hash, 0)
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

/// Multiplies both halves of a part, changed by what came before, and folds the product. The factors stay in the result, as a
/// product with a zero has forgotten the other.
#[inline]
fn mix(hash: u64, part: u128) -> u64 {
    let (low, high) = (part as u64 ^ hash, (part >> 64) as u64 ^ KEY);
    let product = u128::from(low) * u128::from(high);
    product as u64 ^ (product >> 64) as u64 ^ low ^ high
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
        // Nor those that are made so that a factor becomes zero.
        let blind = |number: u32| format!("\u{20}\0\0\0\0\0\0\0{number:08x}{:016}", 0);
        let hashes: BTreeSet<u64> = (0..4096).map(|number| hash(0, &blind(number), |part| part)).collect();
        assert_eq!(hashes.len(), 4096);
        assert_ne!(hash(1, "a", |part| part), hash(2, "a", |part| part));
        assert_ne!(hash(1, "a", |part| part), hash(1, "a\0", |part| part));
    }
}
