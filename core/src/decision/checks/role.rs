//! `role`: the caller has one of these roles in the container.

use super::{AnyCallerCheck, Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::code::record;
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<AnyCallerCheck> = Kind {
    name: "role",
    keys: &["any-of"],
    read: |place| Some(AnyCallerCheck::Role(Role { any_of: place.required("any-of")?.names() })),
};

#[derive(Debug)]
pub(crate) struct Role {
    any_of: Vec<String>,
}

impl CallerCheck for Role {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, asked: &Asked<'_>) -> Fact<Finding> {
        Fact::any(self.any_of.iter().map(|name| asked.facts.role(name))).map(passed)
    }

    fn fact(&self) -> Option<&'static str> {
        Some("roles")
    }

    fn needs(&self) -> Needs {
        Needs::CallerAndContainer
    }
}

record! { Role { any_of } }
