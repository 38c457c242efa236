//! Holds a world against the contracts that are to be served from it. What breaks the format of `world.json` is refused
//! before, when it is read.

use super::{Resource, World};
use crate::contract::Contract;
use crate::contract::template::shape::{Piece, Template};
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
        let reserved = Reserved::of(contract);
        let mut folded = Seen::default();
        for (place, (_, resource)) in world.resources().enumerate() {
            if resource.kind() != kind {
                continue;
            }
            if let Some(code) = resource.fail().and_then(|fail| reserved.as_ref()?.meaning_of(fail)) {
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
struct Reserved<'c> {
    /// What the resource's own text is told in.
    told: &'c [Piece],
    /// Texts, and the outcomes that they say.
    texts: Vec<(&'c str, &'c str)>,
}

impl<'c> Reserved<'c> {
    /// Those of a contract, where one of its outcomes tells the resource's own text.
    fn of(contract: &'c Contract) -> Option<Self> {
        let (open, told) = contract.outcomes.iter().find_map(|outcome| match &outcome.reason {
            Some(Template::Text(told)) => Some((outcome, told)),
            _ => None,
        })?;
        let texts = contract
            .outcomes
            .iter()
            .filter(|outcome| (outcome.is, outcome.retry) != (open.is, open.retry))
            .filter_map(|outcome| match &outcome.reason {
                Some(Template::Literal(Value::String(text), _)) => {
                    Some((text.as_str(), outcome.code.as_str()))
                }
                _ => None,
            })
            .collect();
        Some(Self { told, texts })
    }

    /// The outcome that a resource's own text would say, by itself or as it is told.
    fn meaning_of(&self, fail: &str) -> Option<&'c str> {
        let parts = self.told.iter().map(|piece| match piece {
            Piece::Literal(literal) => literal.as_str(),
            Piece::Hole(_) => fail,
        });
        let told: String = parts.collect();
        self.texts.iter().find(|(text, _)| *text == fail || *text == told).map(|(_, code)| *code)
    }
}
