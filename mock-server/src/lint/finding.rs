//! A finding: what is wrong, where, and what to do, with the characters that are meant.

use super::span;
use crate::mock::reply::{list, object};
use bulk_delete_core::json::{Mistake, Value};
use std::ops::Range;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The contract cannot be served, or does not do what its folder says.
    Error,
    /// It can, and yet this is hardly meant.
    Warning,
}

impl Severity {
    /// Its name, as compilers write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a text. Both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A finding about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The document's path.
    pub path: String,
    /// JSON Pointer to the place; empty for the whole document.
    pub pointer: String,
    /// What is wrong, and what to do about it.
    pub message: String,
    /// What else helps, where there is something.
    pub help: Option<String>,
    /// The characters that are meant; absent where there is no text.
    pub marked: Option<Marked>,
}

/// Characters of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The text, as far as it is UTF-8.
    pub text: String,
    /// Which of its bytes.
    pub bytes: Range<usize>,
    /// Where they begin.
    pub start: Position,
    /// Where the character behind them is.
    pub end: Position,
}

impl Finding {
    /// A finding at a JSON Pointer of a document, or where the document stops being JSON.
    #[must_use]
    pub fn new(severity: Severity, path: &str, document: &[u8], pointer: &str, message: &str) -> Self {
        let marked = (!document.is_empty()).then(|| Marked::new(document, pointer));
        let (path, pointer, message) = (path.to_owned(), pointer.to_owned(), message.to_owned());
        Self { severity, path, pointer, message, help: None, marked }
    }

    /// A finding where so many bytes of a text stand before it.
    #[must_use]
    pub fn at_offset(severity: Severity, path: &str, text: &str, offset: usize, message: &str) -> Self {
        let marked = Some(Marked::within(text, offset..offset.saturating_add(1)));
        let (path, message) = (path.to_owned(), message.to_owned());
        Self { severity, path, pointer: String::new(), message, help: None, marked }
    }

    /// The same with something that helps.
    #[must_use]
    pub fn helped(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The finding for programs: `file`, `line`, `column`, `end-line`, `end-column`, `pointer`, `severity`, `message`, `help`.
    pub(crate) fn to_value(&self) -> Value {
        let place = |of: fn(&Marked) -> usize| {
            self.marked.as_ref().map_or(Value::Null, |marked| Value::from(of(marked) as u64))
        };
        object([
            ("file", Value::from(self.path.as_str())),
            ("line", place(|marked| marked.start.line)),
            ("column", place(|marked| marked.start.column)),
            ("end-line", place(|marked| marked.end.line)),
            ("end-column", place(|marked| marked.end.column)),
            ("pointer", Value::from(self.pointer.as_str())),
            ("severity", Value::from(self.severity.name())),
            ("message", Value::from(self.message.as_str())),
            ("help", self.help.as_deref().map_or(Value::Null, Value::from)),
        ])
    }
}

impl Marked {
    fn new(document: &[u8], pointer: &str) -> Self {
        let text = match std::str::from_utf8(document) {
            Ok(text) => text,
            // What comes behind cannot be shown.
            Err(error) => document
                .get(..error.valid_up_to())
                .and_then(|valid| std::str::from_utf8(valid).ok())
                .unwrap_or_default(),
        };
        let wanted = match Value::parse(document) {
            Ok(_) => span::of(text, pointer),
            // Named twice: the name is behind the place's start. Anything else is a single place.
            Err(error) if error.mistake == Mistake::Duplicate => span::token(text, error.offset),
            Err(error) => error.offset..error.offset.saturating_add(1),
        };
        Self::within(text, wanted)
    }

    /// The characters of these bytes, as far as the text goes.
    fn within(text: &str, wanted: Range<usize>) -> Self {
        let within = |offset: usize| {
            let mut offset = offset.min(text.len());
            while !text.is_char_boundary(offset) {
                offset += 1;
            }
            offset
        };
        let bytes = within(wanted.start)..within(wanted.end.max(wanted.start));
        let (start, end) = (position(text, bytes.start), position(text, bytes.end));
        Self { text: text.to_owned(), bytes, start, end }
    }
}

fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

/// All of it for programs: `{"findings":[…],"errors":n,"warnings":n}`.
#[must_use]
pub fn to_json(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    object([
        ("findings", list(findings.iter().map(Finding::to_value))),
        ("errors", Value::from(count(Severity::Error))),
        ("warnings", Value::from(count(Severity::Warning))),
    ])
    .to_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(document: &str, pointer: &str) -> (String, usize, usize) {
        let finding = Finding::new(Severity::Error, "p", document.as_bytes(), pointer, "m");
        let Marked { text, bytes, start, .. } = finding.marked.unwrap();
        (text.get(bytes).unwrap().to_owned(), start.line, start.column)
    }

    #[test]
    fn the_characters_that_are_meant_are_marked() {
        let text = "{\n  \"é\": \"x\", \"a\": [1, {\"b\": 2}, \"c\"],\n  \"o\": {\n    \"p\": null }\n}\n";
        for (pointer, expected) in [
            ("/é", ("\"x\"", 2, 8)),
            ("/a", ("\"a\"", 2, 13)),
            ("/a/0", ("1", 2, 19)),
            ("/a/1", ("{\"b\": 2}, \"c\"],", 2, 22)),
            ("/a/1/b", ("2", 2, 28)),
            ("/a/2", ("\"c\"", 2, 32)),
            ("/o", ("\"o\"", 3, 3)),
            ("/o/p", ("null", 4, 10)),
            // What is not there is marked where it should be.
            ("/o/q", ("\"o\"", 3, 3)),
        ] {
            let (part, line, column) = marked(text, pointer);
            assert_eq!((part.as_str(), line, column), expected, "{pointer}");
        }
        assert_eq!(marked(text, "").1, 1);
    }

    #[test]
    fn what_is_no_json_is_marked_where_it_stops() {
        assert_eq!(marked("{\n  \"a\": 1,\n  oops\n}", ""), ("o".to_owned(), 3, 3));
        assert_eq!(marked("{\"a\": 1", ""), (String::new(), 1, 8));
        let finding = Finding::new(Severity::Error, "p", b"{\"a\": \"\xff\"}", "", "m");
        assert_eq!(finding.marked.unwrap().start, Position { line: 1, column: 8 });
    }
}
