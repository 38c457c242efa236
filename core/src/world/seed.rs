//! A world before anything happened in it: read whole from `world.json`, or refused with everything that is
//! wrong. Never changed afterwards, so that any number of worlds share one.

use std::sync::Arc;

use crate::json::Value;
use crate::problem::{Problem, Problems};

use super::directory::Directory;
use super::document::{Document, Unreadable};
use super::draft::Draft;
use super::index::Index;
use super::merge;
use super::resource::Resource;

/// Who and what exists at first.
#[derive(Clone, Debug, Default)]
pub struct Seed {
    /// The name of the document it was read from.
    pub(super) document: String,
    pub(super) directory: Arc<Directory>,
    pub(super) resources: Vec<Resource>,
    pub(super) index: Index,
}

impl Seed {
    /// A world without anybody and anything.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Reads the text of a `world.json`; `document` names it in problems. Takes time and memory in proportion
    /// to the text.
    ///
    /// # Errors
    /// Every problem: the text is not JSON, a key is unknown, a value has another type, a reference leads
    /// nowhere, something is listed twice, a credential stands for two callers.
    pub fn parse(document: &str, text: &[u8]) -> Result<Self, Vec<Problem>> {
        read_text(document, &Arc::default(), text).map(|draft| Self::of_draft(document, draft))
    }

    /// Reads a `world.json` that is a tree already.
    ///
    /// # Errors
    /// As [`Seed::parse`].
    pub fn from_value(document: &str, value: &Value) -> Result<Self, Vec<Problem>> {
        read_value(document, &Arc::default(), value).map(|draft| Self::of_draft(document, draft))
    }

    /// Several worlds in one, in their order. A container or caller that several list is united: aliases,
    /// tokens, keys, scopes and grants of each. A resource that several list must be the same in all.
    ///
    /// # Errors
    /// Everything in which the worlds contradict each other.
    pub fn merge(seeds: impl IntoIterator<Item = Self>) -> Result<Self, Vec<Problem>> {
        merge::merge(seeds)
    }

    /// How many resources it holds.
    pub fn resource_count(&self) -> usize {
        self.resources.len()
    }

    pub(super) fn of_draft(document: &str, draft: Draft) -> Self {
        let Draft { directory, resources, index, .. } = draft;
        Self { document: document.to_owned(), directory, resources, index }
    }
}

/// Reads a text over a directory: row by row where it can be, else as a tree, which tells what is wrong with
/// it.
pub(super) fn read_text(
    document: &str,
    directory: &Arc<Directory>,
    text: &[u8],
) -> Result<Draft, Vec<Problem>> {
    if let Some(sections) = Document::of_text(text) {
        let mut problems = Problems::new(document);
        let mut draft = Draft::over(Arc::clone(directory));
        if draft.read(&sections, &mut problems) == Ok(()) {
            return finish(draft, problems);
        }
    }
    match Value::parse(text) {
        Ok(value) => read_value(document, directory, &value),
        Err(error) => {
            let mut problems = Problems::new(document);
            problems.push("", format!("not JSON: {error}"));
            Err(problems.into_vec())
        }
    }
}

/// Reads a tree over a directory.
pub(super) fn read_value(
    document: &str,
    directory: &Arc<Directory>,
    value: &Value,
) -> Result<Draft, Vec<Problem>> {
    let mut problems = Problems::new(document);
    let mut draft = Draft::over(Arc::clone(directory));
    let sections = Document::of_value(value, &mut problems);
    if draft.read(&sections, &mut problems) == Err(Unreadable) {
        problems.push("", "not JSON");
    }
    finish(draft, problems)
}

fn finish(draft: Draft, problems: Problems) -> Result<Draft, Vec<Problem>> {
    if problems.is_empty() { Ok(draft) } else { Err(problems.into_vec()) }
}
