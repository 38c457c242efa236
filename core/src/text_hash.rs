//! How texts are hashed: sixteen bytes at a time, as they are or without their case. With which seed, and what else goes
//! into the hash, is left to those who keep tables of texts.

use std::hash::Hasher;

/// Adds a text, each sixteen bytes of it as `fold` makes them, and its length. The last are filled up with zeros.
#[inline]
pub(crate) fn write(hasher: &mut impl Hasher, text: &str, fold: impl Fn(u128) -> u128) {
    let (parts, rest) = text.as_bytes().as_chunks::<16>();
    for part in parts {
        hasher.write_u128(fold(u128::from_le_bytes(*part)));
    }
    if !rest.is_empty() {
        let mut last = [0; 16];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        hasher.write_u128(fold(u128::from_le_bytes(last)));
    }
    hasher.write_usize(text.len());
}
