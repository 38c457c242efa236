//! What is told of things that are listed or read: a row for each, and where the page stands among all of them. Finding the
//! rows, and cutting them into pages, is left to [`crate::service`].

use super::telling::Filled;
use crate::contract::template::name::{ItemName, OperationName, PageName};
use crate::json::{Object, Value};
use crate::request::ids::Id;
use crate::time::Timestamp;

/// Something that is listed or read.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its id; of an operation, that of what it deletes.
    pub id: Id<'a>,
    /// Its name.
    pub name: Option<&'a str>,
    /// Its state.
    pub state: Option<&'a str>,
    /// Its owner's id.
    pub owner: Option<&'a str>,
    /// Why it cannot be deleted.
    pub fail: Option<&'a str>,
    /// The id of the container that it is in.
    pub container: Option<&'a str>,
    /// The name of that container.
    pub container_name: Option<&'a str>,
    /// Its attributes.
    pub attributes: Option<&'a Object>,
    /// What it is beside that, if it is an operation or an entry of the audit trail.
    pub record: Option<Record<'a>>,
}

/// An operation, or an entry of the audit trail.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The operation's id; the request's for an entry.
    pub id: &'a str,
    /// How far it is, in words; the outcome's name for an entry.
    pub state: &'a str,
    /// How far it is, in percent.
    pub percent: u8,
    /// The id of who asked for it.
    pub caller: &'a str,
    /// When that was.
    pub accepted: Timestamp,
    /// When it started or is going to.
    pub starts: Timestamp,
    /// When it ended or is going to.
    pub ends: Timestamp,
}

/// One page of a list.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// What is on it.
    pub rows: Vec<Row<'a>>,
    /// How many there are on all pages.
    pub total: u64,
    /// How many stand before it.
    pub offset: u64,
    /// How many it may have.
    pub size: u64,
    /// Its number.
    pub number: u64,
    /// What names the next page, unless this is the last.
    pub next: Option<String>,
    /// What names the page before, unless this is the first.
    pub previous: Option<String>,
    /// Path and query of the next page.
    pub next_url: Option<String>,
    /// Path and query of the page before.
    pub previous_url: Option<String>,
    /// Whether pages are named by numbers.
    pub counted: bool,
}

impl<'a> Row<'a> {
    pub(super) fn item(&self, part: ItemName) -> Filled<'a> {
        match part {
            ItemName::Id => Filled::Id(self.id),
            ItemName::Name => text(self.name),
            ItemName::State => text(self.state),
            ItemName::Owner => text(self.owner),
            ItemName::Fail => text(self.fail),
            ItemName::Container => text(self.container),
            ItemName::ContainerName => text(self.container_name),
            ItemName::Is | ItemName::Code | ItemName::Reason | ItemName::OperationId | ItemName::Percent => {
                Filled::Absent
            }
        }
    }

    pub(super) fn operation(&self, part: OperationName) -> Filled<'a> {
        let Some(record) = self.record else { return Filled::Absent };
        match part {
            OperationName::Id => Filled::Text(record.id),
            OperationName::State => Filled::Text(record.state),
            OperationName::Percent => Filled::Number(i64::from(record.percent)),
            OperationName::Item => Filled::Id(self.id),
            OperationName::Container => text(self.container),
            OperationName::Caller => Filled::Text(record.caller),
            OperationName::Accepted => Filled::Made(record.accepted.to_string()),
            OperationName::Starts => Filled::Made(record.starts.to_string()),
            OperationName::Ends => Filled::Made(record.ends.to_string()),
            OperationName::Fail => text(self.fail),
        }
    }

    /// The attribute at this path.
    pub fn attribute(&self, path: &[String]) -> Option<&'a Value> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.attributes?.get(first)?, |value, part| value.get(part))
    }
}

impl Page<'_> {
    pub(super) fn part(&self, part: PageName) -> Filled<'_> {
        let number = |number: u64| Filled::Number(i64::try_from(number).unwrap_or(i64::MAX));
        let name = |name: &Option<String>| match name {
            None => Filled::Absent,
            Some(name) if self.counted => name.parse().map_or(Filled::Absent, number),
            Some(name) => Filled::Made(name.clone()),
        };
        match part {
            PageName::Total => number(self.total),
            PageName::Offset => number(self.offset),
            PageName::Size => number(self.size),
            PageName::Number => number(self.number),
            PageName::Next => name(&self.next),
            PageName::Previous => name(&self.previous),
            PageName::NextUrl => self.next_url.clone().map_or(Filled::Absent, Filled::Made),
            PageName::PreviousUrl => self.previous_url.clone().map_or(Filled::Absent, Filled::Made),
        }
    }
}

fn text(text: Option<&str>) -> Filled<'_> {
    text.map_or(Filled::Absent, Filled::Text)
}
