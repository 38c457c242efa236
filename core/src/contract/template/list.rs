//! The closed list of lists that an answer can tell of.

use crate::contract::outcome::{Is, Outcome};

/// A list of things that an answer can tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Every distinct requested id.
    All,
    /// Those deleted at once.
    Deleted,
    /// Those whose deletion was accepted and goes on.
    Accepted,
    /// Those that do not exist for the caller.
    NotFound,
    /// All that are neither deleted nor accepted.
    NotDeleted,
    /// Those because of which an all-or-nothing request was refused.
    Refused,
    /// What went wrong beside deletions that happened.
    Warnings,
    /// What is wrong with the request.
    Violations,
    /// What a list operation tells of, as far as it is on the page asked for.
    Page,
    /// The same where it tells of operations.
    Operations,
}

impl List {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("all", Self::All),
        ("deleted", Self::Deleted),
        ("accepted", Self::Accepted),
        ("not-found", Self::NotFound),
        ("not-deleted", Self::NotDeleted),
        ("refused", Self::Refused),
        ("warnings", Self::Warnings),
        ("violations", Self::Violations),
        ("page", Self::Page),
        ("operations", Self::Operations),
    ];

    /// The list of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, list)| *list)
    }

    /// The names of all lists.
    pub fn names() -> Vec<&'static str> {
        Self::NAMES.iter().map(|(name, _)| *name).collect()
    }

    /// Whether items of this outcome are on this list, in the answer of this name.
    pub fn holds(self, outcome: &Outcome, refused_by: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Deleted => outcome.is == Is::Deleted,
            Self::Accepted => outcome.is == Is::Accepted,
            Self::NotFound => outcome.is == Is::NotFound,
            Self::NotDeleted => !outcome.is.succeeds(),
            Self::Refused => outcome.answer.is_some() && outcome.answer.as_deref() == refused_by,
            Self::Warnings | Self::Violations | Self::Page | Self::Operations => false,
        }
    }

    /// Whether its elements are requested items.
    pub fn is_of_items(self) -> bool {
        !matches!(self, Self::Warnings | Self::Violations | Self::Page | Self::Operations)
    }
}
