//! `attribute`: the item's attribute at `/attributes/NAME` is, or is not, this value. One that is not there is no value.

use super::{AnyItemCheck, ItemCheck, Kind};
use crate::code::{choice, record};
use crate::contract::place::Place;
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;
use crate::json::Value;

pub(super) const KIND: Kind<AnyItemCheck> = Kind {
    name: "attribute",
    keys: &["at", "is", "is-not"],
    read: |place| Some(AnyItemCheck::Attribute(Attribute::read(place)?)),
};

#[derive(Debug)]
pub(crate) enum Wanted {
    Is(Value),
    IsNot(Value),
}

#[derive(Debug)]
pub(crate) struct Attribute {
    at: String,
    wanted: Wanted,
}

impl Attribute {
    fn read(place: &Place<'_>) -> Option<Self> {
        let at = place.required("at")?.attribute()?;
        let wanted = match (place.field("is"), place.field("is-not")) {
            (Some(is), None) => Wanted::Is(is.value.clone()),
            (None, Some(is_not)) => Wanted::IsNot(is_not.value.clone()),
            _ => {
                place.problem("must have one of `is` and `is-not`");
                return None;
            }
        };
        Some(Self { at: at.to_owned(), wanted })
    }
}

impl ItemCheck for Attribute {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.attribute(&self.at).map(|found| match &self.wanted {
            Wanted::Is(value) => found == Some(value),
            Wanted::IsNot(value) => found != Some(value),
        })
    }

    fn fact(&self) -> &'static str {
        "attributes"
    }
}

record! { Attribute { at, wanted } }
choice! { Wanted { 0 = Is(value), 1 = IsNot(value) } }
