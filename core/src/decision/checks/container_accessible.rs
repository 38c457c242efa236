//! `container-accessible`: the caller has some grant on the container.

use super::{Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<dyn CallerCheck> =
    Kind { name: "container-accessible", keys: &[], read: |_| Some(Box::new(ContainerAccessible)) };

#[derive(Debug)]
struct ContainerAccessible;

impl CallerCheck for ContainerAccessible {
    fn evaluate(&self, asked: &Asked<'_>) -> Fact<Finding> {
        asked.facts.container_accessible().map(passed)
    }

    fn fact(&self) -> Option<&'static str> {
        Some("container-accessible")
    }

    fn needs(&self) -> Needs {
        Needs::CallerAndContainer
    }
}
