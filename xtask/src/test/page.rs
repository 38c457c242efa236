//! The page: typed, exported, and used in Chromium as people do, behind the mock server and behind a static one.

use super::outcome::Outcome;
use super::package;
use crate::process::{self, program};
use crate::{page, tools, workspace};

pub(super) fn check() -> Outcome {
    if let Some(missing) = package::chromium_is_missing() {
        return Outcome::Skipped(missing);
    }
    if !process::answers("python3", "--version") {
        return Outcome::Skipped("`python3`, the static server, is missing".to_owned());
    }
    package::with_node(|| {
        page::make(&page::usual())?;
        types()?;
        tools::npm("web-demo/test")?;
        let run = workspace::root().join("web-demo/test/run.mjs");
        process::run(program("node").arg(run).env("MOCK", tools::server()?).env("PAGE", page::usual()))
    })
}

/// By the compiler that the package is checked with.
fn types() -> Result<(), String> {
    let compiler = workspace::root().join(crate::package::FOLDER).join("node_modules/typescript/bin/tsc");
    process::run(program("node").arg(compiler).args(["--project", "web-demo/tsconfig.json"]))
}
