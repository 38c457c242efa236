//! Contracts as data: an OpenAPI document says what may be asked, a policy says what is decided and how it is told.
//! Loading refuses what is not supported, with its place; nothing is silently ignored. What a contract then does with a
//! request is left to the modules after this one.

pub mod answers;
pub mod atomicity;
mod bounds;
pub mod companion;
pub mod compiled;
pub mod credential;
pub mod effects;
pub mod filter;
pub mod following;
mod load;
pub mod operation;
pub mod outcome;
pub mod paging;
pub mod path;
pub mod place;
pub(crate) mod reads;
pub mod source;
pub mod steps;
pub mod template;
pub mod violation_answers;

use std::sync::Arc;

use answers::Answer;
use atomicity::Atomicity;
use companion::Companion;
use credential::Credential;
use effects::Effects;
use operation::Operation;
use outcome::{Outcome, OutcomeIndex};
use place::Place;
use reads::Reads;
use source::Source;
use steps::{CallerStep, ItemStep};
use violation_answers::ViolationAnswers;

use crate::names::Names;
use crate::request::ids::Compare;
use crate::request::parameters::ParameterPlace;

/// The documents of a contract, as bytes.
#[derive(Clone, Copy, Debug)]
pub struct Documents<'a> {
    /// The contract's name, which is its folder's.
    pub name: &'a str,
    /// `openapi.json`.
    pub openapi: &'a [u8],
    /// `policy.json`.
    pub policy: &'a [u8],
}

/// A contract that can be carried out: only loading makes one.
#[derive(Debug)]
pub struct Contract {
    /// Its name.
    pub name: Arc<str>,
    /// The bulk delete.
    pub operation: Operation,
    /// By which credentials callers prove who they are; any one suffices.
    pub credentials: Vec<Credential>,
    /// The kind of the resources that it deletes.
    pub resource: String,
    /// Where the ids stand.
    pub ids: IdsRule,
    /// Where the container's id stands; `None` where resources are in none.
    pub container: Option<ContainerRule>,
    /// Whether each item is decided by itself.
    pub atomicity: Atomicity,
    /// What an absent body stands for, as JSON text.
    pub empty_body: Option<String>,
    /// The checks of the whole request, in order.
    pub caller_checks: Vec<CallerStep>,
    /// The checks of each item, in order.
    pub item_checks: Vec<ItemStep>,
    /// What a deletion brings with it.
    pub effects: Effects,
    /// What items can come to; the engine's own bystander is the last.
    pub outcomes: Vec<Outcome>,
    /// The outcomes' names in the same order, to be shared.
    pub codes: Arc<[Box<str>]>,
    /// The outcome of an item that passes every check.
    pub success: OutcomeIndex,
    /// The outcome of an item beside the one that decides for all.
    pub bystander: OutcomeIndex,
    /// Outcomes that the answer does not tell apart, in groups.
    pub silent: Vec<Vec<OutcomeIndex>>,
    /// The answers by name.
    pub answers: Names<Answer>,
    /// How invalid requests are answered.
    pub violations: ViolationAnswers,
    /// The operations beside the bulk delete.
    pub companions: Vec<Companion>,
    pub(crate) reads: Reads,
}

/// Where the ids stand, and how they are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdsRule {
    /// Where they stand.
    pub at: Source,
    /// How they are compared.
    pub compare: Compare,
}

/// Where the container's id stands, and how it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerRule {
    /// The container's kind.
    pub kind: String,
    /// Where its id stands.
    pub at: Source,
    /// How it is compared.
    pub compare: Compare,
}

impl Contract {
    /// The outcome at an index.
    pub fn outcome(&self, index: OutcomeIndex) -> Option<&Outcome> {
        self.outcomes.get(usize::from(index.0))
    }

    /// Whether the contract says that its answer does not tell these two apart.
    pub fn is_silent(&self, one: OutcomeIndex, two: OutcomeIndex) -> bool {
        self.silent.iter().any(|group| group.contains(&one) && group.contains(&two))
    }
}

/// What was told of a document before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// Nothing.
    Nothing,
    /// That something is wrong in it.
    Wrong,
}

impl Told {
    /// What was told of the document that this place is in.
    fn of(place: &Place<'_>) -> Self {
        if place.problems().borrow().is_empty() { Self::Nothing } else { Self::Wrong }
    }
}

/// Tells a source that an operation does not describe, unless it may only not have been understood: that has been told.
fn check_described(openapi: Told, operation: &Operation, source: &Source, place: &Place<'_>) {
    let described = match source {
        Source::Path(name) => operation.parameter(ParameterPlace::Path, name).is_some(),
        Source::Query(name) => operation.parameter(ParameterPlace::Query, name).is_some(),
        Source::Body(pointer) => {
            operation.body.as_ref().is_some_and(|body| operation::describes(&body.schema, pointer))
        }
    };
    let not_understood = match source {
        Source::Path(_) | Source::Query(_) => openapi == Told::Wrong,
        Source::Body(_) => openapi == Told::Wrong && operation.body.is_none(),
    };
    if !described && !not_understood {
        let (within, name) = match source {
            Source::Path(name) => ("/path/", name),
            Source::Query(name) => ("/query/", name),
            Source::Body(pointer) => ("/body", pointer),
        };
        place.problem(format!(
            "the operation `{}` in openapi.json does not describe this place, `{within}{name}`: name one that it has",
            operation.id
        ));
    }
}

/// Reads a `compare`.
fn read_compare(place: &Place<'_>) -> Option<Compare> {
    place.one_of(&[("exact", Compare::Exact), ("ignore-case", Compare::IgnoreCase)])
}
