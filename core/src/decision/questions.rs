//! Which facts a contract's checks ask of an item. It is found by asking: every check is put to an item of which nothing is
//! known, and what it wants to know is written down.

use std::cell::RefCell;

use super::fact::Fact;
use super::facts::ItemFacts;
use crate::contract::Contract;
use crate::json::Value;

/// A fact about an item that some check asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether it exists.
    Exists,
    /// Whether the caller can see it.
    Accessible,
    /// Whether the caller owns it.
    Owned,
    /// Whether the caller has this permission on it.
    Permission(String),
    /// Its state.
    State,
    /// Its attribute at this JSON Pointer.
    Attribute(String),
    /// Why it cannot be deleted.
    Fail,
}

impl Question {
    /// The key by which a forecast is told the fact.
    pub fn fact(&self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::Accessible => "accessible",
            Self::Owned => "owner",
            Self::Permission(_) => "permissions",
            Self::State => "state",
            Self::Attribute(_) => "attributes",
            Self::Fail => "fail",
        }
    }

    /// What is asked within that fact: a permission, or a JSON Pointer.
    pub fn part(&self) -> Option<&str> {
        match self {
            Self::Permission(part) | Self::Attribute(part) => Some(part),
            Self::Exists | Self::Accessible | Self::Owned | Self::State | Self::Fail => None,
        }
    }
}

/// The questions of a contract's item checks, each once, in the order of the checks. Items that answer all of them alike have
/// the same verdict.
pub fn questions(contract: &Contract) -> Vec<Question> {
    let nobody = Nobody::default();
    for step in &contract.item_checks {
        let _ = step.check.evaluate(&nobody);
    }
    nobody.asked.into_inner()
}

/// An item of which nothing is known, and which notes what it is asked.
#[derive(Default)]
struct Nobody {
    asked: RefCell<Vec<Question>>,
}

impl Nobody {
    fn note<T>(&self, question: Question) -> Fact<T> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&question) {
            asked.push(question);
        }
        Fact::Unknown
    }
}

impl ItemFacts for Nobody {
    fn exists(&self) -> Fact<bool> {
        self.note(Question::Exists)
    }

    fn accessible(&self) -> Fact<bool> {
        self.note(Question::Accessible)
    }

    fn owned(&self) -> Fact<bool> {
        self.note(Question::Owned)
    }

    fn permission(&self, name: &str) -> Fact<bool> {
        self.note(Question::Permission(name.to_owned()))
    }

    fn state(&self) -> Fact<Option<&str>> {
        self.note(Question::State)
    }

    fn attribute(&self, pointer: &str) -> Fact<Option<&Value>> {
        self.note(Question::Attribute(pointer.to_owned()))
    }

    fn fail(&self) -> Fact<Option<&str>> {
        self.note(Question::Fail)
    }
}
