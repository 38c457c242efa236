//! What is depended on: `deny.toml` says what may be.

use super::Step;
use super::outcome::Outcome;
use crate::process::{cargo, output, run};
use crate::{said, tools};

pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::new("licences", "licences, sources and duplicates of what is depended on", licences),
        Step::new("advisories", "no known vulnerability in what is depended on", advisories),
    ]
}

fn licences() -> Outcome {
    tools::need(tools::DENY)
        .and_then(|()| {
            run(&mut cargo(["deny", "--locked", "--all-features", "check", "licenses", "bans", "sources"]))
        })
        .into()
}

/// Apart from the rest, because the advisories come over the network from a Git repository, and not from the registry.
fn advisories() -> Outcome {
    if let Err(message) = tools::need(tools::DENY) {
        return Outcome::Failed(message);
    }
    if let Err(message) = output(&mut cargo(["deny", "fetch", "db"])) {
        said::say(&message);
        return Outcome::Skipped("the database of advisories could not be fetched".to_owned());
    }
    run(&mut cargo(["deny", "--locked", "--all-features", "check", "--disable-fetch", "advisories"])).into()
}
