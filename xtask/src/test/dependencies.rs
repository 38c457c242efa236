//! What is depended on: `deny.toml` says what may be.

use super::outcome::Outcome;
use crate::process::{cargo, output, run};
use crate::tools;

pub(super) fn licences() -> Outcome {
    tools::need(tools::DENY)
        .and_then(|()| {
            run(&mut cargo(["deny", "--locked", "--all-features", "check", "licenses", "bans", "sources"]))
        })
        .into()
}

/// Apart from the rest, because the advisories come over the network from a Git repository, and not from the registry.
pub(super) fn advisories() -> Outcome {
    if let Err(message) = tools::need(tools::DENY) {
        return Outcome::Failed(message);
    }
    if let Err(message) = output(&mut cargo(["deny", "fetch", "db"])) {
        println!("{message}");
        return Outcome::Skipped("the database of advisories could not be fetched".to_owned());
    }
    run(&mut cargo(["deny", "--locked", "--all-features", "check", "--disable-fetch", "advisories"])).into()
}
