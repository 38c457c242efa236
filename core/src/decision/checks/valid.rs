//! `valid`: the request is as its document says. Says where among the checks validation stands.

use super::{Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<dyn CallerCheck> =
    Kind { name: "valid", keys: &[], read: |_| Some(Box::new(Valid)) };

#[derive(Debug)]
struct Valid;

impl CallerCheck for Valid {
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
