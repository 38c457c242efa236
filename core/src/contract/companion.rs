//! Operations beside the bulk delete, by which real clients come to it: logging in and out, listing and reading what can be
//! deleted, setting its state, deleting one, following what is on its way.

mod read;

pub(super) use read::Around;

use super::answers::Answer;
use super::credential::Credential;
use super::filter::Filter;
use super::operation::Operation;
use super::paging::Paging;
use super::place::Place;
use super::reads::{Slot, slot};
use super::source::Source;
use super::steps::{CallerStep, ItemRule};
use crate::names::Names;
use crate::request::validate::Wanted;

/// What a companion is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Things {
    /// What the contract deletes.
    Resources,
    /// What it is in.
    Containers,
    /// Deletions on their way.
    Operations,
    /// Who deleted what, and when.
    Activity,
}

/// What a companion does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Makes the caller's token worthless.
    LogOut,
    /// Gives the caller a token.
    LogIn {
        /// How long it is good, in milliseconds.
        lifetime: i64,
    },
    /// Lists things.
    List {
        /// Which.
        of: Things,
        /// How the list is cut; `None` where it is told whole.
        page: Option<Paging>,
        /// What the request may narrow it by.
        filters: Vec<Filter>,
    },
    /// Reads one thing.
    Get {
        /// Of which sort.
        of: Things,
    },
    /// Sets the state of one resource.
    SetState {
        /// The state.
        to: String,
    },
    /// Deletes one resource, as the bulk delete of this one would.
    DeleteOne {
        /// The answers to outcomes, by the outcome's name.
        outcomes: Names<String>,
    },
}

/// An operation beside the bulk delete.
#[derive(Debug)]
pub struct Companion {
    /// Its route.
    pub operation: Operation,
    /// What it does.
    pub action: Action,
    /// Its own credentials; `None` where they are the contract's.
    pub credentials: Option<Vec<Credential>>,
    /// Its checks.
    pub checks: Vec<CallerStep>,
    /// The checks of what it is about. What does not pass them is not listed; where one is asked for, they name an answer.
    pub items: Vec<ItemRule>,
    /// Its own answers by name; others are the contract's.
    pub answers: Names<Answer>,
    /// What it takes out of a request.
    pub asks: Asks,
    /// Where the container's id stands, as one of `asks`; `None` where it looks into all of them.
    pub container: Option<u8>,
    /// Where the id stands of what it is about, as one of `asks`.
    pub id: Option<u8>,
    /// Where the flag stands that has children go with what is deleted, as one of `asks`.
    pub children: Option<u8>,
}

/// Places in a request, in the order in which they were asked for.
#[derive(Debug, Default)]
pub struct Asks {
    pub(crate) sources: Vec<Source>,
    pub(crate) wanted: Vec<Wanted>,
    pub(crate) slots: Vec<Slot>,
}

impl Asks {
    /// Asks for what stands at a place that a policy names; tells as which it is known.
    pub(super) fn add(&mut self, place: &Place<'_>) -> Option<u8> {
        let source = Source::read(place)?;
        Some(self.add_source(source))
    }

    fn add_source(&mut self, source: Source) -> u8 {
        self.sources.push(source);
        u8::try_from(self.sources.len() - 1).unwrap_or(u8::MAX)
    }

    /// Finds the places in an operation's requests.
    pub(crate) fn settle(&mut self, operation: &Operation) {
        self.slots = self.sources.iter().map(|source| slot(&mut self.wanted, operation, source)).collect();
    }
}
