//! A call that was decided and carried out, and is still to be told. Telling it needs no world any more, so that whoever
//! guards one can let go of it first.

use std::sync::Arc;

use super::{Answered, Effect, Frame, Service};
use crate::answer::render::Response;
use crate::answer::telling::Details;
use crate::contract::outcome::OutcomeIndex;
use crate::contract::template::name::ItemName;
use crate::request::call::Call;
use crate::time::Timestamp;
use crate::world::apply::Effects;
use crate::world::{ResourceIndex, World};

/// A call that was decided and carried out.
#[derive(Debug)]
pub struct Settled<'s> {
    pub(super) service: &'s Service,
    pub(super) call: Call<'s>,
    pub(super) request_id: String,
    pub(super) now: Timestamp,
    pub(super) outcome: Outcome,
    pub(super) effect: Effect,
}

/// What is to be told of a call.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A short answer, which is there already.
    Told(Response),
    /// What each item came to.
    Carried(Carried),
}

/// What each item of a call came to, and what is known of it.
#[derive(Debug)]
pub(super) struct Carried {
    pub(super) outcomes: Vec<OutcomeIndex>,
    pub(super) refused_by: Option<String>,
    pub(super) caller_id: Option<Arc<str>>,
    pub(super) effects: Effects,
    pub(super) details: Vec<(ItemName, Vec<Option<Box<str>>>)>,
}

impl Settled<'_> {
    /// What it did to the caller's credentials.
    pub fn effect(&self) -> &Effect {
        &self.effect
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

impl Carried {
    /// Notes what an answer asks about the items, while the world is at hand.
    pub(super) fn gather(&mut self, asked: &[ItemName], world: &World, resources: &[Option<ResourceIndex>]) {
        let of = |name: ItemName, resource: &Option<ResourceIndex>| {
            let resource = world.resource((*resource)?)?;
            match name {
                ItemName::Name => resource.name(),
                ItemName::State => resource.state(),
                ItemName::Owner => world.caller(resource.owner()?).map(|caller| caller.id()),
                ItemName::Fail => resource.fail(),
                _ => None,
            }
        };
        self.details = asked
            .iter()
            .map(|name| {
                (*name, resources.iter().map(|resource| of(*name, resource).map(Box::from)).collect())
            })
            .collect();
    }
}

impl Details for Carried {
    fn detail(&self, index: usize, name: ItemName) -> Option<&str> {
        if name == ItemName::OperationId {
            return self.effects.operations.get(index)?.as_deref();
        }
        let (_, found) = self.details.iter().find(|(known, _)| *known == name)?;
        found.get(index)?.as_deref()
    }
}
