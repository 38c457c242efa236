//! The containers and callers of a world, and every name by which they are found: ids, aliases, tokens,
//! access keys, users. Worlds on one seed share it until one of them changes it; then that one keeps a copy
//! of its own.

use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashTable};

use crate::request::ids::Compare;

use super::caller::Caller;
use super::container::Container;
use super::handles::{CallerIndex, ContainerIndex, Kind, next_number, position};
use super::hash;
use super::resource::Key;

type Table<K, V> = HashMap<K, V, FixedState>;

/// What a world knows about containers, callers and kinds. Nothing is ever taken out, so handles stay good.
#[derive(Clone, Debug, Default)]
pub(super) struct Directory {
    kinds: Vec<Arc<str>>,
    kinds_by_name: Table<Arc<str>, Kind>,
    containers: Vec<Arc<Container>>,
    containers_by_id: HashTable<ContainerIndex>,
    container_names: HashTable<Named>,
    callers: Vec<Arc<Caller>>,
    callers_by_id: Table<Arc<str>, CallerIndex>,
    tokens: Table<Box<str>, CallerIndex>,
    access_keys: Table<Box<str>, CallerIndex>,
    users: Table<Box<str>, CallerIndex>,
}

/// A name of a container: its id or an alias.
#[derive(Clone, Debug)]
struct Named {
    container: ContainerIndex,
    kind: Kind,
    name: Box<str>,
}

/// A credential that already stands for another caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clash {
    /// The token at this position.
    Token(usize),
    /// The pair of keys at this position.
    Key(usize),
    /// The login's user.
    User,
}

impl Directory {
    // Kinds.

    /// The kind of this name, known from now on. `None` when 65,536 others are.
    pub(super) fn intern_kind(&mut self, name: &str) -> Option<Kind> {
        if let Some(kind) = self.kind(name) {
            return Some(kind);
        }
        let kind = Kind(u16::try_from(self.kinds.len()).ok()?);
        let name: Arc<str> = Arc::from(name);
        self.kinds.push(Arc::clone(&name));
        self.kinds_by_name.insert(name, kind);
        Some(kind)
    }

    /// The kind of this name, if anything ever had it.
    pub(super) fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds_by_name.get(name).copied()
    }

    /// What the kind is called.
    pub(super) fn kind_name(&self, kind: Kind) -> Option<&Arc<str>> {
        self.kinds.get(usize::from(kind.0))
    }

    /// The names of all kinds, in order.
    pub(super) fn kinds(&self) -> &[Arc<str>] {
        &self.kinds
    }

    // Containers.

    /// All containers, in order.
    pub(super) fn containers(&self) -> &[Arc<Container>] {
        &self.containers
    }

    /// The container itself.
    pub(super) fn container(&self, container: ContainerIndex) -> Option<&Container> {
        self.containers.get(position(container.0)).map(|found| &**found)
    }

    /// The container that has this id or alias. Where case is ignored, the exact name comes first, then the
    /// order of the containers.
    pub(super) fn find_container(&self, kind: Kind, name: &str, compare: Compare) -> Option<ContainerIndex> {
        let mut best: Option<ContainerIndex> = None;
        for named in self.container_names.iter_hash(hash::name(kind, None, name)) {
            if named.kind != kind {
                continue;
            }
            if *named.name == *name {
                return Some(named.container);
            }
            let same = matches!(compare, Compare::IgnoreCase) && named.name.eq_ignore_ascii_case(name);
            if same && best.is_none_or(|found| named.container < found) {
                best = Some(named.container);
            }
        }
        best
    }

    /// The container that a document refers to as `kind/id`, by id or alias.
    pub(super) fn refer(&self, reference: &str) -> Option<ContainerIndex> {
        let (kind, id) = reference.split_once('/')?;
        self.find_container(self.kind(kind)?, id, Compare::Exact)
    }

    /// The container as documents refer to it: `kind/id`.
    pub(super) fn reference(&self, container: ContainerIndex) -> Option<String> {
        let it = self.container(container)?;
        Some(format!("{}/{}", self.kind_name(it.kind)?, it.id))
    }

    /// A resource in words, for messages.
    pub(super) fn described(&self, key: &Key<'_>) -> String {
        let kind = self.kind_name(key.kind).map_or("resource", |name| name);
        match key.container.and_then(|container| self.reference(container)) {
            Some(container) => format!("{kind} `{}` in `{container}`", key.id),
            None => format!("{kind} `{}`", key.id),
        }
    }

    /// The container with this id (not alias): the one that is there, or a new one. `None` when there are
    /// four billion. A new one is findable once it is named.
    pub(super) fn intern_container(&mut self, kind: Kind, id: &str) -> Option<ContainerIndex> {
        let hash = hash::name(kind, None, id);
        let same = |it: &Container| it.kind == kind && *it.id == *id;
        let there = self.containers_by_id.find(hash, |index| self.container(*index).is_some_and(same));
        if let Some(found) = there {
            return Some(*found);
        }
        let index = ContainerIndex(next_number(self.containers.len())?);
        self.containers.push(Arc::new(Container {
            kind,
            id: Arc::from(id),
            aliases: Vec::new(),
            name: None,
        }));
        let containers = &self.containers;
        self.containers_by_id.insert_unique(hash, index, |index| {
            containers.get(position(index.0)).map_or(0, |it| hash::name(it.kind, None, &it.id))
        });
        Some(index)
    }

    /// Says what people call the container; `None` for its id.
    pub(super) fn call_container(&mut self, container: ContainerIndex, name: Option<&str>) {
        let Some(entry) = self.containers.get_mut(position(container.0)) else { return };
        if entry.own_name() != name {
            Arc::make_mut(entry).name = name.map(Box::from);
        }
    }

    /// Takes the container's aliases away.
    pub(super) fn clear_aliases(&mut self, container: ContainerIndex) {
        let Some(entry) = self.containers.get_mut(position(container.0)) else { return };
        if entry.aliases.is_empty() {
            return;
        }
        let kind = entry.kind;
        for alias in std::mem::take(&mut Arc::make_mut(entry).aliases) {
            let mine =
                |named: &Named| named.container == container && named.kind == kind && named.name == alias;
            if let Ok(found) = self.container_names.find_entry(hash::name(kind, None, &alias), mine) {
                found.remove();
            }
        }
    }

    /// Makes the container findable by its id.
    ///
    /// # Errors
    /// The container whose name it already is.
    pub(super) fn name_by_id(&mut self, container: ContainerIndex) -> Result<(), ContainerIndex> {
        let Some(entry) = self.container(container) else { return Ok(()) };
        let (kind, id) = (entry.kind, Arc::clone(&entry.id));
        match self.find_container(kind, &id, Compare::Exact) {
            Some(other) if other != container => Err(other),
            Some(_) => Ok(()),
            None => {
                self.insert_name(Named { container, kind, name: Box::from(&*id) });
                Ok(())
            }
        }
    }

    /// Gives the container one more alias.
    ///
    /// # Errors
    /// The container whose name it already is; possibly this one.
    pub(super) fn add_alias(&mut self, container: ContainerIndex, alias: &str) -> Result<(), ContainerIndex> {
        let Some(kind) = self.container(container).map(|entry| entry.kind) else { return Ok(()) };
        if let Some(other) = self.find_container(kind, alias, Compare::Exact) {
            return Err(other);
        }
        if let Some(entry) = self.containers.get_mut(position(container.0)) {
            Arc::make_mut(entry).aliases.push(Box::from(alias));
        }
        self.insert_name(Named { container, kind, name: Box::from(alias) });
        Ok(())
    }

    fn insert_name(&mut self, named: Named) {
        let hash = hash::name(named.kind, None, &named.name);
        self.container_names.insert_unique(hash, named, |named| hash::name(named.kind, None, &named.name));
    }

    // Callers.

    /// All callers, in order.
    pub(super) fn callers(&self) -> &[Arc<Caller>] {
        &self.callers
    }

    /// The caller.
    pub(super) fn caller(&self, caller: CallerIndex) -> Option<&Caller> {
        self.callers.get(position(caller.0)).map(|found| &**found)
    }

    /// The caller with this id.
    pub(super) fn caller_by_id(&self, id: &str) -> Option<CallerIndex> {
        self.callers_by_id.get(id).copied()
    }

    /// The caller for whom the token stands.
    pub(super) fn caller_by_token(&self, token: &str) -> Option<CallerIndex> {
        self.tokens.get(token).copied()
    }

    /// The caller for whom the access key stands.
    pub(super) fn caller_by_access(&self, access: &str) -> Option<CallerIndex> {
        self.access_keys.get(access).copied()
    }

    /// The caller who logs in as this user.
    pub(super) fn caller_by_user(&self, user: &str) -> Option<CallerIndex> {
        self.users.get(user).copied()
    }

    /// Puts a caller in the place of the one with the same id, or after all others; without credentials yet,
    /// so that two callers may swap theirs. `None` when there are four billion.
    pub(super) fn intern_caller(&mut self, caller: Caller) -> Option<CallerIndex> {
        if let Some(index) = self.caller_by_id(&caller.id) {
            self.withdraw(index);
            if let Some(entry) = self.callers.get_mut(position(index.0)) {
                *entry = Arc::new(caller);
            }
            return Some(index);
        }
        let index = CallerIndex(next_number(self.callers.len())?);
        self.callers_by_id.insert(Arc::clone(&caller.id), index);
        self.callers.push(Arc::new(caller));
        Some(index)
    }

    /// Makes the caller's credentials stand for the caller; tells of each that stands for another.
    pub(super) fn enroll(&mut self, index: CallerIndex, mut tell: impl FnMut(Clash, CallerIndex)) {
        let Some(caller) = self.callers.get(position(index.0)).map(Arc::clone) else { return };
        for (at, token) in caller.tokens.iter().enumerate() {
            claim(&mut self.tokens, token, index, |other| tell(Clash::Token(at), other));
        }
        for (at, key) in caller.keys.iter().enumerate() {
            claim(&mut self.access_keys, &key.access, index, |other| tell(Clash::Key(at), other));
        }
        if let Some(login) = &caller.login {
            claim(&mut self.users, &login.user, index, |other| tell(Clash::User, other));
        }
    }

    /// Makes the caller's credentials stand for nobody.
    fn withdraw(&mut self, index: CallerIndex) {
        let Some(caller) = self.callers.get(position(index.0)) else { return };
        for token in &caller.tokens {
            release(&mut self.tokens, token, index);
        }
        for key in &caller.keys {
            release(&mut self.access_keys, &key.access, index);
        }
        if let Some(login) = &caller.login {
            release(&mut self.users, &login.user, index);
        }
    }
}

fn claim(
    table: &mut Table<Box<str>, CallerIndex>,
    name: &str,
    caller: CallerIndex,
    tell: impl FnOnce(CallerIndex),
) {
    match table.get(name) {
        Some(other) if *other != caller => tell(*other),
        Some(_) => {}
        None => {
            table.insert(Box::from(name), caller);
        }
    }
}

fn release(table: &mut Table<Box<str>, CallerIndex>, name: &str, caller: CallerIndex) {
    if table.get(name) == Some(&caller) {
        table.remove(name);
    }
}
