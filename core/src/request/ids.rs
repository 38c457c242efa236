//! Ids as a request names them, in one buffer, and their first mentions. What they are the ids of is left to
//! others.

use crate::json::Value;
use crate::text_hash;

/// Up to this many ids are told apart without memory of their own.
const FEW: usize = 64;

/// In a table of ids: the bits of a hash that stand beside a place. No memory holds as many ids as the others can count.
const HASH: u64 = !0 << 32;

/// Whether an id was a string or a number. `"7"` and `7` are two ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    /// A string.
    Text,
    /// An integer; its text is canonical decimal, so that `7` and `7.0` have one text.
    Integer,
}

/// One id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<'a> {
    /// The id as text.
    pub text: &'a str,
    /// What it was in the request.
    pub kind: IdKind,
}

impl<'a> Id<'a> {
    /// An id that is a string.
    pub const fn text(text: &'a str) -> Self {
        Self { text, kind: IdKind::Text }
    }

    /// Whether two ids are the same under a comparison.
    pub fn same(self, other: Id<'_>, compare: Compare) -> bool {
        self.kind == other.kind && compare.same(self.text, other.text)
    }

    /// The id as JSON: a string, or a number.
    pub fn to_value(self) -> Value {
        self.to_owned_id().to_value()
    }

    /// The id with a text of its own.
    pub fn to_owned_id(self) -> OwnedId {
        OwnedId { text: self.text.to_owned(), kind: self.kind }
    }
}

/// An id that holds its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnedId {
    /// The id as text.
    pub text: String,
    /// What it was in the request.
    pub kind: IdKind,
}

impl OwnedId {
    /// The id, borrowed.
    pub fn as_id(&self) -> Id<'_> {
        Id { text: &self.text, kind: self.kind }
    }

    /// The id as JSON: a string, or a number.
    pub fn to_value(&self) -> Value {
        let number = if self.kind == IdKind::Integer { crate::json::Number::parse(&self.text) } else { None };
        number.map_or_else(|| Value::String(self.text.clone()), Value::Number)
    }
}

/// How ids, and parameters that are words, are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compare {
    /// Byte for byte.
    #[default]
    Exact,
    /// Without regard to the case of ASCII letters.
    IgnoreCase,
}

impl Compare {
    /// Whether two texts are the same.
    pub fn same(self, left: &str, right: &str) -> bool {
        match self {
            Self::Exact => left == right,
            Self::IgnoreCase => left.eq_ignore_ascii_case(right),
        }
    }

    /// A hash that is equal for ids that are the same.
    pub(crate) fn hash(self, id: Id<'_>) -> u64 {
        // The seed is fixed, as the core has no chance in it.
        let seed = id.kind as u64;
        match self {
            Self::Exact => text_hash::hash(seed, id.text, |part| part),
            Self::IgnoreCase => text_hash::hash(seed, id.text, text_hash::lower),
        }
    }
}

/// Ids in order, in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdList {
    buffer: String,
    entries: Vec<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    end: usize,
    kind: IdKind,
}

impl IdList {
    /// A list without ids.
    pub const fn new() -> Self {
        Self { buffer: String::new(), entries: Vec::new() }
    }

    /// A list without ids that has room for so many bytes of them.
    pub(crate) fn with_room(bytes: usize) -> Self {
        // Ids have two dozen bytes and more, as a rule.
        Self { buffer: String::with_capacity(bytes), entries: Vec::with_capacity(bytes / 32) }
    }

    /// Adds an id behind the others.
    pub fn push(&mut self, id: Id<'_>) {
        self.buffer.push_str(id.text);
        self.entries.push(Place { end: self.buffer.len(), kind: id.kind });
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no ids.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The id at a place.
    pub fn get(&self, place: usize) -> Option<Id<'_>> {
        let entry = self.entries.get(place)?;
        let start =
            place.checked_sub(1).and_then(|before| self.entries.get(before)).map_or(0, |entry| entry.end);
        Some(Id { text: self.buffer.get(start..entry.end)?, kind: entry.kind })
    }

    /// How many bytes each id has, and what it was, in order.
    pub(super) fn lengths(&self) -> impl Iterator<Item = (usize, IdKind)> {
        let mut start = 0;
        self.entries
            .iter()
            .map(move |entry| (entry.end - std::mem::replace(&mut start, entry.end), entry.kind))
    }

    /// The texts of all ids, one behind the other.
    pub(crate) fn text(&self) -> &str {
        &self.buffer
    }

    /// The ids in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Id<'_>> + Clone {
        let (mut start, mut rest) = (0, self.buffer.as_str());
        self.entries.iter().map(move |entry| {
            let (text, others) = rest.split_at_checked(entry.end - start).unwrap_or_default();
            (start, rest) = (entry.end, others);
            Id { text, kind: entry.kind }
        })
    }

    /// The first mention of each id, in order. Linear in the size of the list.
    #[must_use]
    pub fn into_distinct(mut self, compare: Compare) -> Self {
        let repeated = self.repeated(compare);
        if repeated.is_empty() {
            self.give_back();
            return self;
        }
        let mut repeated = repeated.into_iter().peekable();
        let first = |(place, _): &(usize, Id<'_>)| repeated.next_if_eq(place).is_none();
        self.iter().enumerate().filter(first).map(|(_, id)| id).collect()
    }
}

impl IdList {
    /// The places of ids that were mentioned before, in order.
    fn repeated(&self, compare: Compare) -> Vec<usize> {
        let (mut few, mut many) = ([0; 2 * FEW], Vec::new());
        // A table of twice as many slots, in which an id is looked for from where its hash points on.
        let slots = if self.len() <= FEW {
            few.as_mut_slice()
        } else {
            many.resize((2 * self.len()).next_power_of_two(), 0);
            many.as_mut_slice()
        };
        let last = slots.len() - 1;
        let mut repeated = Vec::new();
        for (place, id) in self.iter().enumerate() {
            let hash = compare.hash(id);
            let entry = hash & HASH | (place as u64 + 1);
            let mut at = hash as usize & last;
            while let Some(slot) = slots.get_mut(at) {
                if *slot == 0 {
                    *slot = entry;
                    break;
                }
                let other = (*slot & !HASH) as usize - 1;
                if (*slot ^ entry) & HASH == 0 && self.get(other).is_some_and(|other| other.same(id, compare))
                {
                    repeated.push(place);
                    break;
                }
                at = (at + 1) & last;
            }
        }
        repeated
    }

    /// Gives room back that was made for much more than came: a list may be kept for long.
    fn give_back(&mut self) {
        if self.buffer.capacity() > 2 * self.buffer.len() {
            self.buffer.shrink_to_fit();
        }
        if self.entries.capacity() > 2 * self.entries.len() {
            self.entries.shrink_to_fit();
        }
    }
}

impl<'a> FromIterator<Id<'a>> for IdList {
    fn from_iter<I: IntoIterator<Item = Id<'a>>>(ids: I) -> Self {
        let mut list = Self::new();
        ids.into_iter().for_each(|id| list.push(id));
        list
    }
}

impl<'a> Extend<Id<'a>> for IdList {
    fn extend<I: IntoIterator<Item = Id<'a>>>(&mut self, ids: I) {
        ids.into_iter().for_each(|id| self.push(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(texts: &[&str]) -> IdList {
        texts.iter().map(|text| Id::text(text)).collect()
    }

    #[test]
    fn keeps_order_and_kind() {
        let mut ids = list(&["b", "", "a"]);
        ids.push(Id { text: "7", kind: IdKind::Integer });
        assert_eq!(ids.len(), 4);
        assert_eq!(ids.get(1), Some(Id::text("")));
        assert_eq!(ids.get(3).map(|id| id.to_value().to_text()), Some("7".to_owned()));
        assert_eq!(ids.get(4), None);
        assert_eq!(ids.iter().map(|id| id.text).collect::<Vec<_>>(), ["b", "", "a", "7"]);
        assert_eq!(Id::text("7").to_value().to_text(), "\"7\"");
    }

    #[test]
    fn first_mention_wins() {
        let long = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ";
        let ids = list(&["a", "A", "b", "a", "\u{e9}", "\u{c9}", long, &long.to_lowercase(), "b"]);
        let texts = |ids: IdList| ids.iter().map(|id| id.text.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            texts(ids.clone().into_distinct(Compare::Exact)),
            ["a", "A", "b", "\u{e9}", "\u{c9}", long, &long.to_lowercase()]
        );
        assert_eq!(
            texts(ids.clone().into_distinct(Compare::IgnoreCase)),
            ["a", "b", "\u{e9}", "\u{c9}", long]
        );
        let mixed: IdList =
            [Id::text("7"), Id { text: "7", kind: IdKind::Integer }, Id::text("7")].into_iter().collect();
        assert_eq!(mixed.into_distinct(Compare::Exact).len(), 2);
        assert!(IdList::new().into_distinct(Compare::Exact).is_empty());
    }

    #[test]
    fn distinct_agrees_with_a_plain_search() {
        let texts: Vec<String> =
            (0..2000_u32).map(|number| (number.wrapping_mul(2_654_435_761) % 700).to_string()).collect();
        let ids: IdList = texts.iter().map(|text| Id::text(text)).collect();
        let mut plain: Vec<&str> = Vec::new();
        for text in &texts {
            if !plain.contains(&text.as_str()) {
                plain.push(text);
            }
        }
        assert_eq!(
            ids.clone().into_distinct(Compare::Exact).iter().map(|id| id.text).collect::<Vec<_>>(),
            plain
        );
    }
}
