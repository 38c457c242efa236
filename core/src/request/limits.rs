//! How much of a bad request is looked at and told.

/// Bounds that hold for every contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many arrays and objects may nest in a body. Reading ends where one more begins.
    pub depth: usize,
    /// How many violations are told; those beyond are only known to be there.
    pub violations: usize,
    /// How many bytes of pointers and other text the violations may take together. It bounds the memory that
    /// a body with very long property names can take.
    pub violation_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 64, violations: 10_000, violation_bytes: 4 << 20 }
    }
}
