//! `scope`: the credential carries one of these scopes.

use super::{Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<dyn CallerCheck> = Kind {
    name: "scope",
    keys: &["any-of"],
    read: |place| Some(Box::new(Scope { any_of: place.required("any-of")?.texts() })),
};

#[derive(Debug)]
struct Scope {
    any_of: Vec<String>,
}

impl CallerCheck for Scope {
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
