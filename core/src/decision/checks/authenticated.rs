//! `authenticated`: the caller proved who they are, by any one of the contract's credentials.

use super::{Asked, CallerCheck, Finding, Kind, Needs};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<dyn CallerCheck> =
    Kind { name: "authenticated", keys: &[], read: |_| Some(Box::new(Authenticated)) };

#[derive(Debug)]
struct Authenticated;

impl CallerCheck for Authenticated {
    fn evaluate(&self, asked: &Asked<'_>) -> Fact<Finding> {
        asked.facts.authentication().map(|believed| match believed {
            Ok(()) => Finding::Passed,
            Err(cause) => Finding::NotBelieved(cause),
        })
    }

    fn fact(&self) -> Option<&'static str> {
        Some("authenticated")
    }

    fn needs(&self) -> Needs {
        Needs::Nothing
    }
}
