//! The names by which a test speaks of what is served, and of who asks. One that nothing is called would narrow to nothing, and what is expected
//! of nothing always holds: so it is refused, with the names that there are.

use bulk_delete_core::contract::Contract;
use bulk_delete_core::world::World;

/// What is wrong with the name of a contract, if something is.
pub(crate) fn unknown_contract(served: &[Contract], name: &str) -> Option<String> {
    let names: Vec<&str> = served.iter().map(|contract| &*contract.name).collect();
    (!names.contains(&name)).then(|| format!("unknown contract: served are {}", names.join(", ")))
}

/// What is wrong with the code of an outcome, if something is. Where a contract is named, it has to be its own.
pub(crate) fn unknown_outcome(served: &[Contract], contract: Option<&str>, code: &str) -> Option<String> {
    let of = served.iter().filter(|own| contract.is_none_or(|contract| *own.name == *contract));
    let mut codes: Vec<&str> = Vec::new();
    for outcome in of.flat_map(|own| &own.outcomes) {
        if *outcome.code == *code {
            return None;
        }
        if !codes.contains(&&*outcome.code) {
            codes.push(&outcome.code);
        }
    }
    Some(format!("unknown outcome: there are {}", codes.join(", ")))
}

/// What is wrong with the name of an operation, if something is. Where a contract is named, the operation has to be its own.
pub(crate) fn unknown_operation(served: &[Contract], contract: Option<&str>, name: &str) -> Option<String> {
    let of = served.iter().filter(|own| contract.is_none_or(|contract| *own.name == *contract));
    let names: Vec<&str> = of
        .flat_map(|own| {
            let companions = own.companions.iter().map(|companion| &*companion.operation.id);
            std::iter::once(&*own.operation.id).chain(companions)
        })
        .collect();
    (!names.contains(&name)).then(|| format!("unknown operation: there are {}", names.join(", ")))
}

/// What is wrong with the id of a caller, if something is. There may be many of them: they are not named.
pub(crate) fn unknown_caller(world: &World, id: &str) -> Option<&'static str> {
    let known = world.caller_by_id(id).is_some();
    (!known).then_some("the world has no caller of this id: GET /__mock/world lists them")
}
