//! The control API: what it reads, changes and refuses.

use crate::running::{ADA, MODEL, OPEN_MODEL, Running};
use bulk_delete_mock::builtin;
use serde_json::{Value, json};

fn get(server: &Running, call: &str) -> Value {
    server.control("GET", call, "").expect(200).json()
}

fn ids(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn it_tells_what_is_served() {
    let server = Running::start();
    assert_eq!(get(&server, "health"), json!({"status": "ok"}));
    let contracts = get(&server, "contracts");
    let anaplan = contracts["contracts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["name"] == "anaplan-models")
        .unwrap();
    assert_eq!(
        anaplan,
        &json!({
            "name": "anaplan-models",
            "origin": "built-in",
            "operation": {"id": "bulkDeleteModels", "method": "POST", "path": "/2/0/workspaces/{workspaceId}/bulkDeleteModels"},
            "resources": {"kind": "model", "count": 12},
            "containers": {"kind": "workspace", "count": 2},
        })
    );
    server.delete_models(ADA).expect(200);
    let after = get(&server, "contracts");
    let count = after["contracts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["name"] == "anaplan-models")
        .unwrap()["resources"]["count"]
        .clone();
    assert_eq!(count, 11);
}

#[test]
fn a_contract_is_given_byte_by_byte_as_it_was_loaded() {
    let server = Running::start();
    for folder in builtin::folders() {
        let call = format!("contracts/{}", folder.name);
        let reply = server.control("GET", &call, "").expect(200);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        let [openapi, policy] =
            [&folder.openapi, &folder.policy].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let whole = format!(r#"{{"name":"{}","openapi":{openapi},"policy":{policy}}}"#, folder.name);
        assert!(reply.body == whole.as_bytes(), "{call} gives something else than the files");
        assert_eq!(reply.json()["policy"], serde_json::from_str::<Value>(&policy).unwrap());
        assert!(server.control("HEAD", &call, "").expect(200).body.is_empty());
        server.control("POST", &call, "").expect(405);
    }
    let unknown = server.control("GET", "contracts/anything", "").expect(404).json();
    let message = unknown["error"]["message"].as_str().unwrap();
    assert!(message.contains("`anything`") && message.contains("anaplan-models"), "{message}");
}

#[test]
fn the_root_and_unknown_calls_list_the_calls() {
    let server = Running::start();
    let calls = get(&server, "");
    for path in ["/__mock/contracts/{id}", "/__mock/operations/{id}"] {
        assert!(calls["calls"].as_array().unwrap().iter().any(|call| call["path"] == path), "{path}");
    }
    for call in ["worlds", "world/", "operations/a/b", "operations/"] {
        let error = server.control("GET", call, "").expect(404).json();
        assert_eq!(error["error"]["calls"], calls["calls"], "{call}");
    }
    let head = server.control("HEAD", "health", "").expect(200);
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-length"), Some("15"));
}

#[test]
fn changes_tell_what_was_deleted_and_reset_takes_it_back() {
    let server = Running::start();
    let none = json!({"deleted": [], "orphaned": [], "changed": [], "cleanups": []});
    assert_eq!(get(&server, "changes"), none);
    server.delete_models(ADA).expect(200);
    assert_eq!(ids(&get(&server, "changes")["deleted"]), [MODEL]);
    assert_eq!(ids(&get(&server, "changes?contract=anaplan-models")["deleted"]), [MODEL]);
    assert_eq!(get(&server, "changes?contract=seismic-programs"), none);
    let audit = get(&server, "audit");
    assert_eq!(audit["entries"].as_array().unwrap().len(), 2);
    assert_eq!(audit["entries"][0]["item"], MODEL);
    assert_eq!(audit["entries"][0]["time"], "2026-11-21T22:03:00.000Z");
    assert_eq!(audit["entries"][1]["outcome"], "open");
    assert_eq!(get(&server, "audit?contract=seismic-programs")["entries"], json!([]));
    server.control("POST", "clock", r#"{"advance":5}"#).expect(200);
    server.control("POST", "reset", "").expect(204);
    assert_eq!(get(&server, "changes"), none);
    assert_eq!(get(&server, "audit"), json!({"entries": [], "dropped": 0}));
    assert_eq!(get(&server, "clock"), json!({"now": "2026-11-21T22:03:00.000Z"}));
}

#[test]
fn the_world_can_be_read_replaced_added_to_and_put_back() {
    let server = Running::start();
    let start = get(&server, "world");
    // What is read can be written.
    server.control("PUT", "world", &start.to_string()).expect(204);
    assert_eq!(get(&server, "world"), start);
    server.control("PUT", "world", r#"{"callers":[{"id":"eve"}]}"#).expect(204);
    assert_eq!(get(&server, "world"), json!({"containers": [], "callers": [{"id": "eve"}], "resources": []}));
    let added = json!({
        "containers": [{"kind": "workspace", "id": "W"}],
        "resources": [{"kind": "model", "id": "M", "container": "workspace/W"}],
    });
    server.control("PATCH", "world", &added.to_string()).expect(204);
    assert_eq!(get(&server, "world")["resources"], added["resources"]);
    assert_eq!(get(&server, "changes")["deleted"], json!([]));
    server.control("DELETE", "world", "").expect(204);
    assert_eq!(get(&server, "world"), start);
}

#[test]
fn replacing_the_world_is_the_new_baseline() {
    let server = Running::start();
    server.delete_models(ADA).expect(200);
    let left = get(&server, "world");
    server.control("PUT", "world", &left.to_string()).expect(204);
    assert_eq!(get(&server, "changes")["deleted"], json!([]));
    assert_eq!(server.delete_models(ADA).expect(200).json()["modelsDeleted"], 0);
    server.control("POST", "reset", "").expect(204);
    assert_eq!(server.delete_models(ADA).expect(200).json()["modelsDeleted"], 1);
}

#[test]
fn a_call_can_be_narrowed_to_a_contract() {
    let server = Running::start();
    let start = get(&server, "world");
    let models = get(&server, "world?contract=anaplan-models");
    assert!(models["resources"].as_array().unwrap().iter().all(|row| row["kind"] == "model"));
    assert!(models["containers"].as_array().unwrap().iter().all(|row| row["kind"] == "workspace"));
    let of = |world: &Value, is_model: bool| -> Vec<Value> {
        let rows = world["resources"].as_array().unwrap().iter();
        rows.filter(|row| (row["kind"] == "model") == is_model).cloned().collect()
    };
    server.control("PUT", "world?contract=anaplan-models", "{}").expect(204);
    let without = get(&server, "world");
    assert_eq!((of(&without, true), of(&without, false)), (vec![], of(&start, false)));
    server.control("DELETE", "world?contract=anaplan-models", "").expect(204);
    let back = get(&server, "world");
    assert_eq!((of(&back, true), of(&back, false)), (of(&start, true), of(&start, false)));
    assert_eq!(server.delete_models(ADA).expect(200).json()["modelsDeleted"], 1);
    for call in [
        "world?contract=other",
        "world?contracts=anaplan-models",
        "world?contract=anaplan-models&contract=seismic-programs",
    ] {
        server.control("PUT", call, "{}").expect(400);
        server.control("GET", call, "").expect(400);
    }
}

#[test]
fn a_world_that_is_wrong_is_refused_whole() {
    let server = Running::start();
    let start = get(&server, "world");
    let wrong = r#"{"callers":[{"id":"x"},{"id":7}],"resources":[{"kind":"model","id":"M","container":"workspace/none","colour":"red"}]}"#;
    for method in ["PUT", "PATCH"] {
        let error = server.control(method, "world", wrong).expect(400).json();
        let problems = error["error"]["problems"].as_array().unwrap().clone();
        let pointers: Vec<_> = problems.iter().map(|problem| problem["pointer"].as_str().unwrap()).collect();
        assert!(pointers.contains(&"/callers/1/id"), "{pointers:?}");
        assert!(pointers.contains(&"/resources/0/colour"), "{pointers:?}");
        assert!(problems.iter().all(|problem| problem["document"] == "world.json"), "{problems:?}");
        assert!(problems.iter().all(|problem| !problem["message"].as_str().unwrap().is_empty()));
        for broken in ["", "{", "[]", "\u{0}", r#"{"callers":[],"callers":[]}"#] {
            let error = server.control(method, "world", broken).expect(400).json();
            assert_eq!(error["error"]["problems"].as_array().unwrap().len(), 1, "{broken}: {error}");
        }
    }
    assert_eq!(get(&server, "world"), start);
}

#[test]
fn any_content_type_will_do() {
    let server = Running::start();
    for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded", "nonsense"] {
        server.send("POST", "/__mock/clock", &[("Content-Type", kind)], r#"{"advance":0}"#).expect(200);
        server.send("POST", "/__mock/reset", &[("Content-Type", kind)], "").expect(204);
    }
}

#[test]
fn the_clock_moves_when_told() {
    let server = Running::start();
    let move_it = |body: &str| server.control("POST", "clock", body);
    assert_eq!(move_it(r#"{"advance":90}"#).expect(200).json(), json!({"now": "2026-11-21T22:04:30.000Z"}));
    assert_eq!(
        move_it(r#"{"now":"2030-01-01T01:00:00+01:00"}"#).expect(200).json(),
        json!({"now": "2030-01-01T00:00:00.000Z"})
    );
    for wrong in [
        "",
        "{}",
        r#"{"advance":-1}"#,
        r#"{"advance":"1"}"#,
        r#"{"advance":1.5}"#,
        r#"{"now":"today"}"#,
        r#"{"advance":1,"now":"2030-01-01T00:00:00Z"}"#,
        r#"{"advance":1,"by":2}"#,
        "[1]",
        r#"{"advance":1,"advance":2}"#,
    ] {
        let error = move_it(wrong).expect(400).json();
        assert!(!error["error"]["problems"].as_array().unwrap().is_empty(), "{wrong}");
    }
    assert_eq!(get(&server, "clock"), json!({"now": "2030-01-01T00:00:00.000Z"}));
    // Far beyond any calendar, and still an answer.
    move_it(r#"{"advance":9223372036854775807}"#).expect(200);
    server.delete_models(ADA).expect(200);
}

#[test]
fn tokens_are_made_only_for_who_and_what_there_is() {
    let server = Running::start();
    for (wrong, pointers) in [
        ("", vec![""]),
        ("{}", vec!["", ""]),
        (r#"{"caller":"ada"}"#, vec![""]),
        (r#"{"caller":"nobody","contract":"nothing"}"#, vec!["/contract", "/caller"]),
        (r#"{"caller":"ada","contract":"anaplan-models","scopes":"a"}"#, vec!["/scopes"]),
        (r#"{"caller":"ada","contract":"anaplan-models","expires-in":-1}"#, vec!["/expires-in"]),
        (r#"{"caller":"ada","contract":"anaplan-models","expires":1}"#, vec!["/expires"]),
    ] {
        let error = server.control("POST", "tokens", wrong).expect(400).json();
        let problems = error["error"]["problems"].as_array().unwrap().clone();
        let found: Vec<_> = problems.iter().map(|problem| problem["pointer"].as_str().unwrap()).collect();
        assert_eq!(found, pointers, "{wrong}");
    }
}

fn accepted(server: &Running) -> Vec<String> {
    let body = r#"{"caller":"ada","contract":"seismic-programs"}"#;
    let token =
        server.control("POST", "tokens", body).expect(201).json()["token"].as_str().unwrap().to_owned();
    let reply = server.send(
        "DELETE",
        "/programs/v2/spaces/default/programs?ids=summer-roadshow-2025,partner-day-2025",
        &[("Authorization", &format!("Bearer {token}"))],
        "",
    );
    let ids = reply.expect(200).json()["asyncOperationIds"].clone();
    ids.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[test]
fn operations_are_listed_and_can_be_ended() {
    let server = Running::start();
    assert_eq!(get(&server, "operations"), json!({"operations": []}));
    let made = accepted(&server);
    let listed = get(&server, "operations?contract=seismic-programs");
    assert_eq!(ids(&listed["operations"]), made);
    assert_eq!(listed["operations"][0]["item"], "summer-roadshow-2025");
    assert_eq!(listed["operations"][0]["percent"], 0);
    assert_eq!(get(&server, "operations?contract=anaplan-models")["operations"], json!([]));
    let end = |id: &str, body: &str| server.control("POST", &format!("operations/{id}"), body);
    for wrong in [
        "",
        "{}",
        r#"{"state":"running"}"#,
        r#"{"state":"succeeded","fail":"a"}"#,
        r#"{"state":"failed","why":"a"}"#,
    ] {
        end(&made[0], wrong).expect(400);
    }
    end("nothing", r#"{"state":"failed"}"#).expect(404);
    let ended = end(&made[0], r#"{"state":"failed","fail":"It rained."}"#).expect(200).json();
    assert_eq!((&ended["state"], &ended["fail"]), (&json!("failed"), &json!("It rained.")));
    end(&made[0], r#"{"state":"succeeded"}"#).expect(409);
    assert_eq!(end(&made[1], r#"{"state":"succeeded"}"#).expect(200).json()["percent"], 100);
    assert_eq!(ids(&get(&server, "changes")["deleted"])[0], "partner-day-2025");
}

#[test]
fn operations_advance_with_the_clock() {
    let server = Running::start();
    accepted(&server);
    server.control("POST", "clock", r#"{"advance":86400}"#).expect(200);
    let listed = get(&server, "operations");
    assert!(
        listed["operations"].as_array().unwrap().iter().all(|row| row["state"] == "succeeded"),
        "{listed}"
    );
    assert_eq!(server.delete_models("AnaplanAuthToken ada-token").expect(200).json()["modelsDeleted"], 1);
    assert_eq!(OPEN_MODEL.len(), 32);
}
