//! `serve --watch`: contracts are exchanged while they are served, and what is wrong is told and not served.

use crate::client::{Client, Reply};
use crate::command::{folder, serve};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::ChildStdout;

/// A copy of a built-in folder.
fn copy(name: &str) -> PathBuf {
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../schemas/anaplan-models");
    let [openapi, policy, world] = ["openapi.json", "policy.json", "world.json"]
        .map(|document| (document, std::fs::read_to_string(from.join(document)).unwrap()));
    folder(name, &[(openapi.0, &openapi.1), (policy.0, &policy.1), (world.0, &world.1)])
}

fn line(out: &mut BufReader<ChildStdout>) -> Value {
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

fn send(address: &str, method: &str, path: &str, body: &str) -> Reply {
    let mut client = Client::connect(address.parse().unwrap());
    let token = "Authorization: AnaplanAuthToken ada-token\r\nContent-Type: application/json\r\n";
    let length = body.len();
    client.write(
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{token}Content-Length: {length}\r\n\r\n{body}"
        )
        .as_bytes(),
    );
    client.reply_to(method)
}

#[test]
fn contracts_are_exchanged_while_they_are_served() {
    let own = copy("watch/models");
    let openapi = own.join("openapi.json");
    let text = std::fs::read_to_string(&openapi).unwrap();
    let numbered = text.replacen("\"title\"", "\"x-exact\": 12345678901234567890.10e+7, \"title\"", 1);
    std::fs::write(&openapi, numbered).unwrap();
    let edit = |document: &str, good: &str, new: &str| {
        let path = own.join(document);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(good), "{document} has no {good}");
        // As careful editors do it: beside it, and then in its place.
        std::fs::write(path.with_extension("new"), text.replacen(good, new, 1)).unwrap();
        std::fs::rename(path.with_extension("new"), &path).unwrap();
    };
    let (_child, mut out) =
        serve(&["--port", "0", "--json", "--only", "--watch", "--contract", own.to_str().unwrap()]);
    let address = line(&mut out)["url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    let delete = || {
        let reply = send(&address, "POST", crate::running::MODELS, crate::running::MODELS_BODY);
        reply.expect(200).json()["bulkDeleteModelsFailures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["message"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(delete(), ["Model is open. Please close the model before trying again."]);
    // The documents that are told are those that are served, with every number as it is written.
    let documents = || {
        let name = own.file_name().unwrap().to_str().unwrap().to_owned();
        let row = send(&address, "GET", "/__mock/contracts", "").expect(200).json()["contracts"][0].clone();
        assert_eq!((&row["name"], &row["origin"]), (&Value::from(&*name), &Value::from("given")));
        String::from_utf8(send(&address, "GET", &format!("/__mock/contracts/{name}"), "").expect(200).body)
            .unwrap()
    };
    assert!(documents().contains("\"x-exact\": 12345678901234567890.10e+7"), "{}", documents());
    assert!(!documents().contains("It is open. Close"));

    // Other words: served at once, in the same world.
    edit("policy.json", "Model is open. Please close", "It is open. Close");
    assert_eq!(line(&mut out).to_string(), r#"{"reloaded":true,"world":"kept"}"#);
    assert_eq!(delete(), ["Model ID does not exist.", "It is open. Close the model before trying again."]);
    assert!(documents().contains("It is open. Close"));

    // A mistake: told as `lint` tells it, and what was served before goes on.
    edit("policy.json", "\"else\": \"open\"", "\"else\": \"opne\"");
    let told = line(&mut out);
    assert_eq!(told["findings"][0]["pointer"], "/checks/item/2/else", "{told}");
    assert_eq!(told["findings"][0]["line"], 64, "{told}");
    assert_eq!(delete().len(), 2);
    assert!(!documents().contains("opne"));

    // Put right again: nothing was lost.
    edit("policy.json", "\"else\": \"opne\"", "\"else\": \"open\"");
    assert_eq!(line(&mut out)["world"], "kept");
    assert_eq!(delete(), ["Model ID does not exist.", "It is open. Close the model before trying again."]);

    // Another seed: the world begins anew, also that of a session.
    edit("world.json", "\"ada-token\"", "\"ada-token\", \"another\"");
    assert_eq!(line(&mut out)["world"], "reset");
    assert_eq!(delete(), ["It is open. Close the model before trying again."]);
}

#[test]
fn a_scenario_is_read_again_and_what_is_wrong_is_not_served() {
    let own = copy("watch/scenario");
    let file = own.join("scenarios/fewer.json");
    std::fs::create_dir_all(own.join("scenarios")).unwrap();
    // As careful editors do it: beside it, and then in its place.
    let save = |text: &str| {
        std::fs::write(file.with_extension("new"), text).unwrap();
        std::fs::rename(file.with_extension("new"), &file).unwrap();
    };
    let without = |id: &str| {
        format!(
            "{{ \"description\": \"One is missing.\",\n  \"without\": [ {{ \"kind\": \"model\", \"id\": \"{id}\" }} ] }}"
        )
    };
    save(&without(crate::running::MODEL));
    let folder = own.to_str().unwrap();
    let (_child, mut out) =
        serve(&["--port", "0", "--json", "--only", "--watch", "--contract", folder, "--scenario", "fewer"]);
    let address = line(&mut out)["url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    let told = || {
        let reply = send(&address, "POST", crate::running::MODELS, crate::running::MODELS_BODY);
        let failures = reply.expect(200).json()["bulkDeleteModelsFailures"].clone();
        failures.as_array().unwrap().iter().map(|row| row["message"].clone()).collect::<Vec<_>>()
    };
    let (missing, open) =
        ("Model ID does not exist.", "Model is open. Please close the model before trying again.");
    assert_eq!(told(), [missing, open]);

    // A mistake is told with its place in the scenario, and what was served before goes on.
    save(&without(crate::running::MODEL).replace("\"kind\"", "\"king\""));
    let found = line(&mut out)["findings"][0].clone();
    assert_eq!((&found["line"], &found["pointer"]), (&2.into(), &"/without/0".into()), "{found}");
    assert!(found["file"].as_str().unwrap().ends_with("scenarios/fewer.json"), "{found}");
    assert_eq!(told(), [missing, open]);

    // Put right, it is where every session begins again.
    save(&without(crate::running::OPEN_MODEL));
    assert_eq!(line(&mut out)["world"], "reset");
    assert_eq!(told(), [missing]);
    send(&address, "POST", "/__mock/reset", "").expect(204);
    assert_eq!(told(), [missing]);

    // Once it is away there is nothing to begin with, and what there was goes on.
    std::fs::remove_file(&file).unwrap();
    let found = line(&mut out)["findings"][0].clone();
    assert!(found["message"].as_str().unwrap().contains("no scenario `fewer` any more"), "{found}");
    assert_eq!(told(), [missing, missing]);
    save(&without(crate::running::MODEL));
    assert_eq!(line(&mut out)["world"], "reset");
    assert_eq!(told(), [missing, open]);
}

/// A file that is away for a while, as between the two halves of a save, ends nothing.
#[test]
fn a_file_that_is_away_is_told_once_and_waited_for() {
    use std::process::{Command, Stdio};
    let own = copy("watch/away");
    let mut child = Command::new(env!("CARGO_BIN_EXE_bulk-delete-mock"))
        .args(["serve", "--port", "0", "--json", "--only", "--watch", "--contract", own.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut error = BufReader::new(child.stderr.take().unwrap());
    let _ended = crate::command::Ended(child);
    let address = line(&mut out)["url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    let policy = own.join("policy.json");
    let text = std::fs::read_to_string(&policy).unwrap();
    std::fs::remove_file(&policy).unwrap();
    let mut told = String::new();
    error.read_line(&mut told).unwrap();
    assert!(told.contains("policy.json cannot be read") && told.contains("goes on"), "{told}");
    send(&address, "POST", crate::running::MODELS, crate::running::MODELS_BODY).expect(200);
    // It is looked at several times more, and told no more.
    std::thread::sleep(std::time::Duration::from_millis(900));
    std::fs::write(&policy, text.replacen("Model ID does not exist.", "There is no such model.", 1)).unwrap();
    assert_eq!(line(&mut out)["world"], "kept");
    let reply =
        send(&address, "POST", crate::running::MODELS, crate::running::MODELS_BODY).expect(200).json();
    assert_eq!(reply["bulkDeleteModelsFailures"][0]["message"], "There is no such model.");
    std::fs::write(&policy, text.replacen("\"format\": 1", "\"format\": 7", 1)).unwrap();
    assert_eq!(line(&mut out)["findings"][0]["pointer"], "/format");
    // Nothing else was told meanwhile, and what is away now is told anew.
    std::fs::remove_file(own.join("openapi.json")).unwrap();
    told.clear();
    error.read_line(&mut told).unwrap();
    assert!(told.contains("openapi.json cannot be read"), "{told}");
}

#[test]
fn people_are_told_with_the_line() {
    use std::process::{Command, Stdio};
    let own = copy("watch/people");
    let mut child = Command::new(env!("CARGO_BIN_EXE_bulk-delete-mock"))
        .args(["serve", "--port", "0", "--only", "--watch", "--contract", own.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut error = BufReader::new(child.stderr.take().unwrap());
    let ended = crate::command::Ended(child);
    // Until it is watched, a change may be what it starts with: so a wrong one is made until it is told.
    let mut told = String::new();
    let policy = own.join("policy.json");
    let text = std::fs::read_to_string(&policy).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(500));
    std::fs::write(&policy, text.replacen("\"format\": 1", "\"format\": 7", 1)).unwrap();
    while !told.contains("goes on") {
        assert_ne!(error.read_line(&mut told).unwrap(), 0, "{told}");
    }
    drop(ended);
    assert!(told.contains("only format 1 is known") && told.contains("policy.json:2:13"), "{told}");
    assert!(told.contains("1 error: what was served before goes on"), "{told}");
}

#[test]
fn there_must_be_something_to_watch() {
    assert_eq!(crate::command::run(&["serve", "--port", "0", "--watch"]).status.code(), Some(2));
}
