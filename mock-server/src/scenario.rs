//! Named starting points: what `scenarios/NAME.json` of a contract folder says, and the worlds that come of it. Contracts that
//! have a scenario of the same name begin together.

use crate::folder::{Finding, Folder, finding};
use crate::mock::faults::{self, Fault};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::names::Names;
use bulk_delete_core::problem::Problem;
use bulk_delete_core::world::check::check_world;
use bulk_delete_core::world::{Seed, World};
use std::borrow::Cow;
use std::sync::Arc;

/// What a world is called in problems.
const WORLD: &str = "world.json";

/// One document of the folder `scenarios`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioFile {
    /// The scenario's name, which is the file's without its ending.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
}

/// A named starting point.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What people are told about it; each contract's sentence.
    pub description: String,
    /// What states of a provider it stands for, in the words of contract tests.
    pub states: Vec<String>,
    /// The contracts that have it.
    pub contracts: Vec<String>,
    /// The world that it begins with.
    pub seed: Arc<Seed>,
    /// What goes wrong in it.
    pub(crate) faults: Vec<Fault>,
}

/// What one document says.
struct Said<'v> {
    description: &'v str,
    states: Vec<&'v str>,
    world: Option<&'v Value>,
    without: Vec<&'v Value>,
    patch: Option<&'v Value>,
    faults: Option<&'v Value>,
}

impl Said<'_> {
    /// Moves a problem of the world that a scenario comes to, to where the scenario says it.
    fn find(&self, problem: Problem, world: &World) -> Problem {
        let found = problem.pointer.strip_prefix("/resources/").and_then(|rest| {
            let (number, rest) = rest.split_once('/').unwrap_or((rest, ""));
            let (_, resource) = world.resources().nth(number.parse().ok()?)?;
            let is_it = |row: &Value| {
                row.get("kind").and_then(Value::as_str) == Some(world.kind_name(resource.kind()))
                    && row.get("id") == Some(&resource.id().to_value())
            };
            [("/patch", self.patch), ("/world", self.world)].into_iter().find_map(|(part, document)| {
                let at = document?.get("resources")?.as_array()?.iter().position(is_it)?;
                Some(format!("{part}/resources/{at}/{rest}"))
            })
        });
        Problem { pointer: found.unwrap_or_default(), ..problem }
    }
}

/// Reads the scenarios of all folders, each as it changes this world. `contracts` are those of the folders, in their order.
///
/// # Errors
///
/// Every finding about every document.
pub(crate) fn load(
    folders: &[Folder],
    contracts: &[Contract],
    seed: &Arc<Seed>,
) -> Result<Vec<Scenario>, Vec<Finding>> {
    let (mut scenarios, mut findings) = (Names::<Scenario>::new(), Vec::new());
    for (folder, contract) in folders.iter().zip(contracts) {
        for file in &folder.scenarios {
            let place = format!("{}/scenarios/{}.json", folder.place, file.name);
            let mut told = |problems: Vec<Problem>| {
                findings.extend(problems.into_iter().map(|problem| finding(&place, &file.bytes, problem)));
            };
            if crate::mock::SessionName::parse(&file.name).is_none() {
                told(vec![problem(
                    "",
                    "a scenario's name is 1 to 63 letters, digits, `-` and `_`: rename the file",
                )]);
                continue;
            }
            let value = match Value::parse(&file.bytes) {
                Ok(value) => value,
                Err(error) => {
                    told(vec![problem("", &format!("is not JSON: {error}"))]);
                    continue;
                }
            };
            let before = scenarios.get(&file.name).map_or(seed, |scenario| &scenario.seed);
            let begun = read(&value).and_then(|said| {
                let seed = begin(&said, before, contract, contracts)?;
                let faults = wrong(&said, contracts)?;
                Ok((said, seed, faults))
            });
            match begun {
                Err(problems) => told(problems),
                Ok((said, begun, faults)) => {
                    let mut scenario = scenarios.remove(&file.name).unwrap_or_else(|| Scenario {
                        name: file.name.to_string(),
                        description: String::new(),
                        states: Vec::new(),
                        contracts: Vec::new(),
                        seed: Arc::clone(seed),
                        faults: Vec::new(),
                    });
                    if !scenario.description.contains(said.description) {
                        if !scenario.description.is_empty() {
                            scenario.description.push(' ');
                        }
                        scenario.description.push_str(said.description);
                    }
                    for state in said.states {
                        if !scenario.states.iter().any(|known| known == state) {
                            scenario.states.push(state.to_owned());
                        }
                    }
                    scenario.contracts.push(contract.name.to_string());
                    scenario.faults.extend(faults);
                    scenario.seed = Arc::new(begun);
                    scenarios.insert(file.name.to_string(), scenario);
                }
            }
        }
    }
    if findings.is_empty() { Ok(scenarios.into_values().collect()) } else { Err(findings) }
}

/// The world that a scenario begins with.
fn begin(
    said: &Said<'_>,
    before: &Arc<Seed>,
    contract: &Contract,
    contracts: &[Contract],
) -> Result<Seed, Vec<Problem>> {
    let mut seed = Arc::clone(before);
    if let Some(world) = said.world {
        let kinds: Vec<&str> = kinds(contract);
        let rest = Seed::from_value(WORLD, &World::new(Arc::clone(&seed)).to_value_without(&kinds))?;
        let own = Seed::from_value(WORLD, world).map_err(|problems| within("/world", problems))?;
        seed = Arc::new(Seed::merge([rest, own]).map_err(|problems| within("/world", problems))?);
    }
    if !said.without.is_empty() {
        let whole = World::new(Arc::clone(&seed)).to_value(None);
        seed = Arc::new(Seed::from_value(WORLD, &left(whole, &said.without))?);
    }
    let mut world = World::new(seed);
    if let Some(patch) = said.patch {
        world.patch(patch).map_err(|problems| within("/patch", problems))?;
    }
    let problems = check_world(contracts, &world);
    if !problems.is_empty() {
        return Err(problems.into_iter().map(|problem| said.find(problem, &world)).collect());
    }
    Seed::from_value(WORLD, &world.to_value(None))
}

/// What goes wrong in a scenario.
fn wrong(said: &Said<'_>, contracts: &[Contract]) -> Result<Vec<Fault>, Vec<Problem>> {
    let Some(document) = said.faults else { return Ok(Vec::new()) };
    let read = faults::read::faults(document, contracts).map_err(|problems| within("/faults", problems))?;
    let for_sessions = read.iter().enumerate().filter(|(_, (session, _))| session.is_some());
    let problems: Vec<Problem> = for_sessions
        .map(|(at, _)| {
            let at = if document.as_array().is_some() { format!("/{at}") } else { String::new() };
            problem(
                &format!("/faults{at}/session"),
                "a scenario's faults are for whoever begins with it: leave `session` out",
            )
        })
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(read.into_iter().map(|(_, fault)| fault).collect())
}

/// A world without the resources that are like one of these.
fn left(world: Value, without: &[&Value]) -> Value {
    let Value::Object(members) = world else { return world };
    let mut out = Object::new();
    for (key, value) in members.iter() {
        let value = match value {
            Value::Array(rows) if key == "resources" => Value::Array(
                rows.iter().filter(|row| !without.iter().any(|like| is_like(row, like))).cloned().collect(),
            ),
            other => other.clone(),
        };
        out.push(key, value);
    }
    Value::Object(out)
}

/// Whether a resource has everything that is said of it.
fn is_like(row: &Value, like: &Value) -> bool {
    like.as_object().is_some_and(|like| like.iter().all(|(key, value)| row.get(key) == Some(value)))
}

fn read(value: &Value) -> Result<Said<'_>, Vec<Problem>> {
    let Some(object) = value.as_object() else {
        return Err(vec![problem("", "must be an object: give `patch`, `without` or `world`")]);
    };
    let mut problems = Vec::new();
    let known = ["description", "states", "world", "without", "patch", "faults", "$schema"];
    for key in object.keys().filter(|key| !known.contains(key)) {
        problems.push(problem(
            &format!("/{key}"),
            &format!("is not known here: use one of {}", known.join(", ")),
        ));
    }
    let description = object.get("description").and_then(Value::as_str).unwrap_or_default();
    if description.is_empty() {
        problems.push(problem("", "`description` is missing: say in a sentence what the world is like"));
    }
    let states = object.get("states").map(|states| states.as_array().unwrap_or_default());
    let states: Vec<&str> = states.unwrap_or_default().iter().filter_map(Value::as_str).collect();
    let given = object.get("states").and_then(Value::as_array).map_or(0, <[Value]>::len);
    if object.get("states").is_some_and(|states| states.as_array().is_none()) || given != states.len() {
        problems.push(problem("/states", "must be an array of strings: what contract tests call this state"));
    }
    let without = object.get("without").and_then(Value::as_array).unwrap_or_default();
    let wanted = ["kind", "id", "container"];
    for (at, like) in without.iter().enumerate() {
        let good = like
            .as_object()
            .is_some_and(|like| like.get("kind").is_some() && like.keys().all(|key| wanted.contains(&key)));
        if !good {
            problems.push(problem(
                &format!("/without/{at}"),
                "must be an object with `kind`, and `id` or `container` where not all of the kind are meant",
            ));
        }
    }
    if object.get("without").is_some_and(|without| without.as_array().is_none()) {
        problems.push(problem("/without", "must be an array of objects"));
    }
    let (world, patch) = (object.get("world"), object.get("patch"));
    let faults = object.get("faults");
    if world.is_none() && patch.is_none() && without.is_empty() && faults.is_none() {
        problems.push(problem("", "nothing is different here: give `patch`, `without`, `world` or `faults`"));
    }
    if problems.is_empty() {
        Ok(Said { description, states, world, without: without.iter().collect(), patch, faults })
    } else {
        Err(problems)
    }
}

/// The kinds of container and resource that a contract deals with.
fn kinds(contract: &Contract) -> Vec<&str> {
    let container = contract.container.as_ref().map(|container| &*container.kind);
    container.into_iter().chain([&*contract.resource]).collect()
}

fn problem(pointer: &str, message: &str) -> Problem {
    Problem { document: "scenario".to_owned(), pointer: pointer.to_owned(), message: message.to_owned() }
}

/// Problems of a world that stands inside a scenario.
fn within(pointer: &str, problems: Vec<Problem>) -> Vec<Problem> {
    problems
        .into_iter()
        .map(|found| Problem { pointer: format!("{pointer}{}", found.pointer), ..found })
        .collect()
}
