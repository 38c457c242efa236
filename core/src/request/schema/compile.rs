//! From a document to the arena: schema after schema, in the order in which they are met, never by calling
//! itself.

use super::closure::close;
use super::node::{Node, NodeId};
use super::{keywords, reference};
use crate::json::{Seen, Value};
use crate::problem::Problems;
use std::collections::VecDeque;

/// Compiles what the schema at a pointer reaches; its own node is the first.
pub(super) fn compile(root: &Value, pointer: &str, problems: &mut Problems) -> Option<Vec<Node>> {
    let before = problems.len();
    let Some(value) = root.at(pointer) else {
        problems.push(pointer, "there is no schema here");
        return None;
    };
    let mut compiler = Compiler {
        root,
        problems,
        nodes: Vec::new(),
        pointers: Vec::new(),
        known: Seen::default(),
        queue: VecDeque::new(),
    };
    compiler.schema(pointer.to_owned(), value);
    let mut links = Vec::new();
    while let Some((pointer, value)) = compiler.queue.pop_front() {
        let (node, also) = keywords::read(&mut compiler, &pointer, value);
        compiler.nodes.push(node);
        links.push(also);
    }
    let Compiler { mut nodes, pointers, problems, .. } = compiler;
    if problems.len() == before {
        close(&mut nodes, &links, &pointers, problems);
    }
    if problems.len() == before { Some(nodes) } else { None }
}

/// The work in hand.
pub(super) struct Compiler<'a> {
    root: &'a Value,
    pub(super) problems: &'a mut Problems,
    nodes: Vec<Node>,
    /// Where each node stands, by number.
    pointers: Vec<String>,
    /// Their pointers again, to be looked up.
    known: Seen,
    /// Schemas that have a number and are still to be read, in the order of their numbers.
    queue: VecDeque<(String, &'a Value)>,
}

impl<'a> Compiler<'a> {
    /// The number of the schema at a pointer; reads it later, once, however often it is referred to.
    pub(super) fn schema(&mut self, pointer: String, value: &'a Value) -> NodeId {
        // A document has fewer schemas than bytes, and not four thousand million of those.
        let id = |place: usize| NodeId(u32::try_from(place).unwrap_or(u32::MAX));
        if let Err(known) = self.known.insert(pointer.as_bytes()) {
            return id(known);
        }
        let id = id(self.pointers.len());
        self.pointers.push(pointer.clone());
        self.queue.push_back((pointer, value));
        id
    }

    /// The number of the schema that a `$ref` at a pointer names.
    pub(super) fn reference(&mut self, pointer: &str, text: &str) -> Option<NodeId> {
        match reference::resolve(self.root, text) {
            Ok((target, value)) => Some(self.schema(target, value)),
            Err(message) => {
                self.problems.push(pointer, message);
                None
            }
        }
    }
}
