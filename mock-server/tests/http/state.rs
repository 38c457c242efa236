//! `serve --state`: what there is outlives the process, and what cannot be read is refused.

use crate::client::{Client, Reply};
use crate::command::{Ended, folder, run, serve};
use crate::running::{MODEL, MODELS, MODELS_BODY};
use serde_json::{Value, json};
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const PROGRAMS: &str = "/programs/v2/spaces/rkr83lapKkyCJuLLWqLqzB/programs";

struct Served {
    child: Ended,
    address: String,
}

impl Served {
    fn start(state: &Path, more: &[&str]) -> Self {
        let mut arguments = vec!["--port", "0", "--json", "--state", state.to_str().unwrap()];
        arguments.extend(more);
        let (child, mut out) = serve(&arguments);
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let address = ready["url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
        Self { child, address }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        let mut client = Client::connect(self.address.parse().unwrap());
        client.write(request.as_bytes());
        client.reply_to(method)
    }

    /// How many models a call deletes, with this token and in this session.
    fn delete_models(&self, token: &str, session: &[(&str, &str)]) -> u64 {
        let token = format!("AnaplanAuthToken {token}");
        let mut headers = vec![("Authorization", token.as_str()), ("Content-Type", "application/json")];
        headers.extend(session);
        let answer = self.send("POST", MODELS, &headers, MODELS_BODY).expect(200).json();
        answer["modelsDeleted"].as_u64().unwrap()
    }

    /// Ends it as an operating system does.
    fn end(mut self) {
        let id = self.child.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert_eq!(self.child.0.wait().unwrap().code(), Some(0));
    }
}

fn place(name: &str) -> PathBuf {
    folder(&format!("state/{name}"), &[]).join("state.json")
}

fn read(state: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(state).unwrap()).unwrap()
}

fn has_model(kept: &Value) -> bool {
    kept["world"]["resources"].as_array().unwrap().iter().any(|resource| resource["id"] == MODEL)
}

#[test]
fn what_was_deleted_stays_deleted_and_who_was_logged_in_stays_so() {
    let state = place("restarts");
    let first = Served::start(&state, &[]);
    assert!(has_model(&read(&state)), "it is written before anything is served");
    let login = [("Authorization", "Basic YWRhQGV4YW1wbGUuY29tOmFkYS1wYXNzd29yZA==")];
    let opaque = first.send("POST", "/token/authenticate", &login, "").expect(201).json();
    let opaque = opaque["tokenInfo"]["tokenValue"].as_str().unwrap().to_owned();
    let asked = r#"{"caller":"ada","contract":"seismic-programs"}"#;
    let signed = first.send("POST", "/__mock/tokens", &[], asked).expect(201).json();
    let signed = format!("Bearer {}", signed["token"].as_str().unwrap());
    let out = [("Authorization", "AnaplanAuthToken bob-token")];
    first.send("POST", "/token/logout", &out, "").expect(204);
    assert_eq!(first.delete_models("ada-token", &[]), 1);
    let session = [("X-Mock-Session", "w1")];
    assert_eq!(first.delete_models("ada-token", &session), 1);
    // Soon it is in the file, so that even a server that is killed has kept it.
    let begun = Instant::now();
    while has_model(&read(&state)) {
        assert!(begun.elapsed() < Duration::from_secs(10), "it is not kept");
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(first);

    let second = Served::start(&state, &[]);
    assert_eq!(second.delete_models("ada-token", &[]), 0, "it is gone");
    assert_eq!(second.delete_models(&opaque, &[]), 0, "the log-in counts");
    second.send("GET", PROGRAMS, &[("Authorization", &signed)], "").expect(200);
    second.send("POST", MODELS, &out, MODELS_BODY).expect(401);
    assert_eq!(second.delete_models("ada-token", &session), 1, "a session begins with the seed");
    // A reset goes back to the seed, and is kept as well, at the latest when the server ends.
    second.send("POST", "/__mock/reset", &[], "").expect(204);
    second.end();
    assert!(has_model(&read(&state)));

    let third = Served::start(&state, &[]);
    assert_eq!(third.delete_models("ada-token", &[]), 1);
    third.send("GET", PROGRAMS, &[("Authorization", &signed)], "").expect(200);
    third.end();
}

#[test]
fn what_is_on_its_way_has_ended_by_the_next_start() {
    let state = place("operations");
    let token = |served: &Served| {
        let asked = r#"{"caller":"ada","contract":"seismic-programs"}"#;
        let made = served.send("POST", "/__mock/tokens", &[], asked).expect(201).json();
        format!("Bearer {}", made["token"].as_str().unwrap())
    };
    let first = Served::start(&state, &["--clock", "frozen"]);
    let patch = json!({"resources": [
        {"kind": "program", "id": "goes", "container": "space/rkr83lapKkyCJuLLWqLqzB"},
        {"kind": "program", "id": "comes-back", "container": "space/rkr83lapKkyCJuLLWqLqzB", "on-delete": {"fail": "It is locked."}},
    ]});
    first.send("PATCH", "/__mock/world", &[], &patch.to_string()).expect(204);
    let bearer = token(&first);
    let path = format!("{PROGRAMS}?ids=goes&ids=comes-back");
    first.send("DELETE", &path, &[("Authorization", &bearer)], "").expect(200);
    first.end();

    let second = Served::start(&state, &["--clock", "frozen"]);
    let bearer = token(&second);
    let find =
        |id: &str| second.send("GET", &format!("{PROGRAMS}/{id}"), &[("Authorization", &bearer)], "").status;
    assert_eq!((find("goes"), find("comes-back")), (404, 200));
}

#[test]
fn the_world_of_a_file_is_the_seed_and_the_state_goes_before_it() {
    let state = place("world");
    let world = |name: &str| {
        format!(
            r#"{{"callers":[{{"id":"ada","tokens":["ada-token"]}}],"resources":[{{"kind":"model","id":"{name}"}}]}}"#
        )
    };
    let file = state.with_file_name("world.json");
    let ids = |served: &Served| {
        let world = served.send("GET", "/__mock/world", &[], "").expect(200).json();
        world["resources"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>()
    };
    std::fs::write(&file, world("one")).unwrap();
    Served::start(&state, &["--world", file.to_str().unwrap()]).end();
    std::fs::write(&file, world("two")).unwrap();
    let second = Served::start(&state, &["--world", file.to_str().unwrap()]);
    assert_eq!(ids(&second), ["one"], "what was kept goes on");
    second.send("POST", "/__mock/reset", &[], "").expect(204);
    assert_eq!(ids(&second), ["two"]);
}

#[test]
fn a_file_that_is_wrong_is_refused_whole() {
    let state = place("wrong");
    Served::start(&state, &[]).end();
    let good = std::fs::read_to_string(&state).unwrap();
    let refused = |text: &str| {
        std::fs::write(&state, text).unwrap();
        let output = run(&["serve", "--port", "0", "--state", state.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert_eq!(std::fs::read_to_string(&state).unwrap(), text, "it is as it was");
        let beside =
            std::fs::read_dir(state.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
        let beside: Vec<_> = beside.filter(|name| name != "state.json").collect();
        assert_eq!(beside, [".state.json.lock"], "nothing else is beside it");
        String::from_utf8(output.stderr).unwrap()
    };
    let told = refused(
        &good
            .replacen("\"format\": 1", "\"format\": 2", 1)
            .replacen("\"tokens\": [", "\"tokens\": [7", 1)
            .replacen("\"world\": {", "\"colour\": 1,\n  \"world\": {\n    \"planets\": [],", 1)
            .replacen("\"kind\": \"model\"", "\"king\": \"model\"", 1),
    );
    for said in [
        "state.json:2:13",
        "only format 1 is known",
        "must be an object with `token`",
        "unknown property: take one of",
        "`planets` is not known here",
        "`king` is not known here",
        "mend it, or take it away to begin at the seed",
        "nothing is served",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    let told = refused(good.split("\"world\"").next().unwrap());
    assert!(told.contains("not JSON"), "{told}");
    // A world that does not go with the contracts.
    let text = "Model ID does not exist.";
    let told = refused(&good.replacen(
        "\"state\": \"open\"",
        &format!("\"state\": \"open\",\n        \"on-delete\": {{\"fail\": \"{text}\"}}"),
        1,
    ));
    assert!(told.contains("is the text of the outcome `unknown`"), "{told}");
}

/// The file may be a link, also to what is not there yet: to a folder that is kept elsewhere, say.
#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_written() {
    let state = place("links");
    let kept = state.with_file_name("kept.json");
    std::os::unix::fs::symlink("on-the-way.json", &state).unwrap();
    std::os::unix::fs::symlink("kept.json", state.with_file_name("on-the-way.json")).unwrap();
    for expected in [1, 0] {
        let served = Served::start(&state, &[]);
        assert_eq!(served.delete_models("ada-token", &[]), expected);
        served.end();
        assert!(state.is_symlink() && !kept.is_symlink(), "the link is still one");
        assert!(!has_model(&read(&kept)));
    }
}

#[test]
fn two_servers_do_not_keep_their_worlds_in_one_file() {
    let state = place("two");
    let first = Served::start(&state, &[]);
    let link = state.with_file_name("link.json");
    #[cfg(unix)]
    std::os::unix::fs::symlink("state.json", &link).unwrap();
    for name in [&state, &link].into_iter().filter(|name| name.exists()) {
        let output = run(&["serve", "--port", "0", "--state", name.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            told.contains("another server keeps its world in") && told.contains("name another file"),
            "{told}"
        );
        assert!(output.stdout.is_empty());
    }
    assert_eq!(first.delete_models("ada-token", &[]), 1);
    // However a server ends, the next one goes on.
    first.end();
    let second = Served::start(&state, &[]);
    assert_eq!(second.delete_models("ada-token", &[]), 0);
    drop(second);
    Served::start(&state, &[]).end();
}

#[test]
fn a_place_that_cannot_be_written_to_is_told_before_anything_is_served() {
    let missing = folder("state/missing", &[]).join("no/such/folder/state.json");
    let output = run(&["serve", "--port", "0", "--state", missing.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("the state cannot be written to") && !told.contains("Serving"), "{told}");
    assert!(output.stdout.is_empty());
    let state = missing.to_str().unwrap();
    let output = run(&["serve", "--port", "0", "--require-session", "--state", state]);
    assert_eq!(output.status.code(), Some(2), "there would be nothing to keep");
}
