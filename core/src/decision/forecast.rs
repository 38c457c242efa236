//! Foretells a request: the server's own decision, taken with the facts that are at hand. What they do not decide stays
//! unknown, with the facts that would decide it and everything that is still possible.
//!
//! Items of which the same is known have the same verdict. So a forecast is asked for each sort of item once, however many
//! there are of it.

use super::admit::{Admission, Refusal, admit_checked};
use super::decide::decide_items;
use super::fact::Fact;
use super::facts::{CallerFacts, ItemFacts};
use super::verdict::Verdict;
use crate::contract::Contract;
use crate::contract::answers::DONE;
use crate::contract::outcome::{OutcomeIndex, Retry};
use crate::contract::template::shape::{Piece, Template};
use crate::json::Value;
use crate::request::checked::Checked;

/// How many items there are of a sort. Where one item decides for all, the only one of its sort is known to be the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurs {
    /// One.
    Once,
    /// More than one.
    Repeatedly,
}

/// What is foretold of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Of the request as a whole: whether it is carried out.
    pub request: Foretold,
    /// Of each sort of item, in the order in which they were given.
    pub items: Vec<Foretold>,
}

/// What is foretold of a request, or of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foretold {
    /// It passes every check.
    Allow,
    /// It does not pass one.
    Deny(Denial),
    /// The facts at hand do not decide it.
    Unknown {
        /// The facts that are missing, in the order in which the checks ask for them.
        needs: Vec<Need>,
        /// The names of the outcomes and answers that are still possible.
        possible: Vec<String>,
    },
}

/// Why something is not deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// The name of the outcome, or of the answer that refuses the whole request.
    pub code: String,
    /// What the contract says of it, for people.
    pub reason: Option<String>,
    /// The check that is not passed; `None` for an item that stands beside the one because of which all are refused.
    pub check: Option<&'static str>,
    /// The sentence of the document that states the rule, where the contract quotes one.
    pub document: Option<String>,
    /// Whether it may be tried again.
    pub retry: Retry,
}

/// A fact that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its name.
    pub fact: &'static str,
    /// What it is about.
    pub of: About,
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The caller.
    Caller,
    /// The container.
    Container,
    /// The item.
    Item,
}

impl About {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Container => "container",
            Self::Item => "item",
        }
    }

    fn of_request(fact: &str) -> Self {
        if fact.starts_with("container") { Self::Container } else { Self::Caller }
    }
}

/// Foretells a request to a contract, from what is known of its caller and of each sort of item in it.
pub fn forecast<I: ItemFacts>(
    contract: &Contract,
    checked: &Checked,
    caller: &dyn CallerFacts,
    sorts: Vec<(I, Occurs)>,
) -> Forecast {
    let (refusals, needs) = match admit_checked(contract, checked, caller) {
        Admission::Refused(refusal) => {
            let denied = Foretold::Deny(denial(contract, refusal));
            return Forecast { request: denied.clone(), items: vec![denied; sorts.len()] };
        }
        Admission::Unknown { possible, otherwise: None, needs } => {
            let unknown = Foretold::Unknown { needs: of_request(&needs), possible: codes(&possible) };
            return Forecast { request: unknown.clone(), items: vec![unknown; sorts.len()] };
        }
        Admission::Admitted(_) => (Vec::new(), Vec::new()),
        Admission::Unknown { possible, needs, .. } => (codes(&possible), of_request(&needs)),
    };
    let mut places = Vec::with_capacity(sorts.len());
    let mut items = Vec::with_capacity(sorts.len());
    for (item, occurs) in &sorts {
        places.push(items.len());
        items.push(item);
        if *occurs == Occurs::Repeatedly {
            items.push(item);
        }
    }
    let decision = decide_items(contract, items);
    let foretold = places.iter().filter_map(|place| {
        let (verdict, item) = (decision.verdicts.get(*place)?, decision.items.get(*place)?);
        Some(of_verdict(contract, verdict, item))
    });
    let success = name_of(contract, contract.success);
    let items: Vec<Foretold> =
        foretold.map(|foretold| foretold.unless(&success, &refusals, &needs)).collect();
    let mut item_needs: Vec<Need> = Vec::new();
    for need in items.iter().flat_map(Foretold::needs).filter(|need| need.of == About::Item) {
        if !item_needs.contains(need) {
            item_needs.push(*need);
        }
    }
    let request = of_answers(contract, &decision.answers, item_needs, &items);
    Forecast { request: request.unless(DONE, &refusals, &needs), items }
}

impl Foretold {
    fn needs(&self) -> &[Need] {
        if let Self::Unknown { needs, .. } = self { needs } else { &[] }
    }

    /// The same, where the whole request may also be refused. `allowed` is what is possible of what passes every check.
    fn unless(self, allowed: &str, refusals: &[String], missing: &[Need]) -> Self {
        if refusals.is_empty() {
            return self;
        }
        let mut possible = refusals.to_vec();
        let mut needs = missing.to_vec();
        match self {
            Self::Allow => possible.push(allowed.to_owned()),
            Self::Deny(denial) => possible.push(denial.code),
            Self::Unknown { needs: more, possible: others } => {
                needs.extend(more);
                possible.extend(others);
            }
        }
        Self::Unknown { needs, possible }
    }
}

fn name_of(contract: &Contract, outcome: OutcomeIndex) -> String {
    contract.outcome(outcome).map_or_else(String::new, |outcome| outcome.code.clone())
}

fn codes(refusals: &[Refusal<'_>]) -> Vec<String> {
    refusals.iter().map(|refusal| refusal.answer.to_owned()).collect()
}

fn of_request(needs: &[&'static str]) -> Vec<Need> {
    needs.iter().map(|fact| Need { fact, of: About::of_request(fact) }).collect()
}

/// What a refusal of the whole request means.
fn denial(contract: &Contract, refusal: Refusal<'_>) -> Denial {
    let answer = contract.answers.get(refusal.answer);
    Denial {
        code: refusal.answer.to_owned(),
        reason: answer.and_then(|answer| constant_text(answer.body.as_ref()?)),
        check: Some(refusal.check),
        document: contract
            .caller_checks
            .iter()
            .find(|step| {
                step.name == refusal.check && step.otherwise.all().any(|name| name == refusal.answer)
            })
            .and_then(|step| step.document.clone()),
        retry: answer.map_or(Retry::AfterChange, |answer| answer.retry),
    }
}

/// What a verdict means for an item.
fn of_verdict(contract: &Contract, verdict: &Verdict, item: &impl ItemFacts) -> Foretold {
    match verdict {
        Verdict::Delete(_) => Foretold::Allow,
        Verdict::Refuse { outcome: index, check } => {
            let outcome = contract.outcome(*index);
            Foretold::Deny(Denial {
                code: name_of(contract, *index),
                reason: outcome.and_then(|outcome| reason(outcome.reason.as_ref()?, item)),
                check: *check,
                document: contract
                    .item_checks
                    .iter()
                    .find(|step| Some(step.name) == *check && step.outcome == *index)
                    .and_then(|step| step.document.clone()),
                retry: outcome.map_or(Retry::Never, |outcome| outcome.retry),
            })
        }
        Verdict::Unknown(undecided) => Foretold::Unknown {
            needs: undecided.needs.iter().map(|fact| Need { fact, of: About::Item }).collect(),
            possible: undecided.possible.iter().map(|outcome| name_of(contract, outcome)).collect(),
        },
    }
}

/// What the answers that are possible mean for the whole request, where one item decides for all.
fn of_answers(
    contract: &Contract,
    answers: &[Option<String>],
    needs: Vec<Need>,
    items: &[Foretold],
) -> Foretold {
    match answers {
        [None] => Foretold::Allow,
        [Some(code)] => {
            // The check is that of the items which give the answer its name.
            let named = items.iter().find_map(|item| match item {
                Foretold::Deny(denial) if denial.check.is_some() => Some(denial),
                _ => None,
            });
            let answer = contract.answers.get(code);
            Foretold::Deny(Denial {
                code: code.clone(),
                reason: answer.and_then(|answer| constant_text(answer.body.as_ref()?)),
                check: named.and_then(|denial| denial.check),
                document: named.and_then(|denial| denial.document.clone()),
                retry: answer.map_or(Retry::AfterChange, |answer| answer.retry),
            })
        }
        several => Foretold::Unknown {
            needs,
            possible: several
                .iter()
                .map(|answer| answer.clone().unwrap_or_else(|| DONE.to_owned()))
                .collect(),
        },
    }
}

/// An outcome's reason: its only placeholder is why the item itself cannot be deleted.
fn reason(template: &Template, item: &impl ItemFacts) -> Option<String> {
    let fail = || match item.fail() {
        Fact::Known(Some(text)) => Some(text.to_owned()),
        _ => None,
    };
    match template {
        Template::Literal(Value::String(text), _) => Some(text.clone()),
        Template::Text(pieces) => {
            let mut text = String::new();
            for piece in pieces {
                match piece {
                    Piece::Literal(literal) => text.push_str(literal),
                    Piece::Hole(_) => text.push_str(&fail()?),
                }
            }
            Some(text)
        }
        _ => None,
    }
}

/// The longest text in an answer that is the same whatever is asked.
fn constant_text(template: &Template) -> Option<String> {
    let mut longest: Option<&str> = None;
    longest_constant(template, &mut longest);
    longest.map(str::to_owned)
}

fn longest_constant<'t>(template: &'t Template, longest: &mut Option<&'t str>) {
    match template {
        Template::Literal(value, _) => longest_text(value, longest),
        Template::Object(members) => {
            for member in members {
                longest_constant(&member.template, longest);
            }
        }
        Template::Array(elements) => {
            for element in elements {
                longest_constant(element, longest);
            }
        }
        _ => {}
    }
}

fn longest_text<'t>(value: &'t Value, longest: &mut Option<&'t str>) {
    match value {
        Value::String(text) => {
            if longest.is_none_or(|other| text.len() > other.len()) {
                *longest = Some(text);
            }
        }
        Value::Array(values) => {
            for value in values {
                longest_text(value, longest);
            }
        }
        Value::Object(object) => {
            for (_, value) in object.iter() {
                longest_text(value, longest);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
