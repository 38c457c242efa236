//! Where in a document a reader stands. Written out as a JSON Pointer only when there is a problem to tell,
//! because most documents are right and some are large.

use std::fmt;

/// A place in a document: a step below the place above it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    above: Option<&'a Self>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Document,
    Key(&'a str),
    Item(usize),
}

impl<'a> Place<'a> {
    /// The whole document.
    pub(super) fn document() -> Self {
        Self { above: None, step: Step::Document }
    }

    /// The member of this name.
    pub(super) fn key<'b>(&'b self, key: &'b str) -> Place<'b> {
        Place { above: Some(self), step: Step::Key(key) }
    }

    /// The item at this position, from 0.
    pub(super) fn item<'b>(&'b self, position: usize) -> Place<'b> {
        Place { above: Some(self), step: Step::Item(position) }
    }
}

impl fmt::Display for Place<'_> {
    /// The JSON Pointer.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            above.fmt(out)?;
        }
        match self.step {
            Step::Document => Ok(()),
            Step::Key(key) => write!(out, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Item(position) => write!(out, "/{position}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_a_pointer() {
        let document = Place::document();
        assert_eq!(document.to_string(), "");
        let list = document.key("resources");
        let item = list.item(3);
        assert_eq!(item.key("a/b~c").to_string(), "/resources/3/a~1b~0c");
    }
}
