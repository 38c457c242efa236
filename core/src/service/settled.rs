//! A call that was decided and carried out, and is still to be told. Telling it needs no world any more, so that whoever
//! guards one can let go of it first.

use std::sync::Arc;

use super::frame::Frame;
use super::{Answered, Effect, Service};
use crate::answer::details::Details;
use crate::answer::render::Response;
use crate::contract::outcome::OutcomeIndex;
use crate::contract::template::name::ItemName;
use crate::request::call::Call;
use crate::time::Timestamp;
use crate::world::apply::Effects;
use crate::world::{Resource, ResourceIndex, World};

/// A call that was decided and carried out.
#[derive(Debug)]
pub struct Settled<'s> {
    pub(super) service: &'s Service,
    pub(super) call: Call<'s>,
    pub(super) request_id: String,
    pub(super) now: Timestamp,
    pub(super) outcome: Outcome<'s>,
    pub(super) effect: Effect,
}

/// What is to be told of a call.
#[derive(Debug)]
pub(super) enum Outcome<'s> {
    /// A short answer, which is there already.
    Told(Response),
    /// What each item came to.
    Carried(Carried<'s>),
}

/// What each item of a call came to, and what is known of it.
#[derive(Debug)]
pub(super) struct Carried<'s> {
    pub(super) outcomes: Vec<OutcomeIndex>,
    pub(super) refused_by: Option<String>,
    pub(super) caller_id: Option<Arc<str>>,
    pub(super) effects: Effects,
    /// What the answer asks about the items beyond what was decided, taken out of the world.
    pub(super) details: Details<'s>,
}

impl Settled<'_> {
    /// What it did to the caller's credentials.
    pub fn effect(&self) -> &Effect {
        &self.effect
    }

    /// What was asked.
    pub fn call(&self) -> &Call<'_> {
        &self.call
    }

    /// What each item came to, in the order of the request; none where the items were not looked at.
    pub fn outcomes(&self) -> &[OutcomeIndex] {
        match &self.outcome {
            Outcome::Told(_) => &[],
            Outcome::Carried(carried) => &carried.outcomes,
        }
    }

    /// The answer that tells what the items came to, where it is not that of success.
    pub fn refused_by(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Told(_) => None,
            Outcome::Carried(carried) => carried.refused_by.as_deref(),
        }
    }

    /// Tells it through the contract's templates.
    pub fn tell(self) -> Answered {
        let Self { service, call, request_id, now, outcome, effect } = self;
        let response = match outcome {
            Outcome::Told(response) => response,
            Outcome::Carried(carried) => {
                Frame { service, call: &call, request_id: &request_id, now }.tell(&carried)
            }
        };
        Answered { response, effect }
    }
}

/// Notes what an answer asks about the items, while the world is at hand.
pub(super) fn gather<'c>(
    world: &World,
    asked: &'c [ItemName],
    resources: &[Option<ResourceIndex>],
) -> Details<'c> {
    let mut details = Details::new(asked, resources.len());
    if !asked.is_empty() {
        for resource in resources {
            let resource = resource.and_then(|resource| world.resource(resource));
            details.push(|part| look_up(world, resource?, part));
        }
    }
    details
}

fn look_up<'w>(world: &'w World, resource: &'w Resource, name: ItemName) -> Option<&'w str> {
    match name {
        ItemName::Name => resource.name(),
        ItemName::State => resource.state(),
        ItemName::Owner => world.caller(resource.owner()?).map(|caller| caller.id()),
        ItemName::Fail => resource.fail(),
        _ => None,
    }
}
