//! Generated worlds and wishes: small, so that everything meets everything, and mostly such that something happens.

use super::Api;
use super::ground::{Container, Ground, Person, Presence, Thing};
use super::wish::{Flaw, Spelt, Wish};
use crate::generate::Random;
use bulk_delete_core::json::Value;

const PEOPLE: [&str; 4] = ["ada", "bob", "cleo", "dan"];
const ROLES: [&str; 2] = ["workspace-administrator", "visitor"];
const PERMISSIONS: [&str; 4] =
    ["program.update", "program.delete", "application.delete", "workspace:scheduledTasks:batchDelete"];
const SCOPES: [&str; 2] = ["seismic.programs.manage", "seismic.programs.view"];
const FAILS: [&str; 3] = [
    "Mock: it is in use.",
    "Something went wrong. Deleting this model failed.",
    "Mock: {item.id} \"quoted\"",
];

/// How likely something is that keeps a call from deleting. Where one thing decides for all, it has to be rarer.
fn obstacle(api: Api, percent: usize) -> usize {
    if api == Api::Seismic { percent / 4 } else { percent }
}

/// A world.
pub fn ground(api: Api, random: &mut Random) -> Ground {
    let containers = match api.container() {
        None => Vec::new(),
        Some(_) => vec![
            Container { id: "Container-A1".to_owned(), aliases: vec!["default".to_owned()] },
            Container { id: "Container-B2".to_owned(), aliases: Vec::new() },
        ],
    };
    let people = PEOPLE.iter().map(|id| {
        let some = |among: &[&str], percent, random: &mut Random| {
            among.iter().filter(|_| random.chance(percent)).map(|one| (*one).to_owned()).collect::<Vec<_>>()
        };
        let mut grants = Vec::new();
        for container in &containers {
            if random.chance(100 - obstacle(api, 25)) {
                let permissions = some(&PERMISSIONS, 100 - obstacle(api, 20), random);
                grants.push((container.id.clone(), some(&ROLES, 70, random), permissions));
            }
        }
        Person { id: (*id).to_owned(), scopes: some(&SCOPES, 80, random), grants }
    });
    let people: Vec<Person> = people.collect();
    let mut things = Vec::new();
    for number in 0..random.below(9) {
        things.push(thing(api, number, &containers, random));
    }
    Ground { containers, people, things, ..Ground::default() }
}

fn thing(api: Api, number: usize, containers: &[Container], random: &mut Random) -> Thing {
    let id = match (api, number) {
        (Api::Aisquare, 3) => "1e999999999".to_owned(),
        (Api::Aisquare, 4) => "-9007199254740993".to_owned(),
        (Api::Aisquare, _) => (1024 + number).to_string(),
        (Api::Seismic, _) => format!("program-{number}"),
        (_, 3) => "{item.id} \"\u{e9}\u{1F600}\\".to_owned(),
        (_, _) => format!("Thing-{number}"),
    };
    let maybe = |percent, text: &str, random: &mut Random| random.chance(percent).then(|| text.to_owned());
    let fail = random.pick(&FAILS);
    let fail = if api == Api::Codearts { FAILS[0] } else { fail };
    let children = if api == Api::Seismic { random.below(3) } else { 0 };
    let visible_to = random
        .chance(obstacle(api, 30))
        .then(|| PEOPLE.iter().filter(|_| random.chance(50)).map(|id| (*id).to_owned()).collect());
    Thing {
        id,
        container: containers
            .get(usize::from(random.chance(obstacle(api, 25))))
            .map(|container| container.id.clone()),
        owner: random.chance(90).then(|| random.pick(&PEOPLE[..2]).to_owned()),
        state: random.chance(70).then(|| random.pick(&["open", "closed", "archived"]).to_owned()),
        kind: random.chance(80).then(|| random.pick(&["domain", "quest", "blog", "podcast"]).to_owned()),
        visible_to,
        children: (0..children).map(|child| format!("task-{number}-{child}")).collect(),
        fail: maybe(20, fail, random),
        cleanup_fails: maybe(20, "Mock: the domain could not be cleaned up.", random),
        presence: Presence::There,
    }
}

/// A wish in a world.
pub fn wish(api: Api, ground: &Ground, random: &mut Random) -> Wish {
    let caller = random.chance(100 - obstacle(api, 8)).then(|| random.pick(&PEOPLE[..]).to_owned());
    let container = match random.below(12) {
        0 => "Container-C3",
        1 => "short",
        2 => "default",
        3 => "cONTAINER-a1",
        4..6 => "Container-B2",
        _ => "Container-A1",
    };
    let most = if random.chance(3) { 60 } else { obstacle(api, 16).min(7) };
    let ids = (0..random.below(most)).map(|_| spelt(api, id(api, ground, random), random)).collect();
    Wish {
        caller,
        scopes: random.chance(10).then(|| vec![random.pick(&SCOPES).to_owned()]),
        container: container.to_owned(),
        ids,
        with_children: if random.chance(40) { None } else { Some(random.chance(60)) },
        flaw: if random.chance(85) { Flaw::None } else { random.pick(&Flaw::ALL) },
    }
    .plausible(api)
}

impl Wish {
    /// Leaves out what the API has no way to say.
    fn plausible(mut self, api: Api) -> Self {
        if self.flaw == Flaw::Missing {
            self.ids.clear();
        }
        if api != Api::Seismic {
            self.with_children = None;
            self.scopes = None;
        } else if matches!(self.flaw, Flaw::WrongType | Flaw::Twice) {
            self.with_children = None;
        }
        self
    }
}

fn id(api: Api, ground: &Ground, random: &mut Random) -> String {
    if random.chance(obstacle(api, 25)) || ground.things.is_empty() {
        return match api {
            Api::Aisquare => {
                random.pick(&["1", "-7", "0", "123456789012345678901234567890", "1e1050"]).to_owned()
            }
            Api::Seismic => random.pick(&["nothing", "program-99", "PROGRAM-1"]).to_owned(),
            _ => random.pick(&["nothing", "", "Incorrect_Model_Id", "{caller.id}", "thing-99"]).to_owned(),
        };
    }
    let id = ground.things[random.below(ground.things.len())].id.clone();
    match random.below(8) {
        0 if api.ignores_case() => id.to_ascii_lowercase(),
        1 if api.ignores_case() => id.to_ascii_uppercase(),
        _ => id,
    }
}

fn spelt(api: Api, id: String, random: &mut Random) -> Spelt {
    let json = match api {
        // One number has many spellings.
        Api::Aisquare if id != "0" && !id.contains('e') => match random.below(4) {
            0 => format!("{id}.0"),
            1 => format!("{id}e0"),
            2 => format!("{id}0.0e-1"),
            _ => id.clone(),
        },
        Api::Aisquare => id.clone(),
        _ => Value::from(id.as_str()).to_text(),
    };
    Spelt { id, json }
}
