//! The checks of a policy in their order, each with what follows where it does not hold.

use super::outcome::{Outcome, OutcomeIndex};
use super::place::{Place, list};
use crate::code::{Code, Reader, record};
use crate::decision::checks::{
    AUTHENTICATED, AnyCallerCheck, AnyItemCheck, CALLER_CHECKS, EXISTS, ITEM_CHECKS, Kind, Needs, VALID,
};
use crate::decision::facts::Cause;
use crate::names::Names;

/// A check of the whole request, and the answers where it does not hold.
#[derive(Debug)]
pub struct CallerStep {
    /// The check's name.
    pub name: &'static str,
    pub(crate) check: AnyCallerCheck,
    /// The answer where it does not hold.
    pub otherwise: Otherwise,
    /// The sentence of the document that states the rule.
    pub document: Option<String>,
}

/// Which answer follows where a check of the whole request does not hold.
#[derive(Clone, Debug)]
pub struct Otherwise {
    by_cause: Names<String>,
    any: String,
}

impl Otherwise {
    /// The answer's name, where the check is not about credentials or for a cause that has no answer of its own.
    pub fn any(&self) -> &str {
        &self.any
    }

    /// The answer's name for this cause.
    pub fn of(&self, cause: Cause) -> &str {
        let name = Cause::NAMES.iter().find(|(_, known)| *known == cause).map_or("", |(name, _)| name);
        self.by_cause.get(name).unwrap_or(&self.any)
    }

    /// All answers' names.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.by_cause.values().chain([&self.any]).map(String::as_str)
    }
}

/// A check of an item, and the outcome where it does not hold.
#[derive(Debug)]
pub struct ItemStep {
    /// The check's name.
    pub name: &'static str,
    pub(crate) check: AnyItemCheck,
    /// The outcome where it does not hold.
    pub outcome: OutcomeIndex,
    /// The sentence of the document that states the rule.
    pub document: Option<String>,
}

/// A check of what a companion is about.
#[derive(Debug)]
pub struct ItemRule {
    pub(crate) check: AnyItemCheck,
    /// The answer where it does not hold; `None` where what it is about is then left out of a list.
    pub otherwise: Option<String>,
}

record! {
    Otherwise { by_cause, any }
    ItemRule { check, otherwise }
}

impl Code for CallerStep {
    fn write(&self, out: &mut Vec<u8>) {
        self.check.write(out);
        self.otherwise.write(out);
        self.document.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let check = AnyCallerCheck::read(from);
        Self { name: check.name(), check, otherwise: Code::read(from), document: Code::read(from) }
    }
}

impl Code for ItemStep {
    fn write(&self, out: &mut Vec<u8>) {
        self.check.write(out);
        self.outcome.write(out);
        self.document.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let check = AnyItemCheck::read(from);
        Self { name: check.name(), check, outcome: Code::read(from), document: Code::read(from) }
    }
}

/// What stands around a list of checks of the whole request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// Whether there is a container, and whether its id is in the body.
    pub(super) container: ContainerPlace,
    /// Whether validation is among the checks.
    pub(super) validated: Validated,
}

/// Where the container's id stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContainerPlace {
    None,
    OutsideBody,
    InBody,
}

/// Whether requests are validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Validated {
    Yes,
    No,
}

/// Reads checks of the whole request.
pub(super) fn read_caller(place: &Place<'_>, around: Surroundings) -> Vec<CallerStep> {
    let mut steps: Vec<CallerStep> = Vec::new();
    for place in place.elements() {
        let Some((name, check)) = read_check(&place, CALLER_CHECKS) else { continue };
        let otherwise = place.required("else").and_then(|otherwise| read_otherwise(&otherwise, name));
        let believed = steps.iter().any(|step| step.name == AUTHENTICATED);
        let validated = steps.iter().any(|step| step.name == VALID);
        let (caller, container) = match check.needs() {
            Needs::Nothing => (false, false),
            Needs::Caller => (true, false),
            Needs::Container => (false, true),
            Needs::CallerAndContainer => (true, true),
        };
        if steps.iter().any(|step| step.name == name) && matches!(name, AUTHENTICATED | VALID) {
            place.problem(format!("`{name}` stands here twice: leave one out"));
        }
        if caller && !believed {
            place.problem(format!("`{name}` asks who the caller is: put it after `{AUTHENTICATED}`"));
        }
        if container && around.container == ContainerPlace::None {
            place.problem(format!(
                "`{name}` asks about the container: say in `container` which one, or leave it out"
            ));
        }
        if container && around.container == ContainerPlace::InBody && !validated {
            place.problem(format!(
                "`{name}` asks about the container, whose id is in the body: put it after `{VALID}`"
            ));
        }
        if let Some(otherwise) = otherwise {
            steps.push(CallerStep { name, check, otherwise, document: read_document(&place) });
        }
    }
    let has = |name: &str| steps.iter().any(|step| step.name == name);
    if !has(AUTHENTICATED) {
        place.problem(format!(
            "`{AUTHENTICATED}` is missing: without it the credentials would not be looked at"
        ));
    }
    if around.validated == Validated::Yes && !has(VALID) {
        place.problem(format!("`{VALID}` is missing: say where among the checks the request is validated"));
    }
    steps
}

/// Reads checks of an item.
pub(super) fn read_item(place: &Place<'_>, outcomes: &[Outcome]) -> Vec<ItemStep> {
    let mut steps = Vec::new();
    let elements = place.elements();
    for place in &elements {
        let Some((name, check)) = read_check(place, ITEM_CHECKS) else { continue };
        let Some(otherwise) = place.required("else") else { continue };
        let Some(code) = otherwise.text() else { continue };
        match outcome_of(code, outcomes) {
            Some(outcome)
                if outcomes.get(usize::from(outcome.0)).is_some_and(|found| !found.is.succeeds()) =>
            {
                steps.push(ItemStep { name, check, outcome, document: read_document(place) });
            }
            Some(_) => otherwise
                .problem(format!("`{code}` is a deletion: a check that does not hold needs another outcome")),
            None => otherwise.problem(format!("there is no outcome `{code}`: add it to `outcomes`")),
        }
    }
    // As it is written: what else is wrong with it was told.
    let first = elements.first().and_then(|first| first.value.get("check")?.as_str());
    if first != Some(EXISTS) {
        place.problem(format!(
            "the first check of an item must be `{EXISTS}`: the others ask about something that is there"
        ));
    }
    steps
}

/// Reads checks of what a companion is about, each with an answer or without one.
pub(super) fn read_item_rules(place: &Place<'_>, answered: bool) -> Vec<ItemRule> {
    let mut rules = Vec::new();
    for place in place.elements() {
        let Some((_, check)) = read_check(&place, ITEM_CHECKS) else { continue };
        let otherwise = match (place.field("else"), answered) {
            (Some(otherwise), true) => otherwise.text().map(str::to_owned),
            (None, true) => {
                place.problem("`else` is missing: name the answer where the check does not hold");
                continue;
            }
            (Some(otherwise), false) => {
                otherwise.problem("what does not pass is not listed: leave this out");
                continue;
            }
            (None, false) => None,
        };
        rules.push(ItemRule { check, otherwise });
    }
    rules
}

/// Where the outcome of this name stands.
pub(super) fn outcome_of(code: &str, outcomes: &[Outcome]) -> Option<OutcomeIndex> {
    let index = outcomes.iter().position(|outcome| outcome.code == code)?;
    u8::try_from(index).ok().map(OutcomeIndex)
}

fn read_check<C>(place: &Place<'_>, kinds: &'static [Kind<C>]) -> Option<(&'static str, C)> {
    let named = place.required("check")?;
    let name = named.text()?;
    let Some(kind) = kinds.iter().find(|kind| kind.name == name) else {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.name).collect();
        named.problem(format!("there is no check `{name}` here: use one of {}", list(&names)));
        return None;
    };
    let keys: Vec<&str> = ["check", "else", "document"].iter().chain(kind.keys).copied().collect();
    place.closed(&keys);
    Some((kind.name, (kind.read)(place)?))
}

/// Reads the optional key `document`.
fn read_document(place: &Place<'_>) -> Option<String> {
    Some(place.field("document")?.name()?.to_owned())
}

fn read_otherwise(place: &Place<'_>, check: &str) -> Option<Otherwise> {
    if place.value.as_str().is_some() {
        return Some(Otherwise { by_cause: Names::new(), any: place.text()?.to_owned() });
    }
    if check != AUTHENTICATED {
        place.problem(format!("must be a name: only `{AUTHENTICATED}` has answers by cause"));
        return None;
    }
    let mut otherwise = Otherwise { by_cause: Names::new(), any: String::new() };
    for (cause, answer) in place.members() {
        let Some(name) = answer.text() else { continue };
        if cause == "*" {
            name.clone_into(&mut otherwise.any);
        } else if Cause::NAMES.iter().any(|(known, _)| *known == cause) {
            otherwise.by_cause.insert(cause.to_owned(), name.to_owned());
        } else {
            let names: Vec<&str> = Cause::NAMES.iter().map(|(name, _)| *name).chain(["*"]).collect();
            answer.problem(format!("there is no cause `{cause}`: use one of {}", list(&names)));
        }
    }
    if otherwise.any.is_empty() {
        place.problem("`*` is missing: it is the answer for every other cause");
        return None;
    }
    Some(otherwise)
}
