//! `valid`: the request is as its document says. Says where among the checks validation stands.

use super::{AnyCallerCheck, Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<AnyCallerCheck> =
    Kind { name: "valid", keys: &[], read: |_| Some(AnyCallerCheck::Valid(Valid)) };

#[derive(Debug)]
pub(crate) struct Valid;

impl CallerCheck for Valid {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, asked: &Asked<'_>) -> Fact<Finding> {
        Fact::Known(passed(asked.violations.is_empty()))
    }

    fn fact(&self) -> Option<&'static str> {
        None
    }

    fn needs(&self) -> Needs {
        Needs::Nothing
    }
}
