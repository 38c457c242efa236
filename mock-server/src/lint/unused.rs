//! What a policy defines and nothing gives: an outcome that no check ends in, an answer that nothing names. Usually a check that
//! was forgotten, or a name that was misspelt on both sides.

use bulk_delete_core::contract::answers::{DONE, VIOLATIONS};
use bulk_delete_core::contract::outcome::SUCCESS;
use bulk_delete_core::json::{Object, Value, push_segment};
use std::collections::BTreeSet;

/// Answers that the engine gives by itself.
const OF_THE_ENGINE: [&str; 9] =
    [DONE, VIOLATIONS, "method", "media-type", "too-large", "too-many", "internal", "timeout", "moved"];

/// What is not used, by its pointer, in the order of the policy.
pub(super) fn unused(policy: &Value) -> Vec<(String, String)> {
    let outcomes: BTreeSet<&str> =
        elements(policy, "/checks/item").filter_map(|check| check.get("else")?.as_str()).collect();
    let mut answers = BTreeSet::from(OF_THE_ENGINE);
    let companions =
        members(policy, "/companions").filter_map(|(_, companion)| companion.get("checks")?.as_array());
    for check in elements(policy, "/checks/caller").chain(companions.flatten()) {
        match check.get("else") {
            Some(Value::String(name)) => drop(answers.insert(name)),
            Some(Value::Object(by_cause)) => {
                answers.extend(by_cause.iter().filter_map(|(_, name)| name.as_str()))
            }
            _ => {}
        }
    }
    answers.extend(members(policy, "/outcomes").filter_map(|(_, outcome)| outcome.get("answer")?.as_str()));
    answers.extend(elements(policy, "/violations/rules").filter_map(|rule| rule.get("answer")?.as_str()));
    let place = |list: &str, name: &str| {
        let mut pointer = format!("/{list}");
        push_segment(&mut pointer, name);
        pointer
    };
    let mut found = Vec::new();
    for (name, _) in members(policy, "/outcomes") {
        if name != SUCCESS && !outcomes.contains(name) {
            let message = format!(
                "nothing ever comes to `{name}`: let a check of `checks.item` end in it, or leave it out"
            );
            found.push((place("outcomes", name), message));
        }
    }
    for (name, _) in members(policy, "/answers") {
        if !answers.contains(name) {
            let message = format!(
                "nothing gives the answer `{name}`: name it in a check, an outcome or a rule, or leave it out"
            );
            found.push((place("answers", name), message));
        }
    }
    found
}

fn elements<'v>(policy: &'v Value, pointer: &str) -> impl Iterator<Item = &'v Value> {
    policy.at(pointer).and_then(Value::as_array).unwrap_or_default().iter()
}

fn members<'v>(policy: &'v Value, pointer: &str) -> impl Iterator<Item = (&'v str, &'v Value)> {
    policy.at(pointer).and_then(Value::as_object).into_iter().flat_map(Object::iter)
}
