//! How a companion's list is cut into pages: where the request says which page, and how large it is. The arithmetic is the
//! engine's, in [`crate::service`].

use super::companion::Asks;
use super::place::Place;
use super::source::Source;

/// What names a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageBy {
    /// How many elements stand before it.
    Offset,
    /// Its number, where the first page has this one.
    Number {
        /// The number of the first page.
        first: u64,
    },
    /// A text that the page before it gave.
    Cursor,
}

/// How a list is cut into pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What names a page.
    pub by: PageBy,
    /// Where it stands, as one of the companion's [`Asks`].
    pub at: u8,
    /// Where the size of a page stands, if the request may say it.
    pub size_at: Option<u8>,
    /// The size where the request does not say it.
    pub size: u64,
    /// The largest size; a larger one is cut down to it.
    pub most: u64,
    /// The query parameter that names the page: links to other pages replace it.
    pub parameter: Option<String>,
}

/// No page is larger.
const LARGEST: u64 = 1_000_000;

impl Paging {
    /// Reads `page`.
    pub(super) fn read(place: &Place<'_>, asks: &mut Asks) -> Option<Self> {
        place.closed(&["by", "at", "size-at", "size", "most", "first"]);
        let by = place.required("by")?.one_of(&[
            ("offset", PageBy::Offset),
            ("number", PageBy::Number { first: 1 }),
            ("cursor", PageBy::Cursor),
        ])?;
        let by = match (by, place.field("first")) {
            (PageBy::Number { .. }, Some(first)) => PageBy::Number { first: first.whole(1)? },
            (by, None) => by,
            (_, Some(first)) => {
                first.problem("only pages that are numbered have a first number: leave this out");
                return None;
            }
        };
        let at = place.required("at")?;
        let source = Source::read(&at)?;
        let parameter = match &source {
            Source::Query(name) => Some(name.clone()),
            Source::Path(_) | Source::Body(_) => None,
        };
        let at = asks.add(&at)?;
        let size_at = match place.field("size-at") {
            Some(size_at) => Some(asks.add(&size_at)?),
            None => None,
        };
        let size = place.required("size")?.whole(LARGEST)?;
        let most = place.field("most").map_or(Some(LARGEST), |most| most.whole(LARGEST))?;
        Some(Self { by, at, size_at, size, most, parameter })
    }
}
