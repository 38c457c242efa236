//! Randomness from a seed that somebody else drew: ids, tokens and keys. Where the seed comes from is left to the shell,
//! so that a test which fixes it sees the same ids each time.

use base64ct::{Base64UrlUnpadded, Encoding};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::fmt::{self, Write};
use std::sync::{Mutex, PoisonError};

/// An endless row of bytes that nobody can foresee without the seed.
pub struct Chance {
    row: Mutex<ChaCha20Rng>,
}

impl Chance {
    /// Starts at the beginning of the row that belongs to this seed.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { row: Mutex::new(ChaCha20Rng::from_seed(seed)) }
    }

    /// The next bytes.
    pub fn bytes<const COUNT: usize>(&self) -> [u8; COUNT] {
        let mut bytes = [0; COUNT];
        self.row.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A new id in the form of a random UUID (version 4), lower case: `8a3f…-….-4…-9…-…`.
    pub fn id(&self) -> String {
        let mut bytes = self.bytes::<16>();
        let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
        *version = *version & 0x0f | 0x40;
        *variant = *variant & 0x3f | 0x80;
        // Two digits for each byte, and a dash before those at which a group begins.
        let mut id = [b'-'; 36];
        let mut places = id.iter_mut();
        for (at, byte) in bytes.into_iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                places.next();
            }
            for (digit, place) in [byte >> 4, byte & 0x0f].into_iter().zip(places.by_ref()) {
                *place = if digit < 10 { b'0' + digit } else { b'a' - 10 + digit };
            }
        }
        // They are digits and dashes.
        String::from_utf8(id.to_vec()).unwrap_or_default()
    }

    /// A new opaque token of 43 characters, safe in a header.
    pub fn token(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.bytes::<32>())
    }
}

impl fmt::Debug for Chance {
    /// Leaves the seed out: whoever knows it knows every key.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Chance").finish_non_exhaustive()
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
