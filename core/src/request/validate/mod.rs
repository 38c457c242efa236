//! Holds a request's parts against compiled schemas, in one pass and without a tree.
//!
//! [`Machine`] does it for anything that tells a value part by part; [`check_body`] drives it with the bytes
//! of a body. Which answer a violation earns, and in which order parts are checked, is left to others.

mod capture;
mod frame;
mod listen;
mod machine;
mod report;
mod scalar;

#[cfg(test)]
mod tests;

use super::limits::Limits;
use super::schema::Schema;
use super::violation::{Rule, Violation};
use crate::json::{ScanError, scan};
pub use capture::{Captured, Wanted};
pub use machine::{Machine, TooDeep};
use report::Report;
pub(crate) use scalar::Scalar;

/// Where the body stands in pointers into a request.
pub const BODY: &str = "/body";

/// Whether all violations are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    /// All are.
    #[default]
    Complete,
    /// There are more than [`Limits`] allows to tell.
    CutShort,
}

/// What was found in a body, or in another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Everything that is wrong, in reading order: what concerns a whole array or object is found at its end.
    /// Empty when the value is valid.
    pub violations: Vec<Violation>,
    /// Whether `violations` is all of it.
    pub listing: Listing,
    /// What was wanted, in the order in which it was wanted. Complete where the value is valid.
    pub captured: Vec<Captured>,
}

/// What was found in a body.
pub type CheckedBody = Checked;

/// Checks a body, given as bytes.
///
/// A text that is not JSON has exactly one violation, `json`. Reading ends at an array or object that nests
/// too deeply, with the violation `depth`. Time and memory are linear in the bytes.
pub fn check_body(bytes: &[u8], schema: &Schema, wanted: &[Wanted], limits: &Limits) -> CheckedBody {
    let mut machine = Machine::new(schema, BODY, wanted, limits).expecting(bytes.len());
    match scan(bytes, &mut machine) {
        Ok(()) | Err(ScanError::Stopped(TooDeep, _)) => machine.finish(),
        Err(ScanError::Syntax(error)) => Checked {
            violations: vec![Violation::new(BODY, Rule::Json).with_actual(error.to_string())],
            listing: Listing::Complete,
            captured: vec![Captured::Absent; wanted.len()],
        },
    }
}

/// Checks a value that is neither an array nor an object, which takes no machine; gives what is wrong, and the value.
/// `pointer` tells where it stands.
pub(crate) fn check_scalar(
    scalar: &Scalar<'_>,
    schema: &Schema,
    pointer: impl Fn() -> String,
) -> (Vec<Violation>, Captured) {
    let mut report = Report::new(&Limits::default());
    for node in schema.root() {
        scalar.check(node, &mut report, &pointer);
    }
    let (violations, _) = report.finish();
    (violations, Captured::of(scalar))
}
