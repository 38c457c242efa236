//! Whatever is done to a world, in whatever order, it says what the plain model says.

use super::model::{Fate, Model, Name, Thing, json};
use super::{changed_ids, integer, value, world};
use crate::json::Value;
use crate::request::ids::{Compare, Id};
use crate::time::Timestamp;
use crate::world::{Children, Ending, NewOperation, ResourceIndex, Seed, World};
use std::sync::Arc;

const RUNS: u64 = 150;
const STEPS: usize = 60;

const CONTAINERS: [Option<&str>; 3] = [None, Some("s/x"), Some("s/y")];
const NAMES: [Name; 7] =
    [("p", "a"), ("p", "A"), ("p", "b"), ("p", "7"), ("q", "a"), ("t", "t1"), ("t", "2")];
const TASKS: [Name; 3] = [("t", "t1"), ("t", "2"), ("t", "t3")];
const STATES: [&str; 2] = ["open", "closed"];

/// A small generator of numbers, the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    fn thing(&mut self) -> Thing {
        let name = self.pick(&NAMES);
        let mut thing = Model::thing(name, self.pick(&CONTAINERS));
        if name.0 != "t" {
            thing.children = TASKS.into_iter().filter(|_| self.roll(4) == 0).collect();
        }
        if self.roll(3) == 0 {
            thing.state = Some(self.pick(&STATES));
        }
        if self.roll(3) == 0 {
            thing.fail = Some("No.");
        }
        thing
    }
}

/// A world and its model, which are told the same.
struct Pair {
    world: World,
    model: Model,
    now: i64,
}

impl Pair {
    fn new(things: &[Thing]) -> Option<Self> {
        let mut model = Model::default();
        let text = format!(
            r#"{{"containers":[{{"kind":"s","id":"x"}},{{"kind":"s","id":"y"}}],"callers":[{{"id":"ada"}}],"resources":{}}}"#,
            Model::rows(things)
        );
        let read = Seed::parse("world.json", text.as_bytes());
        assert_eq!(read.is_ok(), model.patch(things), "{text}");
        read.ok().map(|_| Self { world: world(&text), model, now: 0 })
    }

    fn handle(&self, thing: &Thing, compare: Compare) -> Option<ResourceIndex> {
        let container = thing.container.map(|reference| {
            let id = reference.strip_prefix("s/").unwrap();
            self.world.container("s", id, Compare::Exact).unwrap()
        });
        self.world.find(self.world.kind(thing.name.0)?, container, id(thing.name.1), compare)
    }

    fn step(&mut self, dice: &mut Dice) {
        let there = self.model.there();
        let choice = dice.roll(10);
        match choice {
            0..=5 if there.is_empty() => {}
            0..=4 => {
                let at = dice.pick(&there);
                let r = self.handle(&self.model.things[at], Compare::Exact).unwrap();
                let orphan = dice.roll(2) == 0;
                let children = if orphan { Children::Orphan } else { Children::Delete };
                if choice < 2 {
                    self.world.delete(r, children);
                    self.model.delete(at, orphan);
                } else {
                    let starts = self.now + i64::try_from(dice.roll(4)).unwrap();
                    let ends = starts - 1 + i64::try_from(dice.roll(5)).unwrap();
                    let name = format!("op-{}", self.model.errands.len());
                    let operation = NewOperation {
                        id: name.clone(),
                        contract: Arc::from("c"),
                        caller: self.world.caller_by_id("ada").unwrap(),
                        accepted: Timestamp(self.now),
                        starts: Timestamp(starts),
                        ends: Timestamp(ends),
                    };
                    self.world.accept(r, children, operation);
                    self.model.accept(at, orphan, name, starts, ends);
                }
            }
            5 => {
                let at = dice.pick(&there);
                let r = self.handle(&self.model.things[at], Compare::Exact).unwrap();
                let state = dice.pick(&STATES);
                self.world.set_state(r, state);
                self.model.set_state(at, state);
            }
            6 => {
                self.now += i64::try_from(dice.roll(4)).unwrap();
                self.world.advance(Timestamp(self.now));
                self.model.advance(self.now);
            }
            7 if !self.model.errands.is_empty() => {
                let errand = dice.roll(self.model.errands.len());
                let fail = (dice.roll(2) == 0).then(|| "asked".to_owned());
                let ending = fail.clone().map_or(Ending::Succeeded, Ending::Failed);
                let id = self.model.errands[errand].id.clone();
                assert!(self.world.finish_operation(&id, ending, Timestamp(self.now)).is_some());
                self.model.finish(errand, self.now, fail);
            }
            _ => {
                let things: Vec<Thing> = (0..dice.roll(3)).map(|_| dice.thing()).collect();
                let before = (self.world.to_value(None), self.world.changes());
                let patch = value(&format!(r#"{{"resources":{}}}"#, Model::rows(&things)));
                let taken = self.world.patch(&patch).is_ok();
                assert_eq!(taken, self.model.patch(&things), "{}", patch.to_text());
                if !taken {
                    assert_eq!((self.world.to_value(None), self.world.changes()), before);
                }
            }
        }
    }

    /// Everything that can be asked is answered alike.
    fn agree(&self) {
        let there = self.model.there();
        let rows = Model::rows(there.iter().map(|at| &self.model.things[*at]));
        assert_eq!(self.world.to_value(None).get("resources").unwrap().to_text(), rows);
        let [deleted, orphaned, changed] = self.model.changes();
        assert_eq!(changed_ids(&self.world, "deleted"), deleted);
        assert_eq!(changed_ids(&self.world, "orphaned"), orphaned);
        assert_eq!(changed_ids(&self.world, "changed"), changed);
        let seen = |operation: &crate::world::Operation| {
            let now = Timestamp(self.now);
            let percent = i64::from(operation.percent(now));
            (operation.state(now).name(), percent, operation.fail(now).map(str::to_owned))
        };
        let told: Vec<_> = self.world.operations().map(seen).collect();
        assert_eq!(told, self.model.errands.iter().map(|errand| errand.seen(self.now)).collect::<Vec<_>>());
        for container in CONTAINERS {
            for name in NAMES.into_iter().chain(TASKS) {
                self.agree_on(&Model::thing(name, container));
            }
            self.agree_together(container);
        }
    }

    /// What is looked up together is what is looked up one by one.
    fn agree_together(&self, container: Option<&str>) {
        let place = container.map(|reference| {
            self.world.container("s", reference.strip_prefix("s/").unwrap(), Compare::Exact).unwrap()
        });
        let ids: Vec<Id<'_>> = NAMES.into_iter().chain(TASKS).map(|(_, text)| id(text)).collect();
        for kind in ["p", "q", "t"].into_iter().filter_map(|kind| self.world.kind(kind)) {
            for compare in [Compare::Exact, Compare::IgnoreCase] {
                let alone: Vec<_> = ids.iter().map(|id| self.world.find(kind, place, *id, compare)).collect();
                assert_eq!(self.world.find_each(kind, place, &ids, compare), alone);
            }
        }
    }

    fn agree_on(&self, wanted: &Thing) {
        for compare in [Compare::Exact, Compare::IgnoreCase] {
            let all = self.model.things.iter().filter(|thing| thing.fate == Fate::There);
            let mut matching: Vec<&Thing> = all
                .filter(|thing| wanted.container.is_none() || thing.container == wanted.container)
                .filter(|thing| thing.name.0 == wanted.name.0 && compare.same(thing.name.1, wanted.name.1))
                .collect();
            // A stable sort: first the container that was asked for, then the exact id, then the order of the world.
            matching
                .sort_by_key(|thing| (thing.container != wanted.container, thing.name.1 != wanted.name.1));
            let found = self.handle(wanted, compare).and_then(|r| self.world.resource(r));
            let shown = found.map(|resource| {
                let container =
                    resource.container().map(|container| format!("s/{}", self.world.container_id(container)));
                (resource.id().to_value().to_text(), container)
            });
            let expected =
                matching.first().map(|thing| (json(thing.name.1), thing.container.map(str::to_owned)));
            assert_eq!(shown, expected, "{wanted:?} {compare:?}");
        }
    }
}

fn id(text: &str) -> Id<'_> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { integer(text) } else { Id::text(text) }
}

#[test]
fn a_world_says_what_the_plain_model_says() {
    let mut worlds = 0;
    for run in 1..=RUNS {
        let mut dice = Dice(run.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let things: Vec<Thing> = (0..dice.roll(6)).map(|_| dice.thing()).collect();
        let Some(mut pair) = Pair::new(&things) else { continue };
        worlds += 1;
        pair.agree();
        for _ in 0..STEPS {
            pair.step(&mut dice);
            pair.agree();
        }
        let again = Seed::from_value("world.json", &pair.world.to_value(None));
        // Only a child that was also patched in as a resource of its own may stand in the way of reading it back.
        if let Ok(again) = again {
            assert_eq!(World::new(Arc::new(again)).to_value(None), pair.world.to_value(None));
        }
    }
    assert!(worlds > RUNS / 2, "{worlds}");
}

#[test]
fn the_model_writes_what_the_world_reads() {
    let things = [Model::thing(("p", "7"), None), Model::thing(("t", "t1"), Some("s/x"))];
    assert_eq!(Model::rows(&things), r#"[{"kind":"p","id":7},{"kind":"t","id":"t1","container":"s/x"}]"#);
    assert!(matches!(value(&Model::rows(&things)), Value::Array(_)));
}
