//! A server as a process: its start, its address, and what the system counts about it.

use crate::options::Options;
use crate::plan::Plan;
use bulk_delete_core::json::Value;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server that ends with its owner.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    /// Starts it and waits for the line that says where it listens: one with an address after `http://`.
    pub(crate) fn start(command: &mut Command) -> Result<Program, String> {
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| {
            format!("{} cannot be started: {error}", command.get_program().to_string_lossy())
        })?;
        let mut line = String::new();
        let read = child.stdout.take().map(|output| BufReader::new(output).read_line(&mut line));
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split(['"', '\n']).next()?.parse().ok());
        match (read, address) {
            (Some(Ok(_)), Some(address)) => Ok(Program { child, address }),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                Err(format!("a server did not say where it listens, but: {line}"))
            }
        }
    }

    /// The mock server, in the plan's world and with these options besides.
    pub(crate) fn mock(options: &Options, world: Option<&Path>, also: &[&str]) -> Result<Program, String> {
        let mut command = Command::new(&options.server);
        command.args(["serve", "--port", "0", "--json"]).args(also);
        if let Some(world) = world {
            command.arg("--world").arg(world);
        }
        Program::start(&mut command)
    }

    /// The time that it has used on all processors, in microseconds; to a hundredth of a second.
    pub(crate) fn processor_time(&self) -> Result<f64, String> {
        // The program's name, which may hold anything, ends with the last parenthesis; field 14 is the first counter.
        let text = self.counts("stat")?;
        let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks =
            |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
        Ok((ticks(11) + ticks(12)) * 10_000.0)
    }

    /// The most memory that it had at any time, in megabytes of 1,000,000 bytes.
    pub(crate) fn peak_memory(&self) -> Result<f64, String> {
        let text = self.counts("status")?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let kibibytes = line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
        Ok(kibibytes.ok_or("the system does not tell the memory of a process")? * 1024.0 / 1_000_000.0)
    }

    fn counts(&self, file: &str) -> Result<String, String> {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).map_err(|error| {
            format!("the server has ended, or this system does not count for processes: {error}")
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself, which is then the same.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A place for files that are made while measuring: beside the programs, in the target folder.
pub(crate) fn scratch(name: &str) -> Result<PathBuf, String> {
    let here = std::env::current_exe()
        .map_err(|error| format!("this program does not know where it is: {error}"))?;
    let folder = here.ancestors().nth(2).unwrap_or_else(|| Path::new("target")).join("bench");
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    Ok(folder.join(name))
}

/// Writes the plan's world to a file; none where it has none.
pub(crate) fn world(plan: &Plan) -> Result<Option<PathBuf>, String> {
    let Some(world) = &plan.world else { return Ok(None) };
    let file = scratch(&format!("{}.world.json", plan.name))?;
    write(&file, Value::Object(world.clone()).to_text().as_bytes())?;
    Ok(Some(file))
}

pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(file, bytes).map_err(|error| format!("{} cannot be written: {error}", file.display()))
}
