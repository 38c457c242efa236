//! What holds of every contract, world, caller and request, tried on generated ones against the naive model: the model predicts
//! the server's answer and what it changes; a forecast with all facts is the server's decision, and with some facts hidden the same or
//! undecided, never different; an answer reads back as what was decided; each distinct id has one outcome, in request order;
//! nobody deletes what they may not, and what is refused changes nothing.
//!
//! `PROPERTY_SCENARIOS` is how many scenarios of one to four requests are tried for each contract; 2,000 unless it says otherwise.

mod forecast;

use bulk_delete_core::json::Value;
use bulk_delete_tests::door::direct::Direct;
use bulk_delete_tests::door::{Ask, Door};
use bulk_delete_tests::generate::Random;
use bulk_delete_tests::matching::{Answer, shown};
use bulk_delete_tests::model::ground::{Ground, Loss};
use bulk_delete_tests::model::known::Hidden;
use bulk_delete_tests::model::wish::Wish;
use bulk_delete_tests::model::{Api, make, rules};
use bulk_delete_tests::runner::Runner;
use forecast::forecast;
use std::collections::BTreeMap;

/// How often each thing happened, so that nothing is tested by never happening.
type Seen = BTreeMap<String, usize>;

#[test]
fn anaplan_models() {
    try_all(
        Api::Anaplan,
        &["200", "400", "401", "403", "404", "415", "deleted", "unknown", "failed", "open", "broken"],
    );
}

#[test]
fn aisquare_experiences() {
    try_all(Api::Aisquare, &["200", "400", "401", "415", "deleted", "unknown", "warning"]);
}

#[test]
fn codearts_applications() {
    try_all(
        Api::Codearts,
        &["200", "400", "401", "403", "404", "415", "deleted", "unknown", "denied", "broken"],
    );
}

#[test]
fn seismic_programs() {
    try_all(
        Api::Seismic,
        &["200", "400", "401", "403", "404", "deleted", "unknown", "denied", "bystander", "came back"],
    );
}

#[test]
fn workspace_scheduled_tasks() {
    try_all(Api::Workspace, &["200", "400", "401", "403", "415", "deleted", "unknown"]);
}

fn try_all(api: Api, expected: &[&str]) {
    let scenarios =
        std::env::var("PROPERTY_SCENARIOS").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000_u64);
    let runner = Runner::new();
    let mut seen = Seen::new();
    for scenario in 0..scenarios {
        let seed = scenario.wrapping_mul(0x9E37_79B9).wrapping_add(api as u64);
        if let Err(error) = run(api, &runner, &mut Random::new(seed), &mut seen) {
            panic!("{}, scenario {scenario}: {error}", api.contract());
        }
    }
    println!("{}: {scenarios} scenarios; {seen:?}", api.contract());
    for what in expected {
        let least = usize::try_from(scenarios / 200).unwrap_or(usize::MAX);
        assert!(seen.get(*what).copied().unwrap_or_default() >= least, "hardly ever: {what}");
    }
}

fn run(api: Api, runner: &Runner, random: &mut Random, seen: &mut Seen) -> Result<(), String> {
    let mut ground = make::ground(api, random);
    let world = ground.to_value(api);
    let mut door = Direct::new(&runner.service);
    door.begin(&world)?;
    for _ in 0..=random.below(4) {
        if random.chance(40) {
            let (seconds, before) = (random.below(13) as u64, ground.deleted.len());
            ground.advance(seconds);
            door.advance(seconds)?;
            if ground.deleted.len() < before {
                note(seen, "came back");
            }
        }
        let wish = make::wish(api, &ground, random);
        let hidden = Hidden::some(random.draw(), [10, 30, 60, 100][random.below(4)]);
        exchange(api, runner, &mut door, &mut ground, &wish, hidden, seen).map_err(|error| {
            format!("{error}\n  wish: {wish:?}\n  before: {ground:?}\n  seed: {}", world.to_text())
        })?;
    }
    Ok(())
}

fn exchange(
    api: Api,
    runner: &Runner,
    door: &mut Direct<'_>,
    ground: &mut Ground,
    wish: &Wish,
    hidden: Hidden,
    seen: &mut Seen,
) -> Result<(), String> {
    let request = wish.request(api);
    let ask = Ask {
        contract: api.contract(),
        caller: wish.caller.as_deref(),
        scopes: wish.scopes.as_deref(),
        request: &request,
    };
    let before = door.world()?;
    let decided = forecast(api, runner, door, ground, wish, &ask, hidden)?;
    let earlier = ground.clone();
    let told = rules::answer(api, ground, wish);
    let answer = door.exchange(&ask)?;
    let after = door.world()?;
    note(seen, &told.status.to_string());
    let wrong = |what: String| Err(format!("{what}\n  answer: {} {}", answer.status, shown(&answer.body)));
    if answer.status != told.status {
        return wrong(format!("the model says {}", told.status));
    }
    if let Some(wrong_here) = runner.undescribed(&ask, &answer).into_iter().next() {
        return wrong(wrong_here);
    }
    if decided != told.items {
        return wrong(format!("the model says {:?}, the core {decided:?}", told.items));
    }
    for (_, outcome) in told.items.iter().flatten() {
        note(seen, outcome);
    }
    if answer.status >= 400 && after != before {
        return wrong("a refusal has changed the world".to_owned());
    }
    let changes = door.changes()?;
    for (list, losses) in [("deleted", &ground.deleted), ("orphaned", &ground.orphaned)] {
        let (model, core) = (lost(losses), ids(&changes, list));
        if model != core {
            return wrong(format!("the model says {list} are {model:?}, the core {core:?}"));
        }
    }
    if api == Api::Aisquare && warnings(&answer) != told.warnings {
        return wrong(format!("the model says {} warnings", told.warnings));
    }
    if told.warnings > 0 {
        note(seen, "warning");
    }
    let left = ids(&after, "resources");
    for id in ids(&before, "resources").into_iter().filter(|id| !left.contains(id)) {
        if !may_lose(api, &earlier, wish, &id) {
            return wrong(format!("`{id}` is gone, and was not the caller's to delete"));
        }
    }
    Ok(())
}

/// Whether the caller was allowed to delete this: said once more, apart from the order in which an API asks.
fn may_lose(api: Api, ground: &Ground, wish: &Wish, id: &str) -> bool {
    let thing = ground.things.iter().find(|thing| thing.id == id);
    let person = wish.caller.as_deref().and_then(|caller| ground.person(caller));
    let (Some(thing), Some(person)) = (thing, person) else { return false };
    let within = thing.container.as_deref().unwrap_or_default();
    let may = |permission| person.may(within, permission);
    let asked = wish.ids.iter().any(|spelt| api.same(&spelt.id, id));
    let allowed = match api {
        Api::Anaplan => person.has_role(within, "workspace-administrator") && ground.sees(person, thing),
        Api::Aisquare => thing.owner.as_ref() == Some(&person.id),
        Api::Codearts => may("application.delete") && ground.sees(person, thing),
        Api::Seismic => may("program.update") && may("program.delete") && ground.sees(person, thing),
        Api::Workspace => may("workspace:scheduledTasks:batchDelete") && ground.sees(person, thing),
    };
    asked && allowed
}

fn lost(losses: &[Loss]) -> Vec<String> {
    losses.iter().map(|loss| loss.id.clone()).collect()
}

/// The ids of a list's rows, as text.
fn ids(value: &Value, list: &str) -> Vec<String> {
    let rows = value.get(list).and_then(Value::as_array).unwrap_or_default();
    rows.iter()
        .filter_map(|row| row.get("id"))
        .map(|id| id.as_str().map_or_else(|| id.to_text(), str::to_owned))
        .collect()
}

fn warnings(answer: &Answer) -> usize {
    let body = Value::parse(&answer.body).unwrap_or(Value::Null);
    body.get("cleanup_warnings").and_then(Value::as_array).map_or(0, <[Value]>::len)
}

fn note(seen: &mut Seen, what: &str) {
    *seen.entry(what.to_owned()).or_default() += 1;
}
