//! What is wrong with a document, and where. Collects; leaves it to the caller to print, and to find lines.

use std::fmt;

/// One finding about a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The document, as its file is called in a contract folder: `policy.json`.
    pub document: String,
    /// JSON Pointer to the place; empty for the whole document.
    pub pointer: String,
    /// What is wrong and what to do about it, in plain English.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}#{}: {}", self.document, self.pointer, self.message)
    }
}

/// Collects the problems of one document, so that all are told at once.
#[derive(Debug)]
pub struct Problems {
    document: String,
    found: Vec<Problem>,
}

impl Problems {
    /// Starts an empty collection for the document of this name.
    pub fn new(document: impl Into<String>) -> Self {
        Self { document: document.into(), found: Vec::new() }
    }

    /// Adds a problem at a JSON Pointer; one that was just found is not told again.
    pub fn push(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        let problem =
            Problem { document: self.document.clone(), pointer: pointer.into(), message: message.into() };
        if self.found.last() != Some(&problem) {
            self.found.push(problem);
        }
    }

    /// Whether nothing has been found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many problems have been found.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Gives the problems up, in the order in which they were found.
    pub fn into_vec(self) -> Vec<Problem> {
        self.found
    }
}
