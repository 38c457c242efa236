//! The items of an array that are written plainly, one after the other, without an event for each: strings without escapes
//! and integers of few digits, each with another item behind it. What is not so plain is left to the reader.

use super::block::{BLOCK, first_other_than_digit};
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
        let mut count = 0;
        while let Some(length) = self.string_length().filter(|length| fits(*length)) {
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
        let mut count = 0;
        while let Some(length) = self.integer_length().filter(|length| fits(*length)) {
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
