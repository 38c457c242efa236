//! `container-exists`: the container exists.

use super::{AnyCallerCheck, Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<AnyCallerCheck> = Kind {
    name: "container-exists",
    keys: &[],
    read: |_| Some(AnyCallerCheck::ContainerExists(ContainerExists)),
};

#[derive(Debug)]
pub(crate) struct ContainerExists;

impl CallerCheck for ContainerExists {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, asked: &Asked<'_>) -> Fact<Finding> {
        asked.facts.container_exists().map(passed)
    }

    fn fact(&self) -> Option<&'static str> {
        Some("container-exists")
    }

    fn needs(&self) -> Needs {
        Needs::Container
    }
}
