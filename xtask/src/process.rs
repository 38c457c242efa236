//! Runs other programs, and says in a sentence when that went wrong.

use crate::{said, workspace};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// Cargo, of the toolchain that runs this, in the folder of the workspace.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// A program, in the folder of the workspace. What [`crate::tools`] has installed is found too.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace::root()).env("PATH", crate::tools::path());
    command
}

/// Runs it to its end; its output is the reader's to see.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let shown = shown(command);
    said::say(&format!("$ {shown}"));
    let status = said::status(command).map_err(|error| format!("`{shown}` cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` ended with {status}")) }
}

/// Runs it to its end and hands on each line that it says as it comes, on whichever stream.
pub(crate) fn lines(command: &mut Command, mut each: impl FnMut(&str)) -> Result<(), String> {
    let shown = shown(command);
    said::say(&format!("$ {shown}"));
    let failed = |error| format!("`{shown}` cannot be run: {error}");
    let (reader, mut child) = said::start(command).map_err(failed)?;
    for line in BufReader::new(reader).split(b'\n') {
        each(String::from_utf8_lossy(&line.map_err(failed)?).trim_end());
    }
    let status = child.wait().map_err(failed)?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` ended with {status}")) }
}

/// Runs it to its end and takes what it says. Both streams, as what matters stands on either.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let shown = shown(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`{shown}` cannot be started: {error}"))?;
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        Ok(said)
    } else {
        Err(format!("`{shown}` ended with {}: {}", output.status, said.trim()))
    }
}

/// Whether a program is there and answers to this.
pub(crate) fn answers(name: &str, argument: &str) -> bool {
    output(program(name).arg(argument)).is_ok()
}

/// The command as one would type it, by name and not by path.
fn shown(command: &Command) -> String {
    let name = std::path::Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut shown = name.to_string_lossy().into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}
