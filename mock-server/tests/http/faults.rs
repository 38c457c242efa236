//! Faults over HTTP: what reaches the client, and what is deleted.

use crate::client::{Client, Reply};
use crate::running::{ADA, MODEL, MODELS, MODELS_BODY, OPEN_MODEL, Running};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn fault(server: &Running, document: &Value) -> Value {
    server.control("POST", "faults", &document.to_string()).expect(201).json()["faults"][0].clone()
}

fn deleted(server: &Running) -> usize {
    let changes = server.control("GET", "changes", "").expect(200).json();
    changes["deleted"].as_array().unwrap().len()
}

fn asked(server: &Running, prefer: &str) -> Client {
    let mut client = server.connect();
    let length = MODELS_BODY.len();
    client.write(
        format!(
            "POST {MODELS} HTTP/1.1\r\nHost: {}\r\nAuthorization: {ADA}\r\nContent-Type: application/json\r\n\
             {prefer}Content-Length: {length}\r\n\r\n{MODELS_BODY}",
            server.address
        )
        .as_bytes(),
    );
    client
}

fn preferring(server: &Running, prefer: &str) -> Reply {
    asked(server, &format!("Prefer: {prefer}\r\n")).reply_to("POST")
}

#[test]
fn a_status_comes_in_the_contracts_own_words_and_deletes_nothing() {
    let server = Running::start();
    for (status, message) in [
        (500, "Internal Server Error"),
        (503, "Service Unavailable"),
        (504, "Gateway Timeout"),
        (429, "Too Many Requests"),
        (403, "Forbidden"),
    ] {
        fault(&server, &json!({"status": status, "times": 1}));
        let reply = server.delete_models(ADA).expect(status);
        assert_eq!(reply.json()["status"], json!({"code": status, "message": message}));
        assert_eq!(reply.json()["path"], MODELS);
        assert_eq!(deleted(&server), 0, "{status}");
    }
    assert_eq!(server.delete_models(ADA).expect(200).json()["modelsDeleted"], 1);
}

/// What a contract has no words for is told by its answer to failures, and says nothing of that one's own status.
#[test]
fn a_status_that_no_document_knows_is_told_honestly() {
    let server = Running::start();
    for (method, path, told) in [
        (
            "DELETE",
            "/programs/v2/spaces/default/programs?ids=a",
            json!({"errors": [{"errorIdentifier": "Mock.409", "message": "Conflict"}]}),
        ),
        ("POST", "/api/v1/experiences/bulk-delete/", json!({"detail": "Conflict"})),
        (
            "POST",
            "/v2/applications/batch-delete",
            json!({"error_code": "Mock.Deploy.0409", "error_msg": "Conflict"}),
        ),
        (
            "POST",
            "/v2/p/scheduled-tasks/batch-delete",
            json!({"error_code": "Mock.WKS.0409", "error_msg": "Conflict", "error_detail": ""}),
        ),
        ("POST", MODELS, json!({"status": {"code": 409, "message": "Conflict"}, "path": MODELS})),
    ] {
        let reply = server.send(method, path, &[("Prefer", "code=409")], "").expect(409).json();
        for (name, value) in told.as_object().unwrap() {
            assert_eq!(&reply[name], value, "{path}: {reply}");
        }
    }
}

#[test]
fn too_many_requests_tell_how_long_to_wait() {
    let server = Running::start();
    fault(&server, &json!({"status": 429, "retry-after": 47}));
    assert_eq!(server.delete_models(ADA).expect(429).header("retry-after"), Some("47"));
    // In each vendor's own words; only one of them documents headers, which count the calls.
    for (method, path, body, headers) in [
        (
            "DELETE",
            "/programs/v2/spaces/default/programs?ids=summer-roadshow-2025",
            json!({"statusCode": 429, "message": "Rate limit is exceeded. Try again in 47 seconds.", "clientId": "mock-client", "tenant": "mock-tenant"}),
            &[("x-seismic-remaining-calls", "0"), ("x-seismic-total-calls", "600")][..],
        ),
        (
            "GET",
            "/programs/v2/spaces/default/programs",
            json!({"message": "Rate limit is exceeded. Try again in 47 seconds."}),
            &[("x-seismic-remaining-calls", "0"), ("x-seismic-total-calls", "600")],
        ),
        (
            "POST",
            "/api/v1/experiences/bulk-delete/",
            json!({"detail": "Request was throttled. Expected available in 47 seconds."}),
            &[],
        ),
        ("POST", "/v2/applications/batch-delete", json!({"error_code": "APIGW.0308"}), &[]),
        ("POST", "/v2/p/scheduled-tasks/batch-delete", json!({"error_code": "APIGW.0308"}), &[]),
        ("POST", MODELS, json!({"status": {"code": 429, "message": "Too Many Requests"}}), &[]),
    ] {
        let reply = server.send(method, path, &[], "").expect(429);
        assert_eq!(reply.header("retry-after"), Some("47"), "{path}");
        for (name, value) in headers {
            assert_eq!(reply.header(name), Some(*value), "{path}");
        }
        for (name, value) in body.as_object().unwrap() {
            assert_eq!(&reply.json()[name], value, "{path}");
        }
    }
    server.control("DELETE", "faults", "").expect(204);
    assert_eq!(preferring(&server, "code=429").expect(429).header("retry-after"), Some("1"));
}

#[test]
fn a_connection_is_dropped_before_or_after_the_deletion() {
    let server = Running::start();
    fault(&server, &json!({"connection": "dropped-before", "times": 1}));
    fault(&server, &json!({"connection": "dropped-after", "times": 1}));
    assert!(asked(&server, "").is_ended());
    assert_eq!(deleted(&server), 0);
    assert!(asked(&server, "").is_ended());
    assert_eq!(deleted(&server), 1);
    assert_eq!(server.delete_models(ADA).expect(200).json()["modelsDeleted"], 0);
}

#[test]
fn bodies_are_truncated_malformed_and_slow() {
    let server = Running::start();
    server.delete_models(ADA).expect(200);
    let whole = server.delete_models(ADA).expect(200).body.len();
    fault(&server, &json!({"body": "truncated", "times": 1}));
    let (head, body) = asked(&server, "").rest();
    assert_eq!(body.len(), whole_of(&head) / 2);
    assert_eq!(whole_of(&head), whole);
    fault(&server, &json!({"body": "malformed", "times": 1}));
    let reply = server.delete_models(ADA).expect(200);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert!(serde_json::from_slice::<Value>(&reply.body).is_err(), "{reply:?}");
    fault(&server, &json!({"body": {"slow": 180}, "times": 1}));
    let began = Instant::now();
    assert_eq!(server.delete_models(ADA).expect(200).json()["modelsDeleted"], 0);
    assert!(began.elapsed() >= Duration::from_millis(180), "{:?}", began.elapsed());
}

fn whole_of(head: &str) -> usize {
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    length.trim().parse().unwrap()
}

#[test]
fn an_answer_takes_its_time_and_what_it_tells_has_happened() {
    let server = Running::start();
    fault(&server, &json!({"latency": {"from": 150, "to": 200}}));
    let began = Instant::now();
    let mut waiting = asked(&server, "");
    let end = Instant::now() + Duration::from_secs(5);
    while deleted(&server) == 0 {
        assert!(Instant::now() < end, "nothing was deleted");
    }
    assert!(began.elapsed() < Duration::from_millis(140), "the control API does not wait");
    waiting.reply_to("POST").expect(200);
    assert!(began.elapsed() >= Duration::from_millis(150));
}

#[test]
fn a_request_asks_for_its_own_fault() {
    let server = Running::start();
    let reply = preferring(&server, "code=503").expect(503);
    assert_eq!(reply.header("preference-applied"), Some("code=503"));
    assert_eq!(deleted(&server), 0);
    let began = Instant::now();
    let reply = preferring(&server, "respond-async, delay=1").expect(200);
    assert_eq!(reply.header("preference-applied"), Some("delay=1"));
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert_eq!(preferring(&server, "code=200").expect(200).header("preference-applied"), None);
}

#[test]
fn a_fault_strikes_only_what_it_is_for() {
    let server = Running::start();
    for condition in [
        json!({"contract": "seismic-programs"}),
        json!({"operation": "bulkDeletePrograms"}),
        json!({"caller": "bob"}),
        json!({"id": "0D0E3F8051B25C6D9E7F403B2C1D0E9F"}),
        json!({"id": 7}),
        json!({"session": "w1"}),
    ] {
        let mut document = condition.clone();
        document["status"] = json!(503);
        if condition.get("operation").is_some() {
            let operations = server.control("GET", "contracts", "").json();
            document["operation"] = operations["contracts"][0]["operation"]["id"].clone();
        }
        fault(&server, &document);
    }
    server.delete_models(ADA).expect(200);
    server.delete_models("AnaplanAuthToken bob-token").expect(503);
    server
        .send(
            "POST",
            MODELS,
            &[("Authorization", ADA), ("X-Mock-Session", "w1"), ("Content-Type", "application/json")],
            MODELS_BODY,
        )
        .expect(503);
    fault(&server, &json!({"id": OPEN_MODEL.to_lowercase(), "status": 502}));
    server.delete_models(ADA).expect(502);
}

#[test]
fn faults_are_counted_listed_and_taken_away() {
    let server = Running::start();
    let first = fault(&server, &json!({"status": 503, "times": 2}));
    let list = json!([{"status": 502}, {"latency": 1}]);
    let added = server.control("POST", "faults", &list.to_string()).expect(201).json();
    assert_eq!(added["faults"].as_array().unwrap().len(), 2);
    server.delete_models(ADA).expect(503);
    server.delete_models(ADA).expect(503);
    server.delete_models(ADA).expect(502);
    let listed = server.control("GET", "faults", "").expect(200).json();
    assert_eq!(
        listed["faults"][0],
        json!({"number": first["number"], "status": 503, "times": 2, "struck": 2})
    );
    assert_eq!(listed["faults"][1]["struck"], 1);
    let path = format!("faults/{}", listed["faults"][1]["number"]);
    server.control("DELETE", &path, "").expect(204);
    server.control("DELETE", &path, "").expect(404);
    server.delete_models(ADA).expect(200);
    server.control("POST", "reset", "").expect(204);
    assert_eq!(server.control("GET", "faults", "").expect(200).json(), json!({"faults": []}));
}

#[test]
fn what_is_drawn_by_lot_comes_out_the_same_for_a_seed() {
    let run = |seed: u64| -> Vec<u16> {
        let server = Running::start();
        fault(&server, &json!({"status": 503, "probability": 0.5, "seed": seed}));
        (0..60).map(|_| server.delete_models(ADA).status).collect()
    };
    let once = run(1);
    assert_eq!(once, run(1));
    assert_ne!(once, run(2));
    let struck = once.iter().filter(|status| **status == 503).count();
    assert!((15..=45).contains(&struck), "{struck} of 60");
}

#[test]
fn bad_faults_are_refused_whole() {
    let server = Running::start();
    let wrong = json!([
        {"status": 503},
        {"status": 200, "contract": "none", "colour": 1},
        {"connection": "dropped-before", "body": "truncated"},
        {"times": 0},
        7,
    ]);
    let error = server.control("POST", "faults", &wrong.to_string()).expect(400).json();
    let pointers: Vec<_> = error["error"]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(pointers, ["/1/colour", "/1/contract", "/1/status", "/1", "/2/body", "/3/times", "/3", "/4"]);
    server.control("POST", "faults", "{").expect(400);
    assert_eq!(server.control("GET", "faults", "").expect(200).json(), json!({"faults": []}));
    server.delete_models(ADA).expect(200);
}

/// What a client notices of a fault.
#[derive(Debug, PartialEq)]
enum Noticed {
    Nothing,
    Status(u16),
    /// The connection ended without an answer.
    Silence,
    /// The body is not whole.
    Cut,
    NoJson,
    /// It took at least as long as was asked for.
    Late,
}

const LATE: u64 = 60;

/// A request of the session: what came of it.
fn noticed(server: &Running, method: &str, path: &str, token: &str, session: &str, body: &str) -> Noticed {
    let mut client = server.connect();
    let began = Instant::now();
    client.write(
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: {token}\r\nX-Mock-Session: {session}\r\n\
             Content-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            server.address,
            body.len()
        )
        .as_bytes(),
    );
    if client.is_ended() {
        return Noticed::Silence;
    }
    let (head, body) = client.rest();
    let status: Option<u16> = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    match status {
        Some(_) if body.len() < whole_of(&head) => Noticed::Cut,
        Some(503) => Noticed::Status(503),
        Some(_) if serde_json::from_slice::<Value>(&body).is_err() => Noticed::NoJson,
        Some(_) if began.elapsed() >= Duration::from_millis(LATE) => Noticed::Late,
        _ => Noticed::Nothing,
    }
}

#[test]
fn each_fault_strikes_what_it_is_for_and_nothing_else() {
    const WHOLE_LIST: &str = "/2/0/models";
    let server = Running::start();
    let kinds = [
        (json!({"status": 503}), Noticed::Status(503), 0),
        (json!({"connection": "dropped-before"}), Noticed::Silence, 0),
        (json!({"connection": "dropped-after"}), Noticed::Silence, 1),
        (json!({"body": "truncated"}), Noticed::Cut, 1),
        (json!({"body": "malformed"}), Noticed::NoJson, 1),
        (json!({"body": {"slow": LATE}}), Noticed::Late, 1),
        (json!({"latency": LATE}), Noticed::Late, 1),
    ];
    let other_id = format!(r#"{{"modelIdsToDelete":["{OPEN_MODEL}"]}}"#);
    let spaces = "/programs/v2/spaces/default/programs?ids=a";
    let bob = "AnaplanAuthToken bob-token";
    // What a fault is for, and a request that it is not for.
    let wheres = [
        (json!({"contract": "anaplan-models"}), ("DELETE", spaces, ADA, "w1", "")),
        (json!({"operation": "bulkDeleteModels"}), ("GET", WHOLE_LIST, ADA, "w1", "")),
        (json!({"caller": "ada"}), ("POST", MODELS, bob, "w1", MODELS_BODY)),
        (json!({"id": MODEL}), ("POST", MODELS, ADA, "w1", &*other_id)),
        (json!({"session": "w1"}), ("POST", MODELS, ADA, "w2", &*other_id)),
    ];
    let own = [("X-Mock-Session", "w1")];
    for (kind, expected, gone) in &kinds {
        for (place, (method, path, token, session, body)) in &wheres {
            let mut document = kind.as_object().unwrap().clone();
            document.extend(place.as_object().unwrap().clone());
            let what = Value::from(document);
            server.send("POST", "/__mock/faults", &own, &what.to_string()).expect(201);
            let struck = || {
                let listed = server.send("GET", "/__mock/faults", &own, "").expect(200).json();
                listed["faults"][0]["struck"].clone()
            };
            noticed(&server, method, path, token, session, body);
            assert_eq!(struck(), 0, "{what}");
            assert_eq!(&noticed(&server, "POST", MODELS, ADA, "w1", MODELS_BODY), expected, "{what}");
            assert_eq!(struck(), 1, "{what}");
            let changes = server.send("GET", "/__mock/changes", &own, "").expect(200).json();
            assert_eq!(changes["deleted"].as_array().unwrap().len(), *gone, "{what}");
            server.control("DELETE", "sessions", "").expect(204);
        }
    }
}

#[test]
fn each_contract_has_its_own_words_for_a_status() {
    let server = Running::start();
    for (method, path, pointer) in [
        ("DELETE", "/programs/v2/spaces/default/programs?ids=webinars-2024", "/errors/0/message"),
        ("POST", "/api/v1/experiences/bulk-delete/", "/detail"),
        ("POST", "/v2/applications/batch-delete", "/error_msg"),
        ("POST", "/v2/0a38ce9ba3c740c199a0f872b6163661/scheduled-tasks/batch-delete", "/error_msg"),
        ("POST", MODELS, "/status/message"),
    ] {
        for status in [500, 503] {
            let prefer = format!("code={status}");
            let reply = server.send(method, path, &[("Prefer", &prefer)], "").expect(status);
            assert_eq!(reply.header("preference-applied"), Some(&*prefer));
            let told = reply.json();
            assert!(told.pointer(pointer).is_some_and(Value::is_string), "{path}: {told}");
        }
    }
    assert_eq!(deleted(&server), 0);
}
