//! Whether a contract's answers can be read backwards: checked when it is loaded, so that nobody finds out from an answer.
//! Two outcomes that mean different things must be told apart by which list names an item, or by a constant.

use super::name::{ItemName, Name};
use super::shape::{Each, Piece, Template};
use crate::contract::Contract;
use crate::contract::answers::{Answer, DONE};
use crate::contract::atomicity::Atomicity;
use crate::contract::outcome::{Outcome, OutcomeIndex};
use crate::contract::place::Place;
use crate::json::Value;

/// Tells every problem that would keep a reader from understanding an answer.
pub fn check(contract: &Contract, policy: &Place<'_>) {
    let answers = policy.field("answers");
    for answer in contract.answers.values() {
        let Some(place) = answers.as_ref().and_then(|all| all.field(&answer.name)) else { continue };
        let candidates = candidates(contract, &answer.name);
        if candidates.is_empty() {
            continue;
        }
        check_texts(answer, &place);
        check_arrays(answer, &place);
        check_ids(contract, answer, &place);
        check_pairs(contract, answer, &candidates, &place);
        check_neighbours(contract, answer, &place);
    }
}

/// The outcomes that items may have in the answer of this name; none where it does not tell of items.
pub fn candidates(contract: &Contract, answer: &str) -> Vec<OutcomeIndex> {
    let of = |keep: &dyn Fn(OutcomeIndex, &Outcome) -> bool| {
        (0_u8..)
            .map(OutcomeIndex)
            .zip(&contract.outcomes)
            .filter(|(index, outcome)| keep(*index, outcome))
            .map(|(index, _)| index)
            .collect::<Vec<_>>()
    };
    match contract.atomicity {
        Atomicity::Each if answer == DONE => of(&|index, _| index != contract.bystander),
        Atomicity::Each => Vec::new(),
        Atomicity::All if answer == DONE => vec![contract.success],
        Atomicity::All => {
            let mut refused = of(&|_, outcome| outcome.answer.as_deref() == Some(answer));
            if !refused.is_empty() {
                refused.push(contract.bystander);
            }
            refused
        }
    }
}

fn check_texts(answer: &Answer, place: &Place<'_>) {
    let Some(body) = &answer.body else { return };
    body.visit(&mut |part| {
        let Template::Text(pieces) = part else { return };
        let of_items = pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Hole(hole) if matches!(hole.name, Name::Item(_))))
            .count();
        if of_items > 1 {
            place.problem(
                "a text with more than one placeholder of an item cannot be read backwards: leave one in it",
            );
        }
        if of_items == 1 && pieces.windows(2).any(|pair| matches!(pair, [Piece::Hole(_), Piece::Hole(_)])) {
            place.problem("two placeholders side by side cannot be read backwards: put text between them");
        }
    });
}

fn check_arrays(answer: &Answer, place: &Place<'_>) {
    let Some(body) = &answer.body else { return };
    body.visit(&mut |part| {
        let Template::Array(parts) = part else { return };
        if parts.iter().rev().skip(1).any(|part| matches!(part, Template::If(..))) {
            place.problem(
                "what stands behind an `$if` in an array cannot be read backwards, as it moves up where that is left out: \
                 put the `$if` last, or take an object",
            );
        }
    });
}

fn check_ids(contract: &Contract, answer: &Answer, place: &Place<'_>) {
    if contract.atomicity == Atomicity::All && answer.name == DONE {
        return;
    }
    for each in answer.body.iter().flat_map(Template::item_lists) {
        if !each.item.tells(ItemName::Id) {
            place.problem(
                "an element of a list of items must name `{item.id}`, by itself or in a text without another placeholder: \
                 otherwise nobody knows which item it is about",
            );
        }
    }
}

fn check_pairs(contract: &Contract, answer: &Answer, candidates: &[OutcomeIndex], place: &Place<'_>) {
    let lists = answer.body.as_ref().map(Template::item_lists).unwrap_or_default();
    for (count, one) in candidates.iter().enumerate() {
        for two in candidates.iter().skip(count + 1) {
            let (Some(first), Some(second)) = (contract.outcome(*one), contract.outcome(*two)) else {
                continue;
            };
            let same_meaning = (first.is, first.retry) == (second.is, second.retry);
            if same_meaning
                || contract.is_silent(*one, *two)
                || lists.iter().any(|each| tells_apart(each, *one, *two))
            {
                continue;
            }
            place.problem(format!(
                "an answer with the outcome `{}` reads the same as one with `{}`: let another list name them, let their \
                 elements differ in a constant, or declare them in `silent`",
                first.code, second.code
            ));
        }
    }
}

fn tells_apart(each: &Each, one: OutcomeIndex, two: OutcomeIndex) -> bool {
    let template =
        |outcome: OutcomeIndex| each.by_outcome.get(usize::from(outcome.0)).and_then(Option::as_ref);
    match (template(one), template(two)) {
        (None, None) => false,
        (Some(one), Some(two)) => disagree(one, two),
        _ => true,
    }
}

/// Whether no value can be meant by both templates. Where one is a constant and the other open, the constant is meant.
fn disagree(one: &Template, two: &Template) -> bool {
    match (one, two) {
        (Template::Literal(Value::Object(one), _), Template::Literal(Value::Object(two), _)) => {
            one.iter().any(|(key, value)| two.get(key).is_some_and(|other| other != value))
        }
        (Template::Literal(one, _), Template::Literal(two, _)) => one != two,
        (Template::Object(one), Template::Object(two)) => one.iter().any(|member| {
            two.iter().any(|other| other.key == member.key && disagree(&member.template, &other.template))
        }),
        (Template::Object(members), Template::Literal(Value::Object(object), _))
        | (Template::Literal(Value::Object(object), _), Template::Object(members)) => {
            members.iter().any(|member| {
                object
                    .get(&member.key)
                    .is_some_and(|value| disagree(&member.template, &Template::literal(value.clone())))
            })
        }
        (Template::Literal(Value::String(_), _), Template::Text(_))
        | (Template::Text(_), Template::Literal(Value::String(_), _)) => true,
        (Template::Text(one), Template::Text(two)) => ends_differ(one, two),
        (Template::Array(one), Template::Array(two)) => {
            one.iter().zip(two).any(|(one, two)| disagree(one, two))
        }
        (Template::Each(each), Template::Array(elements))
        | (Template::Array(elements), Template::Each(each)) => {
            elements.first().is_some_and(|element| disagree(&each.item, element))
        }
        (Template::Each(each), Template::Literal(Value::Array(elements), _))
        | (Template::Literal(Value::Array(elements), _), Template::Each(each)) => {
            elements.first().is_some_and(|element| disagree(&each.item, &Template::literal(element.clone())))
        }
        (Template::Each(one), Template::Each(two)) => disagree(&one.item, &two.item),
        (Template::Literal(literal, _), other) | (other, Template::Literal(literal, _)) => {
            is_of_other_shape(literal, other)
        }
        _ => false,
    }
}

fn is_of_other_shape(literal: &Value, template: &Template) -> bool {
    match template {
        Template::Object(_) | Template::ViolationTree(_) => !matches!(literal, Value::Object(_)),
        Template::Array(_) | Template::Each(_) => !matches!(literal, Value::Array(_)),
        Template::Text(_) => !matches!(literal, Value::String(_)),
        _ => false,
    }
}

fn ends_differ(one: &[Piece], two: &[Piece]) -> bool {
    let text = |piece: Option<&Piece>| {
        if let Some(Piece::Literal(text)) = piece { text.clone() } else { String::new() }
    };
    let (one_start, two_start) = (text(one.first()), text(two.first()));
    let (one_end, two_end) = (text(one.last()), text(two.last()));
    !(one_start.starts_with(&two_start) || two_start.starts_with(&one_start))
        || !(one_end.ends_with(&two_end) || two_end.ends_with(&one_end))
}

/// Answers of one status are told apart by a constant, where one of them names items.
fn check_neighbours(contract: &Contract, answer: &Answer, place: &Place<'_>) {
    let Some(body) = &answer.body else { return };
    if body.item_lists().is_empty() {
        return;
    }
    let others = contract.answers.values().chain(contract.violations.own());
    for other in others.filter(|other| other.status == answer.status && other.name != answer.name) {
        let differs = other.body.as_ref().is_none_or(|other| disagree(body, other));
        if !differs {
            place.problem(format!(
                "the answers `{}` and `{}` have one status and read the same: let them differ in a constant",
                answer.name, other.name
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::template::at_hand::AtHand;
    use crate::contract::template::compile::{Context, compile};
    use crate::names::Names;
    use crate::problem::Problems;
    use std::cell::RefCell;

    fn template(text: &str) -> Template {
        let (document, problems) =
            (Value::parse(text.as_bytes()).unwrap(), RefCell::new(Problems::new("policy.json")));
        let context = Context { words: &Names::new(), say: None, status: 200, at_hand: AtHand::ANSWER };
        compile(&Place::root(&document, &problems), &context).unwrap_or_else(|| panic!("{problems:?}"))
    }

    /// Whether two templates can be told apart; asked both ways round, which must not matter.
    fn apart(one: &str, two: &str) -> bool {
        let (one, two) = (template(one), template(two));
        let found = disagree(&one, &two);
        assert_eq!(found, disagree(&two, &one));
        found
    }

    #[test]
    fn constants_tell_templates_apart() {
        for (one, two, expected) in [
            ("1", "2", true),
            ("1", "1", false),
            (r#"{"a":1}"#, r#"{"a":2,"b":3}"#, true),
            (r#"{"a":1}"#, r#"{"a":1,"b":3}"#, false),
            (r#"{"a":1}"#, r#"{"b":2}"#, false),
            (r#"{"a":1,"x":"{now}"}"#, r#"{"a":2,"x":"{now}"}"#, true),
            (r#"{"a":1,"x":"{now}"}"#, r#"{"a":1,"x":"{now}"}"#, false),
            (r#"{"a":1,"x":"{now}"}"#, r#"{"b":1,"x":"{now}"}"#, false),
            (r#"{"a":1,"x":"{now}"}"#, r#"{"a":2}"#, true),
            (r#"{"a":1,"x":"{now}"}"#, r#"{"a":1}"#, false),
            (r#"{"a":1,"x":"{now}"}"#, r#"{"b":1}"#, false),
            // An optional member may be missing, and then tells nothing.
            (r#"{"a":{"$if":"now","then":1},"x":"{now}"}"#, r#"{"a":2,"x":"{now}"}"#, false),
            (r#"["{now}",1]"#, r#"["{now}",2]"#, true),
            (r#"["{now}",1]"#, r#"["{now}",1,2]"#, false),
        ] {
            assert_eq!(apart(one, two), expected, "{one} {two}");
        }
    }

    #[test]
    fn texts_are_told_apart_by_their_ends() {
        for (one, two, expected) in [
            (r#""at {now}""#, r#""in {now}""#, true),
            (r#""at {now}""#, r#""at last {now}""#, false),
            (r#""{now}!""#, r#""{now}?""#, true),
            (r#""{now}!""#, r#""{now}?!""#, false),
            (r#""a {now}!""#, r#""a {now}?""#, true),
            (r#""a {now}!""#, r#""b {now}!""#, true),
            (r#""a {now}""#, r#""{now}!""#, false),
            (r#""a {now}""#, r#""{now}""#, false),
            // A constant text is meant where it stands, whatever an open one could be.
            (r#""a {now}""#, r#""a b""#, true),
            (r#""{now}""#, r#""a b""#, false),
        ] {
            assert_eq!(apart(one, two), expected, "{one} {two}");
        }
    }

    #[test]
    fn shapes_tell_templates_apart() {
        let each = r#"{"$each":"all","item":{"k":1,"id":"{item.id}"}}"#;
        for (one, two, expected) in [
            (each, r#"{"$each":"all","item":{"k":2,"id":"{item.id}"}}"#, true),
            (each, each, false),
            (each, r#"[{"k":2,"at":"{now}"}]"#, true),
            (each, r#"[{"k":1,"at":"{now}"}]"#, false),
            (each, r#"[{"k":2}]"#, true),
            (each, r#"[{"k":1}]"#, false),
            (each, "[]", false),
            (each, "7", true),
            (each, r#"{"a":1}"#, true),
            (r#"["{now}"]"#, "7", true),
            (r#"["{now}"]"#, "[7]", false),
            (r#"{"a":"{now}"}"#, "7", true),
            (r#"{"$violations":"tree","root":"r"}"#, "7", true),
            (r#"{"$violations":"tree","root":"r"}"#, r#"{"a":1}"#, false),
            (r#""at {now}""#, "7", true),
            (r#""{now}""#, "7", false),
        ] {
            assert_eq!(apart(one, two), expected, "{one} {two}");
        }
    }
}
