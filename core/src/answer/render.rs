//! Renders an answer: a template and what it can tell, into the bytes of a response. Values are spliced once and never
//! scanned again.

use super::name::List;
use super::telling::{Element, Filled, Telling};
use super::template::{Each, Hole, Piece, Template};
use super::tree::write_tree;
use crate::contract::answers::Answer;
use crate::json::{Value, write_string};
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
    let body = answer.body.as_ref().map(|template| {
        let items = telling.items.map_or(0, |items| items.outcomes.len());
        let mut out = Vec::with_capacity(256 + items.saturating_mul(128).min(1 << 20));
        write(template, telling, Element::None, &mut out);
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

fn write(template: &Template, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
    match template {
        Template::Literal(_, text) => out.extend_from_slice(text.as_bytes()),
        Template::Hole(hole) => write_hole(hole, telling, element, out),
        Template::Text(pieces) => write_string(out, &joined(pieces, telling, element)),
        Template::Object(members) => {
            out.push(b'{');
            let mut first = true;
            for member in members {
                let template = match &member.template {
                    Template::If(name, then) => {
                        if !telling.fill(*name, element).is_something() {
                            continue;
                        }
                        then
                    }
                    template => template,
                };
                if !std::mem::take(&mut first) {
                    out.push(b',');
                }
                out.extend_from_slice(member.prefix.as_bytes());
                write(template, telling, element, out);
            }
            out.push(b'}');
        }
        Template::Array(elements) => {
            out.push(b'[');
            let shown = elements.iter().filter_map(|template| match template {
                Template::If(name, then) => {
                    telling.fill(*name, element).is_something().then_some(then.as_ref())
                }
                template => Some(template),
            });
            for (index, template) in shown.enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(template, telling, element, out);
            }
            out.push(b']');
        }
        Template::Each(each) => write_each(each, telling, out),
        // Outside an object or an array there is no key to leave out.
        Template::If(name, then) => {
            if telling.fill(*name, element).is_something() {
                write(then, telling, element, out);
            } else {
                out.extend_from_slice(b"null");
            }
        }
        Template::ViolationTree(root) => write_tree(root, telling, out),
    }
}

fn write_each(each: &Each, telling: &Telling<'_>, out: &mut Vec<u8>) {
    out.push(b'[');
    let start = out.len();
    let comma = |out: &mut Vec<u8>| {
        if out.len() > start {
            out.push(b',');
        }
    };
    match each.list {
        List::Warnings => {
            for warning in telling.warnings {
                comma(out);
                write(&each.item, telling, Element::Warning(warning), out);
            }
        }
        List::Violations => {
            for violation in telling.violations {
                comma(out);
                write(&each.item, telling, Element::Violation(violation), out);
            }
        }
        list => {
            let Some(items) = telling.items else { return out.push(b']') };
            for index in 0..items.outcomes.len() {
                let Some((at, outcome)) = items.outcome(index) else { continue };
                if !list.holds(outcome, items.refused_by) {
                    continue;
                }
                let Some(Some(template)) = each.by_outcome.get(usize::from(at.0)) else { continue };
                comma(out);
                write(template, telling, Element::Item(index), out);
            }
        }
    }
    out.push(b']');
}

fn write_hole(hole: &Hole, telling: &Telling<'_>, element: Element<'_>, out: &mut Vec<u8>) {
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
        Filled::Id(id) => match id.kind {
            crate::request::ids::IdKind::Text => write_string(out, id.text),
            crate::request::ids::IdKind::Integer => out.extend_from_slice(id.text.as_bytes()),
        },
    }
}

/// A template of a text, as text.
pub(super) fn text(template: &Template, telling: &Telling<'_>, element: Element<'_>) -> String {
    match template {
        Template::Literal(Value::String(text), _) | Template::Literal(_, text) => text.clone(),
        Template::Text(pieces) => joined(pieces, telling, element),
        Template::Hole(hole) => hole_text(hole, telling, element),
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
