//! What a contract's schemas say about the shape of a request, for those who build one: how many ids it may name, and which
//! properties its body has.

use super::Contract;
use super::source::Source;
use crate::request::ids::IdKind;
use crate::request::parameters::ParameterPlace;
use crate::request::schema::{Node, NodeId, Schema, Type};

impl Contract {
    /// The least and the most ids that one request may name, where the contract says so.
    pub fn bounds(&self) -> (Option<u64>, Option<u64>) {
        let (mut least, mut most) = (None, None);
        if let Some((schema, pointer)) = self.schema_of(&self.ids.at) {
            for id in below(schema, pointer) {
                let rules = schema.node(id).and_then(|node| node.arrays.as_ref());
                let Some(rules) = rules else { continue };
                least = least.max(rules.length.minimum);
                most = match (most, rules.length.maximum) {
                    (Some(one), Some(other)) => Some(u64::min(one, other)),
                    (one, other) => one.or(other),
                };
            }
        }
        (least, most)
    }

    /// Why something that is no list of ids may stand where the ids do, if so: what is no id would be passed over.
    pub(super) fn ids_may_be_others(&self) -> Option<&'static str> {
        let (schema, pointer) = self.schema_of(&self.ids.at)?;
        let lists = below(schema, pointer);
        if lists.is_empty() {
            return None;
        }
        let items: Vec<NodeId> = lists
            .iter()
            .filter_map(|id| schema.node(schema.node(*id)?.arrays.as_ref()?.items?))
            .flat_map(|node| node.all.iter().copied())
            .collect();
        // A `null` names nothing, neither for the list nor in it.
        if may_be(schema, &lists, &[Type::Boolean, Type::Number, Type::Integer, Type::String, Type::Object]) {
            return Some("the ids stand in a list: let their `type` in openapi.json be `array`");
        }
        if may_be(schema, &items, &[Type::Boolean, Type::Number, Type::Array, Type::Object]) {
            return Some(
                "an id is a string or an integer: let the `type` of the list's `items` in openapi.json be one of these, or both",
            );
        }
        None
    }

    /// Whether a request may name an id of this kind.
    pub fn takes_ids_of(&self, kind: IdKind) -> bool {
        let Some((schema, pointer)) = self.schema_of(&self.ids.at) else { return true };
        let of_kind = match kind {
            IdKind::Text => Type::String,
            IdKind::Integer => Type::Integer,
        };
        let items = below(schema, pointer)
            .iter()
            .filter_map(|id| schema.node(schema.node(*id)?.arrays.as_ref()?.items?))
            .flat_map(|node| node.all.iter().filter_map(|id| schema.node(*id)))
            .collect::<Vec<_>>();
        items.iter().all(|node| node.types.as_ref().is_none_or(|types| types.allows(of_kind)))
    }

    /// Whether what stands at a place of a request may be true.
    pub(super) fn may_be_true(&self, at: &Source) -> bool {
        self.schema_of(at)
            .is_some_and(|(schema, pointer)| may_be(schema, &below(schema, pointer), &[Type::Boolean]))
    }

    /// The schema in which a place of a request stands, and where in it.
    fn schema_of<'s>(&'s self, at: &'s Source) -> Option<(&'s Schema, &'s str)> {
        let parameter = |place, name: &str| Some(&self.operation.parameter(place, name)?.schema);
        match at {
            Source::Path(name) => Some((parameter(ParameterPlace::Path, name)?, "")),
            Source::Query(name) => Some((parameter(ParameterPlace::Query, name)?, "")),
            Source::Body(pointer) => Some((&self.operation.body.as_ref()?.schema, pointer.as_str())),
        }
    }

    /// Whether ids are asked for nothing but their type, and their list for nothing but its length, in a body: then a list of ids of
    /// one type is as valid as a list of as many others, and as one of fewer while it is long enough.
    pub fn ids_are_alike(&self) -> bool {
        let (Some(body), Source::Body(pointer)) = (&self.operation.body, &self.ids.at) else { return false };
        let schema = &body.schema;
        let lists = below(schema, pointer);
        let items: Vec<NodeId> = lists
            .iter()
            .filter_map(|id| schema.node(schema.node(*id)?.arrays.as_ref()?.items?))
            .flat_map(|node| node.all.iter().copied())
            .collect();
        let plain = |id: &NodeId, says: fn(&Node) -> bool| {
            schema.node(*id).is_some_and(|node| !node.never && node.choices.is_empty() && says(node))
        };
        let has_nothing_else = |node: &Node| node.strings.is_none() && node.numbers.is_none();
        let is_of_types = |node: &Node| {
            node.strings.is_none()
                && node.numbers.is_none()
                && node.arrays.is_none()
                && node.objects.is_none()
        };
        let is_list = |node: &Node| {
            node.strings.is_none()
                && node.numbers.is_none()
                && node.objects.is_none()
                && node.arrays.as_ref().is_none_or(|rules| !rules.unique)
        };
        !items.is_empty()
            && schema.root_ids().iter().all(|id| plain(id, has_nothing_else))
            && lists.iter().all(|id| plain(id, is_list))
            && items.iter().all(|id| plain(id, is_of_types))
    }

    /// The properties that the body's schema names: those of each of its parts, sorted.
    pub fn body_properties(&self) -> Vec<&str> {
        let Some(body) = &self.operation.body else { return Vec::new() };
        let objects = body.schema.root_ids().iter().filter_map(|id| body.schema.node(*id)?.objects.as_ref());
        objects.flat_map(|rules| rules.properties.iter().map(|(name, _)| &**name)).collect()
    }
}

/// Whether these nodes let a value have one of these types. Where they list values, those are taken to be of the right type.
fn may_be(schema: &Schema, nodes: &[NodeId], types: &[Type]) -> bool {
    let allows = |id: &NodeId, wanted| {
        schema.node(*id).is_none_or(|node| {
            !node.never
                && node.choices.is_empty()
                && node.types.as_ref().is_none_or(|types| types.allows(wanted))
        })
    };
    types.iter().any(|wanted| nodes.iter().all(|id| allows(id, *wanted)))
}

/// The nodes that hold for the value at a JSON Pointer, through objects only.
fn below(schema: &Schema, pointer: &str) -> Vec<NodeId> {
    let mut here: Vec<NodeId> = schema.root_ids().to_vec();
    for name in crate::json::segments(pointer).into_iter().flatten() {
        let objects = here.iter().filter_map(|id| schema.node(*id)?.objects.as_ref());
        let named = objects.flat_map(|rules| rules.properties.iter().filter(|(own, _)| **own == *name));
        here =
            named.filter_map(|(_, id)| schema.node(*id)).flat_map(|node| node.all.iter().copied()).collect();
    }
    here
}
