//! `authenticated`: the caller proved who they are, by any one of the contract's credentials.

use super::{AnyCallerCheck, Asked, CallerCheck, Finding, Kind, Needs};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<AnyCallerCheck> =
    Kind { name: "authenticated", keys: &[], read: |_| Some(AnyCallerCheck::Authenticated(Authenticated)) };

#[derive(Debug)]
pub(crate) struct Authenticated;

impl CallerCheck for Authenticated {
    fn name(&self) -> &'static str {
        KIND.name
    }

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
