//! Worlds written down: `world.json` as it stands, what has changed, what is on its way. Always in the same
//! order, and what is absent is left out.

use crate::json::{Object, Value};
use crate::request::ids::Id;

use super::caller::{Caller, Grant};
use super::changes::Change;
use super::container::Container;
use super::handles::{CallerIndex, ContainerIndex, Kind, ResourceIndex, next_number};
use super::living::World;
use super::marks::Marks;
use super::resource::{Child, Resource};

/// Which part of a world is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'k> {
    All,
    Only(&'k [&'k str]),
    Except(&'k [&'k str]),
}

/// What of a world is written down.
struct Shown {
    /// In order; `None`: all.
    containers: Option<Marks>,
    resources: Vec<ResourceIndex>,
}

impl World {
    /// The world as it stands, as `world.json` has it: reading it gives the same world. With kinds of
    /// resources and containers, the part of it that is of these: containers and resources, the orphans that
    /// such resources left, the containers they are all in, and every caller, with the grants on these
    /// containers.
    pub fn to_value(&self, kinds: Option<&[&str]>) -> Value {
        self.part(kinds.map_or(Part::All, Part::Only))
    }

    /// The rest of the world when the part of these kinds is taken out. Containers stay if something that
    /// stays is in them.
    pub fn to_value_without(&self, kinds: &[&str]) -> Value {
        self.part(Part::Except(kinds))
    }

    /// What is different since the world was set up: `{"deleted", "orphaned", "changed", "cleanups"}`, each
    /// in the order of events; `of` names a child's parent. What was accepted for deletion counts as deleted
    /// until its operation fails, and what was orphaned or changed counts while it is there.
    pub fn changes(&self) -> Value {
        let [mut deleted, mut orphaned, mut changed, mut cleanups] = [const { Vec::<Value>::new() }; 4];
        for change in self.changes.iter() {
            match change {
                Change::Deleted(r) => deleted.extend(self.named(*r).map(Value::Object)),
                Change::ChildDeleted { parent, child } => deleted.extend(self.named_child(*parent, child)),
                Change::Orphaned { orphan, parent } => {
                    if self.store.is_present(*orphan) {
                        orphaned.extend(self.named_orphan(*orphan, *parent));
                    }
                }
                Change::State { of, .. } => {
                    let state = self.store.get(*of).filter(|_| self.store.is_present(*of));
                    if let (Some(mut row), Some(state)) = (self.named(*of), state.and_then(Resource::state)) {
                        row.push("state", Value::from(state));
                        changed.push(Value::Object(row));
                    }
                }
                Change::Cleanup { of, cleanup } => {
                    if let Some(it) = self.store.get(*of) {
                        let mut row = Object::new();
                        row.push("kind", Value::from(self.kind_name(it.kind)));
                        row.push("id", it.id().to_value());
                        row.push("by", Value::from(cleanup.by.as_str()));
                        row.push("step", Value::from(cleanup.step.name()));
                        row.push("ended", Value::from(cleanup.ending.name()));
                        cleanups.push(Value::Object(row));
                    }
                }
            }
        }
        object([
            ("deleted", Value::Array(deleted)),
            ("orphaned", Value::Array(orphaned)),
            ("changed", Value::Array(changed)),
            ("cleanups", Value::Array(cleanups)),
        ])
    }

    fn part(&self, part: Part<'_>) -> Value {
        let shown = self.shown(part);
        let containers = self.directory.containers().iter().enumerate();
        let containers = containers.filter(|(at, _)| shown.has_container(*at));
        let containers = containers.map(|(_, container)| self.container_row(container)).collect();
        let callers = self.directory.callers().iter().map(|caller| self.caller_row(caller, &shown)).collect();
        let resources = shown.resources.iter().filter_map(|r| self.store.get(*r));
        let resources = resources.map(|resource| self.resource_row(resource)).collect();
        object([
            ("containers", Value::Array(containers)),
            ("callers", Value::Array(callers)),
            ("resources", Value::Array(resources)),
        ])
    }

    fn shown(&self, part: Part<'_>) -> Shown {
        let of = |kinds: &[&str]| kinds.iter().filter_map(|name| self.kind(name)).collect::<Vec<Kind>>();
        let (kinds, within) = match part {
            Part::All => {
                let resources = self.store.iter().map(|(r, _)| r).collect();
                return Shown { containers: None, resources };
            }
            Part::Only(kinds) => (of(kinds), true),
            Part::Except(kinds) => (of(kinds), false),
        };
        let is_shown = |it: &Resource| {
            let named = kinds.contains(&it.kind) || it.orphan_of.is_some_and(|kind| kinds.contains(&kind));
            named == within
        };
        let mut resources = Vec::new();
        let mut containers = Marks::default();
        let all = (0..).zip(self.directory.containers());
        for (number, _) in all.filter(|(_, container)| kinds.contains(&container.kind) == within) {
            containers.insert(number);
        }
        for (r, it) in self.store.iter().filter(|(_, it)| is_shown(it)) {
            resources.push(r);
            if let Some(container) = it.container {
                containers.insert(container.0);
            }
        }
        Shown { containers: Some(containers), resources }
    }

    fn container_row(&self, container: &Container) -> Value {
        let mut row = Object::new();
        row.push("kind", Value::from(self.kind_name(container.kind)));
        row.push("id", Value::from(container.id()));
        push_words(&mut row, "aliases", container.aliases());
        if let Some(name) = container.own_name() {
            row.push("name", Value::from(name));
        }
        Value::Object(row)
    }

    fn caller_row(&self, caller: &Caller, shown: &Shown) -> Value {
        let mut row = Object::new();
        row.push("id", Value::from(caller.id()));
        push_words(&mut row, "tokens", caller.tokens());
        let key = |key: &super::AccessKey| {
            object([("access", Value::from(&*key.access)), ("secret", Value::from(&*key.secret))])
        };
        push_list(&mut row, "keys", caller.keys().iter().map(key).collect());
        if let Some(login) = caller.login() {
            let login =
                object([("user", Value::from(&*login.user)), ("password", Value::from(&*login.password))]);
            row.push("login", login);
        }
        push_words(&mut row, "scopes", caller.scopes());
        let grants = caller.grants().iter().filter(|grant| shown.has(grant.container));
        push_list(&mut row, "grants", grants.map(|grant| self.grant_row(grant)).collect());
        Value::Object(row)
    }

    fn grant_row(&self, grant: &Grant) -> Value {
        let mut row = Object::new();
        self.push_container(&mut row, Some(grant.container));
        push_words(&mut row, "roles", &grant.roles);
        push_words(&mut row, "permissions", &grant.permissions);
        Value::Object(row)
    }

    fn resource_row(&self, it: &Resource) -> Value {
        let mut row = self.item(it.kind, it.id(), it.container);
        if let Some(name) = it.name() {
            row.push("name", Value::from(name));
        }
        if let Some(owner) = it.owner() {
            row.push("owner", Value::from(self.caller_id(owner)));
        }
        if let Some(state) = it.state() {
            row.push("state", Value::from(state));
        }
        if let Some(attributes) = it.attributes() {
            row.push("attributes", Value::Object(attributes.clone()));
        }
        if let Some(callers) = it.visible_to() {
            let ids = callers.iter().map(|caller| Value::from(self.caller_id(*caller)));
            row.push("visible-to", Value::Array(ids.collect()));
        }
        let child = |child: &Child| Value::Object(self.item(child.kind, child.id(), None));
        push_list(&mut row, "children", it.children().iter().map(child).collect());
        let on_delete: Vec<(&str, Value)> = [("fail", it.fail()), ("cleanup-fails", it.cleanup_fails())]
            .into_iter()
            .filter_map(|(key, text)| Some((key, Value::from(text?))))
            .collect();
        if !on_delete.is_empty() {
            row.push("on-delete", object(on_delete));
        }
        Value::Object(row)
    }

    /// Kind, id and container, with which rows begin.
    fn item(&self, kind: Kind, id: Id<'_>, container: Option<ContainerIndex>) -> Object {
        let mut row = Object::new();
        row.push("kind", Value::from(self.kind_name(kind)));
        row.push("id", id.to_value());
        self.push_container(&mut row, container);
        row
    }

    fn named(&self, r: ResourceIndex) -> Option<Object> {
        let it = self.store.get(r)?;
        Some(self.item(it.kind, it.id(), it.container))
    }

    fn named_child(&self, parent: ResourceIndex, child: &Child) -> Option<Value> {
        let container = self.store.get(parent)?.container;
        self.below(self.item(child.kind, child.id(), container), parent)
    }

    fn named_orphan(&self, orphan: ResourceIndex, parent: ResourceIndex) -> Option<Value> {
        self.below(self.named(orphan)?, parent)
    }

    /// Ends a row with the resource that it is or was a child of.
    fn below(&self, mut row: Object, parent: ResourceIndex) -> Option<Value> {
        let parent = self.store.get(parent)?;
        row.push("of", Value::Object(self.item(parent.kind, parent.id(), None)));
        Some(Value::Object(row))
    }

    fn push_container(&self, row: &mut Object, container: Option<ContainerIndex>) {
        if let Some(reference) = container.and_then(|container| self.directory.reference(container)) {
            row.push("container", Value::String(reference));
        }
    }

    fn caller_id(&self, caller: CallerIndex) -> &str {
        self.caller(caller).map_or("", Caller::id)
    }
}

impl Shown {
    fn has(&self, container: ContainerIndex) -> bool {
        self.containers.as_ref().is_none_or(|shown| shown.contains(container.0))
    }

    fn has_container(&self, position: usize) -> bool {
        next_number(position).is_some_and(|number| self.has(ContainerIndex(number)))
    }
}

fn object<'k>(members: impl IntoIterator<Item = (&'k str, Value)>) -> Value {
    let mut object = Object::new();
    for (key, value) in members {
        object.push(key, value);
    }
    Value::Object(object)
}

fn push_words(row: &mut Object, key: &str, words: &[Box<str>]) {
    push_list(row, key, words.iter().map(|word| Value::from(&**word)).collect());
}

fn push_list(row: &mut Object, key: &str, items: Vec<Value>) {
    if !items.is_empty() {
        row.push(key, Value::Array(items));
    }
}
