//! The checking machine: takes a value part by part, keeps what is open and nothing of what is done, and
//! collects what is wrong.

use super::Checked;
use super::capture::{Capture, Captured, Wanted};
use super::frame::{Frame, NodeStack, Part, Passing, Span, Trail, Unique};
use super::report::{Particulars, Report};
use super::scalar::{Scalar, choice_rule, passing};
use crate::json::{Builder, Items, Seen, encode};
use crate::request::ids::{Id, IdKind, IdList};
use crate::request::limits::Limits;
use crate::request::schema::{Additional, Bounds, Broken, Node, NodeId, Schema, Type};
use crate::request::violation::Rule;

/// However the limits are set: values that are compared whole are built as trees, which nest no deeper.
const DEEPEST: usize = 128;

/// No more room than this is made before it is needed.
const MOST_ROOM: usize = 1 << 16;

/// Reading ends, as the value nests too deeply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooDeep;

/// Checks one value against a schema while it is told.
#[derive(Debug)]
pub struct Machine<'s> {
    schema: &'s Schema,
    pub(super) trail: Trail<'s>,
    /// The nodes that apply to the open containers and to what is next inside them.
    pub(super) nodes: NodeStack,
    /// The nodes of the whole value.
    root: Span,
    /// By depth: the names that an open object has so far. Kept for the next object of that depth.
    pub(super) names: Vec<Seen>,
    /// By depth: the items that an open array has so far, where they must differ.
    pub(super) items: Vec<Seen>,
    pub(super) capture: Capture<'s>,
    pub(super) report: Report,
    /// Builds values that have to be compared whole.
    pub(super) builder: Builder,
    pub(super) building: bool,
    scratch: Vec<u8>,
    depth: usize,
    /// How many bytes of ids to make room for in advance.
    room: usize,
}

impl<'s> Machine<'s> {
    /// A machine for one value. Its place in the request, such as `/body`, begins the pointers of violations.
    pub fn new(schema: &'s Schema, base: &'s str, wanted: &'s [Wanted], limits: &Limits) -> Self {
        let nodes = NodeStack::new(schema.root_ids());
        Self {
            schema,
            trail: Trail::new(base),
            root: nodes.span(),
            nodes,
            names: Vec::new(),
            items: Vec::new(),
            capture: Capture::new(wanted),
            report: Report::new(limits),
            builder: Builder::new(),
            building: false,
            scratch: Vec::new(),
            depth: limits.depth.min(DEEPEST),
            room: 0,
        }
    }

    /// Makes room in advance for the ids of a value that takes about so many bytes.
    #[must_use]
    pub fn expecting(mut self, bytes: usize) -> Self {
        self.room = bytes.min(MOST_ROOM);
        self
    }

    /// What was found, once the value is told.
    pub fn finish(self) -> Checked {
        let (violations, listing) = self.report.finish();
        Checked { violations, listing, captured: self.capture.finish() }
    }

    /// The nodes that apply to the next value.
    #[inline]
    pub(super) fn next(&self) -> Span {
        self.trail.frames.last().map_or(self.root, |frame| frame.next)
    }

    #[inline]
    pub(super) fn node(&self, place: usize) -> Option<&'s Node> {
        self.nodes.get(place).and_then(|id| self.schema.node(id))
    }

    /// Takes a string of a list that needs no look, as most values of most requests are. Tells whether it was one.
    #[inline]
    pub(super) fn pass(&mut self, text: &str) -> bool {
        if let Some(Frame { part: Part::Array { index }, list: Some(list), passing, .. }) =
            self.trail.frames.last_mut()
            && passing.strings.hold(text.len())
            && let Some(Captured::List(ids)) = self.capture.captured.get_mut(*list)
        {
            ids.push(Id::text(text));
            *index += 1;
            return true;
        }
        false
    }

    /// Takes the items that need no look from the reader, all that stand here.
    #[inline]
    pub(super) fn pass_all(&mut self, items: &mut Items<'_>) {
        let Some(Frame { part: Part::Array { index }, list, passing, .. }) = self.trail.frames.last_mut()
        else {
            return;
        };
        let strings = |length| passing.strings.hold(length);
        let integers = |length| passing.integers.hold(length);
        if let Some(Captured::List(ids)) = list.and_then(|list| self.capture.captured.get_mut(list)) {
            while let Some(text) = items.string(strings) {
                ids.push(Id::text(text));
                *index += 1;
            }
            while let Some(text) = items.integer(integers) {
                ids.push(Id { text, kind: IdKind::Integer });
                *index += 1;
            }
        } else {
            *index += items.strings(strings);
            *index += items.integers(integers);
        }
    }

    pub(super) fn scalar(&mut self, scalar: &Scalar<'_>) {
        for place in self.next().iter() {
            if let Some(node) = self.node(place) {
                scalar.check(node, &mut self.report, || self.trail.pointer());
            }
        }
        let depth = self.trail.frames.len();
        let Some(frame) = self.trail.frames.last() else {
            self.capture.note(0, 0, || Captured::of(scalar));
            return;
        };
        if let Some(list) = frame.list
            && let Some(list) = self.capture.captured.get_mut(list)
        {
            list.push(scalar);
        }
        if let Part::Object { .. } = frame.part {
            self.capture.note(frame.watched.end, depth, || Captured::of(scalar));
        }
        if frame.unique == Unique::Watched {
            self.scratch.clear();
            scalar.encode(&mut self.scratch);
        }
        self.done();
    }

    /// A value inside a container is complete; where items are compared, its bytes are in `scratch`.
    #[inline]
    fn done(&mut self) {
        let depth = self.trail.frames.len().wrapping_sub(1);
        let Some(frame) = self.trail.frames.last_mut() else { return };
        if let Part::Array { index } = &mut frame.part {
            if frame.unique == Unique::Watched
                && let Some(Err(first)) = self.items.get_mut(depth).map(|seen| seen.insert(&self.scratch))
            {
                frame.unique = Unique::Broken { first, second: *index };
            }
            *index += 1;
        }
    }

    /// What arrays and objects have in common when they begin. Gives the nodes that apply, and whether the
    /// value must be built.
    pub(super) fn begin(&mut self, kind: Type) -> Result<(Span, bool), TooDeep> {
        if self.trail.frames.len() >= self.depth {
            let depth = self.depth;
            self.report.add(Rule::Depth, || self.trail.pointer(), || Particulars::limit(depth));
            return Err(TooDeep);
        }
        let nodes = self.next();
        let mut whole = self.trail.frames.last().is_some_and(|frame| frame.unique == Unique::Watched);
        for place in nodes.iter() {
            let Some(node) = self.node(place) else { continue };
            if let Some(types) = node.types.as_ref().filter(|types| !types.allows(kind)) {
                let particulars = || Particulars::limit(types).actual(kind.name());
                self.report.add(Rule::Type, || self.trail.pointer(), particulars);
            }
            if node.never {
                self.report.add(Rule::Never, || self.trail.pointer(), Particulars::default);
            }
            for choices in &node.choices {
                if choices.containers {
                    whole = true;
                } else {
                    let particulars = || Particulars::limit(&choices.text).actual(kind.name());
                    self.report.add(choice_rule(choices.keyword), || self.trail.pointer(), particulars);
                }
            }
        }
        if let Some(Frame { list: Some(list), .. }) = self.trail.frames.last()
            && let Some(list) = self.capture.captured.get_mut(*list)
        {
            *list = Captured::Other;
        }
        Ok((nodes, whole))
    }

    /// Opens a container.
    pub(super) fn push(&mut self, part: Part, nodes: Span, next: Span, whole: bool, unique: Unique) {
        let depth = self.trail.frames.len();
        // An array has no names in its paths: what is inside is wanted by nobody, unless it is a list.
        let from = match self.trail.frames.last() {
            Some(Frame { part: Part::Object { .. }, watched, .. }) => watched.end,
            Some(_) => self.capture.mark(),
            None => 0,
        };
        let room = self.room;
        let noted = self.capture.note(from, depth, || match part {
            Part::Array { .. } => Captured::List(IdList::with_room(room)),
            Part::Object { .. } => Captured::Other,
        });
        let list = noted.filter(|_| matches!(part, Part::Array { .. }));
        let watched = Span { start: from, end: self.capture.mark() };
        let builds = whole && !self.building;
        self.building |= builds;
        let passing = match part {
            Part::Array { .. } if unique == Unique::Ignored && !self.building => {
                next.iter().filter_map(|place| self.node(place).map(passing)).fold(Passing::ALL, Passing::and)
            }
            _ => Passing::NONE,
        };
        self.trail.frames.push(Frame { part, nodes, next, watched, list, whole, builds, unique, passing });
    }

    /// Closes the innermost container. Afterwards the trail leads to it again.
    pub(super) fn pop(&mut self) -> Option<Frame> {
        let frame = self.trail.frames.pop()?;
        self.nodes.truncate(frame.nodes.end);
        self.capture.forget(frame.watched.end);
        if let Part::Object { key } = frame.part {
            self.trail.keys.truncate(key);
        }
        Some(frame)
    }

    /// The end of a container that had to be built: compares it with listed values and with the items before
    /// it.
    pub(super) fn compare(&mut self, frame: &Frame) {
        if frame.whole {
            self.scratch.clear();
            if let Some(value) = self.builder.last() {
                encode(&mut self.scratch, value);
            }
            for place in frame.nodes.iter() {
                let Some(node) = self.node(place) else { continue };
                for choices in node.choices.iter().filter(|choices| choices.containers) {
                    if !choices.contain(&self.scratch) {
                        let kind =
                            if matches!(frame.part, Part::Array { .. }) { Type::Array } else { Type::Object };
                        let particulars = || Particulars::limit(&choices.text).actual(kind.name());
                        self.report.add(choice_rule(choices.keyword), || self.trail.pointer(), particulars);
                    }
                }
            }
        }
        if frame.builds {
            self.building = false;
            self.builder.take();
        }
        self.done();
    }

    pub(super) fn check_array_end(&mut self, frame: &Frame, index: usize) {
        for place in frame.nodes.iter() {
            let Some(rules) = self.node(place).and_then(|node| node.arrays.as_ref()) else { continue };
            self.check_count(rules.length, index);
            if let (true, Unique::Broken { first, second }) = (rules.unique, frame.unique) {
                let particulars = || Particulars::limit(first).actual(second);
                self.report.add(Rule::UniqueItems, || self.trail.pointer(), particulars);
            }
        }
    }

    fn check_count(&mut self, bounds: Bounds, count: usize) {
        let (rule, limit) = match bounds.broken_by(count as u64) {
            Some(Broken::Minimum(minimum)) => (Rule::MinItems, minimum),
            Some(Broken::Maximum(maximum)) => (Rule::MaxItems, maximum),
            None => return,
        };
        self.report.add(rule, || self.trail.pointer(), || Particulars::limit(limit).actual(count));
    }

    pub(super) fn check_required(&mut self, frame: &Frame) {
        let depth = self.trail.frames.len();
        for place in frame.nodes.iter() {
            let Some(rules) = self.node(place).and_then(|node| node.objects.as_ref()) else { continue };
            for name in &rules.required {
                if !self.names.get(depth).is_some_and(|names| names.contains(name.as_bytes())) {
                    self.report.add(Rule::Required, || self.trail.pointer(), || Particulars::property(name));
                }
            }
        }
    }

    /// Gathers the nodes for the property of this name.
    pub(super) fn property(&mut self, nodes: Span, name: &str) {
        self.nodes.begin();
        for place in nodes.iter() {
            let Some(rules) = self.node(place).and_then(|node| node.objects.as_ref()) else { continue };
            match rules.property(name) {
                Additional::Any => {}
                Additional::Refused => {
                    let particulars = || Particulars::property(name);
                    self.report.add(Rule::AdditionalProperties, || self.trail.pointer(), particulars);
                }
                Additional::Schema(id) => self.add_nodes(id),
            }
        }
    }

    pub(super) fn add_nodes(&mut self, id: NodeId) {
        if let Some(node) = self.schema.node(id) {
            self.nodes.extend(&node.all, self.schema.len());
        }
    }
}
