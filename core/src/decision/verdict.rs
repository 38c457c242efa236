//! What was decided: of the whole request, and of each item.

use super::outcome_set::OutcomeSet;
use crate::contract::outcome::OutcomeIndex;

/// What is decided of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It passes every check.
    Delete(OutcomeIndex),
    /// It does not pass a check, or stands beside one that does not.
    Refuse {
        /// What it comes to.
        outcome: OutcomeIndex,
        /// The check that it does not pass; `None` for a bystander.
        check: Option<&'static str>,
    },
    /// What is known does not decide it.
    Unknown(Box<Undecided>),
}

impl Verdict {
    /// What the item comes to, if that is decided.
    pub fn outcome(&self) -> Option<OutcomeIndex> {
        match self {
            Self::Delete(outcome) | Self::Refuse { outcome, .. } => Some(*outcome),
            Self::Unknown(_) => None,
        }
    }
}

/// What an item may still come to, and what would tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The outcomes that are still possible; at least two.
    pub possible: OutcomeSet,
    /// The facts that are missing, in the order in which the checks ask for them.
    pub needs: Vec<&'static str>,
}

/// What was decided of all items of a request.
#[derive(Debug)]
pub struct Decision<I> {
    /// A verdict for each distinct id, in request order.
    pub verdicts: Vec<Verdict>,
    /// The facts that were looked up, for each distinct id.
    pub items: Vec<I>,
    /// Where one item decides for all: the answers that are possible; `None` is the answer to a request carried out.
    pub answers: Vec<Option<String>>,
}

/// A decision in which nothing is unknown.
#[derive(Debug)]
pub struct Decided<I> {
    /// What each distinct id comes to, in request order.
    pub outcomes: Vec<OutcomeIndex>,
    /// The facts that were looked up, or what is kept of them, for each distinct id.
    pub items: Vec<I>,
    /// The answer that refuses all, where one item decides for all; `None` where the request is carried out.
    pub refused_by: Option<String>,
}

impl<I> Decision<I> {
    /// The decision as one without unknowns; gives it back where something is unknown.
    ///
    /// # Errors
    /// Something is unknown.
    pub fn decided(self) -> Result<Decided<I>, Self> {
        let [refused_by] = self.answers.as_slice() else { return Err(self) };
        let mut outcomes = Vec::with_capacity(self.verdicts.len());
        outcomes.extend(self.verdicts.iter().map_while(Verdict::outcome));
        if outcomes.len() < self.verdicts.len() {
            return Err(self);
        }
        Ok(Decided { outcomes, refused_by: refused_by.clone(), items: self.items })
    }
}
