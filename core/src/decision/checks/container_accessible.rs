//! `container-accessible`: the caller has some grant on the container.

use super::{AnyCallerCheck, Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<AnyCallerCheck> = Kind {
    name: "container-accessible",
    keys: &[],
    read: |_| Some(AnyCallerCheck::ContainerAccessible(ContainerAccessible)),
};

#[derive(Debug)]
pub(crate) struct ContainerAccessible;

impl CallerCheck for ContainerAccessible {
    fn name(&self) -> &'static str {
        KIND.name
    }

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
