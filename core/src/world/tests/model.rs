//! A world as plainly as it can be told: lists that are searched from one end to the other. What it says, the real one must
//! say. Knows no callers; each container is a text.

/// Kind and id; ids of digits are integers.
pub(super) type Name = (&'static str, &'static str);

/// A resource of the model.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) name: Name,
    pub(super) container: Option<&'static str>,
    pub(super) state: Option<&'static str>,
    pub(super) fail: Option<&'static str>,
    pub(super) children: Vec<Name>,
    pub(super) fate: Fate,
    orphan: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    There,
    Gone,
    /// Waiting for the operation at this position.
    Waiting(usize),
}

/// An operation of the model.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    pub(super) id: String,
    thing: usize,
    pub(super) starts: i64,
    pub(super) ends: i64,
    fail: Option<String>,
    /// When it ended, and why it failed if it did.
    pub(super) ended: Option<(i64, Option<String>)>,
    /// Children that were orphaned as new things: child and thing.
    made: Vec<(Name, usize)>,
}

/// What the model tells as a change; the errand that caused it, if one did, can take it back.
#[derive(Clone, Debug)]
struct Note {
    errand: Option<usize>,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Deleted(usize),
    ChildDeleted(usize, Name),
    Orphaned(usize),
    State(usize, Option<&'static str>),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) things: Vec<Thing>,
    pub(super) errands: Vec<Errand>,
    notes: Vec<Note>,
}

impl Model {
    pub(super) fn thing(name: Name, container: Option<&'static str>) -> Thing {
        Thing {
            name,
            container,
            state: None,
            fail: None,
            children: Vec::new(),
            fate: Fate::There,
            orphan: false,
        }
    }

    pub(super) fn there(&self) -> Vec<usize> {
        (0..self.things.len()).filter(|at| self.things[*at].fate == Fate::There).collect()
    }

    fn at(&self, name: Name, container: Option<&'static str>) -> Option<usize> {
        self.things.iter().position(|thing| thing.name == name && thing.container == container)
    }

    fn put(&mut self, thing: Thing) -> usize {
        match self.at(thing.name, thing.container) {
            Some(at) => {
                self.things[at] = thing;
                at
            }
            None => {
                self.things.push(thing);
                self.things.len() - 1
            }
        }
    }

    pub(super) fn delete(&mut self, at: usize, orphan: bool) {
        self.remove(at, orphan, None);
        self.things[at].fate = Fate::Gone;
    }

    pub(super) fn accept(&mut self, at: usize, orphan: bool, id: String, starts: i64, ends: i64) {
        let errand = self.errands.len();
        let made = self.remove(at, orphan, Some(errand));
        self.things[at].fate = Fate::Waiting(errand);
        let fail = self.things[at].fail.map(str::to_owned);
        self.errands.push(Errand { id, thing: at, starts, ends: ends.max(starts), fail, ended: None, made });
    }

    fn remove(&mut self, at: usize, orphan: bool, errand: Option<usize>) -> Vec<(Name, usize)> {
        self.notes.push(Note { errand, what: What::Deleted(at) });
        let mut made = Vec::new();
        let (children, container) = (self.things[at].children.clone(), self.things[at].container);
        for child in children {
            if !orphan {
                self.notes.push(Note { errand, what: What::ChildDeleted(at, child) });
                continue;
            }
            let found =
                match self.at(child, container).filter(|found| self.things[*found].fate == Fate::There) {
                    Some(found) => found,
                    None => {
                        let new = self.put(Thing { orphan: true, ..Self::thing(child, container) });
                        made.push((child, new));
                        self.forget(new);
                        new
                    }
                };
            self.notes.push(Note { errand, what: What::Orphaned(found) });
        }
        made
    }

    fn forget(&mut self, anew: usize) {
        self.notes.retain(|note| match note.what {
            What::Deleted(of) | What::ChildDeleted(of, _) | What::Orphaned(of) | What::State(of, _) => {
                of != anew
            }
        });
    }

    pub(super) fn advance(&mut self, now: i64) {
        loop {
            let waiting = (0..self.errands.len()).filter(|at| self.errands[*at].ended.is_none());
            let Some(next) = waiting.min_by_key(|at| (self.errands[*at].ends, *at)) else { return };
            let (ends, fail) = (self.errands[next].ends, self.errands[next].fail.clone());
            if ends > now {
                return;
            }
            self.end(next, ends, fail);
        }
    }

    pub(super) fn finish(&mut self, errand: usize, now: i64, fail: Option<String>) {
        if self.errands[errand].ended.is_none() {
            self.end(errand, now, fail);
        }
    }

    fn end(&mut self, errand: usize, at: i64, fail: Option<String>) {
        self.errands[errand].ended = Some((at, fail.clone()));
        let thing = self.errands[errand].thing;
        if self.things[thing].fate != Fate::Waiting(errand) {
            return;
        }
        if fail.is_none() {
            self.things[thing].fate = Fate::Gone;
            return;
        }
        self.things[thing].fate = Fate::There;
        self.notes.retain(|note| note.errand != Some(errand));
        for (child, orphan) in self.errands[errand].made.clone() {
            if self.things[orphan].orphan && self.things[orphan].fate == Fate::There {
                self.things[orphan].fate = Fate::Gone;
            } else {
                self.things[thing].children.retain(|other| *other != child);
            }
        }
    }

    pub(super) fn set_state(&mut self, at: usize, state: &'static str) {
        let before = self.things[at].state.replace(state);
        if before == Some(state) {
            return;
        }
        let known = self.notes.iter().position(|note| matches!(note.what, What::State(of, _) if of == at));
        match known {
            None => self.notes.push(Note { errand: None, what: What::State(at, before) }),
            Some(known) => {
                if matches!(self.notes[known].what, What::State(_, first) if first == Some(state)) {
                    self.notes.remove(known);
                }
            }
        }
    }

    /// Whether the patch was taken.
    pub(super) fn patch(&mut self, things: &[Thing]) -> bool {
        let mut keys: Vec<(Name, Option<&str>)> = Vec::new();
        for thing in things {
            let own = std::iter::once(&thing.name).chain(&thing.children);
            keys.extend(own.map(|name| (*name, thing.container)));
            let standing = thing.children.iter().filter_map(|child| self.at(*child, thing.container));
            for other in standing {
                if self.things[other].fate == Fate::There && !self.things[other].orphan {
                    return false;
                }
            }
        }
        if (0..keys.len()).any(|at| keys[..at].contains(&keys[at])) {
            return false;
        }
        let mut anew = Vec::new();
        for thing in things {
            for child in &thing.children {
                if let Some(other) = self.at(*child, thing.container) {
                    anew.push(other);
                    if self.things[other].orphan {
                        self.things[other].fate = Fate::Gone;
                    }
                }
            }
            anew.push(self.put(thing.clone()));
        }
        anew.into_iter().for_each(|at| self.forget(at));
        true
    }

    /// Deleted, orphaned and changed ids, as JSON.
    pub(super) fn changes(&self) -> [Vec<String>; 3] {
        let [mut deleted, mut orphaned, mut changed] = [const { Vec::new() }; 3];
        for note in &self.notes {
            match note.what {
                What::Deleted(of) => deleted.push(json(self.things[of].name.1)),
                What::ChildDeleted(_, child) => deleted.push(json(child.1)),
                What::Orphaned(of) if self.things[of].fate == Fate::There => {
                    orphaned.push(json(self.things[of].name.1))
                }
                What::State(of, _) if self.things[of].fate == Fate::There => {
                    changed.push(json(self.things[of].name.1))
                }
                What::Orphaned(_) | What::State(..) => {}
            }
        }
        [deleted, orphaned, changed]
    }

    /// Things as `world.json` lists them.
    pub(super) fn rows<'t>(things: impl IntoIterator<Item = &'t Thing>) -> String {
        let rows: Vec<String> = things.into_iter().map(Thing::row).collect();
        format!("[{}]", rows.join(","))
    }
}

impl Thing {
    fn row(&self) -> String {
        let mut row = format!(r#"{{"kind":"{}","id":{}"#, self.name.0, json(self.name.1));
        if let Some(container) = self.container {
            row.push_str(&format!(r#","container":"{container}""#));
        }
        if let Some(state) = self.state {
            row.push_str(&format!(r#","state":"{state}""#));
        }
        if !self.children.is_empty() {
            let children =
                self.children.iter().map(|(kind, id)| format!(r#"{{"kind":"{kind}","id":{}}}"#, json(id)));
            row.push_str(&format!(r#","children":[{}]"#, children.collect::<Vec<_>>().join(",")));
        }
        if let Some(fail) = self.fail {
            row.push_str(&format!(r#","on-delete":{{"fail":"{fail}"}}"#));
        }
        row.push('}');
        row
    }
}

impl Errand {
    /// State, percent and failure.
    pub(super) fn seen(&self, now: i64) -> (&'static str, i64, Option<String>) {
        let ended = self.ended.clone().or_else(|| (now >= self.ends).then(|| (self.ends, self.fail.clone())));
        let share = |at: i64| match self.ends - self.starts {
            0 => 99,
            whole => ((at - self.starts) * 100 / whole).clamp(0, 99),
        };
        match ended {
            Some((_, None)) => ("succeeded", 100, None),
            Some((at, fail)) => ("failed", share(at), fail),
            None if now < self.starts => ("pending", 0, None),
            None => ("running", share(now), None),
        }
    }
}

pub(super) fn json(id: &str) -> String {
    if id.bytes().all(|byte| byte.is_ascii_digit()) { id.to_owned() } else { format!("\"{id}\"") }
}
