//! Starts the server as a user does, and pastes the commands that it prints into a shell.

use super::outcome::Outcome;
use crate::process::{self, output, program};
use crate::{tools, workspace};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// How long the server may take to say something at all. Far longer than it does, as the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// A page is complete when nothing has followed for this long.
const SILENCE: Duration = Duration::from_millis(500);

pub(super) fn check() -> Outcome {
    if !process::answers("curl", "--version") {
        return Outcome::Skipped("`curl` is missing".to_owned());
    }
    commands().and_then(|()| ready_line()).and_then(|()| page()).into()
}

/// The page for people: a command for each contract, and each works.
fn commands() -> Result<(), String> {
    let (_server, page) = Server::start(&[])?;
    let control = |line: &str| line.contains("/__mock/");
    let commands: Vec<&str> = page
        .iter()
        .map(|line| line.trim())
        .filter(|line| line.starts_with("curl ") && !control(line))
        .collect();
    let contracts = std::fs::read_dir(workspace::root().join("schemas"))
        .map_err(|error| format!("schemas cannot be read: {error}"))?
        .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().join("openapi.json").is_file()))
        .count();
    if commands.len() != contracts {
        return Err(format!(
            "{contracts} contracts, but {} commands on the page:\n{}",
            commands.len(),
            page.join("\n")
        ));
    }
    for command in commands {
        let answer = shell(command)?;
        let status = answer.lines().next().unwrap_or_default();
        println!("{command}\n{}\n", answer.trim_end());
        if !status.split(' ').nth(1).is_some_and(|status| status.starts_with('2')) {
            return Err(format!("`{command}` was answered `{status}`"));
        }
    }
    Ok(())
}

/// The page for browsers: where it is said to be, it is. Node makes it; without it there is only the server.
fn page() -> Result<(), String> {
    if !process::answers("node", "--version") {
        println!("`node` is missing: the page was not made, and this part did not run");
        return Ok(());
    }
    crate::page::make(&crate::page::usual())?;
    let folder = crate::page::usual();
    let (_server, said) = Server::start(&["--page", &folder.to_string_lossy()])?;
    let url = said.iter().find_map(|line| line.strip_prefix("Open it in a browser: "));
    let url = url.ok_or_else(|| format!("it is not said where the page is:\n{}", said.join("\n")))?;
    let answer = shell(&format!("curl -i {url}"))?;
    let found = answer.contains(" 200 OK")
        && answer.contains("content-security-policy:")
        && answer.contains("<main>");
    if found { Ok(()) } else { Err(format!("{url} is not the page: {answer}")) }
}

/// The line for programs: it says where, and there the server is.
fn ready_line() -> Result<(), String> {
    let (_server, lines) = Server::start(&["--json"])?;
    let [line] = lines.as_slice() else {
        return Err(format!("with `--json` one line is printed, not {}: {lines:?}", lines.len()));
    };
    let url = line.split("\"url\":\"").nth(1).and_then(|rest| rest.split('"').next());
    let Some(url) = url.filter(|_| line.starts_with("{\"ready\":true,")) else {
        return Err(format!("the line does not say where the server is: {line}"));
    };
    let answer = shell(&format!("curl -i {url}/__mock/health"))?;
    if answer.contains(" 200 ") { Ok(()) } else { Err(format!("the server does not feel well: {answer}")) }
}

fn shell(command: &str) -> Result<String, String> {
    output(program("sh").arg("-c").arg(format!("{command} --silent --show-error --max-time 10")))
}

/// A server that ends with its owner.
struct Server(Child);

impl Server {
    /// Starts one on a free port; gives it with what it printed.
    fn start(options: &[&str]) -> Result<(Server, Vec<String>), String> {
        let mut child = program(tools::server()?)
            .args(["serve", "--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the server cannot be started: {error}"))?;
        let lines = child.stdout.take().map(lines);
        let server = Server(child);
        let lines = lines.ok_or("the server has no output")?;
        let mut said = Vec::new();
        let mut wait = PATIENCE;
        while let Ok(line) = lines.recv_timeout(wait) {
            said.push(line);
            wait = SILENCE;
        }
        if said.is_empty() { Err("the server said nothing".to_owned()) } else { Ok((server, said)) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is then the same.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The lines, as they come. The thread ends with the server.
fn lines(output: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(std::io::Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}
