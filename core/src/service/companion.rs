//! Answers the operations beside the bulk delete: those about callers' tokens, those that read, and the one that sets a state.
//! Deleting one thing is the bulk delete of one, and is left to it.

use super::frame::{Frame, caller_id};
use super::listing::{Found, Search};
use super::{Answered, Effect};
use crate::answer::render::{Response, render, render_of};
use crate::answer::telling::{Element, NewToken, Telling};
use crate::contract::answers::{DONE, Reserved};
use crate::contract::companion::{Action, Companion, Things};
use crate::decision::admit::{End, pass};
use crate::decision::fact::Fact;
use crate::request::validate::Captured;
use crate::service::Moment;
use crate::world::World;
use crate::world::facts::{Authentication, Within, WorldFacts};

impl Frame<'_, '_> {
    /// Answers a companion that does not delete.
    pub(super) fn accompany(
        &self,
        companion: &Companion,
        authentication: &Authentication,
        world: &mut World,
        moment: &mut Moment<'_>,
    ) -> Answered {
        if let Some(name) = self.stopped(companion, authentication, world) {
            let caller_id = caller_id(world, authentication);
            return Answered::of(self.refuse(name, caller_id.as_deref()));
        }
        let (Some(done), Authentication::Accepted { caller, .. }) = (self.named(DONE), authentication) else {
            return Answered::of(self.reserved_answer(Reserved::Internal));
        };
        let caller_id = caller_id(world, authentication);
        let telling = Telling { caller_id: caller_id.as_deref(), ..self.telling() };
        let response = match &companion.action {
            Action::LogIn { lifetime } => {
                let token = NewToken {
                    value: (moment.new_id)(),
                    id: (moment.new_id)(),
                    refresh_id: (moment.new_id)(),
                    expires: moment.now.plus_milliseconds(*lifetime),
                };
                let response = render(done, &Telling { token: Some(&token), ..telling });
                return Answered { response, effect: Effect::LoggedIn { token, caller: *caller } };
            }
            Action::LogOut => {
                return Answered { response: render(done, &telling), effect: Effect::LoggedOut };
            }
            Action::List { of, page, filters } => {
                let facts = self.facts(companion, authentication, world);
                let search = self.search(companion, &facts, world, *caller, *of);
                let page = search.page(page.as_ref(), filters, self.call);
                render(done, &Telling { page: Some(&page), ..telling })
            }
            Action::Get { of } => {
                let facts = self.facts(companion, authentication, world);
                let found = self.search(companion, &facts, world, *caller, *of).one(self.wanted(companion));
                match refused(companion, &found) {
                    Some(name) => self.refuse(name, telling.caller_id),
                    None => match &found.row {
                        Some(row) => render_of(done, &telling, Element::Row(row)),
                        None => self.reserved_answer(Reserved::Internal),
                    },
                }
            }
            Action::SetState { to } => self.set_state(companion, authentication, world, to, &telling),
            // The bulk delete of one was sent elsewhere.
            Action::DeleteOne { .. } => self.reserved_answer(Reserved::Internal),
        };
        Answered::of(response)
    }

    /// The name of the answer of the check that the request does not pass, if there is one.
    pub(super) fn stopped<'c>(
        &self,
        companion: &'c Companion,
        authentication: &Authentication,
        world: &World,
    ) -> Option<&'c str> {
        let facts = self.facts(companion, authentication, world);
        match pass(&companion.checks, self.call.violations(), &facts).end {
            End::Refused(refusal) => Some(refusal.answer),
            End::Passed => None,
        }
    }

    /// The facts about a companion's request.
    pub(super) fn facts<'w>(
        &self,
        companion: &Companion,
        authentication: &'w Authentication,
        world: &'w World,
    ) -> WorldFacts<'w> {
        let within = match companion.container {
            Some(_) => Within::Container(self.call.container()),
            None => Within::Anywhere,
        };
        WorldFacts::within(world, self.call.contract(), within, authentication)
    }

    /// The name of the answer of the check that the one thing asked for does not pass, if there is one.
    pub(super) fn stopped_item<'c>(
        &self,
        companion: &'c Companion,
        authentication: &Authentication,
        facts: &WorldFacts<'_>,
        world: &World,
    ) -> Option<&'c str> {
        let Authentication::Accepted { caller, .. } = authentication else { return None };
        let search = self.search(companion, facts, world, *caller, Things::Resources);
        refused(companion, &search.one(self.wanted(companion)))
    }

    fn search<'w>(
        &self,
        companion: &'w Companion,
        facts: &'w WorldFacts<'w>,
        world: &'w World,
        caller: crate::world::CallerIndex,
        of: Things,
    ) -> Search<'w>
    where
        Self: 'w,
    {
        let (contract, now) = (self.call.contract(), self.now);
        Search { contract, companion, facts, world, caller, of, now }
    }

    fn wanted(&self, companion: &Companion) -> &Captured {
        companion.id.map_or(&Captured::Absent, |at| self.call.taken(at))
    }

    fn set_state(
        &self,
        companion: &Companion,
        authentication: &Authentication,
        world: &mut World,
        to: &str,
        telling: &Telling<'_>,
    ) -> Response {
        let Authentication::Accepted { caller, .. } = *authentication else {
            return self.reserved_answer(Reserved::Internal);
        };
        let resource = {
            let facts = self.facts(companion, authentication, world);
            let found =
                self.search(companion, &facts, world, caller, Things::Resources).one(self.wanted(companion));
            if let Some(name) = refused(companion, &found) {
                return self.refuse(name, telling.caller_id);
            }
            found.resource
        };
        if let Some(resource) = resource {
            world.set_state(resource, to);
        }
        let facts = self.facts(companion, authentication, world);
        let found =
            self.search(companion, &facts, world, caller, Things::Resources).one(self.wanted(companion));
        match (self.named(DONE), &found.row) {
            (Some(done), Some(row)) => render_of(done, telling, Element::Row(row)),
            _ => self.reserved_answer(Reserved::Internal),
        }
    }
}

/// The answer of the first check that the thing asked for does not pass.
fn refused<'c>(companion: &'c Companion, found: &Found<'_>) -> Option<&'c str> {
    let failed = |check: &dyn crate::decision::checks::ItemCheck| found.passes(check) != Fact::Known(true);
    companion
        .items
        .iter()
        .find(|rule| failed(&*rule.check))
        .map(|rule| rule.otherwise.as_deref().unwrap_or(DONE))
}
