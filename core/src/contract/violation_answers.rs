//! How a contract answers an invalid request: the first violation by a table, or all of them merged.

use super::answers::{Answer, Frame, VIOLATIONS, retry_of_status, status};
use super::place::Place;
use crate::code::{choice, record};
use crate::contract::template::at_hand::AtHand;
use crate::contract::template::shape::Template;
use crate::request::violation::Violation;

/// A rule of the table: which violations it is for, and how they are told.
#[derive(Clone, Debug)]
pub struct Rule {
    matcher: Matcher,
    /// How they are told.
    pub telling: Telling,
}

/// Which violations a rule is for.
#[derive(Clone, Debug, Default)]
struct Matcher {
    rules: Vec<String>,
    at: Option<Vec<String>>,
    actual: Option<String>,
}

/// How violations are told.
#[derive(Clone, Debug)]
pub enum Telling {
    /// By an answer of the policy's, named.
    Named(String),
    /// By this answer, with the violation's parts at hand.
    Own(Box<Answer>),
    /// By this text, merged with others.
    Text(Template),
    /// By whatever the merged answer makes of it.
    Merged,
}

/// How invalid requests are answered.
#[derive(Clone, Debug)]
pub struct ViolationAnswers {
    /// The table; its order is priority.
    pub rules: Vec<Rule>,
    /// The answer that tells all of them, where they are merged.
    pub merged: Option<Answer>,
}

/// What a value can be, with the words for it.
const TYPES: [(&str, &str); 7] = [
    ("null", "null"),
    ("boolean", "boolean"),
    ("integer", "integer"),
    ("number", "number"),
    ("string", "string"),
    ("array", "array"),
    ("object", "object"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    First,
    Merged,
}

impl ViolationAnswers {
    /// Reads `violations`, and `answers.violations` where the merged body stands there.
    pub(super) fn read(place: &Place<'_>, elsewhere: Option<Answer>, frame: &Frame<'_>) -> Option<Self> {
        if !place.closed(&["answer", "status", "rules", "body", "headers", "like", "say"]) {
            return None;
        }
        let mode = place.required("answer")?.one_of(&[("first", Mode::First), ("merged", Mode::Merged)])?;
        let status_here = match (place.field("status"), &elsewhere) {
            (None, Some(answer)) => answer.status,
            _ => status(place)?,
        };
        let rules = match place.field("rules") {
            Some(rules) => rules
                .elements()
                .iter()
                .filter_map(|rule| read_rule(place, rule, mode, status_here, frame))
                .collect(),
            None => Vec::new(),
        };
        let merged = match mode {
            Mode::First => {
                if !rules.last().is_some_and(|rule: &Rule| rule.matcher.is_for_all()) {
                    place.problem(
                        "the last of `rules` must be for every violation: add one that has only `say`",
                    );
                }
                None
            }
            Mode::Merged => Some(match (place.field("body"), elsewhere) {
                (None, Some(answer)) => answer,
                (Some(_), _) => {
                    let (headers, body) = frame.parts(place, None, status_here, AtHand::ANSWER)?;
                    let retry = retry_of_status(status_here);
                    Answer::new(VIOLATIONS, status_here, headers, body, retry)
                }
                (None, None) => {
                    place.problem("merged violations need a `body` that tells them: add it");
                    return None;
                }
            }),
        };
        let answers = Self { rules, merged };
        answers.check_tree(place);
        Some(answers)
    }

    /// The names of the policy's answers that rules give.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter_map(|rule| match &rule.telling {
            Telling::Named(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The answers that rules make themselves, and the merged one.
    pub fn own(&self) -> impl Iterator<Item = &Answer> {
        self.rules
            .iter()
            .filter_map(|rule| match &rule.telling {
                Telling::Own(answer) => Some(answer.as_ref()),
                _ => None,
            })
            .chain(&self.merged)
    }

    /// The rule for this violation: the first that matches, with its place in the table.
    pub fn rule_of(&self, violation: &Violation) -> Option<(usize, &Rule)> {
        self.rules.iter().enumerate().find(|(_, rule)| rule.matcher.matches(violation))
    }

    fn check_tree(&self, place: &Place<'_>) {
        let tree = self.merged.as_ref().and_then(|answer| answer.body.as_ref()).is_some_and(|body| {
            let mut found = false;
            body.visit(&mut |part| found |= matches!(part, Template::ViolationTree(_)));
            found
        });
        if tree
            && !self
                .rules
                .last()
                .is_some_and(|rule| matches!(rule.telling, Telling::Text(_)) && rule.matcher.is_for_all())
        {
            place.problem(
                "a tree of violations needs a text for each: the last of `rules` must have only a `say`",
            );
        }
    }
}

impl Matcher {
    fn is_for_all(&self) -> bool {
        self.rules.is_empty() && self.at.is_none() && self.actual.is_none()
    }

    fn matches(&self, violation: &Violation) -> bool {
        (self.rules.is_empty() || self.rules.iter().any(|rule| rule == violation.rule.name()))
            && self.actual.as_ref().is_none_or(|actual| violation.actual.as_ref() == Some(actual))
            && self.at.as_ref().is_none_or(|at| fits(at, &violation.pointer))
    }
}

/// Holds a pointer against a pattern in which `*` is any one part.
fn fits(pattern: &[String], pointer: &str) -> bool {
    let mut parts = pointer.split('/');
    pattern.iter().all(|wanted| parts.next().is_some_and(|part| wanted == "*" || wanted == part))
        && parts.next().is_none()
}

fn read_rule<'a>(
    block: &Place<'a>,
    place: &Place<'a>,
    mode: Mode,
    status: u16,
    frame: &Frame<'a>,
) -> Option<Rule> {
    if !place.closed(&["rule", "at", "actual", "say", "answer", "like"]) {
        return None;
    }
    let mut matcher = Matcher::default();
    if let Some(rule) = place.field("rule") {
        let named = if rule.value.as_array().is_some() { rule.distinct() } else { vec![rule] };
        for rule in named {
            let Some(name) = rule.text() else { continue };
            matcher.rules.push(name.to_owned());
            if !crate::request::violation::Rule::is_known(name) {
                rule.problem(format!("there is no rule `{name}`: use a keyword of JSON Schema or one of `json`, `duplicate-property`, `depth`, `body`, `content-type`, `encoding`, `duplicate-parameter`, `size`"));
            }
        }
    }
    matcher.at = place.field("at").and_then(|at| {
        let pointer = at.text()?;
        if !pointer.starts_with('/') {
            at.problem("no violation is there: begin with `/body`, `/query`, `/path` or `/header`");
        }
        Some(pointer.split('/').map(str::to_owned).collect())
    });
    matcher.actual = place.field("actual").and_then(|actual| Some(actual.one_of(&TYPES)?.to_owned()));
    let at_hand = AtHand { violation: true, ..AtHand::ANSWER };
    let telling = match (place.field("answer"), place.field("say"), mode) {
        (Some(answer), None, _) => Telling::Named(answer.text()?.to_owned()),
        (None, Some(say), Mode::First) => {
            let envelope = if place.field("like").is_some() { place } else { block };
            let (headers, body) = frame.parts(envelope, Some(&say), status, at_hand)?;
            let retry = retry_of_status(status);
            Telling::Own(Box::new(Answer::new(VIOLATIONS, status, headers, body, retry)))
        }
        (None, Some(say), Mode::Merged) => {
            let context = crate::contract::template::compile::Context {
                words: frame.words,
                say: None,
                status,
                at_hand,
            };
            Telling::Text(crate::contract::template::compile::compile_text(&say, &context)?)
        }
        (None, None, Mode::Merged) => Telling::Merged,
        _ => {
            place.problem("must have one of `say` and `answer`");
            return None;
        }
    };
    Some(Rule { matcher, telling })
}

record! {
    ViolationAnswers { rules, merged }
    Rule { matcher, telling }
    Matcher { rules, at, actual }
}

choice! { Telling { 0 = Merged, 1 = Named(name), 2 = Own(answer), 3 = Text(template) } }
