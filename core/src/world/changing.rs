//! How a world changes when it is used: resources are deleted or accepted for deletion, operations end,
//! states are set. Each of these does what it can and nothing else; a handle that leads nowhere changes
//! nothing. Whether a change is allowed is decided before.

use std::sync::Arc;

use crate::time::Timestamp;

use super::changes::{Change, Cleanup};
use super::handles::ResourceIndex;
use super::living::World;
use super::operation::{Ending, MadeOrphan, NewOperation, Operation};
use super::resource::{Children, Details, Resource};
use super::store::Presence;

impl World {
    /// Deletes a resource now. With [`Children::Delete`] its children go with it; with [`Children::Orphan`]
    /// each becomes a resource of its own kind in the same container.
    pub fn delete(&mut self, r: ResourceIndex, children: Children) {
        if self.store.is_present(r) {
            self.store.mark(r, Presence::Gone);
            self.note_deletion(r, children);
        }
    }

    /// Accepts a resource's deletion: it is gone for the next call, its children are deleted or orphaned as
    /// by [`World::delete`], and an operation is on its way. That succeeds at its end, unless the resource's
    /// own `on-delete` says that it fails: then the resource is back, and its children with it.
    pub fn accept(&mut self, r: ResourceIndex, children: Children, operation: NewOperation) {
        if !self.store.is_present(r) {
            return;
        }
        let Some(resource) = self.store.get(r) else { return };
        let number = self.operations.next_number();
        let mut accepted = Operation {
            number,
            id: operation.id.into(),
            contract: operation.contract,
            caller: self.directory.caller(operation.caller).map(|caller| caller.shared_id()),
            kind: self.directory.kind_name(resource.kind).cloned().unwrap_or_default(),
            item: resource.id.clone(),
            item_kind: resource.id_kind,
            container: resource
                .container
                .and_then(|container| self.directory.container(container))
                .map(|container| container.shared_id()),
            accepted: operation.accepted,
            starts: operation.starts,
            ends: operation.ends.max(operation.starts),
            ending: match resource.fail() {
                None => Ending::Succeeded,
                Some(reason) => Ending::Failed(reason.to_owned()),
            },
            ended: None,
            resource: r,
            notes: 0..0,
            orphans: Vec::new(),
        };
        self.store.mark(r, Presence::Accepted(number));
        let start = self.changes.end();
        accepted.orphans = self.note_deletion(r, children);
        accepted.notes = start..self.changes.end();
        self.operations.add(accepted);
    }

    /// Ends every operation that is due by now, in the order of their ends.
    pub fn advance(&mut self, now: Timestamp) {
        while let Some(number) = self.operations.first_due(now) {
            let at = self.operations.get(number).map_or(now, Operation::ends);
            self.end(number, at, None);
        }
    }

    /// Ends an operation ahead of its time, well or badly. One that has ended already stays as it is. Gives
    /// the operation, or `None` when there is none with this id.
    pub fn finish_operation(&mut self, id: &str, ending: Ending, now: Timestamp) -> Option<&Operation> {
        let number = self.operations.by_id(id)?.number;
        self.end(number, now, Some(ending));
        self.operations.get(number)
    }

    /// Sets a resource's state.
    pub fn set_state(&mut self, r: ResourceIndex, state: &str) {
        let Some(resource) = self.store.get(r).filter(|_| self.store.is_present(r)) else { return };
        if resource.state() == Some(state) {
            return;
        }
        let before = resource.state.clone();
        let after = Resource { state: Some(Arc::from(state)), ..resource.clone() };
        self.store.replace(r, after);
        self.changes.state(r, before, state);
    }

    /// Notes a clean-up that a resource's deletion entailed.
    pub fn note_cleanup(&mut self, r: ResourceIndex, cleanup: Cleanup) {
        if self.store.presence(r).is_some() {
            self.changes.push(Change::Cleanup { of: r, cleanup: Box::new(cleanup) });
        }
    }

    /// Tells of a resource that has just gone, and settles its children.
    fn note_deletion(&mut self, r: ResourceIndex, children: Children) -> Vec<MadeOrphan> {
        self.changes.push(Change::Deleted(r));
        let mut made = Vec::new();
        let details = self.store.get(r).and_then(|resource| resource.details.as_ref());
        let Some(details) = details.filter(|details| !details.children.is_empty()).cloned() else {
            return made;
        };
        for (position, child) in details.children.iter().enumerate() {
            match children {
                Children::Delete => {
                    self.changes.push(Change::ChildDeleted { parent: r, child: Box::new(child.clone()) });
                }
                Children::Orphan => {
                    if let Some((orphan, origin)) = self.orphan(r, position) {
                        self.changes.push(Change::Orphaned { orphan, parent: r });
                        if matches!(origin, Origin::Made) {
                            made.push(MadeOrphan { child: position, orphan });
                        }
                    }
                }
            }
        }
        made
    }

    /// Makes a resource's child a resource, or finds that there is one with its key, which then stays as it
    /// is.
    fn orphan(&mut self, r: ResourceIndex, child: usize) -> Option<(ResourceIndex, Origin)> {
        let parent = self.store.get(r)?;
        let child = parent.children().get(child)?;
        let there = self.store.find_exact(&child.key_in(parent.container));
        if let Some(there) = there.filter(|there| self.store.is_present(*there)) {
            return Some((there, Origin::Found));
        }
        let orphan = Resource::orphan(parent, child);
        let orphan = self.store.put(orphan)?;
        // Something with its key may have been there before, and gone; this one is new.
        self.changes.forget(orphan);
        Some((orphan, Origin::Made))
    }

    fn end(&mut self, number: u64, at: Timestamp, otherwise: Option<Ending>) {
        let Some(operation) = self.operations.end(number, at, otherwise) else { return };
        let r = operation.resource;
        let failed = matches!(operation.ending, Ending::Failed(_));
        // Where the resource has been set up anew meanwhile, it is no longer this operation's.
        if self.store.presence(r) != Some(Presence::Accepted(number)) {
            return;
        }
        if failed {
            let (notes, orphans) = (operation.notes.clone(), operation.orphans.clone());
            self.restore(r, &orphans);
            self.changes.withdraw(notes);
        } else {
            self.store.mark(r, Presence::Gone);
        }
    }

    /// Brings a resource back, and the children that are still there to come back with it.
    fn restore(&mut self, r: ResourceIndex, orphans: &[MadeOrphan]) {
        self.store.mark(r, Presence::Present);
        let mut lost = Vec::new();
        for made in orphans {
            let still_orphan = self.store.get(made.orphan).is_some_and(Resource::is_orphan);
            if still_orphan && self.store.is_present(made.orphan) {
                self.store.mark(made.orphan, Presence::Gone);
            } else {
                lost.push(made.child);
            }
        }
        if lost.is_empty() {
            return;
        }
        let Some(resource) = self.store.get(r).cloned() else { return };
        let children = resource.children().iter().enumerate();
        let left = children.filter(|(position, _)| lost.binary_search(position).is_err());
        let children = left.map(|(_, child)| child.clone()).collect();
        let details = resource.details.as_deref().cloned().unwrap_or_default();
        let details = Some(Arc::new(Details { children, ..details }));
        self.store.replace(r, Resource { details, ..resource });
    }
}

/// Where an orphan comes from.
enum Origin {
    Made,
    Found,
}
