//! Containers and callers of a world being read, and the names and credentials by which they will be found.

use std::sync::Arc;

use crate::json::Seen;
use crate::order::sort;
use crate::problem::Problems;

use super::caller::{AccessKey, Caller, Grant, Login};
use super::directory::Clash;
use super::document::{Document, Unreadable};
use super::draft::{Draft, unknown_container};
use super::format::{self, CallerRow};
use super::handles::{CallerIndex, ContainerIndex};
use super::marks::Marks;
use super::place::Place;
use super::read::Listed;

/// A container that was read at this position, and is to get its names.
struct ToName {
    at: usize,
    index: ContainerIndex,
    aliases: Vec<(usize, Box<str>)>,
}

impl Draft {
    /// Reads the containers, and makes them findable.
    pub(super) fn read_containers(
        &mut self,
        document: &Document<'_>,
        problems: &mut Problems,
    ) -> Result<(), Unreadable> {
        let root = Place::document();
        let list = root.key("containers");
        let mut seen = Marks::default();
        let mut named: Vec<ToName> = Vec::new();
        document.containers.each(|at, value| {
            let place = list.item(at);
            let Some(row) = format::container(value, &place, problems) else { return };
            let Some(kind) = self.kind(row.kind, &place, problems) else { return };
            let Some(index) = self.directory_mut().intern_container(kind, row.id) else {
                problems.push(place.to_string(), "there are too many containers");
                return;
            };
            if seen.contains(index.0) {
                let message = format!("the {} `{}` is listed twice; list it once", row.kind, row.id);
                problems.push(place.to_string(), message);
                return;
            }
            seen.insert(index.0);
            self.directory_mut().clear_aliases(index);
            self.directory_mut().call_container(index, row.name);
            let aliases = row.aliases.into_iter().map(|(position, alias)| (position, Box::from(alias)));
            named.push(ToName { at, index, aliases: aliases.collect() });
        })?;
        // Names come last, so that a patch may move an alias from one container to another.
        for ToName { at, index, .. } in &named {
            if let Err(other) = self.directory_mut().name_by_id(*index) {
                let message = self.name_is_taken(*index, other);
                problems.push(list.item(*at).key("id").to_string(), message);
            }
        }
        for ToName { at, index, aliases } in named {
            for (position, alias) in aliases {
                if let Err(other) = self.directory_mut().add_alias(index, &alias) {
                    let message = self.name_is_taken(index, other);
                    problems.push(list.item(at).key("aliases").item(position).to_string(), message);
                }
            }
        }
        Ok(())
    }

    fn name_is_taken(&self, container: ContainerIndex, other: ContainerIndex) -> String {
        let shown = self.directory.reference(other).unwrap_or_default();
        if container == other {
            format!("this is a name of `{shown}` already; list it once")
        } else {
            format!("this is a name of `{shown}` already; a name stands for one container of a kind")
        }
    }

    /// Reads the callers, and makes their credentials stand for them.
    pub(super) fn read_callers(
        &mut self,
        document: &Document<'_>,
        problems: &mut Problems,
    ) -> Result<(), Unreadable> {
        let root = Place::document();
        let list = root.key("callers");
        let mut seen = Marks::default();
        let mut listed: Vec<(usize, CallerIndex)> = Vec::new();
        document.callers.each(|at, value| {
            let place = list.item(at);
            let Some(row) = format::caller(value, &place, problems) else { return };
            if self.directory.caller_by_id(row.id).is_some_and(|there| seen.contains(there.0)) {
                let message = format!("the caller `{}` is listed twice; list it once", row.id);
                problems.push(place.key("id").to_string(), message);
                return;
            }
            let caller = self.caller(&row, &place, problems);
            match self.directory_mut().intern_caller(caller) {
                Some(index) => {
                    seen.insert(index.0);
                    listed.push((at, index));
                }
                None => problems.push(place.to_string(), "there are too many callers"),
            }
        })?;
        // Credentials come last, so that a patch may move a token from one caller to another.
        for (at, index) in listed {
            let mut clashes = Vec::new();
            self.directory_mut().enroll(index, |clash, other| clashes.push((clash, other)));
            let place = list.item(at);
            for (clash, other) in clashes {
                let other = self.directory.caller(other).map_or("", Caller::id);
                let (keys, tokens, login) = (place.key("keys"), place.key("tokens"), place.key("login"));
                let (pointer, what) = match clash {
                    Clash::Token(position) => (tokens.item(position).to_string(), "token"),
                    Clash::Key(position) => (keys.item(position).key("access").to_string(), "access key"),
                    Clash::User => (login.key("user").to_string(), "user"),
                };
                problems.push(pointer, format!("this {what} stands for the caller `{other}` already"));
            }
        }
        Ok(())
    }

    fn caller(&self, row: &CallerRow<'_>, place: &Place<'_>, problems: &mut Problems) -> Caller {
        let mut grants: Vec<Grant> = Vec::new();
        let grants_place = place.key("grants");
        for grant in &row.grants {
            let Some(container) = self.directory.refer(grant.container) else {
                let place = grants_place.item(grant.at);
                problems.push(place.key("container").to_string(), unknown_container(grant.container));
                continue;
            };
            let (roles, permissions) = (owned(&grant.roles), owned(&grant.permissions));
            grants.push(Grant { container, roles, permissions });
        }
        let mut accesses = Seen::default();
        let keys_place = place.key("keys");
        for (at, (access, _)) in row.keys.iter().enumerate() {
            if accesses.insert(access.as_bytes()).is_err() {
                let message = format!("the access key `{access}` is listed twice; list it once");
                problems.push(keys_place.item(at).key("access").to_string(), message);
            }
        }
        let key = |(access, secret): &(&str, &str)| AccessKey {
            access: Box::from(*access),
            secret: Box::from(*secret),
        };
        Caller {
            id: Arc::from(row.id),
            tokens: owned(&row.tokens),
            keys: row.keys.iter().map(key).collect(),
            login: row
                .login
                .map(|(user, password)| Login { user: Box::from(user), password: Box::from(password) }),
            scopes: owned(&row.scopes),
            grants: united(grants),
        }
    }
}

/// One grant for each container, in the order of the containers.
pub(super) fn united(mut grants: Vec<Grant>) -> Vec<Grant> {
    sort(&mut grants, |one, two| one.container.cmp(&two.container));
    let mut united: Vec<Grant> = Vec::with_capacity(grants.len());
    for grant in grants {
        match united.last_mut().filter(|last| last.container == grant.container) {
            Some(last) => {
                add_missing(&mut last.roles, grant.roles);
                add_missing(&mut last.permissions, grant.permissions);
            }
            None => united.push(grant),
        }
    }
    united
}

/// Appends the words that are not there yet.
pub(super) fn add_missing(words: &mut Vec<Box<str>>, more: Vec<Box<str>>) {
    for word in more {
        if !words.contains(&word) {
            words.push(word);
        }
    }
}

fn owned(words: &[Listed<'_>]) -> Vec<Box<str>> {
    words.iter().map(|(_, word)| Box::from(*word)).collect()
}
