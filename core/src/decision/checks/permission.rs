//! `permission`: the caller has all of these permissions, in the container or, asked of an item, on the item.

use super::{AnyCallerCheck, AnyItemCheck, Asked, CallerCheck, Finding, ItemCheck, Kind, Needs, passed};
use crate::code::record;
use crate::contract::place::Place;
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const OF_CALLER: Kind<AnyCallerCheck> = Kind {
    name: "permission",
    keys: &["all-of"],
    read: |place| Some(AnyCallerCheck::Permission(Permission::read(place)?)),
};

pub(super) const OF_ITEM: Kind<AnyItemCheck> = Kind {
    name: "permission",
    keys: &["all-of"],
    read: |place| Some(AnyItemCheck::Permission(Permission::read(place)?)),
};

#[derive(Debug)]
pub(crate) struct Permission {
    all_of: Vec<String>,
}

impl Permission {
    fn read(place: &Place<'_>) -> Option<Self> {
        Some(Self { all_of: place.required("all-of")?.names() })
    }
}

impl CallerCheck for Permission {
    fn name(&self) -> &'static str {
        OF_CALLER.name
    }

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
    fn name(&self) -> &'static str {
        OF_ITEM.name
    }

    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        Fact::all(self.all_of.iter().map(|name| item.permission(name)))
    }

    fn fact(&self) -> &'static str {
        "permissions"
    }
}

record! { Permission { all_of } }
