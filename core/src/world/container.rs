//! What resources are in: a space, a project, a workspace. Rights are granted on it.

use std::sync::Arc;

use super::handles::Kind;

/// A container as the world has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    pub(super) kind: Kind,
    pub(super) id: Arc<str>,
    pub(super) aliases: Vec<Box<str>>,
}

impl Container {
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
