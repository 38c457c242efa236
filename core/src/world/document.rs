//! `world.json` as its sections: from a tree, or from a text whose resources are read one by one.

use crate::json::{SyntaxError, Value};
use crate::problem::Problems;

use super::format::SECTIONS;
use super::place::Place;
use super::read::closed;
use super::spans;

/// The sections of a document.
#[derive(Default)]
pub(super) struct Document<'a> {
    pub(super) containers: Rows<'a>,
    pub(super) callers: Rows<'a>,
    pub(super) resources: Rows<'a>,
}

/// The rows of a section.
#[derive(Default)]
pub(super) enum Rows<'a> {
    /// The section is absent.
    #[default]
    None,
    /// Rows of a tree.
    Values(&'a [Value]),
    /// The text of an array.
    Text(&'a [u8]),
}

/// A text is not JSON, or not in the way that can be read row by row: to be read as a tree, which tells what
/// is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

impl<'a> Document<'a> {
    /// The sections of a tree. What is not a section is told.
    pub(super) fn of_value(value: &'a Value, problems: &mut Problems) -> Self {
        let root = Place::document();
        let Some(fields) = closed(value, &root, &SECTIONS, problems) else { return Self::default() };
        let [containers, callers, resources] = SECTIONS.map(|key| Rows::Values(fields.list(key, problems)));
        Self { containers, callers, resources }
    }

    /// The sections of a text. `None` where it is not an object of these sections, each an array at most
    /// once.
    pub(super) fn of_text(text: &'a [u8]) -> Option<Self> {
        let mut document = Self::default();
        for (name, span) in spans::members(text)? {
            let name = Value::parse(name).ok()?;
            let section = match name.as_str()? {
                "containers" => &mut document.containers,
                "callers" => &mut document.callers,
                "resources" => &mut document.resources,
                _ => return None,
            };
            if !matches!(section, Rows::None) || span.first() != Some(&b'[') {
                return None;
            }
            *section = Rows::Text(span);
        }
        Some(document)
    }
}

impl Rows<'_> {
    /// Shows each row with its position.
    pub(super) fn each(&self, mut show: impl FnMut(usize, &Value)) -> Result<(), Unreadable> {
        match self {
            Self::None => {}
            Self::Values(values) => values.iter().enumerate().for_each(|(at, value)| show(at, value)),
            Self::Text(text) => {
                for (at, span) in spans::items(text).enumerate() {
                    let span = span.map_err(|spans::Broken| Unreadable)?;
                    show(at, &Value::parse(span).map_err(|_: SyntaxError| Unreadable)?);
                }
            }
        }
        Ok(())
    }

    /// About how many rows there are.
    pub(super) fn length_hint(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Values(values) => values.len(),
            // A resource takes no less than its kind and id.
            Self::Text(text) => text.len() / 128,
        }
    }
}
