//! What a companion's request may narrow its list by.

use std::sync::Arc;

use super::companion::Asks;
use super::place::Place;
use super::template::shape::Words;
use crate::names::Names;

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterBy {
    /// The id: the thing's own, or an operation's.
    Id,
    /// The name.
    Name,
    /// The state.
    State,
    /// The owner's id.
    Owner,
    /// The attribute at this JSON Pointer inside the attributes.
    Attribute(String),
}

/// When a thing stays on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// Where it is what the request says, or one of what it lists.
    Equal,
    /// Where it has in it what the request says, in whatever case.
    Contains,
}

/// One thing that a list may be narrowed by.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Where the request says it, as one of the companion's [`Asks`]. Where it does not, everything stays.
    pub at: u8,
    /// What is looked at.
    pub by: FilterBy,
    /// When a thing stays.
    pub matching: Matching,
    /// The table through which what is looked at is told, where the request says it in those words.
    pub words: Option<Arc<Words>>,
    /// What a thing that has nothing there is taken to have.
    pub absent: Option<String>,
}

impl Filter {
    /// Reads one element of `filters`.
    pub(super) fn read(place: &Place<'_>, tables: &Names<Arc<Words>>, asks: &mut Asks) -> Option<Self> {
        place.closed(&["at", "by", "match", "words", "absent"]);
        let at = asks.add(&place.required("at")?)?;
        let named = place.required("by")?;
        let text = named.text()?;
        let by = match (text, text.strip_prefix("/attributes")) {
            ("id", _) => FilterBy::Id,
            ("name", _) => FilterBy::Name,
            ("state", _) => FilterBy::State,
            ("owner", _) => FilterBy::Owner,
            (_, Some(pointer)) if pointer.starts_with('/') => FilterBy::Attribute(pointer.to_owned()),
            _ => {
                named.problem(
                    "is nothing to look at: use `id`, `name`, `state`, `owner` or `/attributes/NAME`",
                );
                return None;
            }
        };
        let matching = match place.field("match") {
            Some(place) => place.one_of(&[("equal", Matching::Equal), ("contains", Matching::Contains)])?,
            None => Matching::Equal,
        };
        let words = match place.field("words") {
            Some(named) => {
                let found = named.text().and_then(|table| tables.get(table));
                if found.is_none() {
                    named.problem("is no table of `words`: add it, or leave this out");
                }
                Some(Arc::clone(found?))
            }
            None => None,
        };
        let absent = match place.field("absent") {
            Some(absent) => Some(absent.text()?.to_owned()),
            None => None,
        };
        if by == FilterBy::Id && (words.is_some() || absent.is_some()) {
            place.problem("everything has an id, and in no other words: leave `words` and `absent` out");
        }
        Some(Self { at, by, matching, words, absent })
    }
}
