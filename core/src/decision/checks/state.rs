//! `state-is` and `state-is-not`: the item's state is, or is not, the one named. An item without a state has none.

use super::{AnyItemCheck, ItemCheck, Kind};
use crate::code::{choice, record};
use crate::contract::place::Place;
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const IS: Kind<AnyItemCheck> =
    Kind { name: "state-is", keys: &["state"], read: |place| State::read(place, Wanted::Same) };

pub(super) const IS_NOT: Kind<AnyItemCheck> =
    Kind { name: "state-is-not", keys: &["state"], read: |place| State::read(place, Wanted::Other) };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Same,
    Other,
}

#[derive(Debug)]
pub(crate) struct State {
    state: String,
    wanted: Wanted,
}

impl State {
    fn read(place: &Place<'_>, wanted: Wanted) -> Option<AnyItemCheck> {
        Some(AnyItemCheck::State(Self { state: place.required("state")?.name()?.to_owned(), wanted }))
    }
}

impl ItemCheck for State {
    fn name(&self) -> &'static str {
        if self.wanted == Wanted::Same { IS.name } else { IS_NOT.name }
    }

    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.state().map(|state| (state == Some(&self.state)) == (self.wanted == Wanted::Same))
    }

    fn fact(&self) -> &'static str {
        "state"
    }
}

record! { State { state, wanted } }
choice! { Wanted { 0 = Same, 1 = Other } }
