//! What resources are in: a space, a project, a workspace. Rights are granted on it.

use std::sync::Arc;

use super::handles::Kind;

/// A container as the world has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    pub(super) kind: Kind,
    pub(super) id: Arc<str>,
    pub(super) aliases: Vec<Box<str>>,
    pub(super) name: Option<Box<str>>,
}

impl Container {
    /// What people call it: its id, where it has no other name.
    pub fn name(&self) -> &str {
        self.own_name().unwrap_or(&self.id)
    }

    /// The name that it was given, if it was given one.
    pub fn own_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Its id, unique among those of its kind.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The id, shared: for records that outlive the look at the world.
    pub fn shared_id(&self) -> Arc<str> {
        Arc::clone(&self.id)
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its other names, such as `default`.
    pub fn aliases(&self) -> &[Box<str>] {
        &self.aliases
    }
}
