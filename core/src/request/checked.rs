//! What a request was found to ask for. It outlives the request's bytes, so that it can be forecast, and its answer read, long
//! after they were sent.

use std::sync::Arc;

use super::ids::IdList;
use super::violation::Violation;

/// No ids.
const NONE: &IdList = &IdList::new();

/// What was found in a request: only [`Call::read`](super::call::Call::read) finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    pub(super) violations: Vec<Violation>,
    /// None were found unless there is a list.
    pub(super) ids: Option<Arc<IdList>>,
    pub(super) container: Option<String>,
    pub(super) children: Flag,
}

/// Whether a flag of a request was set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Flag {
    Set,
    #[default]
    NotSet,
}

impl Checked {
    /// What is wrong with it.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Each text or integer that its list of ids names once, in request order, whatever else is wrong. None where
    /// something else is in the list, or there is none.
    pub fn ids(&self) -> &IdList {
        self.ids.as_deref().unwrap_or(NONE)
    }

    /// The container's id as it names it.
    pub fn container(&self) -> Option<&str> {
        self.container.as_deref()
    }
}
