//! The model as a place where the core's checks look facts up. All of them are known, or some are hidden: then the same
//! question is always answered the same way, as by somebody who does not know.

use super::Api;
use super::ground::{Ground, Person, Thing};
use super::wish::Wish;
use bulk_delete_core::decision::fact::Fact;
use bulk_delete_core::decision::facts::{CallerFacts, Cause, Facts, ItemFacts};
use bulk_delete_core::json::Value;
use bulk_delete_core::request::ids::Id;

/// Which facts are hidden.
#[derive(Clone, Copy, Debug)]
pub struct Hidden {
    seed: u64,
    percent: u64,
}

impl Hidden {
    /// None is.
    pub const NOTHING: Self = Self { seed: 0, percent: 0 };

    /// So many in a hundred are; which ones, the seed says.
    pub fn some(seed: u64, percent: u64) -> Self {
        Self { seed, percent }
    }

    fn fact<T>(self, question: &str, about: &str, value: T) -> Fact<T> {
        let mut mixed = self.seed ^ 0x9E37_79B9_7F4A_7C15;
        for byte in question.bytes().chain([b'/']).chain(about.bytes()) {
            mixed = (mixed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
            mixed ^= mixed >> 29;
        }
        if mixed % 100 < self.percent { Fact::Unknown } else { Fact::Known(value) }
    }
}

/// What is known about a wish.
#[derive(Clone, Debug)]
pub struct Known<'g> {
    api: Api,
    ground: &'g Ground,
    person: Option<&'g Person>,
    /// The credential's own scopes.
    scopes: Vec<String>,
    /// The container's id.
    container: Option<&'g str>,
    hidden: Hidden,
}

impl<'g> Known<'g> {
    /// What is known about a wish in a world.
    pub fn new(api: Api, ground: &'g Ground, wish: &Wish, hidden: Hidden) -> Self {
        let person = wish.caller.as_deref().and_then(|id| ground.person(id));
        let own = person.map(|person| person.scopes.clone()).unwrap_or_default();
        let container = ground.container(api, &wish.container).map(|container| container.id.as_str());
        Self { api, ground, person, scopes: wish.scopes.clone().unwrap_or(own), container, hidden }
    }

    fn of_both(&self, ask: impl FnOnce(&Person, &str) -> bool) -> bool {
        self.person.zip(self.container).is_some_and(|(person, container)| ask(person, container))
    }
}

impl CallerFacts for Known<'_> {
    fn authentication(&self) -> Fact<Result<(), Cause>> {
        self.hidden.fact("authentication", "", self.person.map(|_| ()).ok_or(Cause::Missing))
    }

    fn scope(&self, name: &str) -> Fact<bool> {
        self.hidden.fact(
            "scope",
            name,
            self.person.is_some() && self.scopes.iter().any(|scope| scope == name),
        )
    }

    fn role(&self, name: &str) -> Fact<bool> {
        self.hidden.fact("role", name, self.of_both(|person, container| person.has_role(container, name)))
    }

    fn permission(&self, name: &str) -> Fact<bool> {
        self.hidden.fact("permission", name, self.of_both(|person, container| person.may(container, name)))
    }

    fn container_exists(&self) -> Fact<bool> {
        self.hidden.fact("container exists", "", self.container.is_some())
    }

    fn container_accessible(&self) -> Fact<bool> {
        self.hidden.fact("container accessible", "", self.of_both(Person::has_grant))
    }
}

impl<'g> Facts for Known<'g> {
    type Item = KnownItem<'g>;

    fn item(&self, id: Id<'_>) -> KnownItem<'g> {
        let in_container = self.api.container().is_none() || self.container.is_some();
        let found = in_container.then(|| self.ground.find(self.api, self.container, id.text)).flatten();
        let thing = found.and_then(|place| self.ground.things.get(place));
        KnownItem {
            ground: self.ground,
            person: self.person,
            thing,
            kind: thing.and_then(|thing| thing.kind.as_deref()).map(Value::from),
            about: id.text.to_owned(),
            hidden: self.hidden,
        }
    }
}

/// What is known about one id.
#[derive(Clone, Debug)]
pub struct KnownItem<'g> {
    ground: &'g Ground,
    person: Option<&'g Person>,
    thing: Option<&'g Thing>,
    kind: Option<Value>,
    about: String,
    hidden: Hidden,
}

impl KnownItem<'_> {
    fn fact<T>(&self, question: &str, value: T) -> Fact<T> {
        self.hidden.fact(question, &self.about, value)
    }

    fn of_both(&self, ask: impl FnOnce(&Person, &Thing) -> bool) -> bool {
        self.person.zip(self.thing).is_some_and(|(person, thing)| ask(person, thing))
    }
}

impl ItemFacts for KnownItem<'_> {
    fn exists(&self) -> Fact<bool> {
        self.fact("exists", self.thing.is_some())
    }

    fn accessible(&self) -> Fact<bool> {
        self.fact("accessible", self.of_both(|person, thing| self.ground.sees(person, thing)))
    }

    fn owned(&self) -> Fact<bool> {
        self.fact("owned", self.of_both(|person, thing| thing.owner.as_ref() == Some(&person.id)))
    }

    fn permission(&self, name: &str) -> Fact<bool> {
        let may = |person: &Person, thing: &Thing| {
            thing.container.as_deref().is_some_and(|own| person.may(own, name))
        };
        self.fact(name, self.of_both(may))
    }

    fn state(&self) -> Fact<Option<&str>> {
        self.fact("state", self.thing.and_then(|thing| thing.state.as_deref()))
    }

    fn attribute(&self, pointer: &str) -> Fact<Option<&Value>> {
        self.fact(pointer, self.kind.as_ref().filter(|_| pointer == "/type"))
    }

    fn fail(&self) -> Fact<Option<&str>> {
        self.fact("fail", self.thing.and_then(|thing| thing.fail.as_deref()))
    }
}
