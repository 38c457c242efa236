//! A world being read: rows are resolved against each other here, duplicates and unknown references found
//! (containers and callers in `enrolment`). What comes out without a problem becomes a seed, or is patched
//! into a world.

use std::sync::Arc;

use hashbrown::HashTable;

use crate::json::Seen;
use crate::order::sort;
use crate::problem::Problems;

use super::directory::Directory;
use super::document::{Document, Unreadable};
use super::format::{self, ResourceRow};
use super::handles::{CallerIndex, Kind, next_number, position};
use super::hash;
use super::index::Index;
use super::place::Place;
use super::resource::{Child, Details, Key, Resource};

/// What has been read so far.
#[derive(Default)]
pub(super) struct Draft {
    /// Shared with the worlds it comes from until a row changes it.
    pub(super) directory: Arc<Directory>,
    pub(super) resources: Vec<Resource>,
    pub(super) index: Index,
    /// Resource and position of each child, under the key it would have as a resource.
    children: HashTable<(u32, usize)>,
    /// States are few and often used.
    states: Vec<Arc<str>>,
    states_seen: Seen,
    /// The details that were read last: neighbours often share theirs.
    last_details: Option<Arc<Details>>,
}

impl Draft {
    /// A draft that may refer to the containers and callers of this directory, and replaces those it lists
    /// itself.
    pub(super) fn over(directory: Arc<Directory>) -> Self {
        Self { directory, ..Self::default() }
    }

    /// The directory, from now on the draft's own.
    pub(super) fn directory_mut(&mut self) -> &mut Directory {
        Arc::make_mut(&mut self.directory)
    }

    /// Reads a document into the draft. The draft is good for nothing once there is a problem.
    ///
    /// # Errors
    /// The text is not JSON.
    pub(super) fn read(
        &mut self,
        document: &Document<'_>,
        problems: &mut Problems,
    ) -> Result<(), Unreadable> {
        self.read_containers(document, problems)?;
        self.read_callers(document, problems)?;
        let root = Place::document();
        let list = root.key("resources");
        self.index = Index::with_capacity(document.resources.length_hint());
        document.resources.each(|at, value| {
            let place = list.item(at);
            if let Some(row) = format::resource(value, &place, problems) {
                self.read_resource(row, &place, problems);
            }
        })
    }

    fn read_resource(&mut self, row: ResourceRow<'_>, place: &Place<'_>, problems: &mut Problems) {
        let before = problems.len();
        let kind = self.kind(row.kind, place, problems);
        let container = row.container.and_then(|reference| {
            let found = self.directory.refer(reference);
            if found.is_none() {
                problems.push(place.key("container").to_string(), unknown_container(reference));
            }
            found
        });
        let owner = row.owner.and_then(|id| {
            let found = self.directory.caller_by_id(id);
            if found.is_none() {
                problems.push(place.key("owner").to_string(), unknown_caller(id));
            }
            found
        });
        let visible_to = row.visible_to.map(|list| {
            let visible_place = place.key("visible-to");
            let mut callers = Vec::with_capacity(list.len());
            for (at, id) in list {
                match self.directory.caller_by_id(id) {
                    Some(caller) => callers.push(caller),
                    None => problems.push(visible_place.item(at).to_string(), unknown_caller(id)),
                }
            }
            sort(&mut callers, CallerIndex::cmp);
            callers.into_boxed_slice()
        });
        let children_place = place.key("children");
        let mut children = Vec::with_capacity(row.children.len());
        for child in row.children {
            if let Some(kind) = self.kind(child.kind, &children_place.item(child.at), problems) {
                children.push(Child { kind, id_kind: child.id.kind, id: child.id.text.into() });
            }
        }
        let Some(kind) = kind.filter(|_| problems.len() == before) else { return };
        let details = Details {
            attributes: row.attributes.filter(|object| !object.is_empty()).cloned(),
            visible_to,
            children: children.into_boxed_slice(),
            on_delete: row.on_delete.filter(|it| it.fail.is_some() || it.cleanup_fails.is_some()),
        };
        let resource = Resource {
            kind,
            id_kind: row.id.kind,
            id: row.id.text.into(),
            container,
            owner,
            name: row.name.map(Box::from),
            state: row.state.map(|state| self.state(state)),
            details: self.shared_details(details),
            orphan_of: None,
        };
        self.add(resource, |child, message| match child {
            Some(at) => problems.push(children_place.item(at).to_string(), message),
            None => problems.push(place.to_string(), message),
        });
    }

    /// Adds a resource whose key, and whose children's keys, nothing has yet; tells what is there already,
    /// with the child's position if it is one of these.
    pub(super) fn add(&mut self, resource: Resource, mut tell: impl FnMut(Option<usize>, String)) {
        let Some(number) = next_number(self.resources.len()) else {
            tell(None, "there are too many resources".to_owned());
            return;
        };
        if self.index.exact(&self.resources, &resource.key()).is_some() {
            let message = self.listed_twice(&resource.key());
            tell(None, message);
            return;
        }
        if self.find_child(&resource.key()).is_some() {
            let message = self.listed_below(&resource.key());
            tell(None, message);
        }
        let children = resource.details.clone();
        let container = resource.container;
        self.resources.push(resource);
        self.index.insert(&self.resources, number);
        for (at, child) in children.iter().flat_map(|details| details.children.iter().enumerate()) {
            let key = child.key_in(container);
            if self.index.exact(&self.resources, &key).is_some() || self.find_child(&key).is_some() {
                let message = self.listed_below(&key);
                tell(Some(at), message);
                continue;
            }
            let (resources, hash) = (&self.resources, hash::name(key.kind, key.container, key.id));
            self.children.insert_unique(hash, (number, at), |entry| {
                child_key(resources, *entry).map_or(0, |key| hash::name(key.kind, key.container, key.id))
            });
        }
    }

    fn find_child(&self, key: &Key<'_>) -> Option<&(u32, usize)> {
        if self.children.is_empty() {
            return None;
        }
        let hash = hash::name(key.kind, key.container, key.id);
        self.children.find(hash, |entry| child_key(&self.resources, *entry).as_ref() == Some(key))
    }

    fn listed_twice(&self, key: &Key<'_>) -> String {
        format!("the {} is listed twice; list it once", self.directory.described(key))
    }

    fn listed_below(&self, key: &Key<'_>) -> String {
        let what = self.directory.described(key);
        format!("the {what} is listed twice, once below another resource; list it in one place")
    }

    /// The kind of this name, at the place of a row that names it.
    pub(super) fn kind(&mut self, name: &str, place: &Place<'_>, problems: &mut Problems) -> Option<Kind> {
        let known = self.directory.kind(name);
        let kind = known.or_else(|| self.directory_mut().intern_kind(name));
        if kind.is_none() {
            problems.push(place.key("kind").to_string(), "there are more than 65,536 kinds");
        }
        kind
    }

    fn state(&mut self, state: &str) -> Arc<str> {
        match self.states_seen.insert(state.as_bytes()).err().and_then(|place| self.states.get(place)) {
            Some(known) => Arc::clone(known),
            None => {
                let new: Arc<str> = Arc::from(state);
                self.states.push(Arc::clone(&new));
                new
            }
        }
    }

    fn shared_details(&mut self, details: Details) -> Option<Arc<Details>> {
        if details == Details::default() {
            return None;
        }
        if self.last_details.as_deref() != Some(&details) {
            self.last_details = Some(Arc::new(details));
        }
        self.last_details.clone()
    }
}

fn child_key(resources: &[Resource], (number, at): (u32, usize)) -> Option<Key<'_>> {
    let parent = resources.get(position(number))?;
    Some(parent.children().get(at)?.key_in(parent.container))
}

/// For references that lead nowhere.
pub(super) fn unknown_container(reference: &str) -> String {
    format!("`{reference}` is not among the containers; write kind/id, and list it under `containers`")
}

fn unknown_caller(id: &str) -> String {
    format!("`{id}` is not among the callers; list them under `callers`")
}
