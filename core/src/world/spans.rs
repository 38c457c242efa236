//! Takes the text of a large document apart without building a tree of it: a world of a million resources is
//! read one resource at a time. Only the frame is looked at here; what stands in a span is left to the reader
//! of that span, so a document whose frame and spans are all right is right.

/// The members of the object that the text is, as the spans of their names and values. `None` when the frame
/// is broken.
pub(super) fn members(text: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let mut cursor = Cursor { text, at: 0 };
    let mut members = Vec::new();
    cursor.skip_space();
    cursor.eat(b'{')?;
    cursor.skip_space();
    if cursor.eat(b'}').is_none() {
        loop {
            cursor.skip_space();
            let name = cursor.value()?;
            cursor.skip_space();
            cursor.eat(b':')?;
            cursor.skip_space();
            members.push((name, cursor.value()?));
            cursor.skip_space();
            if cursor.eat(b',').is_none() {
                break;
            }
        }
        cursor.eat(b'}')?;
    }
    cursor.skip_space();
    if cursor.peek().is_none() { Some(members) } else { None }
}

/// The items of an array, one span after the other.
pub(super) struct Items<'t> {
    cursor: Cursor<'t>,
    begun: Begun,
}

enum Begun {
    No,
    Yes,
    Ended,
}

/// The items of the array that the text is; each is `Err` where the frame is broken, and then the last.
pub(super) fn items(text: &[u8]) -> Items<'_> {
    Items { cursor: Cursor { text, at: 0 }, begun: Begun::No }
}

/// The frame of a text is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken;

impl<'t> Items<'t> {
    fn step(&mut self) -> Result<Option<&'t [u8]>, Broken> {
        let cursor = &mut self.cursor;
        match self.begun {
            Begun::Ended => return Ok(None),
            Begun::No => {
                cursor.eat(b'[').ok_or(Broken)?;
                cursor.skip_space();
                if cursor.eat(b']').is_some() {
                    return self.end();
                }
                self.begun = Begun::Yes;
            }
            Begun::Yes => {
                cursor.skip_space();
                if cursor.eat(b']').is_some() {
                    return self.end();
                }
                cursor.eat(b',').ok_or(Broken)?;
            }
        }
        self.cursor.skip_space();
        self.cursor.value().ok_or(Broken).map(Some)
    }

    fn end(&mut self) -> Result<Option<&'t [u8]>, Broken> {
        self.begun = Begun::Ended;
        self.cursor.skip_space();
        if self.cursor.peek().is_none() { Ok(None) } else { Err(Broken) }
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Result<&'t [u8], Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step().transpose();
        if matches!(step, Some(Err(_))) {
            self.begun = Begun::Ended;
        }
        step
    }
}

struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Cursor<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        if self.peek() != Some(byte) {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Steps over one value: to its matching bracket, its closing quote, or whatever ends a word.
    fn value(&mut self) -> Option<&'t [u8]> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b'"' => self.string()?,
                _ if depth == 0 => self.word(),
                _ => self.at += 1,
            }
            if depth == 0 {
                return self.text.get(start..self.at).filter(|span| !span.is_empty());
            }
        }
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    fn word(&mut self) {
        let ends = |byte: &u8| matches!(byte, b',' | b':' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Option<Vec<String>> {
        items(text.as_bytes()).map(|item| item.map(shown).ok()).collect()
    }

    fn shown(span: &[u8]) -> String {
        String::from_utf8(span.to_vec()).unwrap()
    }

    #[test]
    fn items_are_the_spans_of_an_array() {
        for (text, expected) in [
            ("[]", Some(vec![])),
            ("[ ]", Some(vec![])),
            ("[1]", Some(vec!["1"])),
            (r#"[ 1 , "a,\"]" ,{"b":[2,3]}, [ ] ]"#, Some(vec!["1", r#""a,\"]""#, r#"{"b":[2,3]}"#, "[ ]"])),
            // What stands in a span is not looked at.
            ("[nonsense]", Some(vec!["nonsense"])),
            ("[1,]", None),
            ("[,1]", None),
            ("[1 2]", None),
            ("[1", None),
            ("[1]x", None),
            ("[\"a]", None),
            ("[{]", None),
            ("{}", None),
            ("", None),
        ] {
            let expected = expected.map(|spans| spans.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn members_are_the_spans_of_an_object() {
        for (text, expected) in [
            ("{}", Some(vec![])),
            (" { } ", Some(vec![])),
            (
                r#"{"a":1 , "b" : [1,2] }"#,
                Some(vec![(r#""a""#.to_owned(), "1".to_owned()), (r#""b""#.to_owned(), "[1,2]".to_owned())]),
            ),
            (r#"{"a":1,}"#, None),
            (r#"{"a"}"#, None),
            (r#"{"a":}"#, None),
            (r#"{"a":1}{}"#, None),
            (r#"{"a":1"#, None),
            ("[]", None),
            ("", None),
        ] {
            let found = members(text.as_bytes());
            let found = found.map(|found| {
                found.into_iter().map(|(name, value)| (shown(name), shown(value))).collect::<Vec<_>>()
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
