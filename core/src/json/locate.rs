//! Finds the line of a JSON Pointer in a text, for messages about documents.

use super::{Events, Mistake, SyntaxError, pointer, scan};

/// Line and column, from 1, of the place that a pointer names: the name of a property, or an item. Where the
/// pointer leads further than the document, its last part that exists. Nothing where the text is not JSON up
/// to there, or the pointer is none.
pub fn locate(text: &[u8], pointer: &str) -> Option<(u32, u32)> {
    let place = SyntaxError::at(text, offset(text, pointer)?, Mistake::Value);
    Some((u32::try_from(place.line).ok()?, u32::try_from(place.column).ok()?))
}

/// How many bytes stand before the place that a pointer names; otherwise as [`locate`].
pub fn offset(text: &[u8], pointer: &str) -> Option<usize> {
    let segments = pointer::segments(pointer)?;
    let mut finder = Finder { segments, matched: 0, depth: 0, frames: Vec::new(), here: 0, best: None };
    // A text that breaks off behind the place does not matter.
    let _ = scan(text, &mut finder);
    finder.best
}

struct Finder {
    segments: Vec<String>,
    /// How many segments the path of the open containers matches.
    matched: usize,
    depth: usize,
    /// Of each open container: the index of the next item, or nothing in an object.
    frames: Vec<Option<usize>>,
    here: usize,
    best: Option<usize>,
}

impl Finder {
    /// The next value or property has this name or index. Tells whether the pointer leads through it.
    fn meet(&mut self, matches: impl FnOnce(&str) -> bool) {
        // Deeper matches replace shallower ones, and each segment is matched once.
        if self.matched + 1 == self.depth
            && self.segments.get(self.matched).is_some_and(|segment| matches(segment))
        {
            self.matched += 1;
            self.best = Some(self.here);
        }
    }

    fn value(&mut self) {
        if self.best.is_none() {
            self.best = Some(self.here);
        }
        if let Some(Some(index)) = self.frames.last_mut() {
            let this = *index;
            *index += 1;
            self.meet(|segment| pointer::index(segment) == Some(this));
        }
    }

    fn begin(&mut self, first: Option<usize>) {
        self.value();
        self.frames.push(first);
        self.depth += 1;
    }

    fn end(&mut self) -> Result<(), ()> {
        self.frames.pop();
        self.depth = self.depth.saturating_sub(1);
        // Leaving the container that the match has led into: nothing further can match.
        if self.matched >= self.depth { Err(()) } else { Ok(()) }
    }

    fn go_on(&self) -> Result<(), ()> {
        if self.matched == self.segments.len() { Err(()) } else { Ok(()) }
    }
}

impl Events for Finder {
    type Stop = ();

    fn at(&mut self, offset: usize) {
        self.here = offset;
    }

    fn null(&mut self) -> Result<(), ()> {
        self.value();
        self.go_on()
    }

    fn boolean(&mut self, _: bool) -> Result<(), ()> {
        self.null()
    }

    fn number(&mut self, _: &str) -> Result<(), ()> {
        self.null()
    }

    fn string(&mut self, _: &str) -> Result<(), ()> {
        self.null()
    }

    fn begin_array(&mut self) -> Result<(), ()> {
        self.begin(Some(0));
        self.go_on()
    }

    fn end_array(&mut self) -> Result<(), ()> {
        self.end()
    }

    fn begin_object(&mut self) -> Result<(), ()> {
        self.begin(None);
        self.go_on()
    }

    fn key(&mut self, name: &str) -> Result<(), ()> {
        self.meet(|segment| segment == name);
        self.go_on()
    }

    fn end_object(&mut self) -> Result<(), ()> {
        self.end()
    }
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn finds_lines_and_columns() {
        let text = "{\n  \"a\": [1, {\"b\": 2}],\n  \"\u{e9}\": {\"c\": {\"d\": 1}}, \"a/b\": [],\n  \"z\": [[0], [1, 2]]\n}\n";
        for (pointer, expected) in [
            ("", (1, 1)),
            ("/a", (2, 3)),
            ("/a/0", (2, 9)),
            ("/a/1", (2, 12)),
            ("/a/1/b", (2, 13)),
            ("/a/2", (2, 3)),
            ("/a/1/x/y", (2, 12)),
            ("/\u{e9}/c", (3, 9)),
            ("/a~1b", (3, 25)),
            ("/z/1/1", (4, 18)),
            ("/b", (1, 1)),
            ("/c/d", (1, 1)),
            ("/0", (1, 1)),
        ] {
            assert_eq!(locate(text.as_bytes(), pointer), Some(expected), "{pointer}");
        }
        // What stands in the next container is not what is missing in this one.
        assert_eq!(locate(br#"{"a": [], "b": [5]}"#, "/a/0"), Some((1, 2)));
        assert_eq!(locate(br#"{"a": {"x": {}, "y": 1}}"#, "/a/y"), Some((1, 17)));
        assert_eq!(locate(br#"[true, "x", null, 1.5, 7]"#, "/4"), Some((1, 24)));
        assert_eq!(locate(b"", ""), None);
        assert_eq!(locate(b"{}", "a"), None);
        assert_eq!(locate(b"{\"a\": 1, oops", "/a"), Some((1, 2)));
    }
}
