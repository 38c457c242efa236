//! Fills an outcome's constants into the elements of a list, when a contract is loaded. What is left are the names that
//! differ from item to item, so that rendering has less to do, and reading can tell outcomes apart by their constants.

use super::name::{ItemName, Name};
use super::shape::{Each, Hole, Member, Piece, Template};
use crate::contract::outcome::Outcome;
use crate::json::Value;

/// Fills outcomes into every list of items in a template. `refused_by` is the name of the answer it belongs to.
pub fn specialise(template: &mut Template, outcomes: &[Outcome], refused_by: Option<&str>) {
    match template {
        Template::Object(members) => {
            members.iter_mut().for_each(|member| specialise(&mut member.template, outcomes, refused_by));
        }
        Template::Array(elements) => {
            elements.iter_mut().for_each(|element| specialise(element, outcomes, refused_by));
        }
        Template::If(_, then) => specialise(then, outcomes, refused_by),
        Template::Each(Each { list, item, by_outcome, .. }) if list.is_of_items() => {
            *by_outcome = outcomes
                .iter()
                .map(|outcome| list.holds(outcome, refused_by).then(|| filled(item, outcome).folded()))
                .collect();
        }
        _ => {}
    }
}

/// A template with what is constant in an outcome filled in.
fn filled(template: &Template, outcome: &Outcome) -> Template {
    match template {
        Template::Hole(hole) => constant(hole, outcome).unwrap_or_else(|| template.clone()),
        Template::Text(pieces) => {
            Template::Text(pieces.iter().flat_map(|piece| filled_piece(piece, outcome)).collect())
        }
        Template::Object(members) => Template::Object(
            members
                .iter()
                .filter_map(|member| {
                    let template = match &member.template {
                        Template::If(Name::Item(part), then) => match decided(*part, outcome) {
                            Some(Stands::Yes) => filled(then, outcome),
                            Some(Stands::No) => return None,
                            None => Template::If(Name::Item(*part), Box::new(filled(then, outcome))),
                        },
                        other => filled(other, outcome),
                    };
                    Some(Member { template, ..member.clone() })
                })
                .collect(),
        ),
        Template::Array(elements) => {
            Template::Array(elements.iter().map(|element| filled(element, outcome)).collect())
        }
        Template::If(name, then) => Template::If(*name, Box::new(filled(then, outcome))),
        Template::Literal(..) | Template::Each(_) | Template::ViolationTree(_) | Template::Attribute(..) => {
            template.clone()
        }
    }
}

/// Whether a `$if` stands.
enum Stands {
    Yes,
    No,
}

/// Whether `$if` over this part of an item stands for all items of an outcome, if the outcome decides it.
fn decided(part: ItemName, outcome: &Outcome) -> Option<Stands> {
    match part {
        ItemName::Id | ItemName::Is | ItemName::Code => Some(Stands::Yes),
        ItemName::Reason => match &outcome.reason {
            None => Some(Stands::No),
            Some(Template::Literal(Value::String(text), _)) if text.is_empty() => Some(Stands::No),
            Some(_) => Some(Stands::Yes),
        },
        _ => None,
    }
}

fn constant(hole: &Hole, outcome: &Outcome) -> Option<Template> {
    let word = |text: &str| match hole.words.as_ref().and_then(|words| words.get(text)) {
        Some(value) => Template::literal(value.clone()),
        None => Template::literal(Value::String(text.to_owned())),
    };
    match hole.name {
        Name::Item(ItemName::Is) => Some(word(outcome.is.name())),
        Name::Item(ItemName::Code) => Some(word(&outcome.code)),
        Name::Item(ItemName::Reason) => Some(match &outcome.reason {
            None => Template::literal(Value::Null),
            Some(Template::Literal(Value::String(text), _)) => word(text),
            Some(other) => other.clone(),
        }),
        _ => None,
    }
}

fn filled_piece(piece: &Piece, outcome: &Outcome) -> Vec<Piece> {
    let Piece::Hole(hole) = piece else { return vec![piece.clone()] };
    match constant(hole, outcome) {
        None => vec![piece.clone()],
        Some(Template::Literal(Value::String(text), _)) => vec![Piece::Literal(text)],
        Some(Template::Literal(Value::Null, _)) => Vec::new(),
        Some(Template::Literal(_, text)) => vec![Piece::Literal(text)],
        Some(Template::Text(pieces)) => pieces,
        Some(Template::Hole(hole)) => vec![Piece::Hole(hole)],
        Some(_) => Vec::new(),
    }
}
