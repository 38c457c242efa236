//! What a companion's request may narrow its list by.

use super::companion::Asks;
use super::place::Place;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Where the request says it, as one of the companion's [`Asks`]. Where it does not, everything stays.
    pub at: u8,
    /// What is looked at.
    pub by: FilterBy,
    /// When a thing stays.
    pub matching: Matching,
}

impl Filter {
    /// Reads one element of `filters`.
    pub(super) fn read(place: &Place<'_>, asks: &mut Asks) -> Option<Self> {
        place.closed(&["at", "by", "match"]);
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
        Some(Self { at, by, matching })
    }
}
