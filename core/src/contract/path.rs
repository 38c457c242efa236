//! A path with parameters, as OpenAPI writes it: `/spaces/{spaceId}/programs`. Matches whole segments only.

use crate::code::{Code, Reader};
use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// A path template, split at its slashes. A final slash is a segment of its own, empty: it is part of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    text: String,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Parameter(String),
}

/// Why a text is no path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathError;

/// How a path fits a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit<'p> {
    /// It fits: the parameters' raw values, still percent-encoded, in the template's order.
    Whole(Vec<&'p str>),
    /// It would fit if a slash were added at its end.
    SlashMissing,
    /// It does not fit.
    No,
}

impl PathTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// The text does not begin with a slash, or a segment holds a brace but is not one parameter.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let rest = text.strip_prefix('/').ok_or(PathError)?;
        let segments = rest
            .split('/')
            .map(|segment| match segment.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
                Some(name) if !name.is_empty() && !name.contains(['{', '}']) => {
                    Ok(Segment::Parameter(name.to_owned()))
                }
                None if !segment.contains(['{', '}']) => Ok(Segment::Literal(segment.to_owned())),
                _ => Err(PathError),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), segments })
    }

    /// The template as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The parameters' names, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }

    /// Where among [`Self::parameters`] this name stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.parameters().position(|other| other == name)
    }

    /// How many segments are literal: the more, the more particular the template is.
    pub fn literals(&self) -> usize {
        self.segments.iter().filter(|segment| matches!(segment, Segment::Literal(_))).count()
    }

    /// Whether every path that fits one of the two may fit the other, so that they cannot both be routes.
    pub fn collides_with(&self, other: &Self) -> bool {
        self.segments.len() == other.segments.len()
            && self.segments.iter().zip(&other.segments).all(|pair| match pair {
                (Segment::Literal(one), Segment::Literal(two)) => one == two,
                (Segment::Parameter(_), Segment::Parameter(_)) => true,
                _ => false,
            })
    }

    /// Holds a raw path (percent-encoded, without query) against the template. A parameter is never empty.
    pub fn fit<'p>(&self, path: &'p str) -> Fit<'p> {
        let Some(rest) = path.strip_prefix('/') else { return Fit::No };
        if self.begins_otherwise(rest) {
            return Fit::No;
        }
        let mut left = Some(rest);
        let mut values = Vec::new();
        let mut expected = self.segments.iter();
        for segment in expected.by_ref() {
            let Some(given) = left else {
                let last_is_slash = matches!(segment, Segment::Literal(text) if text.is_empty());
                return if last_is_slash && expected.next().is_none() { Fit::SlashMissing } else { Fit::No };
            };
            // The end of a literal that stands there as it is need not be searched for.
            if let Segment::Literal(text) = segment
                && let Some(others) = behind(given, text)
            {
                left = others;
                continue;
            }
            let raw = given.split_once('/').map_or(given, |(raw, _)| raw);
            match segment {
                Segment::Literal(text) if decodes_to(raw, text) => {}
                Segment::Parameter(_) if !raw.is_empty() => values.push(raw),
                _ => return Fit::No,
            }
            left = given.get(raw.len() + 1..);
        }
        if left.is_none() { Fit::Whole(values) } else { Fit::No }
    }

    /// Whether a path cannot fit because of how it begins: cheap, and true of most paths that do not fit. Where something
    /// is percent-encoded there, a closer look is needed.
    fn begins_otherwise(&self, rest: &str) -> bool {
        let Some(Segment::Literal(first)) = self.segments.first() else { return false };
        let other = rest.bytes().zip(first.bytes()).find(|(given, expected)| given != expected);
        other.is_some_and(|(given, _)| given != b'%')
    }
}

/// What follows a segment that is exactly this text: the segments behind it, or none. `None` where it is another.
fn behind<'p>(given: &'p str, text: &str) -> Option<Option<&'p str>> {
    match given.strip_prefix(text)? {
        "" => Some(None),
        others => others.strip_prefix('/').map(Some),
    }
}

fn decodes_to(raw: &str, text: &str) -> bool {
    raw.contains('%') && Cow::from(percent_decode_str(raw)) == text.as_bytes()
}

impl Code for PathTemplate {
    fn write(&self, out: &mut Vec<u8>) {
        self.text.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::parse(&String::read(from)).unwrap_or_else(|_| {
            from.spoil();
            Self { text: String::new(), segments: Vec::new() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_whole_segments() {
        for (template, path, expected) in [
            ("/a/{x}/b", "/a/1/b", Fit::Whole(vec!["1"])),
            ("/a/{x}/b", "/a/%2F1/b", Fit::Whole(vec!["%2F1"])),
            ("/a/{x}/b", "/a//b", Fit::No),
            ("/a/{x}/b", "/a/1/c", Fit::No),
            ("/a/{x}/b", "/a/1/b/", Fit::No),
            ("/a/{x}/b", "/a/1", Fit::No),
            ("/a/{x}/b", "a/1/b", Fit::No),
            ("/a/b", "/a/%62", Fit::Whole(vec![])),
            ("/a/b", "/a/%63", Fit::No),
            ("/abc/d", "/ab%63/d", Fit::Whole(vec![])),
            ("/abc/d", "/%61bc/d", Fit::Whole(vec![])),
            ("/abc/d", "/abcd/d", Fit::No),
            ("/abc/d", "/ab", Fit::No),
            ("/a/b/", "/a/b/", Fit::Whole(vec![])),
            ("/a/b/", "/a/b", Fit::SlashMissing),
            ("/a/b/", "/a", Fit::No),
            ("/a/b", "/a", Fit::No),
        ] {
            assert_eq!(PathTemplate::parse(template).unwrap().fit(path), expected, "{template} {path}");
        }
    }

    #[test]
    fn refuses_half_parameters() {
        for text in ["a", "/{", "/{}", "/x{a}", "/{a}b", "/{a{b}}"] {
            assert_eq!(PathTemplate::parse(text), Err(PathError), "{text}");
        }
    }

    #[test]
    fn knows_its_parameters_and_collisions() {
        let template = PathTemplate::parse("/a/{x}/{y}").unwrap();
        assert_eq!(template.parameters().collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!((template.position("y"), template.position("z"), template.literals()), (Some(1), None, 1));
        assert!(template.collides_with(&PathTemplate::parse("/a/{p}/{q}").unwrap()));
        assert!(!template.collides_with(&PathTemplate::parse("/a/b/{q}").unwrap()));
        assert!(!template.collides_with(&PathTemplate::parse("/a/{q}").unwrap()));
        assert!(!template.collides_with(&PathTemplate::parse("/b/{p}/{q}").unwrap()));
    }
}
