//! Short names for what a world holds: numbers that are cheap to copy and to compare. Each is good for the
//! world that gave it. In another world it may stand for something else or for nothing; it never makes
//! anything fail.

/// A caller of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallerIndex(pub(super) u32);

/// A container of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerIndex(pub(super) u32);

/// A resource of a world, be it there or gone. In order: the seed's as its document lists them, then what was
/// added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceIndex(pub(super) u32);

impl ResourceIndex {
    /// Where it stands among all resources that the world ever had.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// A kind of container or resource, such as `workspace` or `model`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(pub(super) u16);

/// The number as a position in a list.
pub(super) fn position(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The length of a list as the number of its next item; `None` when the numbers are used up.
pub(super) fn next_number(length: usize) -> Option<u32> {
    u32::try_from(length).ok().filter(|number| *number < u32::MAX)
}
