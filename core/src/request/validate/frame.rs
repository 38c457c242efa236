//! An array or object that is open, and the way to it.

use crate::json::{push_index, push_segment};
use crate::request::schema::{Bounds, NodeId};

/// A range of a stack.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn iter(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// An open array or object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) part: Part,
    /// The nodes that apply to the container itself.
    pub(super) nodes: Span,
    /// The nodes that apply to the next value inside.
    pub(super) next: Span,
    /// The wanted paths that lead here.
    pub(super) watched: Span,
    /// The captured list that this array fills.
    pub(super) list: Option<usize>,
    /// Whether a node lists values, or the container around has unique items, so that the whole value is
    /// needed at the end.
    pub(super) whole: bool,
    /// Whether this is where building the value began.
    pub(super) builds: bool,
    /// What becomes of items that are equal.
    pub(super) unique: Unique,
    /// The items that need no look: they are valid, and nothing is done with them but to put them on a list.
    pub(super) passing: Passing,
}

/// What items of an array are valid by their length alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passing {
    /// Strings, by their bytes.
    pub(super) strings: Lengths,
    /// Integers, by their digits.
    pub(super) integers: Lengths,
}

impl Passing {
    /// All are.
    pub(super) const ALL: Self = Self { strings: Lengths::ALL, integers: Lengths::ALL };
    /// None are.
    pub(super) const NONE: Self = Self { strings: Lengths::NONE, integers: Lengths::NONE };

    /// Those that both say of.
    pub(super) fn and(self, other: Self) -> Self {
        Self { strings: self.strings.and(other.strings), integers: self.integers.and(other.integers) }
    }
}

/// Lengths, the least and the most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lengths {
    /// At least so many.
    least: u64,
    /// At most so many.
    most: u64,
}

impl Lengths {
    /// Every length.
    pub(super) const ALL: Self = Self { least: 0, most: u64::MAX };
    /// None.
    pub(super) const NONE: Self = Self { least: 1, most: 0 };

    /// Those of texts with so many characters, whichever they are: a character has one to four bytes.
    pub(super) fn of_characters(bounds: Bounds) -> Self {
        let least = bounds.minimum.unwrap_or(0).saturating_mul(4);
        Self { least, most: bounds.maximum.unwrap_or(u64::MAX) }
    }

    /// Those that both have.
    pub(super) fn and(self, other: Self) -> Self {
        Self { least: self.least.max(other.least), most: self.most.min(other.most) }
    }

    /// Whether a length is one.
    #[inline]
    pub(super) fn hold(self, length: usize) -> bool {
        (self.least..=self.most).contains(&(length as u64))
    }
}

/// What is inside.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// An array, with the place of the next item, or of the present one.
    Array { index: usize },
    /// An object, with the place in the buffer of keys where its present key starts.
    Object { key: usize },
}

/// Whether items of an array are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unique {
    /// They are not.
    Ignored,
    /// They are, and none was equal so far.
    Watched,
    /// These two were equal: the first pair that is.
    Broken { first: usize, second: usize },
}

/// The way to the present value.
#[derive(Debug)]
pub(super) struct Trail<'b> {
    base: &'b str,
    pub(super) frames: Vec<Frame>,
    /// The present keys of the open objects, one behind the other.
    pub(super) keys: String,
}

impl<'b> Trail<'b> {
    pub(super) fn new(base: &'b str) -> Self {
        Self { base, frames: Vec::new(), keys: String::with_capacity(ROOM) }
    }

    /// The pointer of the present value.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = self.base.to_owned();
        let starts = self.frames.iter().filter_map(|frame| match frame.part {
            Part::Object { key } => Some(key),
            Part::Array { .. } => None,
        });
        let mut ends = starts.skip(1).chain([self.keys.len()]);
        for frame in &self.frames {
            match frame.part {
                Part::Array { index } => push_index(&mut pointer, index),
                Part::Object { key } => {
                    let end = ends.next().unwrap_or(key);
                    push_segment(&mut pointer, self.keys.get(key..end).unwrap_or_default());
                }
            }
        }
        pointer
    }
}

/// For how many nodes, and for so many bytes of keys, to make room at first: a flat body needs no more.
const ROOM: usize = 28;

/// Puts sets of nodes together on one stack, each node once.
#[derive(Debug)]
pub(super) struct NodeStack {
    nodes: Vec<NodeId>,
    /// Where the set in hand starts.
    start: usize,
    /// Whether the set in hand is marked: only sets with more than one source are.
    marked: bool,
    /// By node: the number of the set that it was last marked for.
    marks: Vec<u64>,
    set: u64,
}

impl NodeStack {
    pub(super) fn new(nodes: &[NodeId]) -> Self {
        let mut stack = Vec::with_capacity(nodes.len() + ROOM);
        stack.extend_from_slice(nodes);
        Self { nodes: stack, start: 0, marked: false, marks: Vec::new(), set: 0 }
    }

    /// The node at a place of the stack.
    #[inline]
    pub(super) fn get(&self, place: usize) -> Option<NodeId> {
        self.nodes.get(place).copied()
    }

    /// Begins a set on top of the stack.
    #[inline]
    pub(super) fn begin(&mut self) {
        self.start = self.nodes.len();
        self.marked = false;
    }

    /// The set in hand.
    #[inline]
    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.nodes.len() }
    }

    /// Takes everything off the stack that was put there behind a place.
    #[inline]
    pub(super) fn truncate(&mut self, place: usize) {
        self.nodes.truncate(place);
    }

    /// Adds nodes, of which none is there twice, to the set in hand; leaves out those that it has.
    #[inline]
    pub(super) fn extend(&mut self, nodes: &[NodeId], schema_size: usize) {
        if self.nodes.len() == self.start {
            self.nodes.extend_from_slice(nodes);
            return;
        }
        if !self.marked {
            self.marked = true;
            self.marks.resize(schema_size, 0);
            self.set += 1;
            for id in self.nodes.iter().skip(self.start) {
                mark(&mut self.marks, *id, self.set);
            }
        }
        for id in nodes {
            if mark(&mut self.marks, *id, self.set) {
                self.nodes.push(*id);
            }
        }
    }
}

/// Marks a node. Tells whether it was not marked with the same number before.
fn mark(marks: &mut [u64], id: NodeId, set: u64) -> bool {
    marks.get_mut(id.0 as usize).is_some_and(|mark| std::mem::replace(mark, set) != set)
}
