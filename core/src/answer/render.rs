//! Renders an answer: a template and what it can tell, into the bytes of a response. Values are spliced once and never
//! scanned again.

use super::telling::{Element, Filled, Item, Items, Telling};
use super::tree::write_tree;
use crate::contract::answers::Answer;
use crate::contract::template::list::List;
use crate::contract::template::name::{ItemName, Name};
use crate::contract::template::program::{Program, Step, Then};
use crate::contract::template::shape::{Hole, Piece, Template, Words};
use crate::json::{Value, is_plain, write_escaped, write_string};
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
    render_of(answer, telling, Element::None)
}

/// Renders an answer that is about one thing alone.
pub fn render_of(answer: &Answer, telling: &Telling<'_>, element: Element<'_>) -> Response {
    let mut headers = Vec::with_capacity(answer.headers.len() + 1);
    let body = answer.program().map(|program| {
        let items = telling.items.map_or(0, |items| items.outcomes.len());
        let mut out = Vec::with_capacity(256 + items.saturating_mul(192).min(1 << 20));
        write(program, telling, element, &mut out);
        out
    });
    if body.is_some() && !answer.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        headers.push((Cow::Borrowed("Content-Type"), "application/json".to_owned()));
    }
    for (name, template) in &answer.headers {
        headers.push((Cow::Owned(name.clone()), header_text(template, telling, element)));
    }
    Response { status: answer.status, headers, body }
}

/// A header's value: what may not stand in one (RFC 9110, section 5.5) is left out.
fn header_text(template: &Template, telling: &Telling<'_>, element: Element<'_>) -> String {
    let mut value = text(template, telling, element);
    if !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        value.retain(|character| !character.is_control());
    }
    value
}

/// Goes through a program.
fn write(program: &Program, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
    let mut steps = program.steps.iter();
    while let Some(Step { before, then }) = steps.next() {
        out.extend_from_slice(before);
        let left_out = perform(then, telling, element, out);
        steps = skip(steps, left_out);
    }
}

fn skip(steps: Iter<'_, Step>, count: usize) -> Iter<'_, Step> {
    steps.as_slice().get(count..).unwrap_or_default().iter()
}

/// Writes what stands behind the bytes of a step. Gives how many of the next are left out.
#[inline(never)]
fn perform(then: &Then, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) -> usize {
    let detail = |part| telling.fill(Name::Item(part), element);
    match then {
        Then::Nothing => {}
        Then::Comma => {
            if !matches!(out.last(), Some(b'{' | b'[')) {
                out.push(b',');
            }
        }
        Then::Id => write_filled(&detail(ItemName::Id), out),
        Then::Detail(part) => write_filled(&detail(*part), out),
        Then::SplicedDetail(part) => write_escaped(out, &as_text(&detail(*part))),
        Then::OptionalDetail(before, part) => {
            let detail = detail(*part);
            if detail.is_something() {
                out.extend_from_slice(before);
                write_filled(&detail, out);
            }
        }
        Then::Hole(hole) => write_hole(hole, telling, element, out),
        Then::Spliced(hole) => splice(hole, telling, element, out),
        Then::Unless(name, count) => {
            if !telling.fill(*name, element).is_something() {
                return *count;
            }
        }
        Then::Skip(count) => return *count,
        Then::Each(list, item) => write_each(*list, item, telling, out),
        Then::EachItem(by_outcome) => write_items(by_outcome, telling, out),
        Then::Tree(root) => write_tree(root, telling, out),
        Then::Attribute(path, absent) => match element {
            Element::Row(row) => match row.attribute(path) {
                Some(value) => value.write(out),
                None => out.extend_from_slice(absent),
            },
            _ => out.extend_from_slice(absent),
        },
    }
    0
}

#[inline(never)]
fn write_each(list: List, item: &Program, telling: &Telling<'_>, out: &mut Vec<u8>) {
    match list {
        List::Warnings => write_list(telling.warnings.iter(), out, |warning, out| {
            write(item, telling, Element::Warning(warning), out);
        }),
        List::Page | List::Operations => {
            let rows = telling.page.map_or(&[][..], |page| &page.rows);
            write_list(rows.iter(), out, |row, out| write(item, telling, Element::Row(row), out));
        }
        _ => write_list(telling.violations.iter(), out, |violation, out| {
            write(item, telling, Element::Violation(violation), out);
        }),
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
    let Some(items) = &telling.items else { return out.extend_from_slice(b"[]") };
    let texts = Texts::of(items);
    let told = items.ids.iter().zip(items.outcomes).enumerate().filter_map(|(index, (id, outcome))| {
        Some((Item { index, id }, by_outcome.get(usize::from(outcome.0))?.as_ref()?))
    });
    write_list(told, out, |(item, program), out| match texts {
        Texts::Plain => write_plain_item(program, item, items, telling, out),
        Texts::Any => write(program, telling, Element::Item(item), out),
    });
}

/// Writes an item of which no text is escaped. What is usual in one is written here, and what is not as anywhere else.
fn write_plain_item(
    program: &Program,
    item: Item<'_>,
    items: &Items<'_>,
    telling: &Telling<'_>,
    out: &mut Vec<u8>,
) {
    let mut steps = program.steps.iter();
    while let Some(Step { before, then }) = steps.next() {
        out.extend_from_slice(before);
        match then {
            Then::Nothing => {}
            Then::Id if item.id.kind == IdKind::Text => write_plain(item.id.text.as_bytes(), out),
            Then::SplicedDetail(part) => out.extend_from_slice(items.detail_bytes(item.index, *part)),
            Then::OptionalDetail(before, part) => {
                let text = items.detail_bytes(item.index, *part);
                if !text.is_empty() {
                    out.extend_from_slice(before);
                    write_plain(text, out);
                }
            }
            then => steps = skip(steps, perform(then, telling, Element::Item(item), out)),
        }
    }
}

/// What is known of all texts that a list of items may tell. Together they are looked at once, and fast.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Texts {
    /// Nothing in any of them is escaped in JSON.
    Plain,
    /// Something may be.
    Any,
}

impl Texts {
    fn of(items: &Items<'_>) -> Self {
        let mut operations = items.operations.iter().flatten();
        let plain = is_plain(items.ids.text())
            && is_plain(items.details.text())
            && operations.all(|operation| is_plain(operation));
        if plain { Self::Plain } else { Self::Any }
    }
}

/// Writes a string in which nothing is escaped, with its quotes.
#[inline]
fn write_plain(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(text);
    out.push(b'"');
}

fn write_hole(hole: &Hole, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
    let filled = telling.fill(hole.name, element);
    if let Some(words) = &hole.words {
        return write_word(words, &filled, out);
    }
    write_filled(&filled, out);
}

/// A value as JSON.
fn write_filled(filled: &Filled<'_>, out: &mut Vec<u8>) {
    match filled {
        Filled::Absent => out.extend_from_slice(b"null"),
        Filled::Text(text) | Filled::Id(Id { text, kind: IdKind::Text }) => write_string(out, text),
        Filled::Made(text) => write_string(out, text),
        Filled::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Filled::Id(Id { text, kind: IdKind::Integer }) => out.extend_from_slice(text.as_bytes()),
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
    write_escaped(out, &as_text(&filled));
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
