//! Randomness from a seed that somebody else drew: ids, tokens and keys. Where the seed comes from is left to the shell,
//! so that a test which fixes it sees the same ids each time.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

/// An endless row of blocks that nobody can foresee without the seed: SHA-256 over the seed and a counter. Shared
/// without a lock.
pub struct Chance {
    seed: [u8; 32],
    drawn: AtomicU64,
}

impl Chance {
    /// Starts at the beginning of the row that belongs to this seed.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }

    /// The next 32 bytes.
    pub fn block(&self) -> [u8; 32] {
        let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(drawn.to_le_bytes());
        hash.finalize().into()
    }

    /// A new id in the form of a random UUID (version 4), lower case: `8a3f…-….-4…-9…-…`.
    pub fn id(&self) -> String {
        let mut number = 0_u128;
        for byte in self.block().iter().take(16) {
            number = number << 8 | u128::from(*byte);
        }
        let number = number & !(0xf << 76) | 0x4 << 76;
        let number = number & !(0x3 << 62) | 0x2 << 62;
        let mut id = String::with_capacity(36);
        for (at, shift) in (0..32).rev().map(|digit| digit * 4).enumerate() {
            if matches!(at, 8 | 12 | 16 | 20) {
                id.push('-');
            }
            let digit = u32::try_from(number >> shift & 0xf).unwrap_or_default();
            id.push(char::from_digit(digit, 16).unwrap_or('0'));
        }
        id
    }

    /// A new opaque token of 43 characters, safe in a header.
    pub fn token(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.block())
    }
}

impl fmt::Debug for Chance {
    /// Leaves the seed out: whoever knows it knows every key.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Chance").field("drawn", &self.drawn).finish_non_exhaustive()
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_row() {
        let (one, two) = (Chance::new([7; 32]), Chance::new([7; 32]));
        let rows: Vec<_> = (0..3).map(|_| one.id()).collect();
        assert_eq!(rows, (0..3).map(|_| two.id()).collect::<Vec<_>>());
        assert_ne!(rows[0], rows[1]);
        assert_ne!(Chance::new([8; 32]).id(), rows[0]);
    }

    #[test]
    fn ids_have_the_form_of_a_uuid() {
        let id = Chance::new([0; 32]).id();
        let lengths: Vec<_> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(id.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&id.as_bytes()[19]));
        assert!(
            id.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        );
    }

    #[test]
    fn hex_is_lower_case() {
        assert_eq!(hex(&[0, 0xab, 0xff]), "00abff");
    }
}
