//! Holds a world against the contracts that are to be served from it. What breaks the format of `world.json` is refused
//! before, when it is read.

use super::{Resource, World};
use crate::contract::Contract;
use crate::contract::outcome::Outcome;
use crate::contract::template::shape::Template;
use crate::json::{Seen, Value};
use crate::problem::{Problem, Problems};
use crate::request::ids::Compare;

/// The name that problems give to a world.
const WORLD: &str = "world.json";

/// Everything in a world that would make a contract's answers ambiguous.
pub fn check_world(contracts: &[Contract], world: &World) -> Vec<Problem> {
    let mut problems = Problems::new(WORLD);
    for contract in contracts {
        let Some(kind) = world.kind(&contract.resource) else { continue };
        let reserved = reserved_texts(contract);
        let mut folded = Seen::default();
        for (place, (_, resource)) in world.resources().enumerate() {
            if resource.kind() != kind {
                continue;
            }
            if let Some(code) = resource.fail().and_then(|fail| meaning_of(fail, &reserved)) {
                problems.push(
                    format!("/resources/{place}/on-delete/fail"),
                    format!(
                        "is the text of the outcome `{code}` of `{}`, which means something else: a reader could not \
                         tell them apart; use another text",
                        contract.name
                    ),
                );
            }
            if contract.ids.compare == Compare::IgnoreCase && folded.insert(&folded_key(resource)).is_err() {
                problems.push(
                    format!("/resources/{place}/id"),
                    format!(
                        "differs from another `{}` only in case, which `{}` does not look at: use another id",
                        contract.resource, contract.name
                    ),
                );
            }
        }
    }
    problems.into_vec()
}

/// A resource's container, if it is in one, and its id in lower case.
fn folded_key(resource: &Resource) -> Vec<u8> {
    let mut key = Vec::new();
    if let Some(container) = resource.container() {
        key.extend(container.0.to_le_bytes());
    }
    // A container's number is of one length, and no id begins with its end.
    key.push(u8::from(resource.container().is_some()));
    key.extend(resource.id().text.bytes().map(|byte| byte.to_ascii_lowercase()));
    key
}

/// The texts that say one outcome, where the resource's own text would say another.
fn reserved_texts(contract: &Contract) -> Vec<(&str, &str)> {
    let is_open = |outcome: &&Outcome| matches!(outcome.reason, Some(Template::Text(_)));
    let Some(open) = contract.outcomes.iter().find(is_open) else { return Vec::new() };
    contract
        .outcomes
        .iter()
        .filter(|outcome| (outcome.is, outcome.retry) != (open.is, open.retry))
        .filter_map(|outcome| match &outcome.reason {
            Some(Template::Literal(Value::String(text), _)) => Some((text.as_str(), outcome.code.as_str())),
            _ => None,
        })
        .collect()
}

fn meaning_of<'c>(fail: &str, reserved: &[(&str, &'c str)]) -> Option<&'c str> {
    reserved.iter().find(|(text, _)| *text == fail).map(|(_, code)| *code)
}
