//! Which names may stand where in a template.

use super::list::List;
use super::name::{ItemName, Name};

/// Which names are at hand where a template stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtHand {
    /// Inside an element of a list of items.
    pub item: bool,
    /// Where one violation is told.
    pub violation: bool,
    /// Inside an element of the list of warnings.
    pub warning: bool,
    /// In the answer to a log-in.
    pub token: bool,
    /// Inside an element of any list.
    pub inside: bool,
    /// In the answer to a list operation.
    pub page: bool,
    /// In one that lists operations.
    pub operations: bool,
    /// In one that lists the audit trail.
    pub activity: bool,
    /// Where something is told that is listed or read.
    pub listed: bool,
    /// Where an operation is told.
    pub operation: bool,
}

impl AtHand {
    /// Nothing but what every answer has.
    pub const ANSWER: Self = Self {
        item: false,
        violation: false,
        warning: false,
        token: false,
        inside: false,
        page: false,
        operations: false,
        activity: false,
        listed: false,
        operation: false,
    };
}

impl Name {
    /// Why this name may not stand here, if it may not.
    pub fn misplaced(self, at_hand: AtHand) -> Option<&'static str> {
        match self {
            Self::Item(part) if at_hand.listed && part.is_listed() => None,
            Self::Item(_) if at_hand.listed => Some("nothing was decided of what is only listed or read"),
            Self::Item(ItemName::Container | ItemName::ContainerName) if at_hand.item => {
                Some("only what is listed or read has it: the request names one container, `{container.id}`")
            }
            Self::Item(_) if !at_hand.item => {
                Some("only an element of a list of items has it: put it inside `$each`")
            }
            Self::Violation(_) if !at_hand.violation => Some(
                "only the answers to violations have it: put it into `violations`, or inside `$each` over them",
            ),
            Self::WarningText if !at_hand.warning => {
                Some("only an element of `warnings` has it: put it inside `$each` over them")
            }
            Self::Token(_) if !at_hand.token => Some("only the answer to a log-in has it"),
            Self::Page(_) | Self::Count(List::Page | List::Operations) if !at_hand.page => {
                Some("only the answer `done` to a list operation has it")
            }
            Self::Operation(_) if !at_hand.operation => {
                Some("only an operation has it: put it inside `$each` over `operations`")
            }
            Self::Activity(_) if !(at_hand.activity && at_hand.inside) => Some(
                "only an entry of the audit trail has it: put it inside `$each` over the `page` that lists them",
            ),
            _ => None,
        }
    }
}
