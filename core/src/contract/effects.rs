//! What a deletion brings with it: when it happens, what becomes of children, what is cleaned up.

use super::place::Place;
use super::source::Source;
use crate::names::Names;

/// When a deletion happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Before the answer.
    Now,
    /// After the answer, as an operation.
    Later {
        /// Milliseconds from the answer until it runs.
        starts_after: i64,
        /// Milliseconds that it then takes.
        takes: i64,
    },
}

/// What becomes of a deleted resource's children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChildrenRule {
    /// They go with it.
    Deleted,
    /// They go with it where this flag of the request is true; otherwise they are left without a parent.
    DeletedIf(Source),
}

/// How a resource of some sort is cleaned up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Before the answer.
    Inline,
    /// By something that the answer does not wait for.
    Queued,
}

/// What is cleaned up with a resource, by one of its attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleanup {
    /// JSON Pointer inside the attributes.
    pub by: String,
    /// The step by the attribute's value; for other values there is nothing to clean up.
    pub steps: Names<Step>,
}

/// What a deletion brings with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effects {
    /// When it happens.
    pub when: When,
    /// What becomes of children.
    pub children: ChildrenRule,
    /// What is cleaned up.
    pub cleanup: Option<Cleanup>,
}

impl Default for Effects {
    fn default() -> Self {
        Self { when: When::Now, children: ChildrenRule::Deleted, cleanup: None }
    }
}

/// A year, in seconds: an operation takes less.
const LONGEST_SECONDS: u64 = 31_536_000;

impl Effects {
    /// Reads `effects`.
    pub(super) fn read(place: &Place<'_>) -> Self {
        let mut effects = Self::default();
        place.closed(&["when", "starts-after-seconds", "takes-seconds", "children", "cleanup"]);
        let seconds = |key: &str, otherwise: u64| {
            let given = place.field(key).and_then(|place| place.whole(LONGEST_SECONDS));
            i64::try_from(given.unwrap_or(otherwise).saturating_mul(1000)).unwrap_or(i64::MAX)
        };
        let later = When::Later {
            starts_after: seconds("starts-after-seconds", 1),
            takes: seconds("takes-seconds", 4),
        };
        if let Some(when) =
            place.field("when").and_then(|when| when.one_of(&[("now", When::Now), ("later", later)]))
        {
            effects.when = when;
        }
        if effects.when == When::Now {
            for key in ["starts-after-seconds", "takes-seconds"] {
                if let Some(extra) = place.field(key) {
                    extra.problem("only a deletion that happens `later` takes time: leave this out, or say `\"when\": \"later\"`");
                }
            }
        }
        if let Some(children) = place.field("children")
            && children.closed(&["deleted-if"])
            && let Some(flag) = children.required("deleted-if").and_then(|flag| Source::read(&flag))
        {
            effects.children = ChildrenRule::DeletedIf(flag);
        }
        effects.cleanup = place.field("cleanup").and_then(|cleanup| read_cleanup(&cleanup));
        effects
    }
}

fn read_cleanup(place: &Place<'_>) -> Option<Cleanup> {
    place.closed(&["by", "steps"]);
    let pointer = place.required("by")?.attribute()?;
    let steps = place
        .required("steps")?
        .members()
        .into_iter()
        .filter_map(|(value, step)| {
            Some((value.to_owned(), step.one_of(&[("inline", Step::Inline), ("queued", Step::Queued)])?))
        })
        .collect();
    Some(Cleanup { by: pointer.to_owned(), steps })
}
