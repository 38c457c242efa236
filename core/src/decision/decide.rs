//! Decides each item of an admitted request: the checks in their order, and, where one item decides for all, the whole.

use super::admit::BulkDelete;
use super::fact::Fact;
use super::facts::{Facts, ItemFacts};
use super::outcome_set::OutcomeSet;
use super::verdict::{Decided, Decision, Undecided, Verdict};
use crate::contract::Contract;
use crate::contract::atomicity::Atomicity;
use crate::contract::steps::ItemStep;
use crate::request::ids::Id;

/// Decides each item of a request. With full knowledge nothing is unknown.
pub fn decide<F: Facts>(bulk: &BulkDelete<'_>, facts: &F) -> Decision<F::Item> {
    decide_items(bulk.contract, bulk.ids.iter().map(|id| facts.item(id)).collect())
}

/// Decides each item of a request where everything is known that is asked for, and keeps of the facts what is wanted; `None`
/// where something is not known.
pub fn decide_known<F: Facts, T>(
    bulk: &BulkDelete<'_>,
    facts: &F,
    keep: impl Fn(&F::Item) -> T,
) -> Option<Decided<T>> {
    let contract = bulk.contract;
    if contract.atomicity == Atomicity::All {
        let Decided { outcomes, items, refused_by } = decide(bulk, facts).decided().ok()?;
        return Some(Decided { outcomes, items: items.iter().map(keep).collect(), refused_by });
    }
    let mut items = Vec::with_capacity(bulk.ids.len());
    let mut outcomes = Vec::with_capacity(bulk.ids.len());
    let mut decide = |item: &F::Item| {
        let Fact::Known(stop) = first_stop(contract, item) else { return None };
        outcomes.push(stop.map_or(contract.success, |step| step.outcome));
        items.push(keep(item));
        Some(())
    };
    if bulk.ids.len() < AT_ONCE {
        bulk.ids.iter().try_for_each(|id| decide(&facts.item(id)))?;
    } else {
        let mut ids = bulk.ids.iter();
        loop {
            let some: Vec<Id<'_>> = ids.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                break;
            }
            facts.items(&some).iter().try_for_each(&mut decide)?;
        }
    }
    Some(Decided { outcomes, items, refused_by: None })
}

/// So many ids are looked up together: enough that the memory of several is waited for at once, and few enough that what was
/// found is still near when it is decided.
const AT_ONCE: usize = 256;

/// Decides items by the facts about them.
pub(super) fn decide_items<I: ItemFacts>(contract: &Contract, items: Vec<I>) -> Decision<I> {
    match contract.atomicity {
        Atomicity::Each => {
            let verdicts = items.iter().map(|item| decide_alone(contract, item)).collect();
            Decision { verdicts, items, answers: vec![None] }
        }
        Atomicity::All => decide_together(contract, items),
    }
}

/// Decides an item by itself.
fn decide_alone(contract: &Contract, item: &impl ItemFacts) -> Verdict {
    // The usual case, in which every fact that is asked for is known, needs no memory.
    match first_stop(contract, item) {
        Fact::Known(None) => Verdict::Delete(contract.success),
        Fact::Known(Some(step)) => Verdict::Refuse { outcome: step.outcome, check: Some(step.name) },
        Fact::Unknown => walk(contract, item).alone(contract),
    }
}

/// The check at which an item stops, if it does; unknown where a check before that cannot be decided.
fn first_stop<'c>(contract: &'c Contract, item: &impl ItemFacts) -> Fact<Option<&'c ItemStep>> {
    for step in &contract.item_checks {
        match step.check.evaluate(item) {
            Fact::Known(true) => {}
            Fact::Known(false) => return Fact::Known(Some(step)),
            Fact::Unknown => return Fact::Unknown,
        }
    }
    Fact::Known(None)
}

/// Where an item's way through the checks may end: at the check of an index, or behind the last one.
struct Walk {
    /// The checks at which it may end, by index, in order.
    stops: Vec<usize>,
    /// Whether it may pass all.
    passes: bool,
    needs: Vec<&'static str>,
}

fn walk(contract: &Contract, item: &impl ItemFacts) -> Walk {
    let mut walk = Walk { stops: Vec::new(), passes: true, needs: Vec::new() };
    for (index, step) in contract.item_checks.iter().enumerate() {
        match step.check.evaluate(item) {
            Fact::Known(true) => {}
            Fact::Known(false) => {
                walk.stops.push(index);
                walk.passes = false;
                break;
            }
            Fact::Unknown => {
                walk.stops.push(index);
                let fact = step.check.fact();
                if !walk.needs.contains(&fact) {
                    walk.needs.push(fact);
                }
            }
        }
    }
    walk
}

impl Walk {
    /// The verdict of an item that is decided by itself.
    fn alone(self, contract: &Contract) -> Verdict {
        match (self.stops.as_slice(), self.passes) {
            ([], _) => Verdict::Delete(contract.success),
            ([stop], false) => match contract.item_checks.get(*stop) {
                Some(step) => Verdict::Refuse { outcome: step.outcome, check: Some(step.name) },
                None => Verdict::Delete(contract.success),
            },
            _ => {
                let mut possible = OutcomeSet::default();
                for step in self.stops.iter().filter_map(|stop| contract.item_checks.get(*stop)) {
                    possible.insert(step.outcome);
                }
                if self.passes {
                    possible.insert(contract.success);
                }
                settle(contract, possible, self.needs, self.stops.first().copied())
            }
        }
    }
}

/// The verdict of a set of possible outcomes: decided where one is left.
fn settle(
    contract: &Contract,
    possible: OutcomeSet,
    needs: Vec<&'static str>,
    stop: Option<usize>,
) -> Verdict {
    match possible.only() {
        Some(outcome) if outcome == contract.success => Verdict::Delete(outcome),
        Some(outcome) => {
            let step = stop.and_then(|stop| contract.item_checks.get(stop));
            let check = step.filter(|step| step.outcome == outcome).map(|step| step.name);
            Verdict::Refuse { outcome, check }
        }
        None => Verdict::Unknown(Box::new(Undecided { possible, needs })),
    }
}

/// One item decides for all: the earliest check that any item does not pass gives the answer. All items whose own check
/// gives that same answer are named by it; the others are bystanders.
fn decide_together<I: ItemFacts>(contract: &Contract, items: Vec<I>) -> Decision<I> {
    let walks: Vec<Walk> = items.iter().map(|item| walk(contract, item)).collect();
    // The earliest stop of all may be at an index only if some item may stop there and every item may come as far.
    let farthest =
        walks.iter().filter(|walk| !walk.passes).filter_map(|walk| walk.stops.last().copied()).min();
    let reachable = |stop: usize| farthest.is_none_or(|farthest| stop <= farthest);
    let answer_at = |stop: usize| {
        let step = contract.item_checks.get(stop)?;
        contract.outcomes.get(usize::from(step.outcome.0))?.answer.as_deref()
    };
    let mut counts = vec![0_usize; contract.item_checks.len()];
    for stop in walks.iter().flat_map(|walk| &walk.stops) {
        if let Some(count) = counts.get_mut(*stop) {
            *count += 1;
        }
    }
    let stopping_at = |stop: usize| counts.get(stop).copied().unwrap_or(0);
    let mut ends: Vec<(Option<usize>, Option<&str>)> = Vec::new();
    for stop in 0..counts.len() {
        if stopping_at(stop) > 0 && reachable(stop) {
            ends.push((Some(stop), answer_at(stop)));
        }
    }
    if farthest.is_none() {
        ends.push((None, None));
    }
    let mut shared_needs: Vec<&'static str> = Vec::new();
    for need in walks.iter().flat_map(|walk| &walk.needs) {
        if !shared_needs.contains(need) {
            shared_needs.push(need);
        }
    }
    let verdicts = walks
        .into_iter()
        .map(|walk| {
            let mut possible = OutcomeSet::default();
            let mut stopped = None;
            for (first, answer) in &ends {
                let Some(first) = first else {
                    // Nobody stops: possible for this item only if it may pass.
                    if walk.passes {
                        possible.insert(contract.success);
                    }
                    continue;
                };
                // Where only this item can be the first to stop here, this is where it stops.
                let alone = walk.stops.contains(first) && stopping_at(*first) == 1;
                for stop in
                    walk.stops.iter().filter(|stop| if alone { *stop == first } else { *stop >= first })
                {
                    match contract.item_checks.get(*stop) {
                        Some(step) if answer_at(*stop) == *answer => {
                            possible.insert(step.outcome);
                            stopped = stopped.or(Some(*stop));
                        }
                        _ => possible.insert(contract.bystander),
                    }
                }
                if walk.passes && !alone {
                    possible.insert(contract.bystander);
                }
            }
            let needs = if walk.needs.is_empty() { shared_needs.clone() } else { walk.needs };
            settle(contract, possible, needs, stopped)
        })
        .collect();
    let mut answers: Vec<Option<String>> = Vec::new();
    for (_, answer) in ends {
        let answer = answer.map(str::to_owned);
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    Decision { verdicts, items, answers }
}
