//! `state-is` and `state-is-not`: the item's state is, or is not, the one named. An item without a state has none.

use super::{ItemCheck, Kind};
use crate::contract::place::Place;
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const IS: Kind<dyn ItemCheck> =
    Kind { name: "state-is", keys: &["state"], read: |place| State::read(place, Wanted::Same) };

pub(super) const IS_NOT: Kind<dyn ItemCheck> =
    Kind { name: "state-is-not", keys: &["state"], read: |place| State::read(place, Wanted::Other) };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Same,
    Other,
}

#[derive(Debug)]
struct State {
    state: String,
    wanted: Wanted,
}

impl State {
    fn read(place: &Place<'_>, wanted: Wanted) -> Option<Box<dyn ItemCheck>> {
        Some(Box::new(Self { state: place.required("state")?.text()?.to_owned(), wanted }))
    }
}

impl ItemCheck for State {
    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.state().map(|state| (state == Some(&self.state)) == (self.wanted == Wanted::Same))
    }

    fn fact(&self) -> &'static str {
        "state"
    }
}
