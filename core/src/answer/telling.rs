//! What an answer can tell: everything that a template's names stand for, gathered in one place while it is rendered.

use super::details::Details;
use super::page::{Page, Row};
use super::render::text;
use crate::contract::outcome::{Outcome, OutcomeIndex};
use crate::contract::template::list::List;
use crate::contract::template::name::{ItemName, Name, RequestName, TokenName};
use crate::contract::violation_answers::ViolationAnswers;
use crate::request::ids::{Id, IdList};
use crate::request::line::RequestLine;
use crate::request::violation::Violation;
use crate::time::Timestamp;

/// A token made at a log-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What the caller sends from now on.
    pub value: String,
    /// The token's own id.
    pub id: String,
    /// The id by which it would be refreshed.
    pub refresh_id: String,
    /// When it ends.
    pub expires: Timestamp,
}

/// The items of a request and what they came to.
#[derive(Clone, Copy)]
pub struct Items<'a> {
    /// Their ids, each once, in request order.
    pub ids: &'a IdList,
    /// What they came to, in the same order.
    pub outcomes: &'a [OutcomeIndex],
    /// The contract's outcomes.
    pub table: &'a [Outcome],
    /// The name of the answer that refuses all, if one does.
    pub refused_by: Option<&'a str>,
    /// What is known of the resources behind them.
    pub details: &'a Details<'a>,
    /// The operation that deletes each; none where nothing is going on.
    pub operations: &'a [Option<String>],
}

impl<'a> Items<'a> {
    /// The outcome at this place.
    pub fn outcome(&self, index: usize) -> Option<(OutcomeIndex, &'a Outcome)> {
        let at = *self.outcomes.get(index)?;
        Some((at, self.table.get(usize::from(at.0))?))
    }

    /// What is known of the item at this place beside what was decided of it.
    pub fn detail(&self, index: usize, part: ItemName) -> Option<&'a str> {
        if part == ItemName::OperationId {
            return self.operations.get(index)?.as_deref();
        }
        self.details.get(index, part)
    }

    /// The same as bytes; none where it is not known.
    #[inline]
    pub(super) fn detail_bytes(&self, index: usize, part: ItemName) -> &'a [u8] {
        let found = match part {
            ItemName::OperationId => self.detail(index, part).map(str::as_bytes),
            part => self.details.bytes(index, part),
        };
        found.unwrap_or_default()
    }

    /// Whether the item at this place is on a list.
    pub fn is_on(&self, list: List, index: usize) -> bool {
        self.outcome(index).is_some_and(|(_, outcome)| list.holds(outcome, self.refused_by))
    }
}

/// Knows which methods paths take.
pub trait Methods {
    /// The methods that a path takes, `OPTIONS` last, separated by commas.
    fn methods_text(&self, path: &str) -> String;
}

/// Everything that an answer can tell.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// The time.
    pub now: Timestamp,
    /// The id made for the request.
    pub request_id: &'a str,
    /// The request's line and media type.
    pub line: RequestLine<'a>,
    /// Who knows the methods of paths.
    pub routes: &'a dyn Methods,
    /// The caller, once known.
    pub caller_id: Option<&'a str>,
    /// The container as the request names it.
    pub container_id: Option<&'a str>,
    /// The items, once decided.
    pub items: Option<Items<'a>>,
    /// What went wrong beside deletions that happened.
    pub warnings: &'a [String],
    /// What is wrong with the request.
    pub violations: &'a [Violation],
    /// The one violation that is told, where one is.
    pub violation: Option<&'a Violation>,
    /// How violations are told.
    pub telling: Option<&'a ViolationAnswers>,
    /// The token made at a log-in.
    pub token: Option<&'a NewToken>,
    /// The page of a list, where one was asked for.
    pub page: Option<&'a Page<'a>>,
    /// Seconds until it may be tried again.
    pub wait_seconds: u64,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled<'a> {
    /// Nothing.
    Absent,
    /// A text.
    Text(&'a str),
    /// A text made for it.
    Made(String),
    /// A whole number.
    Number(i64),
    /// An id: a string or a number.
    Id(Id<'a>),
}

impl Filled<'_> {
    /// Whether `$if` lets its value stand: it is something, and neither empty nor zero.
    pub fn is_something(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Text(text) => !text.is_empty(),
            Self::Made(text) => !text.is_empty(),
            Self::Number(number) => *number != 0,
            Self::Id(_) => true,
        }
    }
}

/// An item of the request, as one of a list.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Its place in the request.
    pub index: usize,
    /// Its id.
    pub id: Id<'a>,
}

/// The element of a list that a template stands in.
#[derive(Clone, Copy, Debug)]
pub enum Element<'a> {
    /// None.
    None,
    /// This item.
    Item(Item<'a>),
    /// This warning.
    Warning(&'a str),
    /// This violation.
    Violation(&'a Violation),
    /// This row of a page, or what is read alone.
    Row(&'a Row<'a>),
}

impl<'a> Telling<'a> {
    /// What a name stands for, in an element.
    pub fn fill(&self, name: Name, element: Element<'a>) -> Filled<'a> {
        match (name, element) {
            (Name::Item(part), Element::Item(item)) => self.item(item, part),
            (Name::Item(part), Element::Row(row)) => row.item(part),
            (Name::Operation(part) | Name::Activity(part), Element::Row(row)) => row.operation(part),
            _ => self.fill_outside(name, element),
        }
    }

    /// What a name stands for that is not an item's.
    #[inline(never)]
    fn fill_outside(&self, name: Name, element: Element<'a>) -> Filled<'a> {
        match name {
            // The status of an answer is filled in when its template is read.
            Name::Status => Filled::Absent,
            Name::Now => Filled::Made(self.now.to_string()),
            Name::Request(part) => self.request(part),
            Name::CallerId => self.caller_id.map_or(Filled::Absent, Filled::Text),
            Name::ContainerId => self.container_id.map_or(Filled::Absent, Filled::Text),
            Name::Count(list) => Filled::Number(i64::try_from(self.count(list)).unwrap_or(i64::MAX)),
            Name::Item(_) | Name::Operation(_) | Name::Activity(_) => Filled::Absent,
            Name::Page(part) => self.page.map_or(Filled::Absent, |page| page.part(part)),
            Name::Violation(part) => {
                let violation = if let Element::Violation(violation) = element {
                    Some(violation)
                } else {
                    self.violation
                };
                violation.and_then(|violation| part.of(violation)).map_or(Filled::Absent, Filled::Made)
            }
            Name::WarningText => match element {
                Element::Warning(text) => Filled::Text(text),
                _ => Filled::Absent,
            },
            Name::WaitSeconds => Filled::Number(i64::try_from(self.wait_seconds).unwrap_or(i64::MAX)),
            Name::Token(part) => self.token.map_or(Filled::Absent, |token| match part {
                TokenName::Value => Filled::Text(&token.value),
                TokenName::Id => Filled::Text(&token.id),
                TokenName::RefreshId => Filled::Text(&token.refresh_id),
                TokenName::ExpiresMs => Filled::Number(token.expires.0),
            }),
        }
    }

    /// How many elements a list has.
    pub fn count(&self, list: List) -> usize {
        match list {
            List::Warnings => self.warnings.len(),
            List::Violations => self.violations.len(),
            List::Page | List::Operations => self.page.map_or(0, |page| page.rows.len()),
            List::All => self.items.map_or(0, |items| items.outcomes.len()),
            list => self.items.map_or(0, |items| {
                (0..items.outcomes.len()).filter(|index| items.is_on(list, *index)).count()
            }),
        }
    }

    fn request(&self, part: RequestName) -> Filled<'a> {
        match part {
            RequestName::Id => Filled::Text(self.request_id),
            RequestName::Path => Filled::Text(self.line.path),
            RequestName::Method => Filled::Text(self.line.method),
            RequestName::ContentType => Filled::Text(self.line.content_type.unwrap_or_default()),
            RequestName::Url => Filled::Made(self.line.url("")),
            RequestName::MovedTo => Filled::Made(self.line.url("/")),
            RequestName::Methods => Filled::Made(self.routes.methods_text(self.line.path)),
        }
    }

    fn item(&self, item: Item<'a>, part: ItemName) -> Filled<'a> {
        let Some(items) = &self.items else { return Filled::Absent };
        let outcome = || items.outcome(item.index).map(|(_, outcome)| outcome);
        match part {
            ItemName::Id => Filled::Id(item.id),
            ItemName::Is => outcome().map_or(Filled::Absent, |outcome| Filled::Text(outcome.is.name())),
            ItemName::Code => outcome().map_or(Filled::Absent, |outcome| Filled::Text(&outcome.code)),
            // A reason is filled into each outcome's own template when the contract is loaded. Elsewhere one item is told.
            ItemName::Reason => self.reason(item).map_or(Filled::Absent, Filled::Made),
            // Where it is told that an operation will do it, it has only just been accepted.
            ItemName::Percent => {
                items.detail(item.index, ItemName::OperationId).map_or(Filled::Absent, |_| Filled::Number(0))
            }
            part => items.detail(item.index, part).map_or(Filled::Absent, Filled::Text),
        }
    }

    #[cold]
    fn reason(&self, item: Item<'a>) -> Option<String> {
        let (_, outcome) = self.items.as_ref()?.outcome(item.index)?;
        Some(text(outcome.reason.as_ref()?, self, Element::Item(item)))
    }
}
