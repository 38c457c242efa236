//! Adding to a world while it is in use: a document in the format of the seed, taken whole or not at all. It
//! is setup, not use: what it brings is no change, and what it replaces is as if it had always been so.

use crate::json::Value;
use crate::problem::{Problem, Problems};

use super::draft::Draft;
use super::living::World;
use super::resource::Resource;
use super::seed::{read_text, read_value};
use super::store::Presence;

/// What a patch is called in problems.
const DOCUMENT: &str = "world.json";

impl World {
    /// Adds containers, callers and resources. Replaces a container of the same kind and id (its aliases), a
    /// caller of the same id, a resource of the same kind, container and id, be it there or gone. May refer
    /// to what the world has.
    ///
    /// # Errors
    /// Every problem; then nothing has changed. Beside those of a seed: a child that stands as a resource of
    /// its own, unless it is an orphan, which then goes back below its parent.
    pub fn patch(&mut self, value: &Value) -> Result<(), Vec<Problem>> {
        let draft = read_value(DOCUMENT, &self.directory, value)?;
        self.take(DOCUMENT, draft)
    }

    /// As [`World::patch`], from a text; `document` names it in problems.
    ///
    /// # Errors
    /// As [`World::patch`], or that the text is not JSON.
    pub fn patch_text(&mut self, document: &str, text: &[u8]) -> Result<(), Vec<Problem>> {
        let draft = read_text(document, &self.directory, text)?;
        self.take(document, draft)
    }

    fn take(&mut self, document: &str, draft: Draft) -> Result<(), Vec<Problem>> {
        let mut problems = Problems::new(document);
        for (at, resource) in draft.resources.iter().enumerate() {
            for (position, child) in resource.children().iter().enumerate() {
                let key = child.key_in(resource.container);
                let there = self.store.find_exact(&key).filter(|there| self.store.is_present(*there));
                let taken = there.and_then(|there| self.store.get(there)).is_some_and(|it| !it.is_orphan());
                if taken {
                    let what = draft.directory.described(&key);
                    let message = format!("the {what} stands as a resource of its own; list it in one place");
                    problems.push(format!("/resources/{at}/children/{position}"), message);
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems.into_vec());
        }
        self.directory = draft.directory;
        self.store.revision = self.store.revision.wrapping_add(1);
        for resource in draft.resources {
            for child in resource.children() {
                // An orphan goes back below its parent.
                if let Some(there) = self.store.find_exact(&child.key_in(resource.container)) {
                    if self.store.get(there).is_some_and(Resource::is_orphan) {
                        self.store.mark(there, Presence::Gone);
                    }
                    self.changes.forget(there);
                }
            }
            if let Some(r) = self.store.put(resource) {
                self.changes.forget(r);
            }
        }
        Ok(())
    }
}
