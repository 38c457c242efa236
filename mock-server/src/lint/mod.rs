//! Checks a contract folder as a compiler would: everything that is wrong in its documents, each with its place and what to do.
//! Reading files is left to the command line, and so is where the findings go.
//!
//! | module | does |
//! |---|---|
//! | [`finding`] | a finding, with its place in the text, for people and for programs |
//! | [`draw`] | shows a finding with the lines it is about |
//! | `span` | finds which characters a JSON Pointer means |
//! | `examples` | carries the examples out, and holds the answers against what they say |
//! | `servers` | paths of servers, which nothing is served below |
//! | `unused` | what a policy defines and nothing gives |

pub mod draw;
mod examples;
pub mod finding;
mod servers;
mod span;
mod unused;

use crate::case::matching::Answer;
use crate::folder::{self, Folder, WorldFile};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::Value;
use bulk_delete_core::problem::Problem;
use bulk_delete_core::request::ids::IdKind;
use bulk_delete_core::world::{Seed, World};
use finding::{Finding, Severity};
use std::sync::Arc;

/// An example of a contract, as a file.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it is, for messages.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Everything that there is to say about a contract folder, errors before warnings, otherwise in the order of its documents.
#[must_use]
pub fn check(folder: &Folder, examples: &[Example]) -> Vec<Finding> {
    let mut found = match folder::load(std::slice::from_ref(folder), None) {
        Ok(loaded) => {
            let seed = loaded.seed;
            let mut found = Vec::new();
            if let [contract] = &loaded.contracts[..] {
                found.extend(warnings(folder, contract, &seed));
            }
            found.extend(examples::run(folder, loaded.contracts, &seed, examples));
            found
        }
        Err(findings) => {
            let read = examples.iter().filter_map(examples::unreadable);
            found_at_load(&findings, std::slice::from_ref(folder), None).into_iter().chain(read).collect()
        }
    };
    found.sort_by_key(|finding| finding.severity);
    found
}

/// What a contract answers to the first exchange of an example.
///
/// # Errors
///
/// Why there is no answer: the folder does not load, or the example cannot be read or carried out.
pub fn answer(folder: &Folder, example: &[u8]) -> Result<Answer, String> {
    let loaded = folder::load(std::slice::from_ref(folder), None)
        .map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    examples::answer(folder, loaded.contracts, loaded.seed, example)
}

/// What loading has found, with the characters that each finding means.
#[must_use]
pub fn found_at_load(
    findings: &[folder::Finding],
    folders: &[Folder],
    world: Option<&WorldFile>,
) -> Vec<Finding> {
    let text = |place: &str| -> Option<&[u8]> {
        if let Some(world) = world.filter(|world| world.place == place) {
            return Some(&world.bytes);
        }
        folders.iter().find_map(|folder| {
            let document = place.strip_prefix(&*folder.place)?.strip_prefix('/')?;
            match document {
                "openapi.json" => Some(&folder.openapi[..]),
                "policy.json" => Some(&folder.policy[..]),
                "world.json" => folder.world.as_deref(),
                _ => {
                    let name = document.strip_prefix("scenarios/")?.strip_suffix(".json")?;
                    folder.scenarios.iter().find(|file| file.name == name).map(|file| &*file.bytes)
                }
            }
        })
    };
    findings
        .iter()
        .map(|folder::Finding { place, problem, .. }| {
            let Problem { pointer, message, .. } = problem;
            Finding::new(Severity::Error, place, text(place).unwrap_or_default(), pointer, message)
        })
        .collect()
}

/// What is no mistake, and yet hardly meant.
fn warnings(folder: &Folder, contract: &Contract, seed: &Arc<Seed>) -> Vec<Finding> {
    let mut found = Vec::new();
    let path = |document: &str| format!("{}/{document}", folder.place);
    if let Ok(policy) = Value::parse(&folder.policy) {
        for (pointer, message) in unused::unused(&policy) {
            let place = path("policy.json");
            found.push(Finding::new(Severity::Warning, &place, &folder.policy, &pointer, &message));
        }
    }
    if let Ok(openapi) = Value::parse(&folder.openapi) {
        for (pointer, message) in servers::unserved(&openapi, contract) {
            let place = path("openapi.json");
            found.push(Finding::new(Severity::Warning, &place, &folder.openapi, &pointer, &message));
        }
    }
    let mut warn = |document: &str, bytes: &[u8], message: &str| {
        found.push(Finding::new(Severity::Warning, &path(document), bytes, "", message));
    };
    match &folder.world {
        None => {
            warn("world.json", b"", "is missing: nobody can call, and there is nothing to delete; write one")
        }
        Some(bytes) => {
            let world = World::new(Arc::clone(seed));
            if world.kind(&contract.resource).is_none() {
                let message =
                    format!("has no `{}` that could be deleted: add some to `resources`", contract.resource);
                warn("world.json", bytes, &message);
            }
            found.extend(unfindable(folder, contract, &world, bytes));
        }
    }
    if folder.start.is_none() {
        let message = "is missing: `serve` shows no command for this contract; write one";
        found.push(Finding::new(Severity::Warning, &path("examples/start.json"), b"", "", message));
    }
    found
}

/// The first thing in a world that no request can name, as ids of its kind are refused.
fn unfindable(folder: &Folder, contract: &Contract, world: &World, bytes: &[u8]) -> Option<Finding> {
    let kind = world.kind(&contract.resource)?;
    let (place, (_, resource)) = world
        .resources()
        .enumerate()
        .find(|(_, (_, resource))| resource.kind() == kind && !contract.takes_ids_of(resource.id().kind))?;
    let (is, takes) = match resource.id().kind {
        IdKind::Text => ("a string", "integers"),
        IdKind::Integer => ("an integer", "strings"),
    };
    let message =
        format!("is {is}, and the contract takes {takes} only, so that no request finds it: write it as one");
    let (place, document) = (format!("/resources/{place}/id"), format!("{}/world.json", folder.place));
    Some(Finding::new(Severity::Warning, &document, bytes, &place, &message))
}
