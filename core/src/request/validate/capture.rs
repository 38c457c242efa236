//! Picks the wanted parts out of a value while it is checked: ids, options, the container's id.

use super::scalar::Scalar;
use crate::json::segments;
use crate::request::ids::{Id, IdKind, IdList, OwnedId};

/// A part of a value that is wanted: a property, or a property of a property, and so on. The empty pointer
/// wants the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    segments: Box<[String]>,
}

impl Wanted {
    /// Wants the part at a JSON Pointer inside the value. Items of arrays cannot be wanted: no pointer finds
    /// them. A text that is not a pointer finds nothing.
    pub fn new(pointer: &str) -> Self {
        // A segment that no path can have: no path is longer than the depth allowed.
        let segments = segments(pointer).unwrap_or_else(|| vec![String::new(); usize::from(u16::MAX)]);
        Self { segments: segments.into() }
    }
}

/// What was found where something was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Captured {
    /// Nothing is there.
    Absent,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A string, or an integer.
    Id(OwnedId),
    /// An array of strings and integers; `null` among them names nothing.
    List(IdList),
    /// Another value: a fraction, an object, an array that holds one of these.
    Other,
}

impl Captured {
    /// The text of a string or integer.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Id(id) = self { Some(&id.text) } else { None }
    }

    /// The text of a string or integer, to keep.
    pub fn into_text(self) -> Option<String> {
        if let Self::Id(id) = self { Some(id.text) } else { None }
    }

    /// The truth of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Boolean(value) = self { Some(*value) } else { None }
    }

    pub(super) fn of(scalar: &Scalar<'_>) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Boolean(value) => Self::Boolean(*value),
            _ => with_id(scalar, |id| id.map_or(Self::Other, |id| Self::Id(id.to_owned_id()))),
        }
    }

    /// Adds an item to a list, to which `null` adds nothing; a list that gets something else is no list of ids.
    pub(super) fn push(&mut self, scalar: &Scalar<'_>) {
        if let Self::List(list) = self
            && !matches!(scalar, Scalar::Null)
            && !with_id(scalar, |id| id.map(|id| list.push(id)).is_some())
        {
            *self = Self::Other;
        }
    }
}

/// Hands over a scalar as an id, where it can be one.
#[inline]
fn with_id<T>(scalar: &Scalar<'_>, then: impl FnOnce(Option<Id<'_>>) -> T) -> T {
    match scalar {
        Scalar::String(text) => then(Some(Id::text(text))),
        Scalar::Number(number) if number.is_integer() => {
            number.with_canonical(|text| then(Some(Id { text, kind: IdKind::Integer })))
        }
        _ => then(None),
    }
}

/// Follows the wanted paths.
#[derive(Debug)]
pub(super) struct Capture<'w> {
    wanted: &'w [Wanted],
    pub(super) captured: Vec<Captured>,
    /// Places in `wanted` whose paths lead through the open containers, a group for each level.
    watched: Vec<usize>,
}

impl<'w> Capture<'w> {
    pub(super) fn new(wanted: &'w [Wanted]) -> Self {
        // Room for what is watched at the first levels too.
        let mut watched = Vec::with_capacity(3 * wanted.len());
        watched.extend(0..wanted.len());
        Self { wanted, captured: vec![Captured::Absent; wanted.len()], watched }
    }

    /// How much is watched; a mark for [`Self::forget`].
    pub(super) fn mark(&self) -> usize {
        self.watched.len()
    }

    /// Adds the paths, of those watched from one mark to another, that have this name at this depth.
    #[inline]
    pub(super) fn descend(&mut self, from: usize, to: usize, depth: usize, name: &str) {
        for place in from..to {
            if let Some(&wanted) = self.watched.get(place)
                && self
                    .wanted
                    .get(wanted)
                    .and_then(|wanted| wanted.segments.get(depth))
                    .is_some_and(|own| own == name)
            {
                self.watched.push(wanted);
            }
        }
    }

    /// Takes back what was added since a mark.
    pub(super) fn forget(&mut self, mark: usize) {
        self.watched.truncate(mark);
    }

    /// Notes what stands at the present place, at this depth, for those who want just this place. Gives one
    /// of them.
    #[inline]
    pub(super) fn note(&mut self, from: usize, depth: usize, found: impl Fn() -> Captured) -> Option<usize> {
        let mut last = None;
        for place in from..self.watched.len() {
            if let Some(&wanted) = self.watched.get(place)
                && self.wanted.get(wanted).is_some_and(|wanted| wanted.segments.len() == depth)
                && let Some(slot) = self.captured.get_mut(wanted)
            {
                *slot = found();
                last = Some(wanted);
            }
        }
        last
    }

    pub(super) fn finish(mut self) -> Vec<Captured> {
        // A list is filled for one only of those who want the same.
        for (place, wanted) in self.wanted.iter().enumerate() {
            let twin = self.wanted.iter().rposition(|other| other.segments == wanted.segments);
            if let Some(twin) = twin.filter(|&twin| twin != place)
                && let Some(found) = self.captured.get(twin).cloned()
                && let Some(slot) = self.captured.get_mut(place)
            {
                *slot = found;
            }
        }
        self.captured
    }
}
