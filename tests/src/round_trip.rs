//! What was decided, and what a reader of the answer concludes: the first must come back out of the second, as far as the
//! contract's answer can carry it.

use crate::matching::Answer;
use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::answer::report::{Evidence, ItemReport, Report, Reported};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::outcome::{Is, OutcomeIndex};
use bulk_delete_core::decision::admit::{Admission, admit};
use bulk_delete_core::decision::decide::decide as decide_items;
use bulk_delete_core::request::call::{Body, Call};
use bulk_delete_core::request::ids::IdList;
use bulk_delete_core::request::route::{End, Target};
use bulk_delete_core::world::World;
use bulk_delete_core::world::facts::{Authentication, WorldFacts};

/// What was decided of each item of an admitted request.
#[derive(Debug)]
pub struct Decided<'c> {
    contract: &'c Contract,
    ids: IdList,
    outcomes: Vec<OutcomeIndex>,
}

/// Decides a call as the server will, without doing it. `None` where it is refused as a whole.
pub fn decide<'c>(call: &Call<'c>, authentication: &Authentication, world: &World) -> Option<Decided<'c>> {
    if !matches!(
        (call.target(), call.end(), call.body()),
        (Target::BulkDelete, End::Found(_), Body::Bytes(_))
    ) {
        return None;
    }
    let contract = call.contract();
    let facts = WorldFacts::new(world, contract, call.container(), authentication);
    let Admission::Admitted(bulk) = admit(call, &facts) else { return None };
    let decided = decide_items(&bulk, &facts).decided().ok()?;
    Some(Decided { contract, ids: bulk.ids.clone(), outcomes: decided.outcomes })
}

impl Decided<'_> {
    /// Reads the answer backwards and holds it against what was decided.
    ///
    /// # Errors
    /// Each item that is read as something else.
    pub fn check(&self, answer: &Answer) -> Result<(), String> {
        let report =
            interpret(self.contract, &self.ids, Received { status: answer.status, body: &answer.body });
        let mut wrong: Vec<String> =
            report.contradictions.iter().map(|what| format!("a contradiction: {what}")).collect();
        if report.items.len() != self.outcomes.len() {
            wrong.push(format!("{} items are reported of {}", report.items.len(), self.outcomes.len()));
        }
        for (index, (item, outcome)) in report.items.iter().zip(&self.outcomes).enumerate() {
            if self.ids.get(index) != Some(item.id.as_id()) {
                wrong.push(format!("item {index} is reported as `{}`", item.id.text));
            }
            self.check_item(item, *outcome, &mut wrong);
        }
        if wrong.is_empty() { Ok(()) } else { Err(format!("round trip: {}", wrong.join("; "))) }
    }

    fn check_item(&self, item: &ItemReport, index: OutcomeIndex, wrong: &mut Vec<String>) {
        let Some(outcome) = self.contract.outcome(index) else {
            return wrong.push("an outcome that is not there".to_owned());
        };
        let silent = self.contract.silent.iter().any(|group| group.contains(&index));
        let name = &item.id.text;
        // Two outcomes of one meaning may read alike: a resource's own reason can be another outcome's text.
        let same_meaning = item.code.as_ref().is_some_and(|code| {
            self.contract
                .outcomes
                .iter()
                .any(|other| other.code == *code && (other.is, other.retry) == (outcome.is, outcome.retry))
        });
        let told = same_meaning || silent && item.code.is_none();
        if !told {
            wrong.push(format!("`{name}` came to `{}` and is read as {:?}", outcome.code, item.code));
        }
        let (reported, gone) = match outcome.is {
            Is::Deleted => (Reported::Deleted, true),
            Is::Accepted => (Reported::Accepted, true),
            Is::NotFound => (Reported::NotFound, true),
            Is::Failed => (Reported::Failed, false),
        };
        if item.outcome != reported && !(silent && item.outcome == Reported::Unknown) {
            wrong.push(format!("`{name}` is {reported:?} and is read as {:?}", item.outcome));
        }
        if item.gone.known().is_some_and(|read| read != gone) {
            wrong.push(format!("`{name}` is read as gone: {:?}", item.gone));
        }
        if item.retry < outcome.retry {
            wrong.push(format!(
                "`{name}` is read with the retry {:?}, and has {:?}",
                item.retry, outcome.retry
            ));
        }
        if silent && item.evidence == Evidence::Stated {
            wrong.push(format!("`{name}` is read as stated, where the answer is silent"));
        }
    }
}

/// Reads the answer to a call. `None` where the call is none of a bulk delete, or its route has not ended there.
pub fn read(call: &Call<'_>, answer: &Answer) -> Option<Report> {
    if !matches!((call.target(), call.end()), (Target::BulkDelete, End::Found(_))) {
        return None;
    }
    let received = Received { status: answer.status, body: &answer.body };
    Some(interpret(call.contract(), call.ids(), received))
}
