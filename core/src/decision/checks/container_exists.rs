//! `container-exists`: the container exists.

use super::{Asked, CallerCheck, Finding, Kind, Needs, passed};
use crate::decision::fact::Fact;

pub(super) const KIND: Kind<dyn CallerCheck> =
    Kind { name: "container-exists", keys: &[], read: |_| Some(Box::new(ContainerExists)) };

#[derive(Debug)]
struct ContainerExists;

impl CallerCheck for ContainerExists {
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
