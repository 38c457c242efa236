//! Several worlds in one, as a server holds them that serves several contracts. What two of them list is
//! united where they agree, and refused where they do not.

use std::sync::Arc;

use crate::order::sort;
use crate::problem::{Problem, Problems};

use super::caller::{Caller, Grant};
use super::directory::{Clash, Directory};
use super::draft::Draft;
use super::enrolment::{add_missing, united};
use super::handles::{CallerIndex, ContainerIndex, Kind, position};
use super::resource::{Child, Details, Resource};
use super::seed::Seed;

/// See [`Seed::merge`].
pub(super) fn merge(seeds: impl IntoIterator<Item = Seed>) -> Result<Seed, Vec<Problem>> {
    let mut seeds = seeds.into_iter();
    let Some(first) = seeds.next() else { return Ok(Seed::empty()) };
    let rest: Vec<Seed> = seeds.collect();
    if rest.is_empty() {
        return Ok(first);
    }
    let document = first.document.clone();
    let mut draft = Draft::default();
    let mut found = Vec::new();
    for seed in std::iter::once(first).chain(rest) {
        let mut problems = Problems::new(seed.document.clone());
        Addition::of(&seed.directory, draft.directory_mut(), &mut problems).resources(
            &seed.resources,
            &mut draft,
            &mut problems,
        );
        found.extend(problems.into_vec());
    }
    if found.is_empty() { Ok(Seed::of_draft(&document, draft)) } else { Err(found) }
}

/// What the handles of the world being added are in the merged one.
struct Addition {
    kinds: Vec<Kind>,
    containers: Vec<ContainerIndex>,
    callers: Vec<CallerIndex>,
}

impl Addition {
    /// Adds kinds, containers and callers.
    fn of(from: &Directory, to: &mut Directory, problems: &mut Problems) -> Self {
        let mut added = Self { kinds: Vec::new(), containers: Vec::new(), callers: Vec::new() };
        for name in from.kinds() {
            match to.intern_kind(name) {
                Some(kind) => added.kinds.push(kind),
                None => problems.push("", "together the worlds have more than 65,536 kinds"),
            }
        }
        for (at, container) in from.containers().iter().enumerate() {
            let pointer = format!("/containers/{at}");
            let Some(kind) = added.kind(container.kind) else { continue };
            let Some(index) = to.intern_container(kind, container.id()) else {
                problems.push(pointer, "together the worlds have too many containers");
                continue;
            };
            added.containers.push(index);
            // The first of the worlds that has a name for it gives the name.
            if to.container(index).is_some_and(|there| there.own_name().is_none()) {
                to.call_container(index, container.own_name());
            }
            let mut clash = |result: Result<(), ContainerIndex>, name: &str, to: &Directory| {
                if let Err(other) = result.or_else(|other| if other == index { Ok(()) } else { Err(other) }) {
                    let other = to.reference(other).unwrap_or_default();
                    problems.push(
                        pointer.clone(),
                        format!("`{name}` is a name of `{other}` in another of the worlds"),
                    );
                }
            };
            let named = to.name_by_id(index);
            clash(named, container.id(), to);
            for alias in container.aliases() {
                let named = to.add_alias(index, alias);
                clash(named, alias, to);
            }
        }
        for (at, caller) in from.callers().iter().enumerate() {
            added.caller(at, caller, to, problems);
        }
        added
    }

    fn caller(&mut self, at: usize, caller: &Caller, to: &mut Directory, problems: &mut Problems) {
        let pointer = format!("/callers/{at}");
        let id = caller.id();
        let grant =
            |grant: &Grant| Some(Grant { container: self.container(grant.container)?, ..grant.clone() });
        let grants: Vec<Grant> = caller.grants.iter().filter_map(grant).collect();
        let there = to.caller_by_id(id).and_then(|index| to.caller(index)).cloned();
        let mut whole = there.unwrap_or_else(|| Caller {
            id: caller.shared_id(),
            tokens: Vec::new(),
            keys: Vec::new(),
            login: None,
            scopes: Vec::new(),
            grants: Vec::new(),
        });
        add_missing(&mut whole.tokens, caller.tokens.clone());
        add_missing(&mut whole.scopes, caller.scopes.clone());
        whole.grants = united(whole.grants.into_iter().chain(grants).collect());
        for key in &caller.keys {
            match whole.keys.iter().find(|known| known.access == key.access) {
                None => whole.keys.push(key.clone()),
                Some(known) if known == key => {}
                Some(_) => problems.push(
                    pointer.clone(),
                    format!("`{id}` has another secret for `{}` in another of the worlds", key.access),
                ),
            }
        }
        match (&whole.login, &caller.login) {
            (Some(known), Some(login)) if known != login => {
                problems.push(pointer.clone(), format!("`{id}` has another login in another of the worlds"));
            }
            (None, Some(login)) => whole.login = Some(login.clone()),
            _ => {}
        }
        let Some(index) = to.intern_caller(whole) else {
            problems.push(pointer, "together the worlds have too many callers");
            return;
        };
        self.callers.push(index);
        let mut clashes = Vec::new();
        to.enroll(index, |clash, other| clashes.push((clash, other)));
        for (clash, other) in clashes {
            let what = match clash {
                Clash::Token(_) => "token",
                Clash::Key(_) => "access key",
                Clash::User => "user",
            };
            let other = to.caller(other).map_or("", Caller::id);
            problems.push(
                pointer.clone(),
                format!("a {what} of `{id}` stands for `{other}` in another of the worlds"),
            );
        }
    }

    /// Adds resources.
    fn resources(&self, resources: &[Resource], draft: &mut Draft, problems: &mut Problems) {
        for (at, resource) in resources.iter().enumerate() {
            let Some(resource) = self.resource(resource) else { continue };
            let there = draft.index.exact(&draft.resources, &resource.key());
            match there.and_then(|number| draft.resources.get(position(number))) {
                Some(there) if *there == resource => {}
                Some(_) => {
                    let what = draft.directory.described(&resource.key());
                    problems.push(
                        format!("/resources/{at}"),
                        format!("the {what} is another in another of the worlds"),
                    );
                }
                None => draft.add(resource, |child, message| {
                    let below = child.map_or(String::new(), |child| format!("/children/{child}"));
                    problems.push(format!("/resources/{at}{below}"), message);
                }),
            }
        }
    }

    /// The resource with the merged world's handles. `None` where one of them is missing, which has been
    /// told.
    fn resource(&self, resource: &Resource) -> Option<Resource> {
        let container = match resource.container {
            Some(container) => Some(self.container(container)?),
            None => None,
        };
        let owner = match resource.owner {
            Some(owner) => Some(self.callers.get(position(owner.0)).copied()?),
            None => None,
        };
        let details = match &resource.details {
            Some(details) => Some(Arc::new(self.details(details)?)),
            None => None,
        };
        Some(Resource { kind: self.kind(resource.kind)?, container, owner, details, ..resource.clone() })
    }

    fn details(&self, details: &Details) -> Option<Details> {
        let child = |child: &Child| Some(Child { kind: self.kind(child.kind)?, ..child.clone() });
        let visible_to = match &details.visible_to {
            Some(list) => {
                let caller = |caller: &CallerIndex| self.callers.get(position(caller.0)).copied();
                let mut list: Vec<CallerIndex> = list.iter().map(caller).collect::<Option<_>>()?;
                sort(&mut list, CallerIndex::cmp);
                Some(list.into_boxed_slice())
            }
            None => None,
        };
        Some(Details {
            visible_to,
            children: details.children.iter().map(child).collect::<Option<_>>()?,
            ..details.clone()
        })
    }

    fn kind(&self, kind: Kind) -> Option<Kind> {
        self.kinds.get(usize::from(kind.0)).copied()
    }

    fn container(&self, container: ContainerIndex) -> Option<ContainerIndex> {
        self.containers.get(position(container.0)).copied()
    }
}
