//! Who and what exists, as plain lists.

use super::Api;
use bulk_delete_core::json::{Number, Object, Value};

/// A world.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// Containers of the API's kind.
    pub containers: Vec<Container>,
    /// Everybody.
    pub people: Vec<Person>,
    /// Everything that can be deleted, and that was.
    pub things: Vec<Thing>,
    /// What was deleted, in order.
    pub deleted: Vec<Loss>,
    /// Which children were left without their parent, in order.
    pub orphaned: Vec<Loss>,
    /// Seconds since the beginning.
    pub now: u64,
}

/// A container.
#[derive(Clone, Debug)]
pub struct Container {
    /// Its id.
    pub id: String,
    /// Its other names.
    pub aliases: Vec<String>,
}

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id.
    pub id: String,
    /// Their scopes.
    pub scopes: Vec<String>,
    /// What they may do where: container, roles, permissions.
    pub grants: Vec<(String, Vec<String>, Vec<String>)>,
}

/// Something that can be deleted.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Its id; of a number, its canonical text.
    pub id: String,
    /// The container's id.
    pub container: Option<String>,
    /// Its owner's id.
    pub owner: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// Its attribute `type`.
    pub kind: Option<String>,
    /// Who sees it; `None` is everybody with a grant on its container.
    pub visible_to: Option<Vec<String>>,
    /// Ids of its children.
    pub children: Vec<String>,
    /// Why it cannot be deleted.
    pub fail: Option<String>,
    /// Why it cannot be cleaned up.
    pub cleanup_fails: Option<String>,
    /// Whether it is there.
    pub presence: Presence,
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    There,
    /// It is not any more.
    Gone,
    /// It goes, and is gone for every next call; at this second it is decided whether it comes back.
    Going(u64),
}

/// Something that went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Its id.
    pub id: String,
    /// The place of the thing because of which it went.
    pub because_of: usize,
}

impl Ground {
    /// The container that goes by this name.
    pub fn container(&self, api: Api, name: &str) -> Option<&Container> {
        self.containers.iter().find(|container| {
            api.same(&container.id, name) || container.aliases.iter().any(|alias| api.same(alias, name))
        })
    }

    /// The person of this id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The place of the thing of this id in a container.
    pub fn find(&self, api: Api, container: Option<&str>, id: &str) -> Option<usize> {
        self.things.iter().position(|thing| {
            thing.presence == Presence::There
                && thing.container.as_deref() == container
                && api.same(&thing.id, id)
        })
    }

    /// Whether somebody sees a thing.
    pub fn sees(&self, person: &Person, thing: &Thing) -> bool {
        match (&thing.visible_to, &thing.container) {
            (Some(viewers), _) => viewers.contains(&person.id),
            (None, Some(container)) => person.has_grant(container),
            (None, None) => true,
        }
    }

    /// Time passes: what was going is gone, or comes back with its children.
    pub fn advance(&mut self, seconds: u64) {
        self.now += seconds;
        for place in 0..self.things.len() {
            let thing = &mut self.things[place];
            let Presence::Going(until) = thing.presence else { continue };
            if until > self.now {
                continue;
            }
            if thing.fail.is_none() {
                thing.presence = Presence::Gone;
                continue;
            }
            thing.presence = Presence::There;
            self.deleted.retain(|loss| loss.because_of != place);
            self.orphaned.retain(|loss| loss.because_of != place);
        }
    }

    /// The world in the format of `world.json`, as it was before anything happened.
    pub fn to_value(&self, api: Api) -> Value {
        let full = |id: &str| format!("{}/{id}", api.container().unwrap_or_default());
        let containers = self.containers.iter().map(|container| {
            let aliases = texts(&container.aliases);
            object([("kind", text(api.container())), ("id", text(Some(&container.id))), ("aliases", aliases)])
        });
        let people = self.people.iter().map(|person| {
            let grants = person.grants.iter().map(|(container, roles, permissions)| {
                let container = text(Some(&full(container)));
                object([
                    ("container", container),
                    ("roles", texts(roles)),
                    ("permissions", texts(permissions)),
                ])
            });
            object([
                ("id", text(Some(&person.id))),
                ("scopes", texts(&person.scopes)),
                ("grants", list(grants)),
            ])
        });
        let things = self.things.iter().map(|thing| {
            let children = thing
                .children
                .iter()
                .map(|id| object([("kind", text(Some("task"))), ("id", text(Some(id)))]));
            let on_delete =
                object([("fail", opt(&thing.fail)), ("cleanup-fails", opt(&thing.cleanup_fails))]);
            let on_delete =
                if thing.fail.is_some() || thing.cleanup_fails.is_some() { on_delete } else { Value::Null };
            let attributes =
                thing.kind.as_deref().map_or(Value::Null, |kind| object([("type", text(Some(kind)))]));
            object([
                ("kind", text(Some(api.thing()))),
                ("id", id_value(api, &thing.id)),
                ("container", text(thing.container.as_deref().map(&full).as_deref())),
                ("owner", opt(&thing.owner)),
                ("state", opt(&thing.state)),
                ("attributes", attributes),
                ("visible-to", thing.visible_to.as_deref().map_or(Value::Null, texts)),
                ("children", list(children)),
                ("on-delete", on_delete),
            ])
        });
        object([("containers", list(containers)), ("callers", list(people)), ("resources", list(things))])
    }
}

impl Person {
    /// Whether they have any grant on a container.
    pub fn has_grant(&self, container: &str) -> bool {
        self.grants.iter().any(|(own, ..)| own == container)
    }

    /// Whether they have a role in a container.
    pub fn has_role(&self, container: &str, role: &str) -> bool {
        self.grants.iter().any(|(own, roles, _)| own == container && roles.iter().any(|known| known == role))
    }

    /// Whether they have a permission in a container.
    pub fn may(&self, container: &str, permission: &str) -> bool {
        self.grants
            .iter()
            .any(|(own, _, all)| own == container && all.iter().any(|known| known == permission))
    }
}

/// An id as JSON: a number where the API's ids are numbers.
pub fn id_value(api: Api, id: &str) -> Value {
    match api {
        Api::Aisquare => Number::parse(id).map_or_else(|| Value::from(id), Value::Number),
        _ => Value::from(id),
    }
}

/// An object without the keys whose values are null.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut object = Object::new();
    for (key, value) in members.into_iter().filter(|(_, value)| *value != Value::Null) {
        object.push(key, value);
    }
    Value::Object(object)
}

fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Value::from)
}

fn opt(value: &Option<String>) -> Value {
    text(value.as_deref())
}

fn texts(all: &[String]) -> Value {
    list(all.iter().map(|one| Value::from(one.as_str())))
}

fn list(values: impl Iterator<Item = Value>) -> Value {
    Value::Array(values.collect())
}
