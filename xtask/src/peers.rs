//! `cargo xtask peers`: tries what bulk-delete and other mocks do with a bulk delete, each as its users run it, and holds the
//! README's table against what was seen. What is tried and how is in `tests/peers`.

use crate::process::{self, program};
use crate::{package, tools, workspace};
use std::process::ExitCode;

const FOLDER: &str = "tests/peers";

/// `rows` are those to try; all if there is none.
pub(crate) fn run(rows: &[String]) -> ExitCode {
    match attempt(rows) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn attempt(rows: &[String]) -> Result<(), String> {
    if !process::answers("java", "-version") {
        return Err(
            "`java`, which WireMock runs in, is missing (Debian: apt-get install default-jre-headless)"
                .to_owned(),
        );
    }
    if let Some(missing) = crate::test::chromium_is_missing() {
        return Err(missing);
    }
    tools::npm(FOLDER)?;
    package::fresh()?;
    let server = tools::server()?;
    process::run(
        program("node").arg(workspace::root().join(FOLDER).join("run.mjs")).args(rows).env("MOCK", server),
    )
}
