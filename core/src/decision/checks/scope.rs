//! `scope`: the credential carries one of these scopes.

use super::{AnyCallerCheck, Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::code::record;
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<AnyCallerCheck> = Kind {
    name: "scope",
    keys: &["any-of"],
    read: |place| Some(AnyCallerCheck::Scope(Scope { any_of: place.required("any-of")?.names() })),
};

#[derive(Debug)]
pub(crate) struct Scope {
    any_of: Vec<String>,
}

impl CallerCheck for Scope {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, asked: &Asked<'_>) -> Fact<Finding> {
        Fact::any(self.any_of.iter().map(|name| asked.facts.scope(name))).map(passed)
    }

    fn fact(&self) -> Option<&'static str> {
        Some("scopes")
    }

    fn needs(&self) -> Needs {
        Needs::Caller
    }
}

record! { Scope { any_of } }
