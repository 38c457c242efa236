//! Public clients of the documented APIs, as their users install them, and a tester of APIs, against the server that is
//! built here. Each file in `tests/clients` is a check of its own.

use super::Step;
use super::outcome::Outcome;
use crate::process::{self, program, run};
use crate::{tools, workspace};
use std::path::Path;

const REQUIREMENTS: &str = "tests/clients/requirements.txt";

pub(super) fn steps() -> Vec<Step> {
    workspace::files("tests/clients", "test_", ".py")
        .into_iter()
        .map(|(name, file)| {
            let step = format!("client-{}", name.replace('_', "-"));
            Step::new(step, format!("the server, asked by {}", name.replace('_', " ")), move || check(&file))
        })
        .collect()
}

fn check(file: &Path) -> Outcome {
    if !process::answers("python3", "--version") {
        return Outcome::Skipped("`python3` is missing".to_owned());
    }
    if !process::answers("python3", "-mensurepip") && !process::answers("python3", "-mvenv") {
        return Outcome::Skipped(
            "Python's modules `venv` and `ensurepip` are missing (the package python3-venv)".to_owned(),
        );
    }
    pytest(file).into()
}

fn pytest(file: &Path) -> Result<(), String> {
    let server = tools::server()?;
    let python = tools::python(REQUIREMENTS)?;
    run(program(python)
        .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
        .arg(file.strip_prefix(workspace::root()).unwrap_or(file))
        .env("BULK_DELETE_MOCK", server)
        .env("PYTHONDONTWRITEBYTECODE", "1"))
}
