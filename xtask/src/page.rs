//! `cargo xtask page`: makes the npm package, and writes the page with what it loads of it into a folder.

use crate::process::{self, program};
use crate::{package, tools, usage, workspace};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) fn run(options: &[String]) -> ExitCode {
    let out = match options {
        [] => usual(),
        [option, folder] if option == "--out" => PathBuf::from(folder),
        _ => return usage("`page` takes `--out DIR`, and nothing else"),
    };
    // Where the user stands.
    match std::path::absolute(out).map_err(|error| error.to_string()).and_then(|out| make(&out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Where the page is put unless somebody says otherwise.
pub(crate) fn usual() -> PathBuf {
    workspace::target().join("page")
}

/// Writes the page. What was in the folder is gone then.
pub(crate) fn make(out: &Path) -> Result<(), String> {
    package::fresh()?;
    // What the package is made with makes the page, too.
    tools::npm(package::FOLDER)?;
    process::run(program("node").arg(workspace::root().join("web-demo/export.mjs")).arg("--out").arg(out))
}
