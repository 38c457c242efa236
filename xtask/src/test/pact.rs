//! The mock as a provider: the real Pact writes the contract of a page, and has the mock verified against it.

use super::outcome::Outcome;
use crate::process::{self, program, run};
use crate::{tools, workspace};

const FOLDER: &str = "tests/pact";

pub(super) fn check() -> Outcome {
    if !process::answers("node", "--version") || !process::answers("npm", "--version") {
        return Outcome::Skipped("`node` or `npm` is missing: install Node 20 or newer".to_owned());
    }
    verify().into()
}

fn verify() -> Result<(), String> {
    tools::npm(FOLDER)?;
    let server = tools::server()?;
    run(program("node").arg(workspace::root().join(FOLDER).join("run.mjs")).env("MOCK", server))
}
