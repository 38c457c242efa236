//! The items of an array that are written plainly, one after the other, without an event for each: strings without escapes
//! and integers of few digits, each with another item behind it. What is not so plain is left to the reader.

use super::block::{BLOCK, first_other_than_digit, is_plain};
use super::run::Run;
use super::text::plain_length;

/// Items that stand next in an array, for a listener that takes them itself.
#[derive(Debug)]
pub struct Items<'a> {
    text: &'a str,
    place: usize,
    /// How long the last string was. Whether an item is as long as the one before is known sooner than how long it is: nobody has
    /// to wait for its end to look at the next.
    usual: usize,
}

impl<'a> Items<'a> {
    /// The items from a place in a text on, where one stands.
    #[inline]
    pub(super) fn new(text: &'a str, place: usize) -> Self {
        Self { text, place, usual: 0 }
    }

    /// Where the next item that was not taken stands.
    #[inline]
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// Takes the next item, where it is a plain string, its number of bytes fits, and there is another item behind it.
    #[inline]
    pub fn string(&mut self, fits: impl Fn(usize) -> bool) -> Option<&'a str> {
        let (start, length) = (self.place + 1, self.next_length()?);
        let text = self.text.get(start..start + length).filter(|_| fits(length))?;
        self.pass(length + QUOTES);
        Some(text)
    }

    /// Takes plain strings as [`Self::string`] does, as many as there are, and tells how many. Their texts are not looked for.
    #[inline]
    pub fn strings(&mut self, fits: impl Fn(usize) -> bool) -> usize {
        let mut count = 0;
        while let Some(length) = self.next_length().filter(|length| fits(*length)) {
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
        if (1..BLOCK).all(&fits) {
            let run = Run::of(self.text.as_bytes().get(self.place..).unwrap_or_default());
            self.place += run.bytes;
            count = run.count;
            self.skip_space();
        }
        while let Some(length) = self.integer_length().filter(|length| fits(*length)) {
            self.pass(length);
            count += 1;
        }
        count
    }

    /// How many bytes the next item has, where it is a plain string and a comma follows.
    #[inline(always)]
    fn next_length(&mut self) -> Option<usize> {
        if !self.is_string(self.usual) {
            self.usual = self.string_length()?;
        }
        Some(self.usual)
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
        self.skip_space();
    }

    #[inline]
    fn skip_space(&mut self) {
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

#[cfg(test)]
mod tests {
    use super::{BLOCK, Items};

    /// The first item of a text by the words of the documentation, a byte at a time: its text, and where the next one stands.
    fn string(text: &str) -> Option<(&str, usize)> {
        let inner = text.strip_prefix('"')?;
        let end = inner.find(|byte| byte < ' ' || byte == '"' || byte == '\\')?;
        Some((inner.get(..end)?, next(text, end + 2, inner.get(end..)?.strip_prefix("\",")?)))
    }

    fn integer(text: &str) -> Option<(&str, usize)> {
        let end = text.find(|byte: char| !byte.is_ascii_digit())?;
        let digits = text.get(..end).filter(|digits| *digits == "0" || !digits.starts_with('0'))?;
        let fits = !digits.is_empty() && digits.len() < BLOCK && text.len() >= BLOCK;
        fits.then_some((digits, next(text, end, text.get(end..)?.strip_prefix(',')?)))
    }

    fn next(text: &str, end: usize, rest: &str) -> usize {
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        assert!(text.len() > end);
        end + 1 + spaces
    }

    /// Lists of items of every length around the block's, plain and not, with what may stand between them and behind.
    fn lists() -> impl Iterator<Item = String> {
        let lengths = [0, 1, 2, 3, 7, 8, 14, 15, 16, 17, 18, 31, 32, 33, 47, 48, 49];
        let plain =
            lengths.map(|length| format!("\"{}\"", "abcdefghij".repeat(5).get(..length).unwrap_or_default()));
        let digits = ["0", "7", "12", "07", "123456789012345", "1234567890123456", "-1", "1.5", "1e3"]
            .map(str::to_owned);
        let odd = lengths.iter().flat_map(|length| {
            ["\\n", "\u{1}", "\u{1F}", "ü"]
                .map(|odd| format!("\"{}{odd}bcdefghijklmnopqrs\"", "a".repeat(*length)))
        });
        let items: Vec<String> = plain.into_iter().chain(digits).chain(odd).collect();
        let ends = [",", ", \t\r\n", "]", " ,", ",\"another one, which is last\"]"];
        let all = items.clone();
        items.into_iter().flat_map(move |one| {
            let ends = ends;
            all.clone().into_iter().flat_map(move |two| {
                let one = one.clone();
                ends.map(move |end| format!("{one},{one}, {two},{one}{end}"))
            })
        })
    }

    #[test]
    fn each_is_taken_that_is_as_plain_as_the_documentation_says() {
        for list in lists() {
            let mut items = Items::new(&list, 0);
            loop {
                let place = items.place();
                let rest = list.get(place..).unwrap_or_default();
                if let Some((text, length)) = string(rest) {
                    assert_eq!(items.string(|length| length != text.len()), None, "{list}");
                    assert_eq!(items.place(), place, "{list}");
                    assert_eq!(items.string(|length| length == text.len()), Some(text), "{list}");
                    assert_eq!(items.place(), place + length, "{list}");
                } else if let Some((text, length)) = integer(rest) {
                    assert_eq!(items.string(|_| true), None, "{list}");
                    assert_eq!(items.integer(|length| length != text.len()), None, "{list}");
                    assert_eq!(items.integer(|length| length == text.len()), Some(text), "{list}");
                    assert_eq!(items.place(), place + length, "{list}");
                } else {
                    assert_eq!((items.string(|_| true), items.integer(|_| true)), (None, None), "{list}");
                    break;
                }
            }
        }
    }

    #[test]
    fn as_many_are_taken_at_once_as_one_by_one() {
        for list in lists() {
            for most in [usize::MAX, 15] {
                let (mut together, mut single) = (Items::new(&list, 0), Items::new(&list, 0));
                let fits = |length| length <= most;
                assert_eq!(
                    together.strings(fits),
                    std::iter::from_fn(|| single.string(fits)).count(),
                    "{list}"
                );
                assert_eq!(together.place(), single.place(), "{list}");
                assert_eq!(
                    together.integers(fits),
                    std::iter::from_fn(|| single.integer(fits)).count(),
                    "{list}"
                );
                assert_eq!(together.place(), single.place(), "{list}");
            }
        }
    }
}
