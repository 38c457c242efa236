//! A call that was decided and carried out, and is still to be told. Telling it needs no world any more, so that whoever
//! guards one can let go of it first.

use std::ops::Range;
use std::sync::Arc;

use super::{Answered, Effect, Frame, Service};
use crate::answer::render::Response;
use crate::answer::telling::Details;
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

/// How many bytes of text to make room for, for each item.
const ROOM: usize = 32;

/// What each item of a call came to, and what is known of it.
#[derive(Debug)]
pub(super) struct Carried {
    pub(super) outcomes: Vec<OutcomeIndex>,
    pub(super) refused_by: Option<String>,
    pub(super) caller_id: Option<Arc<str>>,
    pub(super) effects: Effects,
    pub(super) gathered: Gathered,
}

/// What an answer asks about the items beyond what was decided, taken out of the world: texts in one buffer.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    asked: Vec<ItemName>,
    text: String,
    /// Where in the text: item by item what was asked, in its order; `None` where the item has none.
    spans: Vec<Option<Range<usize>>>,
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

impl Gathered {
    /// Notes what an answer asks about the items, while the world is at hand.
    pub(super) fn from(world: &World, asked: &[ItemName], resources: &[Option<ResourceIndex>]) -> Self {
        let (mut text, mut spans) = (String::new(), Vec::with_capacity(asked.len() * resources.len()));
        if !asked.is_empty() {
            text.reserve(resources.len() * ROOM);
            for resource in resources {
                let resource = resource.and_then(|resource| world.resource(resource));
                spans.extend(asked.iter().map(|name| {
                    let start = text.len();
                    text.push_str(look_up(world, resource?, *name)?);
                    Some(start..text.len())
                }));
            }
        }
        Self { asked: asked.to_vec(), text, spans }
    }

    fn get(&self, index: usize, name: ItemName) -> Option<&str> {
        let place = self.asked.iter().position(|known| *known == name)?;
        let span = self.spans.get(index * self.asked.len() + place)?.as_ref()?;
        self.text.get(span.clone())
    }
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

impl Details for Carried {
    fn detail(&self, index: usize, name: ItemName) -> Option<&str> {
        if name == ItemName::OperationId {
            return self.effects.operations.get(index)?.as_deref();
        }
        self.gathered.get(index, name)
    }
}
