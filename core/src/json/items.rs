//! The items of an array that are written plainly, one after the other, without an event for each: strings without escapes
//! and integers of few digits, each with another item behind it. What is not so plain is left to the reader.

use super::block::{BLOCK, first_other_than_digit, is_plain};
use super::text::plain_length;

/// Items that stand next in an array, for a listener that takes them itself.
#[derive(Debug)]
pub struct Items<'a> {
    text: &'a str,
    place: usize,
}

impl<'a> Items<'a> {
    /// The items from a place in a text on, where one stands.
    #[inline]
    pub(super) fn new(text: &'a str, place: usize) -> Self {
        Self { text, place }
    }

    /// Where the next item that was not taken stands.
    #[inline]
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// Takes the next item, where it is a plain string, its number of bytes fits, and there is another item behind it.
    #[inline]
    pub fn string(&mut self, fits: impl Fn(usize) -> bool) -> Option<&'a str> {
        let (start, length) = (self.place + 1, self.string_length()?);
        let text = self.text.get(start..start + length).filter(|_| fits(length))?;
        self.pass(length + QUOTES);
        Some(text)
    }

    /// Takes plain strings as [`Self::string`] does, as many as there are, and tells how many. Their texts are not looked for.
    #[inline]
    pub fn strings(&mut self, fits: impl Fn(usize) -> bool) -> usize {
        // Whether an item is as long as the one before is known sooner than how long it is: nobody has to wait for its end to
        // look at the next.
        let (mut count, mut usual) = (0, 0);
        loop {
            let length = if self.is_string(usual) {
                usual
            } else {
                let Some(length) = self.string_length() else { break };
                usual = length;
                length
            };
            if !fits(length) {
                break;
            }
            self.pass(length + QUOTES);
            count += 1;
        }
        count
    }

    /// Takes the next item, where it is nothing but up to fifteen digits, their number fits, and there is another item behind it.
    #[inline]
    pub fn integer(&mut self, fits: impl Fn(usize) -> bool) -> Option<&'a str> {
        let length = self.integer_length().filter(|length| fits(*length))?;
        let text = self.text.get(self.place..self.place + length)?;
        self.pass(length);
        Some(text)
    }

    /// Takes integers as [`Self::integer`] does, as many as there are, and tells how many.
    #[inline]
    pub fn integers(&mut self, fits: impl Fn(usize) -> bool) -> usize {
        let (mut count, mut usual) = (0, 0);
        loop {
            // As with strings.
            let length = if self.is_integer(usual) {
                usual
            } else {
                let Some(length) = self.integer_length() else { break };
                usual = length;
                length
            };
            if !fits(length) {
                break;
            }
            self.pass(length);
            count += 1;
        }
        count
    }

    /// How many bytes stand between the quotes, where the next item is a plain string and a comma follows.
    #[inline]
    fn string_length(&self) -> Option<usize> {
        let (b'"', rest) = self.text.as_bytes().get(self.place..)?.split_first()? else { return None };
        let length = plain_length(rest);
        (rest.get(length) == Some(&b'"') && rest.get(length + 1) == Some(&b',')).then_some(length)
    }

    /// Whether the next item is a plain string of so many bytes, and a comma follows. Says no of short ones.
    // Always, as it would be called where the module is to be small: then the next item waits after all.
    #[inline(always)]
    fn is_string(&self, length: usize) -> bool {
        let start = self.place + 1;
        let Some(text) = self.text.as_bytes().get(start..start + length) else { return false };
        let (Some(b'"'), Some(last)) = (self.byte(self.place), text.last_chunk::<BLOCK>()) else {
            return false;
        };
        if self.byte(start + length) != Some(b'"') || self.byte(start + length + 1) != Some(b',') {
            return false;
        }
        for block in text.as_chunks::<BLOCK>().0 {
            if !is_plain(block) {
                return false;
            }
        }
        length.is_multiple_of(BLOCK) || is_plain(last)
    }

    /// Whether the next item is an integer of so many digits, and a comma follows. Says no of those of one digit.
    #[inline]
    fn is_integer(&self, length: usize) -> bool {
        let block = self.text.as_bytes().get(self.place..).and_then(|rest| rest.first_chunk::<BLOCK>());
        block.is_some_and(|block| {
            length > 1
                && block.get(length) == Some(&b',')
                && first_other_than_digit(block) >= length
                && block.first() != Some(&b'0')
        })
    }

    #[inline]
    fn byte(&self, place: usize) -> Option<u8> {
        self.text.as_bytes().get(place).copied()
    }

    /// How many digits the next item has, where it has no other sign, they are few, and a comma follows.
    #[inline]
    fn integer_length(&self) -> Option<usize> {
        let block = self.text.as_bytes().get(self.place..)?.first_chunk::<BLOCK>()?;
        let length = first_other_than_digit(block);
        let is_plain = length == 1 || length > 1 && block.first() != Some(&b'0');
        (is_plain && block.get(length) == Some(&b',')).then_some(length)
    }

    /// Goes past an item of so many bytes, its comma, and white space.
    #[inline]
    fn pass(&mut self, bytes: usize) {
        self.place += bytes + 1;
        while self
            .text
            .as_bytes()
            .get(self.place)
            .is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        {
            self.place += 1;
        }
    }
}

/// The bytes of a string that stand around its text.
const QUOTES: usize = 2;
