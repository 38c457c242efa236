//! What is taken out of a request while it is checked, worked out once when a contract is loaded.

use super::effects::ChildrenRule;
use super::operation::Operation;
use super::source::Source;
use crate::request::parameters::ParameterPlace;
use crate::request::validate::Wanted;

/// Where a value is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Nowhere.
    Nowhere,
    /// From the operation's parameter of this index.
    Parameter(usize),
    /// From the body's wanted part of this index.
    Body(usize),
}

/// What is taken out of a request, and from where.
#[derive(Debug)]
pub(crate) struct Reads {
    pub(crate) wanted: Vec<Wanted>,
    pub(crate) ids: Slot,
    pub(crate) container: Slot,
    pub(crate) children: Slot,
}

impl Reads {
    pub(super) fn new(
        operation: &Operation,
        ids: &Source,
        container: Option<&Source>,
        children: &ChildrenRule,
    ) -> Self {
        let mut reads = Self {
            wanted: Vec::new(),
            ids: Slot::Nowhere,
            container: Slot::Nowhere,
            children: Slot::Nowhere,
        };
        reads.ids = reads.slot(operation, ids);
        reads.container = container.map_or(Slot::Nowhere, |source| reads.slot(operation, source));
        if let ChildrenRule::DeletedIf(flag) = children {
            reads.children = reads.slot(operation, flag);
        }
        reads
    }

    fn slot(&mut self, operation: &Operation, source: &Source) -> Slot {
        slot(&mut self.wanted, operation, source)
    }
}

/// Where a source is in the requests of an operation; what is in a body is wanted from now on.
pub(super) fn slot(wanted: &mut Vec<Wanted>, operation: &Operation, source: &Source) -> Slot {
    let parameter = |place, name: &str| {
        let found = operation.parameters.iter().position(|spec| spec.place == place && spec.name == name);
        found.map_or(Slot::Nowhere, Slot::Parameter)
    };
    match source {
        Source::Path(name) => parameter(ParameterPlace::Path, name),
        Source::Query(name) => parameter(ParameterPlace::Query, name),
        Source::Body(pointer) => {
            wanted.push(Wanted::new(pointer.as_str()));
            Slot::Body(wanted.len() - 1)
        }
    }
}
