//! What is known of the items of a request beyond what was decided of them: texts in one buffer, so that a list of any
//! length is a few pieces of memory, and one look tells whether anything in it must be escaped. Where the texts come from is
//! left to others.

use crate::contract::template::name::ItemName;
use std::ops::Range;

/// Parts of items, by the item's place in the request.
#[derive(Debug, Default)]
pub struct Details<'c> {
    /// Which parts are told of each item.
    parts: &'c [ItemName],
    text: String,
    /// Where in the text: item by item the parts in their order.
    places: Vec<Range<usize>>,
}

/// How many bytes of text to make room for, for each item.
const ROOM: usize = 32;

/// The place of what an item has not: it is found in no text.
const NOWHERE: Range<usize> = Range { start: 1, end: 0 };

impl<'c> Details<'c> {
    /// Details of so many items, of which these parts are going to be told.
    pub fn new(parts: &'c [ItemName], items: usize) -> Self {
        let (texts, room) = (parts.len().saturating_mul(items), if parts.is_empty() { 0 } else { ROOM });
        let text = String::with_capacity(room.saturating_mul(items));
        Self { parts, text, places: Vec::with_capacity(texts) }
    }

    /// Tells of the next item what `find` finds of it.
    pub fn push<'t>(&mut self, find: impl Fn(ItemName) -> Option<&'t str>) {
        for part in self.parts {
            let start = self.text.len();
            let place = find(*part).map_or(NOWHERE, |text| {
                self.text.push_str(text);
                start..self.text.len()
            });
            self.places.push(place);
        }
    }

    /// This part of the item at a place; `None` where it has none.
    pub fn get(&self, index: usize, part: ItemName) -> Option<&str> {
        self.text.get(self.place(index, part)?)
    }

    /// The same as bytes, which are faster found.
    #[inline]
    pub(super) fn bytes(&self, index: usize, part: ItemName) -> Option<&[u8]> {
        self.text.as_bytes().get(self.place(index, part)?)
    }

    #[inline]
    fn place(&self, index: usize, part: ItemName) -> Option<Range<usize>> {
        let at = self.parts.iter().position(|known| *known == part)?;
        self.places.get(index * self.parts.len() + at).cloned()
    }

    /// All texts, one behind the other.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_nothing_from_an_empty_text() {
        let mut details = Details::new(&[ItemName::Name, ItemName::Fail], 2);
        details.push(|part| (part == ItemName::Fail).then_some("broken"));
        details.push(|part| (part == ItemName::Name).then_some(""));
        let get = |index| (details.get(index, ItemName::Name), details.get(index, ItemName::Fail));
        assert_eq!((get(0), get(1), get(2)), ((None, Some("broken")), (Some(""), None), (None, None)));
        assert_eq!(details.get(0, ItemName::Owner), None);
        assert_eq!(Details::default().get(0, ItemName::Name), None);
    }
}
