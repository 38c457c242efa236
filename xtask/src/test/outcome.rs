//! What became of a check.

use std::fmt;

#[derive(Debug)]
pub(super) enum Outcome {
    Passed,
    /// With the reason, in a sentence.
    Failed(String),
    /// It did not run, with what was missing. Never for something that ran and went wrong.
    Skipped(String),
}

impl From<Result<(), String>> for Outcome {
    fn from(result: Result<(), String>) -> Outcome {
        match result {
            Ok(()) => Outcome::Passed,
            Err(message) => Outcome::Failed(message),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Passed => f.write_str("passed"),
            Outcome::Failed(reason) => write!(f, "FAILED: {reason}"),
            Outcome::Skipped(reason) => write!(f, "skipped, this part did not run: {reason}"),
        }
    }
}
