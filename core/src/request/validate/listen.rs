//! What the machine does at each part of a value that it is told.

use super::frame::{Frame, Part, Unique};
use super::machine::{Machine, TooDeep};
use super::report::Particulars;
use super::scalar::{NumberText, Scalar};
use crate::json::{Events, Items, Seen};
use crate::request::schema::Type;
use crate::request::violation::Rule;

/// The set at this depth, emptied.
fn fresh(sets: &mut Vec<Seen>, depth: usize) {
    if sets.len() <= depth {
        sets.resize_with(depth + 1, Seen::default);
    }
    if let Some(set) = sets.get_mut(depth) {
        set.clear();
    }
}

impl Events for Machine<'_> {
    type Stop = TooDeep;

    fn null(&mut self) -> Result<(), TooDeep> {
        if self.building {
            let _ = self.builder.null();
        }
        self.scalar(&Scalar::Null);
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), TooDeep> {
        if self.building {
            let _ = self.builder.boolean(value);
        }
        self.scalar(&Scalar::Boolean(value));
        Ok(())
    }

    #[inline]
    fn number(&mut self, text: &str) -> Result<(), TooDeep> {
        if self.building {
            let _ = self.builder.number(text);
        }
        self.scalar(&Scalar::Number(NumberText::new(text)));
        Ok(())
    }

    #[inline]
    fn string(&mut self, text: &str) -> Result<(), TooDeep> {
        if self.pass(text) {
            return Ok(());
        }
        if self.building {
            let _ = self.builder.string(text);
        }
        self.scalar(&Scalar::String(text));
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), TooDeep> {
        let (nodes, whole) = self.begin(Type::Array)?;
        self.nodes.begin();
        let mut unique = Unique::Ignored;
        for place in nodes.iter() {
            let Some(rules) = self.node(place).and_then(|node| node.arrays.as_ref()) else { continue };
            if let Some(items) = rules.items {
                self.add_nodes(items);
            }
            if rules.unique {
                unique = Unique::Watched;
            }
        }
        if unique == Unique::Watched {
            fresh(&mut self.items, self.trail.frames.len());
        }
        let next = self.nodes.span();
        self.push(Part::Array { index: 0 }, nodes, next, whole, unique);
        if self.building {
            let _ = self.builder.begin_array();
        }
        Ok(())
    }

    #[inline]
    fn items(&mut self, items: &mut Items<'_>) {
        self.pass_all(items);
    }

    fn end_array(&mut self) -> Result<(), TooDeep> {
        if self.building {
            let _ = self.builder.end_array();
        }
        if let Some(frame) = self.pop() {
            if let Part::Array { index } = frame.part {
                self.check_array_end(&frame, index);
            }
            self.compare(&frame);
        }
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), TooDeep> {
        let (nodes, whole) = self.begin(Type::Object)?;
        fresh(&mut self.names, self.trail.frames.len());
        self.nodes.begin();
        let (next, key) = (self.nodes.span(), self.trail.keys.len());
        self.push(Part::Object { key }, nodes, next, whole, Unique::Ignored);
        if self.building {
            let _ = self.builder.begin_object();
        }
        Ok(())
    }

    fn key(&mut self, name: &str) -> Result<(), TooDeep> {
        if self.building {
            // A name that comes twice is a violation already; what is built no longer matters then.
            let _ = self.builder.key(name);
        }
        let depth = self.trail.frames.len().wrapping_sub(1);
        let Some(&Frame { part: Part::Object { key }, nodes, next, watched, .. }) = self.trail.frames.last()
        else {
            return Ok(());
        };
        self.trail.keys.truncate(key);
        self.trail.keys.push_str(name);
        let known = self.names.get_mut(depth).is_some_and(|names| names.insert(name.as_bytes()).is_err());
        if known {
            self.report.add(Rule::DuplicateProperty, || self.trail.pointer(), || Particulars::property(name));
        }
        self.nodes.truncate(next.start);
        self.property(nodes, name);
        let next = self.nodes.span();
        self.capture.forget(watched.end);
        self.capture.descend(watched.start, watched.end, depth, name);
        if let Some(frame) = self.trail.frames.last_mut() {
            frame.next = next;
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), TooDeep> {
        if self.building {
            let _ = self.builder.end_object();
        }
        if let Some(frame) = self.pop() {
            self.check_required(&frame);
            self.compare(&frame);
        }
        Ok(())
    }
}
