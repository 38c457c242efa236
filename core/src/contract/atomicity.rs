//! Whether each item is decided by itself.

/// Whether each item is decided by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Atomicity {
    /// Each is; others do not matter to it.
    Each,
    /// All go, or none: the earliest check that any item does not pass decides for all.
    All,
}
