//! Runs scripts with Node, among the packages that the npm package is developed with.

use crate::files::PACKAGE;
use std::ffi::OsStr;
use std::process::Command;

/// Runs a script to its end and gives what it prints. Paths among the arguments are read from the package's folder.
pub(crate) fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Vec<u8>, String> {
    let output = Command::new("node")
        .args(arguments)
        .current_dir(PACKAGE)
        .output()
        .map_err(|error| format!("`node` cannot be started: {error}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("`node` ended with {}: {}", output.status, said.trim()))
    }
}
