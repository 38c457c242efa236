//! Hashes with a fixed seed, so that nothing in a world depends on chance. Names are hashed without their
//! case, so that one table serves exact lookups and those that ignore ASCII case.

use super::handles::{ContainerIndex, Kind};
use crate::text_hash;

/// The bit by which ASCII letters differ in case. Set in all bytes, letters lose their case; that some other characters then
/// look alike only makes them share a hash.
const CASE: u128 = u128::from_le_bytes([0x20; 16]);

/// The hash of a kind, a container, and a name whatever its ASCII case.
pub(super) fn name(kind: Kind, container: Option<ContainerIndex>, text: &str) -> u64 {
    let container = container.map_or(u32::MAX, |container| container.0);
    text_hash::hash(u64::from(kind.0) << 32 | u64::from(container), text, |part| part | CASE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hashed_without_their_case() {
        let long = "Abc-".repeat(40);
        let here = Some(ContainerIndex(1));
        for (left, right, same) in [
            ("BC24", "bc24", true),
            (long.as_str(), &long.to_ascii_uppercase(), true),
            ("a", "b", false),
            ("", "a", false),
        ] {
            assert_eq!(name(Kind(1), here, left) == name(Kind(1), here, right), same, "{left} {right}");
        }
        assert_ne!(name(Kind(1), here, "a"), name(Kind(2), here, "a"));
        assert_ne!(name(Kind(1), here, "a"), name(Kind(1), None, "a"));
    }
}
