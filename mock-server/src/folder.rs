//! A contract folder as bytes, wherever they come from, and what becomes of several: contracts and one world.

use crate::control;
use crate::scenario::{self, Scenario, ScenarioFile};
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::json::{locate, push_segment};
use bulk_delete_core::problem::Problem;
use bulk_delete_core::world::check::check_world;
use bulk_delete_core::world::{Seed, World};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// What a world is called in problems.
const WORLD: &str = "world.json";

/// Where a contract folder comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is part of the program.
    BuiltIn,
    /// Whoever started the program has given it.
    Given,
}

/// The documents of a contract folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The contract's name, which is also the folder's.
    pub name: Cow<'static, str>,
    /// Where it comes from.
    pub origin: Origin,
    /// Where the folder is, for messages: a path, or a word for those that are built in.
    pub place: Cow<'static, str>,
    /// `openapi.json`
    pub openapi: Cow<'static, [u8]>,
    /// `policy.json`
    pub policy: Cow<'static, [u8]>,
    /// `world.json`, where there is one.
    pub world: Option<Cow<'static, [u8]>>,
    /// `examples/start.json`, where there is one: the exchange that is shown when the server starts.
    pub start: Option<Cow<'static, [u8]>>,
    /// `scenarios/*.json`, in the order of their names.
    pub scenarios: Vec<ScenarioFile>,
}

/// A `world.json` that takes the place of the folders' own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldFile {
    /// Where it is, for messages.
    pub place: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What the folders come to.
#[derive(Debug)]
pub struct Loaded {
    /// In the order of the folders.
    pub contracts: Vec<Contract>,
    /// The world in which they are served.
    pub seed: Arc<Seed>,
    /// The named starting points, by their names; none where another world takes the place of the folders' own.
    pub scenarios: Vec<Scenario>,
}

/// A problem of a document and the line on which it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The document's path, or its name where it has none.
    pub place: String,
    /// From 1. Absent where the document is not JSON up to there.
    pub line: Option<u32>,
    /// What is wrong, and where in the document.
    pub problem: Problem,
}

impl fmt::Display for Finding {
    /// `file:line: /pointer: message`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.place)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        out.write_str(": ")?;
        if !self.problem.pointer.is_empty() {
            write!(out, "{}: ", self.problem.pointer)?;
        }
        out.write_str(&self.problem.message)
    }
}

/// Loads every folder, and one world out of theirs, or out of the file that takes their place.
///
/// # Errors
///
/// Every finding about every document.
pub fn load(folders: &[Folder], world: Option<&WorldFile>) -> Result<Loaded, Vec<Finding>> {
    let (mut contracts, mut findings) = (Vec::new(), Vec::new());
    for folder in folders {
        let documents = Documents { name: &folder.name, openapi: &folder.openapi, policy: &folder.policy };
        match Contract::load(documents) {
            Ok(contract) => {
                findings.extend(hidden(&contract).into_iter().map(|problem| folder.find(problem)));
                contracts.push(contract);
            }
            Err(problems) => findings.extend(problems.into_iter().map(|problem| folder.find(problem))),
        }
    }
    let mut seeds = Vec::new();
    let mut read = |place: &str, bytes: &[u8]| match read_world(bytes, &contracts) {
        Ok(seed) => seeds.push(seed),
        Err(problems) => findings.extend(problems.into_iter().map(|problem| finding(place, bytes, problem))),
    };
    match world {
        Some(world) => read(&world.place, &world.bytes),
        None => {
            for folder in folders {
                if let Some(bytes) = &folder.world {
                    read(&folder.path(WORLD), bytes);
                }
            }
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    match Seed::merge(seeds) {
        Ok(seed) => {
            let seed = Arc::new(seed);
            let scenarios = match world {
                None => scenario::load(folders, &contracts, &seed)?,
                // They change the folders' worlds, and say nothing about another.
                Some(_) => Vec::new(),
            };
            Ok(Loaded { contracts, seed, scenarios })
        }
        Err(problems) => Err(problems
            .into_iter()
            .map(|problem| Finding {
                place: "the worlds of the contracts together".to_owned(),
                line: None,
                problem,
            })
            .collect()),
    }
}

/// Paths of a contract that the control API stands before, so that nothing asked there would reach it.
fn hidden(contract: &Contract) -> Vec<Problem> {
    let of_companions = contract.companions.iter().map(|companion| &companion.operation);
    let paths =
        std::iter::once(&contract.operation).chain(of_companions).map(|operation| operation.path.as_str());
    let problem = |path: &str| {
        let mut pointer = "/paths".to_owned();
        push_segment(&mut pointer, path);
        let message =
            format!("`{path}` belongs to the control API, which answers there: choose another path");
        Problem { document: "openapi.json".to_owned(), pointer, message }
    };
    paths.filter(|path| control::path(path).is_some()).map(problem).collect()
}

/// Reads a world and holds it against the contracts.
fn read_world(bytes: &[u8], contracts: &[Contract]) -> Result<Seed, Vec<Problem>> {
    let seed = Arc::new(Seed::parse(WORLD, bytes)?);
    let problems = check_world(contracts, &World::new(Arc::clone(&seed)));
    match Arc::into_inner(seed) {
        Some(seed) if problems.is_empty() => Ok(seed),
        _ => Err(problems),
    }
}

impl Folder {
    fn find(&self, problem: Problem) -> Finding {
        let bytes: &[u8] = match problem.document.as_str() {
            "openapi.json" => &self.openapi,
            "policy.json" => &self.policy,
            _ => b"",
        };
        finding(&self.path(&problem.document), bytes, problem)
    }

    fn path(&self, document: &str) -> String {
        format!("{}/{document}", self.place)
    }
}

pub(crate) fn finding(place: &str, bytes: &[u8], problem: Problem) -> Finding {
    let line = locate(bytes, &problem.pointer).map(|(line, _)| line);
    Finding { place: place.to_owned(), line, problem }
}
