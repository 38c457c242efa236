//! The supported subset of JSON Schema 2020-12, compiled: no names are left to resolve and nothing can fail
//! any more.
//!
//! What is not supported is refused while compiling, by keyword and place, so that no rule of a contract is
//! silently dropped. Holding a value against a schema is left to `validate`.

mod closure;
mod compile;
mod keywords;
mod node;
mod pattern;
mod reference;
mod types;

record! { Schema { nodes } }

#[cfg(test)]
mod tests;

use crate::code::record;
use crate::json::Value;
use crate::problem::Problems;
pub(crate) use node::{Additional, Bounds, Broken, ChoiceKeyword, Node, NodeId, NumberRules, StringRules};
pub use types::Type;
pub(crate) use types::TypeSet;

/// A compiled schema. May refer to itself.
#[derive(Clone, Debug)]
pub struct Schema {
    nodes: Box<[Node]>,
}

impl Schema {
    /// Compiles the schema at a JSON Pointer of a document. References are resolved within the document.
    ///
    /// Adds a problem for each thing that is not supported or does not make sense, and then gives nothing.
    pub fn compile(root: &Value, pointer: &str, problems: &mut Problems) -> Option<Self> {
        compile::compile(root, pointer, problems).map(|nodes| Self { nodes: nodes.into() })
    }

    /// Whether a value of this type can be valid, as far as `type` says.
    pub fn allows(&self, wanted: Type) -> bool {
        self.root().all(|node| node.types.as_ref().is_none_or(|types| types.allows(wanted)))
    }

    /// As [`Self::allows`], for the items of an array.
    pub fn items_allow(&self, wanted: Type) -> bool {
        self.root()
            .filter_map(|node| self.node(node.arrays.as_ref()?.items?))
            .flat_map(|items| self.with_all(items))
            .all(|node| node.types.as_ref().is_none_or(|types| types.allows(wanted)))
    }

    /// The nodes that apply to the whole value.
    pub(crate) fn root(&self) -> impl Iterator<Item = &Node> {
        self.nodes.first().into_iter().flat_map(|first| self.with_all(first))
    }

    /// The nodes that apply to the whole value, by number.
    pub(crate) fn root_ids(&self) -> &[NodeId] {
        self.nodes.first().map_or(&[], |first| &first.all)
    }

    /// The node of this number.
    #[inline]
    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn with_all<'s>(&'s self, node: &'s Node) -> impl Iterator<Item = &'s Node> {
        node.all.iter().filter_map(|&id| self.node(id))
    }
}
