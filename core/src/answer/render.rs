//! Renders an answer: a template and what it can tell, into the bytes of a response. Values are spliced once and never
//! scanned again.

use super::telling::{Element, Filled, Telling};
use super::tree::write_tree;
use crate::contract::answers::Answer;
use crate::contract::template::name::{ItemName, List, Name};
use crate::contract::template::program::{Program, Step};
use crate::contract::template::shape::{Hole, Piece, Template};
use crate::json::{Value, write_string};
use crate::request::ids::{Id, IdKind};
use std::borrow::Cow;

/// What is sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Headers in order.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body; `None` for an answer without one, which then has no `Content-Type` either.
    pub body: Option<Vec<u8>>,
}

impl Response {
    /// The header of this name, in whatever case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Renders an answer.
pub fn render(answer: &Answer, telling: &Telling<'_>) -> Response {
    let mut headers = Vec::with_capacity(answer.headers.len() + 1);
    let body = answer.program().map(|program| {
        let items = telling.items.map_or(0, |items| items.outcomes.len());
        let mut out = Vec::with_capacity(256 + items.saturating_mul(192).min(1 << 20));
        write(program, telling, Element::None, &mut out);
        out
    });
    if body.is_some() && !answer.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        headers.push((Cow::Borrowed("Content-Type"), "application/json".to_owned()));
    }
    for (name, template) in &answer.headers {
        headers.push((Cow::Owned(name.clone()), header_text(template, telling)));
    }
    Response { status: answer.status, headers, body }
}

/// A header's value: what may not stand in one (RFC 9110, section 5.5) is left out.
fn header_text(template: &Template, telling: &Telling<'_>) -> String {
    let mut value = text(template, telling, Element::None);
    value.retain(|character| !character.is_control());
    value
}

fn write(program: &Program, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
    for step in &program.steps {
        match step {
            Step::Bytes(bytes) => out.extend_from_slice(bytes),
            Step::Comma => {
                if !matches!(out.last(), Some(b'{' | b'[')) {
                    out.push(b',');
                }
            }
            Step::Hole(hole) => write_hole(hole, telling, element, out),
            Step::Text(pieces) => write_string(out, &joined(pieces, telling, element)),
            Step::If(name, then, otherwise) => {
                let chosen = if telling.fill(*name, element).is_something() { then } else { otherwise };
                write(chosen, telling, element, out);
            }
            Step::Each(List::Warnings, item) => {
                write_list(telling.warnings.iter(), out, |warning, out| {
                    write(item, telling, Element::Warning(warning), out);
                });
            }
            Step::Each(_, item) => {
                write_list(telling.violations.iter(), out, |violation, out| {
                    write(item, telling, Element::Violation(violation), out);
                });
            }
            Step::EachItem(by_outcome) => write_items(by_outcome, telling, out),
            Step::Tree(root) => write_tree(root, telling, out),
        }
    }
}

fn write_list<T>(
    elements: impl Iterator<Item = T>,
    out: &mut Vec<u8>,
    mut write: impl FnMut(T, &mut Vec<u8>),
) {
    out.push(b'[');
    for (index, element) in elements.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(element, out);
    }
    out.push(b']');
}

fn write_items(by_outcome: &[Option<Program>], telling: &Telling<'_>, out: &mut Vec<u8>) {
    let outcomes = telling.items.map_or(&[][..], |items| items.outcomes);
    let told = outcomes
        .iter()
        .enumerate()
        .filter_map(|(index, outcome)| Some((index, by_outcome.get(usize::from(outcome.0))?.as_ref()?)));
    write_list(told, out, |(index, program), out| write(program, telling, Element::Item(index), out));
}

fn write_hole(hole: &Hole, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
    // What every list of items has in every element.
    if let (Name::Item(ItemName::Id), None, Element::Item(index)) = (hole.name, &hole.words, element)
        && let Some(id) = telling.items.and_then(|items| items.ids.get(index))
    {
        return write_id(id, out);
    }
    let filled = telling.fill(hole.name, element);
    if let Some(words) = &hole.words {
        return match words.get(as_text(&filled).as_ref()) {
            Some(value) => value.write(out),
            None => write_string(out, &as_text(&filled)),
        };
    }
    match filled {
        Filled::Absent => out.extend_from_slice(b"null"),
        Filled::Text(text) => write_string(out, text),
        Filled::Made(text) => write_string(out, &text),
        Filled::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Filled::Id(id) => write_id(id, out),
    }
}

fn write_id(id: Id<'_>, out: &mut Vec<u8>) {
    match id.kind {
        IdKind::Text => write_string(out, id.text),
        IdKind::Integer => out.extend_from_slice(id.text.as_bytes()),
    }
}

/// A template of a text, as text.
pub(super) fn text(template: &Template, telling: &Telling<'_>, element: Element<'_>) -> String {
    match template {
        Template::Literal(Value::String(text), _) | Template::Literal(_, text) => text.clone(),
        Template::Text(pieces) => joined(pieces, telling, element),
        _ => String::new(),
    }
}

fn joined(pieces: &[Piece], telling: &Telling<'_>, element: Element<'_>) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Hole(hole) => text.push_str(&hole_text(hole, telling, element)),
        }
    }
    text
}

fn hole_text(hole: &Hole, telling: &Telling<'_>, element: Element<'_>) -> String {
    let filled = telling.fill(hole.name, element);
    let text = as_text(&filled);
    match hole.words.as_ref().and_then(|words| words.get(text.as_ref())) {
        Some(Value::String(word)) => word.clone(),
        Some(value) => value.to_text(),
        None => text.into_owned(),
    }
}

fn as_text<'f>(filled: &'f Filled<'_>) -> Cow<'f, str> {
    match filled {
        Filled::Absent => Cow::Borrowed(""),
        Filled::Text(text) => Cow::Borrowed(text),
        Filled::Made(text) => Cow::Borrowed(text),
        Filled::Number(number) => Cow::Owned(number.to_string()),
        Filled::Id(id) => Cow::Borrowed(id.text),
    }
}
