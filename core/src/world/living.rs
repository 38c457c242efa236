//! A world in which things happen: looking things up. How it changes is told in `changing` and `patch`, how
//! it is written down in `view`.

use std::sync::Arc;

use crate::request::ids::{Compare, Id};

use super::audit::AuditLog;
use super::caller::{Caller, Grant};
use super::changes::Changes;
use super::container::Container;
use super::directory::Directory;
use super::handles::{CallerIndex, ContainerIndex, Kind, ResourceIndex};
use super::index::Reach;
use super::operation::{Operation, Operations};
use super::resource::{Key, Resource};
use super::seed::Seed;
use super::store::Store;

/// Who and what exists, what was done about it, and what is on its way. Shares its seed with every other
/// world on it, and costs what differs from that.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) directory: Arc<Directory>,
    pub(super) store: Store,
    pub(super) operations: Operations,
    pub(super) changes: Changes,
    pub(super) audit: AuditLog,
}

impl World {
    /// A world as its seed says.
    pub fn new(seed: Arc<Seed>) -> Self {
        Self {
            directory: Arc::clone(&seed.directory),
            store: Store::new(seed),
            operations: Operations::default(),
            changes: Changes::default(),
            audit: AuditLog::default(),
        }
    }

    /// Counts on with every change of who and what there is: two readings that are the same are of the same world, unless
    /// another was put in its place.
    pub fn revision(&self) -> u64 {
        self.store.revision
    }

    /// The seed it began with.
    pub fn seed(&self) -> &Arc<Seed> {
        &self.store.seed
    }

    // Kinds and containers.

    /// The kind of this name; `None` when nothing in this world ever had it.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.directory.kind(name)
    }

    /// What the kind is called; empty for a kind of another world.
    pub fn kind_name(&self, kind: Kind) -> &str {
        self.directory.kind_name(kind).map_or("", |name| name)
    }

    /// The container of this kind that has this id or alias. Where case is ignored and several match, the
    /// exact name comes first, then the order of the containers.
    pub fn container(&self, kind: &str, id: &str, compare: Compare) -> Option<ContainerIndex> {
        self.directory.find_container(self.directory.kind(kind)?, id, compare)
    }

    /// The container itself.
    pub fn container_at(&self, container: ContainerIndex) -> Option<&Container> {
        self.directory.container(container)
    }

    /// The container's id, whatever name it was found by; empty for a container of another world.
    pub fn container_id(&self, container: ContainerIndex) -> &str {
        self.directory.container(container).map_or("", Container::id)
    }

    /// All containers, in order.
    pub fn containers(&self) -> impl Iterator<Item = &Container> {
        self.directory.containers().iter().map(|container| &**container)
    }

    // Resources.

    /// The resource that has this id, in this container. Not what was deleted or whose deletion was accepted.
    /// `"7"` and `7` are two ids.
    ///
    /// Without a container, for contracts that know none: what is in no container comes first, then whatever
    /// container it is in. Where case is ignored, the exact id comes before others; then the order of the
    /// resources decides.
    pub fn find(
        &self,
        kind: Kind,
        container: Option<ContainerIndex>,
        id: Id<'_>,
        compare: Compare,
    ) -> Option<ResourceIndex> {
        let reach = if container.is_some() { Reach::Place } else { Reach::Anywhere };
        self.store.find(&Key { kind, container, id_kind: id.kind, id: id.text }, reach, compare)
    }

    /// [`World::find`] for each of these ids, in their order: faster than one by one, where there are many.
    pub fn find_each(
        &self,
        kind: Kind,
        container: Option<ContainerIndex>,
        ids: &[Id<'_>],
        compare: Compare,
    ) -> Vec<Option<ResourceIndex>> {
        let reach = if container.is_some() { Reach::Place } else { Reach::Anywhere };
        let keys = ids.iter().map(|id| Key { kind, container, id_kind: id.kind, id: id.text });
        self.store.find_each(&keys.collect::<Vec<_>>(), reach, compare)
    }

    /// The resource itself. Also one that is gone: an answer may have to name it.
    pub fn resource(&self, r: ResourceIndex) -> Option<&Resource> {
        self.store.get(r)
    }

    /// Whether the resource is there: neither deleted nor accepted for deletion.
    pub fn is_present(&self, r: ResourceIndex) -> bool {
        self.store.is_present(r)
    }

    /// The resources that are there: the seed's in its order, then those that were added.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceIndex, &Resource)> {
        self.store.iter()
    }

    // Callers.

    /// The caller.
    pub fn caller(&self, caller: CallerIndex) -> Option<&Caller> {
        self.directory.caller(caller)
    }

    /// All callers, in order.
    pub fn callers(&self) -> impl Iterator<Item = &Caller> {
        self.directory.callers().iter().map(|caller| &**caller)
    }

    /// The caller with this id.
    pub fn caller_by_id(&self, id: &str) -> Option<CallerIndex> {
        self.directory.caller_by_id(id)
    }

    /// The caller for whom this opaque token stands.
    pub fn caller_by_token(&self, token: &str) -> Option<CallerIndex> {
        self.directory.caller_by_token(token)
    }

    /// The caller for whom this access key stands, with the secret that signs for it.
    pub fn caller_by_key(&self, access: &str) -> Option<(CallerIndex, &str)> {
        let index = self.directory.caller_by_access(access)?;
        let key = self.caller(index)?.keys().iter().find(|key| *key.access == *access)?;
        Some((index, &key.secret))
    }

    /// The caller who logs in with this user and password.
    pub fn caller_by_login(&self, user: &str, password: &str) -> Option<CallerIndex> {
        let index = self.directory.caller_by_user(user)?;
        let login = self.caller(index)?.login()?;
        if *login.password == *password { Some(index) } else { None }
    }

    // Rights.

    /// Whether the caller sees the resource: is among those it is visible to; or, where it does not say, has
    /// a grant on its container, if it is in one.
    pub fn sees(&self, caller: CallerIndex, resource: &Resource) -> bool {
        match (resource.visible_to(), resource.container()) {
            (Some(visible_to), _) => visible_to.binary_search(&caller).is_ok(),
            (None, Some(container)) => self.has_grant(caller, container),
            (None, None) => self.caller(caller).is_some(),
        }
    }

    /// Whether the resource is the caller's.
    pub fn owns(&self, caller: CallerIndex, resource: &Resource) -> bool {
        resource.owner() == Some(caller)
    }

    /// What the caller may in the container; `None` without a grant.
    pub fn grant(&self, caller: CallerIndex, container: ContainerIndex) -> Option<&Grant> {
        self.caller(caller)?.grant(container)
    }

    /// Whether the caller has a grant on the container, even one without roles and permissions.
    pub fn has_grant(&self, caller: CallerIndex, container: ContainerIndex) -> bool {
        self.grant(caller, container).is_some()
    }

    /// Whether the caller has the role in the container.
    pub fn has_role(&self, caller: CallerIndex, container: ContainerIndex, role: &str) -> bool {
        self.grant(caller, container).is_some_and(|grant| grant.has_role(role))
    }

    /// Whether the caller has the permission in the container.
    pub fn has_permission(&self, caller: CallerIndex, container: ContainerIndex, permission: &str) -> bool {
        self.grant(caller, container).is_some_and(|grant| grant.has_permission(permission))
    }

    /// Whether the caller's tokens carry the scope, unless they say otherwise.
    pub fn has_scope(&self, caller: CallerIndex, scope: &str) -> bool {
        self.caller(caller).is_some_and(|caller| caller.has_scope(scope))
    }

    // Records.

    /// The operations that have not ended and the last that have, in the order in which they were accepted.
    pub fn operations(&self) -> impl DoubleEndedIterator<Item = &Operation> {
        self.operations.iter()
    }

    /// The operation with this id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.by_id(id)
    }

    /// Who deleted what.
    pub fn audit(&self) -> &AuditLog {
        &self.audit
    }

    /// Who deleted what, to be added to.
    pub fn audit_mut(&mut self) -> &mut AuditLog {
        &mut self.audit
    }
}
