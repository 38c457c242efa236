//! What can become of an item: the outcomes that a policy names.

use std::sync::Arc;

use super::place::Place;
use crate::contract::template::at_hand::AtHand;
use crate::contract::template::compile::{Context, compile_text};
use crate::contract::template::shape::{Template, Words};
use crate::names::Names;

/// What became of an item, in the engine's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Is {
    /// Deleted now.
    Deleted,
    /// Its deletion was accepted and goes on.
    Accepted,
    /// It does not exist for the caller.
    NotFound,
    /// It was not deleted.
    Failed,
}

impl Is {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("deleted", Self::Deleted),
        ("accepted", Self::Accepted),
        ("not-found", Self::NotFound),
        ("failed", Self::Failed),
    ];

    /// The word for it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, is)| *is == self).map_or("", |(name, _)| name)
    }

    /// Whether the item goes away by it.
    pub fn succeeds(self) -> bool {
        matches!(self, Self::Deleted | Self::Accepted)
    }
}

/// Whether, and when, the same may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retry {
    /// As it is.
    Now,
    /// After something else was changed.
    AfterChange,
    /// It would end the same.
    Never,
}

impl Retry {
    const NAMES: &'static [(&'static str, Self)] =
        &[("now", Self::Now), ("after-change", Self::AfterChange), ("never", Self::Never)];

    /// The word for it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, retry)| *retry == self).map_or("", |(name, _)| name)
    }

    /// Reads the optional key `retry`.
    pub(super) fn told(place: &Place<'_>) -> Option<Self> {
        place.field("retry")?.one_of(Self::NAMES)
    }
}

/// Where an outcome stands among its contract's outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutcomeIndex(pub u8);

/// An outcome.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name in the policy: stable, for programs.
    pub code: String,
    /// What it means.
    pub is: Is,
    /// The text for people; may hold `{item.fail}`.
    pub reason: Option<Template>,
    /// Whether it may be tried again.
    pub retry: Retry,
    /// The answer to the whole request, where one item decides it.
    pub answer: Option<String>,
}

/// The outcome of an item that passes every check has this name.
pub const SUCCESS: &str = "deleted";
/// The outcome of an item that stands beside the one because of which all were refused has this name.
pub const BYSTANDER: &str = "bystander";
/// The most outcomes that a contract may have, the bystander's among them.
pub const MOST: usize = 64;

/// Reads `outcomes`. The bystander's outcome is the engine's own, and always the last.
pub(super) fn read(place: &Place<'_>, words: &Names<Arc<Words>>) -> Vec<Outcome> {
    let at_hand = AtHand { item: true, ..AtHand::ANSWER };
    let context = Context { words, say: None, status: 0, at_hand };
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (code, place) in place.members() {
        if code == BYSTANDER {
            place.problem(format!("`{BYSTANDER}` is the engine's own outcome: choose another name"));
        }
        if !place.closed(&["is", "reason", "retry", "answer"]) {
            continue;
        }
        let Some(is) = place.required("is").and_then(|is| is.one_of(Is::NAMES)) else { continue };
        if (code == SUCCESS) != is.succeeds() {
            place.problem(format!(
                "the outcome `{SUCCESS}`, and no other, is `deleted` or `accepted`: it is what passes every check"
            ));
        }
        let reason = place.field("reason").and_then(|reason| {
            let template = compile_text(&reason, &context)?;
            if let Some(wrong) = beyond_item_fail(&template) {
                reason.problem(format!("a reason may hold no placeholder but `{{item.fail}}`: {wrong}"));
            }
            Some(template)
        });
        let answer = place.field("answer").and_then(|answer| answer.text().map(str::to_owned));
        let retry = Retry::told(&place).unwrap_or(Retry::Never);
        outcomes.push(Outcome { code: code.to_owned(), is, reason, retry, answer });
    }
    if !outcomes.iter().any(|outcome| outcome.code == SUCCESS) {
        place
            .problem(format!("`{SUCCESS}` is missing: it is the outcome of an item that passes every check"));
    }
    if outcomes.len() >= MOST {
        place.problem(format!("there are {} outcomes: at most {} are supported", outcomes.len(), MOST - 1));
        outcomes.truncate(MOST - 1);
    }
    let (is, retry) = (Is::Failed, Retry::Now);
    outcomes.push(Outcome { code: BYSTANDER.to_owned(), is, reason: None, retry, answer: None });
    outcomes
}

fn beyond_item_fail(template: &Template) -> Option<&'static str> {
    use crate::contract::template::name::{ItemName, Name};
    use crate::contract::template::shape::Piece;
    let Template::Text(pieces) = template else { return None };
    let holes: Vec<Name> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Hole(hole) => Some(hole.name),
            Piece::Literal(_) => None,
        })
        .collect();
    match holes.as_slice() {
        [Name::Item(ItemName::Fail)] => None,
        [_] => Some("this is another"),
        _ => Some("there is more than one"),
    }
}
