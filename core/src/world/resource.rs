//! What can be deleted. A world may hold a million of these: what most of them lack is kept apart, and what
//! many of them share is shared.

use std::sync::Arc;

use crate::json::{Object, Value};
use crate::request::ids::{Id, IdKind};

use super::handles::{CallerIndex, ContainerIndex, Kind};

/// A resource as the world has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    pub(super) kind: Kind,
    pub(super) id_kind: IdKind,
    pub(super) id: Box<str>,
    pub(super) container: Option<ContainerIndex>,
    pub(super) owner: Option<CallerIndex>,
    pub(super) name: Option<Box<str>>,
    pub(super) state: Option<Arc<str>>,
    pub(super) details: Option<Arc<Details>>,
    /// The kind of the resource whose deletion left this one behind.
    pub(super) orphan_of: Option<Kind>,
}

/// What only some resources have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Details {
    pub(super) attributes: Option<Object>,
    pub(super) visible_to: Option<Box<[CallerIndex]>>,
    pub(super) children: Box<[Child]>,
    pub(super) on_delete: Option<OnDelete>,
}

/// Something that lives under a resource: it goes with it, or is orphaned and becomes a resource of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Child {
    pub(super) kind: Kind,
    pub(super) id_kind: IdKind,
    pub(super) id: Box<str>,
}

/// What happens when somebody tries to delete the resource. An empty one does nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnDelete {
    /// The deletion fails, and this is why.
    pub fail: Option<Box<str>>,
    /// The deletion works, its clean-up does not, and this is the warning.
    pub cleanup_fails: Option<Box<str>>,
}

/// What is to become of a deleted resource's children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Children {
    /// They go with it.
    Delete,
    /// Each stays, as a resource of its own kind in the same container.
    Orphan,
}

impl Resource {
    /// Its id, unique among those of its kind in its container.
    pub fn id(&self) -> Id<'_> {
        Id { text: &self.id, kind: self.id_kind }
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Where it is; `None` for what is in no container.
    pub fn container(&self) -> Option<ContainerIndex> {
        self.container
    }

    /// What people call it.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whose it is.
    pub fn owner(&self) -> Option<CallerIndex> {
        self.owner
    }

    /// The state it is in, a word of its contract's: `open`.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// All its attributes; `None` when it has none.
    pub fn attributes(&self) -> Option<&Object> {
        self.details.as_ref()?.attributes.as_ref()
    }

    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        self.attributes()?.get(name)
    }

    /// The only callers who see it, in the order of the world's callers. `None`: everyone with a grant on its
    /// container, and simply everyone when it has no container.
    pub fn visible_to(&self) -> Option<&[CallerIndex]> {
        self.details.as_ref()?.visible_to.as_deref()
    }

    /// What lives under it.
    pub fn children(&self) -> &[Child] {
        self.details.as_ref().map_or(&[], |details| &details.children)
    }

    /// Why its deletion fails; `None` when it does not.
    pub fn fail(&self) -> Option<&str> {
        self.details.as_ref()?.on_delete.as_ref()?.fail.as_deref()
    }

    /// Why the clean-up of its deletion fails; `None` when it does not.
    pub fn cleanup_fails(&self) -> Option<&str> {
        self.details.as_ref()?.on_delete.as_ref()?.cleanup_fails.as_deref()
    }

    /// Whether it was left behind when the resource above it was deleted.
    pub fn is_orphan(&self) -> bool {
        self.orphan_of.is_some()
    }

    /// Whether kind, container and id, taken exactly, are these.
    pub(super) fn has_key(&self, key: &Key<'_>) -> bool {
        self.key() == *key
    }

    /// Kind, container and id.
    pub(super) fn key(&self) -> Key<'_> {
        Key { kind: self.kind, container: self.container, id_kind: self.id_kind, id: &self.id }
    }

    /// What a child becomes when its parent goes.
    pub(super) fn orphan(parent: &Self, child: &Child) -> Self {
        Self {
            kind: child.kind,
            id_kind: child.id_kind,
            id: child.id.clone(),
            container: parent.container,
            owner: None,
            name: None,
            state: None,
            details: None,
            orphan_of: Some(parent.kind),
        }
    }
}

impl Child {
    /// Its id.
    pub fn id(&self) -> Id<'_> {
        Id { text: &self.id, kind: self.id_kind }
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What identifies it when it stands alone in its parent's container.
    pub(super) fn key_in(&self, container: Option<ContainerIndex>) -> Key<'_> {
        Key { kind: self.kind, container, id_kind: self.id_kind, id: &self.id }
    }
}

/// What identifies a resource in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key<'a> {
    pub(super) kind: Kind,
    pub(super) container: Option<ContainerIndex>,
    pub(super) id_kind: IdKind,
    pub(super) id: &'a str,
}
