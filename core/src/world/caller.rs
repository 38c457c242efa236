//! Who calls, how they prove it, and what they may. Proving is left to whoever reads credentials; deciding to
//! the checks.

use std::sync::Arc;

use super::handles::ContainerIndex;

/// A caller as the world knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub(super) id: Arc<str>,
    pub(super) tokens: Vec<Box<str>>,
    pub(super) keys: Vec<AccessKey>,
    pub(super) login: Option<Login>,
    pub(super) scopes: Vec<Box<str>>,
    /// One for each container, in the order of the containers.
    pub(super) grants: Vec<Grant>,
}

/// A pair of keys that signs requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    /// What the request names.
    pub access: Box<str>,
    /// What signs it.
    pub secret: Box<str>,
}

/// What a caller logs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The user's name.
    pub user: Box<str>,
    /// The password, as it is typed.
    pub password: Box<str>,
}

/// What a caller may in one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Where.
    pub container: ContainerIndex,
    /// The roles held there.
    pub roles: Vec<Box<str>>,
    /// The permissions held there.
    pub permissions: Vec<Box<str>>,
}

impl Caller {
    /// The id by which worlds and tokens know the caller.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The id, shared: for records that outlive the look at the world.
    pub fn shared_id(&self) -> Arc<str> {
        Arc::clone(&self.id)
    }

    /// The opaque tokens that stand for the caller.
    pub fn tokens(&self) -> &[Box<str>] {
        &self.tokens
    }

    /// The keys that sign for the caller.
    pub fn keys(&self) -> &[AccessKey] {
        &self.keys
    }

    /// How the caller logs in.
    pub fn login(&self) -> Option<&Login> {
        self.login.as_ref()
    }

    /// The scopes that the caller's tokens carry unless they say otherwise.
    pub fn scopes(&self) -> &[Box<str>] {
        &self.scopes
    }

    /// What the caller may, container by container.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// What the caller may in this container.
    pub fn grant(&self, container: ContainerIndex) -> Option<&Grant> {
        let found = self.grants.binary_search_by_key(&container, |grant| grant.container).ok()?;
        self.grants.get(found)
    }

    /// Whether the caller has this scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        has(&self.scopes, scope)
    }
}

impl Grant {
    /// Whether the role is among its roles.
    pub fn has_role(&self, role: &str) -> bool {
        has(&self.roles, role)
    }

    /// Whether the permission is among its permissions.
    pub fn has_permission(&self, permission: &str) -> bool {
        has(&self.permissions, permission)
    }
}

fn has(words: &[Box<str>], word: &str) -> bool {
    words.iter().any(|held| **held == *word)
}
