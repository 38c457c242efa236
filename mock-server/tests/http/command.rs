//! The command line: what it prints, and how it ends.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bulk-delete-mock"))
}

/// A program that is ended with the test.
pub(crate) struct Ended(pub(crate) Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn serve(arguments: &[&str]) -> (Ended, BufReader<ChildStdout>) {
    let mut child = program().arg("serve").args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (Ended(child), out)
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// A folder of its own for a test, with these files.
pub(crate) fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

#[test]
fn one_line_of_json_says_that_it_is_ready() {
    let (mut child, mut out) = serve(&["--port", "0", "--json"]);
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["ready"], true);
    assert_eq!(ready["contracts"].as_array().unwrap().len(), 5);
    let port = ready["url"].as_str().unwrap().strip_prefix("http://127.0.0.1:").unwrap().to_owned();
    // The port is taken now, which another one says.
    let second = run(&["serve", "--port", &port]);
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains(&port));
    // And it ends when it is asked to.
    let id = child.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(child.0.wait().unwrap().code(), Some(0));
}

#[test]
fn the_commands_on_the_page_work_as_pasted() {
    if Command::new("curl").arg("--version").output().is_err() {
        println!("curl is not installed here: this part did not run");
        return;
    }
    let (_child, mut out) = serve(&["--port", "0"]);
    let mut page = String::new();
    while !page.contains("/__mock/\n") {
        assert_ne!(out.read_line(&mut page).unwrap(), 0, "{page}");
    }
    let commands: Vec<_> = page.lines().map(str::trim).filter(|line| line.starts_with("curl -i")).collect();
    assert_eq!(commands.len(), 5, "{page}");
    for command in commands {
        let output = Command::new("sh").args(["-c", command]).output().unwrap();
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(answer.starts_with("HTTP/1.1 200"), "{command}\n{answer}");
    }
}

#[test]
fn wrong_usage_is_told_and_ends_with_2() {
    for arguments in [
        &["serve", "--port", "no"][..],
        &["serve", "--colour"],
        &["serve", "--host", "example.com"],
        &["serve", "--only"],
        &["serve", "--contract", "/nowhere"],
        &["serve", "--world", "/nowhere"],
        &["dance"],
        &[],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(run(&["--help"]).status.code(), Some(0));
    assert_eq!(run(&["serve", "--help"]).status.code(), Some(0));
    assert_eq!(run(&["--version"]).status.code(), Some(0));
}

#[test]
fn a_wrong_world_is_told_with_every_line() {
    let world = "{\n  \"callers\": [\n    { \"id\": 7 },\n    { \"id\": \"x\", \"colour\": 1 }\n  ]\n}\n";
    let folder = folder("wrong-world", &[("w.json", world)]);
    let path = folder.join("w.json");
    let output = run(&["serve", "--port", "0", "--world", path.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(&format!("--> {}:3:13\n", path.display())), "{told}");
    assert!(told.contains("= note: at /callers/0/id\n"), "{told}");
    assert!(told.contains(&format!("--> {}:4:28\n", path.display())), "{told}");
    assert!(told.contains("2 errors: nothing is served"), "{told}");
}

#[test]
fn a_wrong_contract_is_told_and_a_right_one_served() {
    let wrong =
        folder("wrong-contract", &[("openapi.json", "{\n}"), ("policy.json", "{\n \"operation\": 7\n}")]);
    let output = run(&["serve", "--port", "0", "--contract", wrong.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("policy.json:"), "{told}");
    let schemas = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let own = schemas.join("anaplan-models");
    for (only, count) in [(&[][..], 5), (&["--only"], 1)] {
        let mut arguments = vec!["--port", "0", "--json", "--contract", own.to_str().unwrap()];
        arguments.extend(only);
        let (_child, mut out) = serve(&arguments);
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(ready["contracts"].as_array().unwrap().len(), count);
    }
}

#[test]
fn two_folders_of_one_name_are_not_served() {
    let schemas = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let (one, two) = (schemas.join("anaplan-models"), folder("twice/anaplan-models", &[]));
    for document in ["openapi.json", "policy.json"] {
        std::fs::copy(one.join(document), two.join(document)).unwrap();
    }
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    let output = run(&["serve", "--port", "0", "--contract", one, "--contract", two]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains(one) && told.contains(two) && told.contains("`anaplan-models`"), "{told}");
}

#[test]
fn other_machines_are_warned_of() {
    let mut child = program()
        .args(["serve", "--port", "0", "--host", "0.0.0.0", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut warning = [0; 7];
    child.stderr.take().unwrap().read_exact(&mut warning).unwrap();
    assert_eq!(&warning, b"warning");
    drop(Ended(child));
}
