//! Decides whether a request as a whole may be looked at: its caller, its container, its form, in the policy's order.

use super::checks::{Asked, Finding};
use super::fact::Fact;
use super::facts::CallerFacts;
use crate::contract::Contract;
use crate::contract::steps::CallerStep;
use crate::request::call::Call;
use crate::request::checked::Checked;
use crate::request::ids::IdList;
use crate::request::violation::Violation;

/// A request that passed every check of the whole, or is supposed to: only [`admit`] makes one.
#[derive(Debug)]
pub struct BulkDelete<'c> {
    pub(crate) contract: &'c Contract,
    /// Each id once, in request order.
    pub ids: &'c IdList,
}

/// What is decided of a request as a whole.
#[derive(Debug)]
pub enum Admission<'c> {
    /// It passes every check.
    Admitted(BulkDelete<'c>),
    /// It does not pass one.
    Refused(Refusal<'c>),
    /// What is known does not decide it.
    Unknown {
        /// The refusals that are possible, in the checks' order.
        possible: Vec<Refusal<'c>>,
        /// Whether it may also be that it passes, and with which items.
        otherwise: Option<BulkDelete<'c>>,
        /// The facts that are missing, in the order in which the checks ask for them.
        needs: Vec<&'static str>,
    },
}

/// Why a request as a whole is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal<'c> {
    /// The name of the answer.
    pub answer: &'c str,
    /// The check that it does not pass.
    pub check: &'static str,
}

/// Decides whether a request as a whole may be looked at.
pub fn admit<'c>(call: &'c Call<'_>, facts: &dyn CallerFacts) -> Admission<'c> {
    admit_checked(call.contract(), call.checked(), facts)
}

/// Decides whether a request to delete one thing may be looked at, by the checks of its own operation.
pub(crate) fn admit_by<'c>(
    steps: &'c [CallerStep],
    call: &'c Call<'_>,
    facts: &dyn CallerFacts,
) -> Admission<'c> {
    admit_passed(call.contract(), call.checked(), pass(steps, call.violations(), facts))
}

/// Decides it from what was found in a request to this contract.
pub fn admit_checked<'c>(
    contract: &'c Contract,
    checked: &'c Checked,
    facts: &dyn CallerFacts,
) -> Admission<'c> {
    admit_passed(contract, checked, pass(&contract.caller_checks, checked.violations(), facts))
}

fn admit_passed<'c>(contract: &'c Contract, checked: &'c Checked, passage: Passage<'c>) -> Admission<'c> {
    let admitted = || BulkDelete { contract, ids: checked.ids() };
    match passage {
        Passage { end: End::Passed, possible, .. } if possible.is_empty() => Admission::Admitted(admitted()),
        Passage { end: End::Refused(refusal), possible, .. }
            if possible.iter().all(|other| other.answer == refusal.answer) =>
        {
            Admission::Refused(possible.first().copied().unwrap_or(refusal))
        }
        Passage { end, mut possible, needs } => {
            let otherwise = match end {
                End::Passed => Some(admitted()),
                End::Refused(refusal) => {
                    possible.push(refusal);
                    None
                }
            };
            Admission::Unknown { possible, otherwise, needs }
        }
    }
}

/// How far a request came through its checks.
pub(crate) struct Passage<'c> {
    pub(crate) end: End<'c>,
    /// Refusals by checks that could not be decided.
    pub(crate) possible: Vec<Refusal<'c>>,
    pub(crate) needs: Vec<&'static str>,
}

/// How a passage ended.
pub(crate) enum End<'c> {
    /// Behind the last check.
    Passed,
    /// At a check that is known not to hold.
    Refused(Refusal<'c>),
}

/// Takes a request through checks in their order. A check that cannot be decided is passed, and its refusal noted.
pub(crate) fn pass<'c>(
    steps: &'c [CallerStep],
    violations: &[Violation],
    facts: &dyn CallerFacts,
) -> Passage<'c> {
    let asked = Asked { facts, violations };
    let (mut possible, mut needs) = (Vec::new(), Vec::new());
    for step in steps {
        let refusal = |answer| Refusal { answer, check: step.name };
        match step.check.evaluate(&asked) {
            Fact::Known(Finding::Passed) => {}
            Fact::Known(Finding::Failed) => {
                return Passage { end: End::Refused(refusal(step.otherwise.any())), possible, needs };
            }
            Fact::Known(Finding::NotBelieved(cause)) => {
                return Passage { end: End::Refused(refusal(step.otherwise.of(cause))), possible, needs };
            }
            Fact::Unknown => {
                for answer in step.otherwise.all() {
                    if !possible.iter().any(|other: &Refusal<'_>| other.answer == answer) {
                        possible.push(refusal(answer));
                    }
                }
                needs.extend(step.check.fact().filter(|fact| !needs.contains(fact)));
            }
        }
    }
    Passage { end: End::Passed, possible, needs }
}
