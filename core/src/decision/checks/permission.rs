//! `permission`: the caller has all of these permissions, in the container or, asked of an item, on the item.

use super::{Asked, CallerCheck, Finding, ItemCheck, Kind, Needs, passed};
use crate::contract::place::Place;
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const OF_CALLER: Kind<dyn CallerCheck> =
    Kind { name: "permission", keys: &["all-of"], read: |place| Some(Box::new(Permission::read(place)?)) };

pub(super) const OF_ITEM: Kind<dyn ItemCheck> =
    Kind { name: "permission", keys: &["all-of"], read: |place| Some(Box::new(Permission::read(place)?)) };

#[derive(Debug)]
struct Permission {
    all_of: Vec<String>,
}

impl Permission {
    fn read(place: &Place<'_>) -> Option<Self> {
        Some(Self { all_of: place.required("all-of")?.texts() })
    }
}

impl CallerCheck for Permission {
    fn evaluate(&self, asked: &Asked<'_>) -> Fact<Finding> {
        Fact::all(self.all_of.iter().map(|name| asked.facts.permission(name))).map(passed)
    }

    fn fact(&self) -> Option<&'static str> {
        Some("permissions")
    }

    fn needs(&self) -> Needs {
        Needs::CallerAndContainer
    }
}

impl ItemCheck for Permission {
    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        Fact::all(self.all_of.iter().map(|name| item.permission(name)))
    }

    fn fact(&self) -> &'static str {
        "permissions"
    }
}
