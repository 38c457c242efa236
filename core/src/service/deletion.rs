//! Deletes: decides what each item comes to, carries that out, and tells it. The bulk delete itself, and companions that delete one.

use super::Moment;
use super::frame::{Frame, caller_id};
use super::settled::{Carried, Outcome, gather};
use crate::answer::render::{Response, render_of};
use crate::answer::telling::{Element, Item, Items, Telling};
use crate::contract::answers::{DONE, Reserved};
use crate::contract::companion::{Action, Companion};
use crate::contract::outcome::OutcomeIndex;
use crate::decision::admit::{Admission, admit, admit_by};
use crate::decision::decide::decide_known;
use crate::decision::verdict::Decided;
use crate::request::route::Target;
use crate::world::apply::{Circumstances, Effects, apply};
use crate::world::facts::{Authentication, WorldFacts};
use crate::world::{AuditEntry, Children, Container, World};
use std::sync::Arc;

impl<'s> Frame<'_, 's> {
    /// Decides a delete, and carries it out where nothing refuses it as a whole.
    pub(super) fn decide_and_apply(
        &self,
        authentication: &Authentication,
        world: &mut World,
        moment: &mut Moment<'_>,
    ) -> Outcome<'s> {
        let (call, contract) = (self.call, self.call.contract());
        let (facts, admission) = match call.target() {
            Target::BulkDelete => {
                let facts = WorldFacts::new(world, contract, call.container(), authentication);
                let admission = admit(call, &facts);
                (facts, admission)
            }
            Target::Companion(companion) => {
                let facts = self.facts(companion, authentication, world);
                let admission = admit_by(&companion.checks, call, &facts);
                if let Admission::Admitted(_) = admission
                    && let Some(name) = self.stopped_item(companion, authentication, &facts, world)
                {
                    let caller_id = caller_id(world, authentication);
                    return Outcome::Told(self.refuse(name, caller_id.as_deref()));
                }
                (facts, admission)
            }
        };
        let bulk = match admission {
            Admission::Admitted(bulk) => bulk,
            Admission::Refused(refusal) => {
                let caller_id = caller_id(world, authentication);
                return Outcome::Told(self.refuse(refusal.answer, caller_id.as_deref()));
            }
            // A world knows everything; were it otherwise, the answer is that the server failed.
            Admission::Unknown { .. } => return self.failed(),
        };
        let Authentication::Accepted { caller, .. } = *authentication else { return self.failed() };
        let Some(Decided { outcomes, items: resources, refused_by }) =
            decide_known(&bulk, &facts, |item| item.index)
        else {
            return self.failed();
        };
        let container = facts.container().and_then(|container| world.container_at(container));
        let container = container.map(Container::shared_id);
        let effects = match &refused_by {
            Some(_) => Effects::default(),
            None => {
                let children = if call.deletes_children() { Children::Delete } else { Children::Orphan };
                let circumstances =
                    Circumstances { caller, now: moment.now, children, new_id: moment.new_id };
                apply(world, contract, &outcomes, &resources, circumstances)
            }
        };
        let caller_id = caller_id(world, authentication);
        world.audit_mut().record(AuditEntry {
            at: moment.now,
            caller: caller_id.clone().unwrap_or_else(|| Arc::from("")),
            contract: Arc::clone(&contract.name),
            container,
            request_id: self.request_id,
            ids: call.ids(),
            outcomes: &outcomes,
            codes: Arc::clone(&contract.codes),
        });
        let refused_by = refused_by.or_else(|| self.answer_of_one(&outcomes).map(str::to_owned));
        let answer = self.named(refused_by.as_deref().unwrap_or(DONE));
        let asked = answer.map_or(&[][..], |answer| &answer.details);
        let details = gather(world, asked, &resources);
        Outcome::Carried(Carried { outcomes, refused_by, caller_id, effects, details })
    }

    /// The answer that a single delete gives to the outcome of what it is about, where the contract has none.
    fn answer_of_one(&self, outcomes: &[OutcomeIndex]) -> Option<&'s str> {
        let Target::Companion(Companion { action: Action::DeleteOne { outcomes: answers }, .. }) =
            self.call.target()
        else {
            return None;
        };
        let outcome = self.call.contract().outcome(*outcomes.first()?)?;
        answers.get(&outcome.code).map(String::as_str)
    }

    fn failed(&self) -> Outcome<'s> {
        Outcome::Told(self.reserved_answer(Reserved::Internal))
    }

    /// The answer to a delete that was carried out.
    pub(super) fn tell(&self, carried: &Carried<'_>) -> Response {
        let contract = self.call.contract();
        let items = Items {
            ids: self.call.ids(),
            outcomes: &carried.outcomes,
            table: &contract.outcomes,
            refused_by: carried.refused_by.as_deref(),
            details: &carried.details,
            operations: &carried.effects.operations,
        };
        let telling = Telling {
            caller_id: carried.caller_id.as_deref(),
            items: Some(items),
            warnings: &carried.effects.warnings,
            ..self.telling()
        };
        let one = match self.call.target() {
            Target::BulkDelete => None,
            Target::Companion(_) => self.call.ids().get(0),
        };
        let element = one.map_or(Element::None, |id| Element::Item(Item { index: 0, id }));
        match self.named(carried.refused_by.as_deref().unwrap_or(DONE)) {
            Some(answer) => render_of(answer, &telling, element),
            None => self.reserved_answer(Reserved::Internal),
        }
    }
}
