//! Renders an answer: a template and what it can tell, into the bytes of a response. Values are spliced once and never
//! scanned again.

use super::telling::{Element, Filled, Telling};
use super::tree::write_tree;
use crate::contract::answers::Answer;
use crate::contract::template::name::List;
use crate::contract::template::program::{Program, Step};
use crate::contract::template::shape::{Hole, Piece, Template, Words};
use crate::json::{Value, write_escaped, write_string};
use crate::request::ids::{Id, IdKind};
use std::borrow::Cow;
use std::slice::Iter;

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
    if !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        value.retain(|character| !character.is_control());
    }
    value
}

/// Goes through a program. What is rare in it is kept out of this function, which runs for every item.
fn write(program: &Program, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
    let mut steps = program.steps.iter();
    while let Some(step) = steps.next() {
        match step {
            Step::Bytes(bytes) => out.extend_from_slice(bytes),
            Step::Comma => {
                if !matches!(out.last(), Some(b'{' | b'[')) {
                    out.push(b',');
                }
            }
            Step::Id => {
                if let (Element::Item(index), Some(items)) = (element, &telling.items)
                    && let Some(id) = items.ids.get(index)
                {
                    write_id(id, out);
                }
            }
            Step::Hole(hole) => write_hole(hole, telling, element, out),
            Step::Spliced(hole) => splice(hole, telling, element, out),
            Step::Unless(name, count) => {
                if !telling.fill(*name, element).is_something() {
                    steps = skip(steps, *count);
                }
            }
            Step::Skip(count) => steps = skip(steps, *count),
            Step::Each(list, item) => write_each(*list, item, telling, out),
            Step::EachItem(by_outcome) => write_items(by_outcome, telling, out),
            Step::Tree(root) => write_tree(root, telling, out),
        }
    }
}

fn skip(steps: Iter<'_, Step>, count: usize) -> Iter<'_, Step> {
    steps.as_slice().get(count..).unwrap_or_default().iter()
}

#[inline(never)]
fn write_each(list: List, item: &Program, telling: &Telling<'_>, out: &mut Vec<u8>) {
    if list == List::Warnings {
        write_list(telling.warnings.iter(), out, |warning, out| {
            write(item, telling, Element::Warning(warning), out);
        });
    } else {
        write_list(telling.violations.iter(), out, |violation, out| {
            write(item, telling, Element::Violation(violation), out);
        });
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

#[inline(never)]
fn write_items(by_outcome: &[Option<Program>], telling: &Telling<'_>, out: &mut Vec<u8>) {
    let outcomes = telling.items.map_or(&[][..], |items| items.outcomes);
    let told = outcomes
        .iter()
        .enumerate()
        .filter_map(|(index, outcome)| Some((index, by_outcome.get(usize::from(outcome.0))?.as_ref()?)));
    write_list(told, out, |(index, program), out| write(program, telling, Element::Item(index), out));
}

fn write_hole(hole: &Hole, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
    let filled = telling.fill(hole.name, element);
    if let Some(words) = &hole.words {
        return write_word(words, &filled, out);
    }
    match filled {
        Filled::Absent => out.extend_from_slice(b"null"),
        Filled::Text(text) => write_string(out, text),
        Filled::Made(text) => write_string(out, &text),
        Filled::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Filled::Id(id) => write_id(id, out),
    }
}

/// A value in the words of a table, which may be of any type; one for which there is no word, as it is.
#[inline(never)]
fn write_word(words: &Words, filled: &Filled<'_>, out: &mut Vec<u8>) {
    let text = as_text(filled);
    match words.get(text.as_ref()) {
        Some(value) => value.write(out),
        None => write_string(out, &text),
    }
}

/// A placeholder's value inside a string.
fn splice(hole: &Hole, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
    let filled = telling.fill(hole.name, element);
    if hole.words.is_some() {
        return write_escaped(out, &in_words(hole, &filled));
    }
    match filled {
        Filled::Absent => {}
        Filled::Text(text) | Filled::Id(Id { text, .. }) => write_escaped(out, text),
        Filled::Made(text) => write_escaped(out, &text),
        Filled::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
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
            Piece::Hole(hole) => text.push_str(&in_words(hole, &telling.fill(hole.name, element))),
        }
    }
    text
}

/// A placeholder's value as text, in the words of its table.
#[inline(never)]
fn in_words<'f>(hole: &'f Hole, filled: &'f Filled<'_>) -> Cow<'f, str> {
    let text = as_text(filled);
    match hole.words.as_ref().and_then(|words| words.get(text.as_ref())) {
        Some(Value::String(word)) => Cow::Borrowed(word),
        Some(value) => Cow::Owned(value.to_text()),
        None => text,
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
