//! Named starting points: how they are listed and chosen, and the states of Pact that they stand for.

use crate::client::Reply;
use crate::running::{ADA, MODELS, Running};
use bulk_delete_mock::builtin;
use bulk_delete_mock::folder::{self, WorldFile};
use serde_json::{Value, json};

const LIST: &str = "/2/0/models?limit=1";
const OPEN: &str = r#"{"modelIdsToDelete":["BC24B51B39CF4701ACF7CBFD2ED93C36"]}"#;

fn models(server: &Running, headers: &[(&str, &str)]) -> u64 {
    let all = [&[("Authorization", ADA)], headers].concat();
    server.send("GET", LIST, &all, "").expect(200).json()["meta"]["paging"]["totalSize"].as_u64().unwrap()
}

fn delete_open(server: &Running, headers: &[(&str, &str)]) -> Reply {
    let all = [&[("Authorization", ADA), ("Content-Type", "application/json")], headers].concat();
    server.send("POST", MODELS, &all, OPEN)
}

fn names(listed: &Value) -> Vec<&str> {
    listed.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[test]
fn another_world_has_none() {
    // None of what the scenarios change is there.
    let world = WorldFile { place: "mine.json".to_owned(), bytes: br#"{"callers":[{"id":"zoe"}]}"#.to_vec() };
    let loaded = folder::load(&builtin::folders(), Some(&world)).unwrap();
    assert!(loaded.scenarios.is_empty());
}

#[test]
fn they_are_listed_with_what_they_stand_for() {
    let server = Running::start();
    let listed = server.control("GET", "scenarios", "").expect(200).json();
    assert_eq!(names(&listed["scenarios"]), ["all-models-closed", "nothing-to-delete", "server-busy"]);
    let nothing = &listed["scenarios"][1];
    assert_eq!(nothing["contracts"].as_array().unwrap().len(), 5);
    assert!(nothing["states"].as_array().unwrap().contains(&json!("there is nothing to delete")));
}

#[test]
fn the_world_begins_there_until_a_reset() {
    let server = Running::start();
    let all = models(&server, &[]);
    server.control("POST", "scenarios/nothing-to-delete", "").expect(204);
    assert_eq!(models(&server, &[]), 0);
    // Who may call is as it was.
    assert_eq!(delete_open(&server, &[]).expect(200).json()["modelsDeleted"], 0);
    server.control("POST", "reset", "").expect(204);
    assert_eq!(models(&server, &[]), all);
    let unknown = server.control("POST", "scenarios/anything", "").expect(404).json();
    assert_eq!(names(&unknown["error"]["scenarios"]).len(), 3);
}

#[test]
fn a_header_chooses_one_for_a_session() {
    let server = Running::start();
    let (closed, own) = (("X-Mock-Scenario", "all-models-closed"), ("X-Mock-Session", "w1"));
    assert_eq!(delete_open(&server, &[]).expect(200).json()["modelsDeleted"], 0);
    assert_eq!(delete_open(&server, &[closed, own]).expect(200).json()["modelsDeleted"], 1);
    // It has begun: the header does not begin it again, and a reset goes back to where it began.
    assert_eq!(delete_open(&server, &[closed, own]).expect(200).json()["modelsDeleted"], 0);
    server.send("POST", "/__mock/reset", &[own], "").expect(204);
    assert_eq!(delete_open(&server, &[own]).expect(200).json()["modelsDeleted"], 1);
    // Whoever names no session shares one with all who begin there.
    assert_eq!(delete_open(&server, &[closed]).expect(200).json()["modelsDeleted"], 1);
    assert_eq!(delete_open(&server, &[closed]).expect(200).json()["modelsDeleted"], 0);
    let unknown = delete_open(&server, &[("X-Mock-Scenario", "none")]).expect(400).json();
    assert!(unknown["error"]["message"].as_str().unwrap().contains("all-models-closed"));
}

#[test]
fn a_session_is_made_with_one() {
    let server = Running::start();
    let body = r#"{"name":"w2","scenario":"nothing-to-delete"}"#;
    server.control("POST", "sessions", body).expect(201);
    assert_eq!(models(&server, &[("X-Mock-Session", "w2")]), 0);
    assert!(models(&server, &[]) > 0);
    // It goes on; that it began elsewhere than is asked for now is said.
    server.control("POST", "sessions", r#"{"name":"w2"}"#).expect(200);
    let other = r#"{"name":"W2","scenario":"all-models-closed"}"#;
    let refused = server.control("POST", "sessions", other).expect(409).json();
    let told = refused["error"]["message"].as_str().unwrap();
    assert!(told.contains("POST /__mock/scenarios/all-models-closed"), "{told}");
    assert_eq!(models(&server, &[("X-Mock-Session", "w2")]), 0);
    server.control("POST", "sessions", r#"{"name":"w3","scenario":"none"}"#).expect(404);
    server.control("GET", "sessions/w3", "").expect(404);
}

#[test]
fn one_may_have_faults() {
    let server = Running::start();
    let busy = [("X-Mock-Scenario", "server-busy"), ("X-Mock-Session", "w4")];
    assert_eq!([(); 3].map(|()| delete_open(&server, &busy).status), [503, 503, 200]);
    server.send("POST", "/__mock/reset", &busy, "").expect(204);
    assert_eq!(delete_open(&server, &busy).status, 503);
}

#[test]
fn a_provider_state_is_a_name_or_a_sentence() {
    let server = Running::start();
    let set = |body: &str| server.control("POST", "pact/provider-states", body);
    let all = models(&server, &[]);
    let answer =
        set(r#"{"state":"there is nothing to delete","params":{},"action":"setup","consumer":"page"}"#);
    assert_eq!(answer.expect(200).json(), json!({"scenario": "nothing-to-delete"}));
    assert_eq!(models(&server, &[]), 0);
    set(r#"{"state":"there is nothing to delete","action":"teardown"}"#).expect(200);
    assert_eq!(models(&server, &[]), all);
    let added = r#"{"resources":[{"kind":"model","id":"X","container":"workspace/75A40874E6B64FA3AE0743278996850F"}]}"#;
    set(&format!(r#"{{"state":"nothing-to-delete","params":{{"world":{added}}}}}"#)).expect(200);
    assert_eq!(models(&server, &[]), 1);
    // What is refused has changed nothing.
    set(r#"{"state":"nobody thought of this"}"#).expect(404);
    set(r#"{"state":"","params":{"world":{"models":[]}}}"#).expect(400);
    set(r#"{"state":7}"#).expect(400);
    assert_eq!(models(&server, &[]), 1);
    set(r#"{"state":""}"#).expect(200);
    assert_eq!(models(&server, &[]), all);
}
