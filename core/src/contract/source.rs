//! Where in a request a value stands: in the path, the query, or the body.

use super::place::Place;

/// The place of a value in a request, written `/path/NAME`, `/query/NAME` or `/body/…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A path parameter of this name.
    Path(String),
    /// A query parameter of this name.
    Query(String),
    /// A JSON Pointer inside the body, through objects only: `/modelIds`.
    Body(String),
}

impl Source {
    /// Reads a source; tells a problem if the text is none.
    pub fn read(place: &Place<'_>) -> Option<Self> {
        let text = place.text()?;
        let found = if let Some(name) = text.strip_prefix("/path/") {
            (!name.is_empty() && !name.contains('/')).then(|| Self::Path(name.to_owned()))
        } else if let Some(name) = text.strip_prefix("/query/") {
            (!name.is_empty() && !name.contains('/')).then(|| Self::Query(name.to_owned()))
        } else {
            text.strip_prefix("/body")
                .filter(|rest| rest.len() > 1 && rest.starts_with('/'))
                .map(|rest| Self::Body(rest.to_owned()))
        };
        if found.is_none() {
            place.problem(format!(
                "`{text}` is no place in a request: use `/path/NAME`, `/query/NAME` or `/body/NAME`"
            ));
        }
        found
    }
}
