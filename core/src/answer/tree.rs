//! Violations as a tree: an object of arrays of texts, keyed like the request, elements by their index.

use super::render::text;
use super::telling::{Element, Telling};
use crate::contract::violation_answers::Telling as RuleTelling;
use crate::json::write_string;
use crate::request::violation::{Rule, Violation};

/// A key, ordered so that the ninth element stands before the tenth.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Index(u64),
    Name(&'a str),
}

/// What is told of one value, and of the values in it.
#[derive(Default)]
struct Branch<'a> {
    texts: Vec<String>,
    /// In the order of their keys.
    inner: Vec<(Key<'a>, Self)>,
}

/// Writes all violations of a telling; those of the whole, and of a value that has others inside, under `root`.
#[inline(never)]
pub(super) fn write_tree(root: &str, telling: &Telling<'_>, out: &mut Vec<u8>) {
    let mut tree = Branch::default();
    for violation in telling.violations {
        tree.add(&mut parts(violation), told(violation, telling));
    }
    tree.write(root, Place::Whole, out);
}

/// The way to the value that a violation is about, without the part of the request that it is in.
fn parts(violation: &Violation) -> impl Iterator<Item = &str> {
    let missing = if violation.rule == Rule::Required { violation.property.as_deref() } else { None };
    violation.pointer.split('/').skip(2).chain(missing)
}

fn told(violation: &Violation, telling: &Telling<'_>) -> String {
    let rule = telling.telling.and_then(|answers| answers.rule_of(violation));
    match rule.map(|(_, rule)| &rule.telling) {
        Some(RuleTelling::Text(template)) => text(template, telling, Element::Violation(violation)),
        _ => violation.message(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Whole,
    Inside,
}

impl<'a> Branch<'a> {
    /// Adds a text where these parts lead.
    fn add(&mut self, parts: &mut dyn Iterator<Item = &'a str>, text: String) {
        let Some(part) = parts.next() else { return self.texts.push(text) };
        let key = part.parse().map_or(Key::Name(part), Key::Index);
        let at = self.inner.binary_search_by(|(own, _)| own.cmp(&key)).unwrap_or_else(|at| {
            self.inner.insert(at, (key, Self::default()));
            at
        });
        if let Some((_, branch)) = self.inner.get_mut(at) {
            branch.add(parts, text);
        }
    }

    fn write(&self, root: &str, place: Place, out: &mut Vec<u8>) {
        if place == Place::Inside && self.inner.is_empty() {
            return write_texts(&self.texts, out);
        }
        out.push(b'{');
        let mut first = true;
        let mut key = |text: &str, out: &mut Vec<u8>| {
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            write_string(out, text);
            out.push(b':');
        };
        if !self.texts.is_empty() {
            key(root, out);
            write_texts(&self.texts, out);
        }
        for (name, branch) in &self.inner {
            match name {
                Key::Index(index) => key(&index.to_string(), out),
                Key::Name(name) => key(name, out),
            }
            branch.write(root, Place::Inside, out);
        }
        out.push(b'}');
    }
}

fn write_texts(texts: &[String], out: &mut Vec<u8>) {
    out.push(b'[');
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(out, text);
    }
    out.push(b']');
}
