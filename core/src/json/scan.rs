//! Reads JSON text in one pass and tells a listener what it meets. Keeps no tree, and does not call itself:
//! how deep a text may nest is the listener's decision.

use super::text::{escape, plain_length};
use super::{Events, Items, Mistake, ScanError, SyntaxError};

/// Reads one JSON value, with nothing but white space around it.
///
/// # Errors
/// [`ScanError::Syntax`] at the first byte where the text stops being JSON in UTF-8 (a lone surrogate is
/// refused, as it has no UTF-8); [`ScanError::Stopped`] when the listener ends the reading.
pub fn scan<E: Events>(bytes: &[u8], events: &mut E) -> Result<(), ScanError<E::Stop>> {
    // Checking UTF-8 in front is a fast pass over memory, and lets all that follows slice text safely. What
    // is wrong before the first bad byte is still told first.
    let (text, limit) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(valid).unwrap_or_default(), Some(error.valid_up_to()))
        }
    };
    let mut scanner =
        Scanner { text, bytes: text.as_bytes(), place: 0, buffer: String::new(), open: Vec::new() };
    match scanner.document(events) {
        Ok(()) if limit.is_none() => Ok(()),
        Err(Halt::Stop(stop)) => Err(ScanError::Stopped(stop, scanner.place)),
        Err(Halt::Mistake(mistake, place))
            if limit.is_none() || place < text.len() && mistake != Mistake::End =>
        {
            Err(ScanError::Syntax(SyntaxError::at(bytes, place, mistake)))
        }
        // The readable part ended where the bad bytes begin.
        Ok(()) | Err(Halt::Mistake(..)) => {
            Err(ScanError::Syntax(SyntaxError::at(bytes, text.len(), Mistake::Utf8)))
        }
    }
}

/// What ends a reading early, inside this file.
enum Halt<Stop> {
    Mistake(Mistake, usize),
    Stop(Stop),
}

impl<Stop> From<Stop> for Halt<Stop> {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Array,
    Object,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    place: usize,
    /// Strings with escapes are put together here; the others are slices of the text.
    buffer: String,
    open: Vec<Open>,
}

impl Scanner<'_> {
    fn document<E: Events>(&mut self, events: &mut E) -> Result<(), Halt<E::Stop>> {
        loop {
            let complete = self.value(events)?;
            if complete && self.close(events)? {
                break;
            }
        }
        self.skip_space();
        if self.place < self.bytes.len() { self.mistake(Mistake::Trailing) } else { Ok(()) }
    }

    /// Reads a scalar or an empty container whole, or only the beginning of another container up to its first
    /// value. Tells whether the value is complete.
    #[inline]
    fn value<E: Events>(&mut self, events: &mut E) -> Result<bool, Halt<E::Stop>> {
        self.skip_space();
        events.at(self.place);
        match self.peek() {
            Some(b'"') => {
                let text = self.string::<E::Stop>()?;
                events.string(text)?;
            }
            Some(b'-' | b'0'..=b'9') => {
                let start = self.place;
                self.number::<E::Stop>()?;
                events.number(self.text.get(start..self.place).unwrap_or_default())?;
            }
            Some(b'[') => {
                events.begin_array()?;
                self.place += 1;
                self.skip_space();
                if self.peek() != Some(b']') {
                    self.open.push(Open::Array);
                    self.offer(events);
                    return Ok(false);
                }
                self.place += 1;
                events.end_array()?;
            }
            Some(b'{') => {
                events.begin_object()?;
                self.place += 1;
                self.skip_space();
                if self.peek() != Some(b'}') {
                    self.open.push(Open::Object);
                    self.key(events)?;
                    return Ok(false);
                }
                self.place += 1;
                events.end_object()?;
            }
            Some(b't') => {
                self.word::<E::Stop>("true")?;
                events.boolean(true)?;
            }
            Some(b'f') => {
                self.word::<E::Stop>("false")?;
                events.boolean(false)?;
            }
            Some(b'n') => {
                self.word::<E::Stop>("null")?;
                events.null()?;
            }
            _ => self.mistake(Mistake::Value)?,
        }
        Ok(true)
    }

    /// After a value: ends the containers that end here, or moves on to the next value. Tells whether all are
    /// ended.
    #[inline]
    fn close<E: Events>(&mut self, events: &mut E) -> Result<bool, Halt<E::Stop>> {
        loop {
            let Some(&open) = self.open.last() else { return Ok(true) };
            self.skip_space();
            match (self.peek(), open) {
                (Some(b','), Open::Array) => {
                    self.place += 1;
                    self.skip_space();
                    self.offer(events);
                    return Ok(false);
                }
                (Some(b','), Open::Object) => {
                    self.place += 1;
                    self.skip_space();
                    self.key(events)?;
                    return Ok(false);
                }
                (Some(b']'), Open::Array) => events.end_array()?,
                (Some(b'}'), Open::Object) => events.end_object()?,
                (None, _) => self.mistake(Mistake::End)?,
                (_, Open::Array) => self.mistake(Mistake::CommaOrBracket)?,
                (_, Open::Object) => self.mistake(Mistake::CommaOrBrace)?,
            }
            self.place += 1;
            self.open.pop();
        }
    }

    /// Offers the listener the items that stand here in an array.
    #[inline]
    fn offer<E: Events>(&mut self, events: &mut E) {
        let mut items = Items::new(self.text, self.place);
        events.items(&mut items);
        self.place = items.place();
    }

    fn key<E: Events>(&mut self, events: &mut E) -> Result<(), Halt<E::Stop>> {
        match self.peek() {
            Some(b'"') => {}
            _ => return self.mistake(Mistake::Name),
        }
        let start = self.place;
        events.at(start);
        let name = self.string::<E::Stop>()?;
        if let Err(stop) = events.key(name) {
            self.place = start;
            return Err(Halt::Stop(stop));
        }
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.mistake(Mistake::Colon);
        }
        self.place += 1;
        Ok(())
    }

    /// Reads a string; stands at its opening quote, and afterwards behind its closing one.
    #[inline]
    fn string<Stop>(&mut self) -> Result<&str, Halt<Stop>> {
        self.place += 1;
        let start = self.place;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let end = start + plain_length(rest);
        if self.bytes.get(end) == Some(&b'"') {
            self.place = end + 1;
            return Ok(self.text.get(start..end).unwrap_or_default());
        }
        self.escaped_string(start, end)
    }

    /// Reads a string that has escapes, or a mistake, at `end`.
    #[inline(never)]
    fn escaped_string<Stop>(&mut self, mut start: usize, mut end: usize) -> Result<&str, Halt<Stop>> {
        self.buffer.clear();
        loop {
            self.buffer.push_str(self.text.get(start..end).unwrap_or_default());
            let rest = self.bytes.get(end..).unwrap_or_default();
            match rest.first() {
                Some(b'"') => {
                    self.place = end + 1;
                    return Ok(&self.buffer);
                }
                Some(b'\\') => match escape(rest) {
                    Ok((character, length)) => {
                        self.buffer.push(character);
                        start = end + length;
                    }
                    Err((mistake, further)) => return Err(Halt::Mistake(mistake, end + further)),
                },
                Some(_) => return Err(Halt::Mistake(Mistake::Control, end)),
                None => return Err(Halt::Mistake(Mistake::End, end)),
            }
            end = start + plain_length(self.bytes.get(start..).unwrap_or_default());
        }
    }

    #[inline]
    fn number<Stop>(&mut self) -> Result<(), Halt<Stop>> {
        if self.peek() == Some(b'-') {
            self.place += 1;
        }
        match self.peek() {
            Some(b'0') => {
                self.place += 1;
                if matches!(self.peek(), Some(b'0'..=b'9')) {
                    return self.mistake(Mistake::Number);
                }
            }
            _ => self.digits()?,
        }
        if self.peek() == Some(b'.') {
            self.place += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.place += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.place += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// Reads at least one digit.
    #[inline]
    fn digits<Stop>(&mut self) -> Result<(), Halt<Stop>> {
        let rest = self.bytes.get(self.place..).unwrap_or_default();
        match rest.iter().take_while(|byte| byte.is_ascii_digit()).count() {
            0 if rest.is_empty() => self.mistake(Mistake::End),
            0 => self.mistake(Mistake::Number),
            count => {
                self.place += count;
                Ok(())
            }
        }
    }

    fn word<Stop>(&mut self, word: &str) -> Result<(), Halt<Stop>> {
        let rest = self.bytes.get(self.place..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.place += word.len();
            Ok(())
        } else if word.as_bytes().starts_with(rest) {
            Err(Halt::Mistake(Mistake::End, self.bytes.len()))
        } else {
            self.mistake(Mistake::Value)
        }
    }

    #[inline]
    fn skip_space(&mut self) {
        // Compact text is the usual case: one look decides.
        if self.peek().is_some_and(|byte| byte <= b' ') {
            let rest = self.bytes.get(self.place..).unwrap_or_default();
            self.place += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.place).copied()
    }

    /// A mistake at the present place; at the end of the text every mistake is that the text ends, except
    /// where nothing has been read yet.
    #[cold]
    fn mistake<T, Stop>(&self, mistake: Mistake) -> Result<T, Halt<Stop>> {
        let ended = self.place >= self.bytes.len() && !self.open.is_empty();
        Err(Halt::Mistake(if ended { Mistake::End } else { mistake }, self.place))
    }
}
