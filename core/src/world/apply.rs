//! Carries a decision out: deletes or accepts what was decided, cleans up, and notes what came of it. Decides nothing.

use std::sync::Arc;

use super::facts::attribute_at;
use super::{CallerIndex, Children, Cleanup, CleanupEnding, CleanupStep, NewOperation, ResourceIndex, World};
use crate::contract::Contract;
use crate::contract::effects::{Step, When};
use crate::contract::outcome::OutcomeIndex;
use crate::json::Value;
use crate::time::Timestamp;

/// What came of carrying a decision out, beside what is gone.
#[derive(Debug, Default)]
pub struct Effects {
    /// For each item the operation that deletes it; none where deletions happen now.
    pub operations: Vec<Option<String>>,
    /// What went wrong beside deletions that happened.
    pub warnings: Vec<String>,
}

/// By whom, when, and how a decision is carried out.
pub struct Circumstances<'a> {
    /// The caller.
    pub caller: CallerIndex,
    /// The time.
    pub now: Timestamp,
    /// What becomes of children.
    pub children: Children,
    /// Makes an id that was never used.
    pub new_id: &'a mut dyn FnMut() -> String,
}

/// Carries out what was decided of each item; `resources` are the items' handles in the same order.
pub fn apply(
    world: &mut World,
    contract: &Contract,
    outcomes: &[OutcomeIndex],
    resources: &[Option<ResourceIndex>],
    circumstances: Circumstances<'_>,
) -> Effects {
    let mut effects = Effects::default();
    for (outcome, resource) in outcomes.iter().zip(resources) {
        let deletes = contract.outcome(*outcome).is_some_and(|outcome| outcome.is.succeeds());
        let Some(resource) = resource.filter(|_| deletes) else {
            if matches!(contract.effects.when, When::Later { .. }) {
                effects.operations.push(None);
            }
            continue;
        };
        clean_up(world, contract, resource, &mut effects.warnings);
        match contract.effects.when {
            When::Now => world.delete(resource, circumstances.children),
            When::Later { starts_after, takes } => {
                let id = (circumstances.new_id)();
                let starts = circumstances.now.plus_milliseconds(starts_after);
                let operation = NewOperation {
                    id: id.clone(),
                    contract: Arc::clone(&contract.name),
                    caller: circumstances.caller,
                    accepted: circumstances.now,
                    starts,
                    ends: starts.plus_milliseconds(takes),
                };
                world.accept(resource, circumstances.children, operation);
                effects.operations.push(Some(id));
            }
        }
    }
    effects
}

/// Cleans up what a resource leaves. What fails, or cannot be queued, is a warning; the resource is deleted all the same.
fn clean_up(world: &mut World, contract: &Contract, index: ResourceIndex, warnings: &mut Vec<String>) {
    let Some(cleanup) = &contract.effects.cleanup else { return };
    let Some(resource) = world.resource(index) else { return };
    let Some(by) = attribute_at(resource, &cleanup.by).and_then(Value::as_str) else { return };
    let Some(step) = cleanup.steps.get(by) else { return };
    let failure = resource.cleanup_fails().map(str::to_owned);
    let note = Cleanup {
        by: by.to_owned(),
        step: match step {
            Step::Inline => CleanupStep::Inline,
            Step::Queued => CleanupStep::Queued,
        },
        ending: if failure.is_some() { CleanupEnding::Failed } else { CleanupEnding::Done },
    };
    world.note_cleanup(index, note);
    warnings.extend(failure);
}
