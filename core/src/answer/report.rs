//! What an answer means, item by item.

use crate::contract::outcome::Retry;
use crate::request::ids::OwnedId;

/// What became of an item, as far as an answer tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reported {
    /// It was deleted.
    Deleted,
    /// Its deletion was accepted and goes on.
    Accepted,
    /// It does not exist for the caller.
    NotFound,
    /// It was not deleted.
    Failed,
    /// It was never asked for.
    NotSent,
    /// The answer does not tell.
    Unknown,
}

impl Reported {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Accepted => "accepted",
            Self::NotFound => "not-found",
            Self::Failed => "failed",
            Self::NotSent => "not-sent",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether an item is gone after the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// It is not there any more, or never was.
    Yes,
    /// It is still there.
    No,
    /// The answer does not tell.
    Unknown,
}

impl Gone {
    /// `true`, `false`, or nothing where it is not known.
    pub fn known(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }
}

/// How an answer told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// It said so of this item.
    Stated,
    /// It follows from what it said, or did not say.
    Inferred,
}

impl Evidence {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
        }
    }
}

/// What an answer means for one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemReport {
    /// The id as it was asked for.
    pub id: OwnedId,
    /// What became of it.
    pub outcome: Reported,
    /// Whether it is gone.
    pub gone: Gone,
    /// How the answer told it.
    pub evidence: Evidence,
    /// The outcome's name in the policy, or the name of the answer that refused the request; `None` where it could be
    /// several.
    pub code: Option<String>,
    /// The answer's text about it.
    pub reason: Option<String>,
    /// Whether it may be tried again.
    pub retry: Retry,
    /// The operation that deletes it.
    pub operation: Option<String>,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The name of the answer in the policy; `None` if the contract knows none like it.
    pub answer: Option<String>,
    /// Each distinct requested id, in request order.
    pub items: Vec<ItemReport>,
    /// What went wrong beside deletions that happened, in the answer's words.
    pub warnings: Vec<String>,
    /// What in the answer does not add up, in plain English.
    pub contradictions: Vec<String>,
}
