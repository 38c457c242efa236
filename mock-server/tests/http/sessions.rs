//! Sessions: each way to name one, and that none sees what happens in another.

use crate::client::{Client, Reply};
use crate::running::{ADA, MODEL, MODELS, MODELS_BODY, Running};
use bulk_delete_mock::mock::{Nameless, Options};
use serde_json::{Value, json};

fn deleted(server: &Running, headers: &[(&str, &str)]) -> usize {
    let changes = server.send("GET", "/__mock/changes", headers, "").expect(200).json();
    changes["deleted"].as_array().unwrap().len()
}

fn delete(server: &Running, headers: &[(&str, &str)]) -> Reply {
    let mut all = vec![("Content-Type", "application/json")];
    all.extend_from_slice(headers);
    server.send("POST", MODELS, &all, MODELS_BODY)
}

fn make(server: &Running, body: &str) -> Value {
    server.control("POST", "sessions", body).expect(201).json()
}

/// A request to another port than the server's own.
fn at(url: &str, method: &str, path: &str, headers: &str, body: &str) -> Reply {
    let host = url.strip_prefix("http://").unwrap();
    let mut client = Client::connect(host.parse().unwrap());
    let length = body.len();
    client.write(
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        )
        .as_bytes(),
    );
    client.reply_to(method)
}

#[test]
fn a_header_names_a_session() {
    let server = Running::start();
    let (one, two) = (("X-Mock-Session", "one"), ("X-Mock-Session", "two"));
    assert_eq!(delete(&server, &[("Authorization", ADA), one]).expect(200).json()["modelsDeleted"], 1);
    assert_eq!((deleted(&server, &[one]), deleted(&server, &[two]), deleted(&server, &[])), (1, 0, 0));
    // Upper and lower case are the same, as they are in hosts.
    assert_eq!(deleted(&server, &[("X-Mock-Session", "ONE")]), 1);
    server.send("POST", "/__mock/reset", &[two], "").expect(204);
    assert_eq!(deleted(&server, &[one]), 1);
    server.send("POST", "/__mock/reset", &[one], "").expect(204);
    assert_eq!(deleted(&server, &[one]), 0);
}

#[test]
fn a_session_begins_as_the_seed_and_not_as_the_shared_world() {
    let server = Running::start();
    delete(&server, &[("Authorization", ADA)]).expect(200);
    server.control("PUT", "world", "{}").expect(204);
    assert_eq!(
        delete(&server, &[("Authorization", ADA), ("X-Mock-Session", "w")]).expect(200).json()["modelsDeleted"],
        1
    );
}

#[test]
fn a_host_names_a_session() {
    let server = Running::start();
    let ask = |host: &str| {
        let mut client = server.connect();
        client.write(format!("GET /__mock/changes HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        client.reply_to("GET").expect(200).json()["deleted"].as_array().unwrap().len()
    };
    delete(&server, &[("Authorization", ADA), ("X-Mock-Session", "w1")]).expect(200);
    assert_eq!(
        (ask("w1.localhost:4010"), ask("api.W1.localhost"), ask("w2.localhost"), ask("localhost")),
        (1, 1, 0, 0)
    );
}

#[test]
fn a_token_of_a_session_names_it() {
    let server = Running::start();
    let made = make(&server, r#"{"name":"w1"}"#);
    let token = |contract: &str| made["tokens"][contract]["ada"].as_str().unwrap().to_owned();
    let opaque = format!("AnaplanAuthToken {}", token("anaplan-models"));
    assert_eq!(delete(&server, &[("Authorization", &opaque)]).expect(200).json()["modelsDeleted"], 1);
    assert_eq!((deleted(&server, &[("X-Mock-Session", "w1")]), deleted(&server, &[])), (1, 0));
    let web_token = format!("Bearer {}", token("seismic-programs"));
    let path = "/programs/v2/spaces/default/programs?ids=summer-roadshow-2025";
    server.send("DELETE", path, &[("Authorization", &web_token)], "").expect(200);
    assert_eq!(deleted(&server, &[("X-Mock-Session", "w1")]), 2);
    assert_eq!(deleted(&server, &[]), 0);
    // It is worth nothing in another session, and nothing once its own has ended.
    delete(&server, &[("Authorization", &opaque), ("X-Mock-Session", "w2")]).expect(401);
    let space = "/programs/v2/spaces/default/programs";
    let list = |headers: &[(&str, &str)]| server.send("GET", space, headers, "").status;
    assert_eq!(list(&[("Authorization", &web_token), ("X-Mock-Session", "w2")]), 401);
    assert_eq!(list(&[("Authorization", &web_token), ("X-Mock-Session", "W1")]), 200);
    server.control("DELETE", "sessions/w1", "").expect(204);
    delete(&server, &[("Authorization", &opaque)]).expect(401);
    assert_eq!(list(&[("Authorization", &web_token)]), 401, "it is not for the shared world either");
    // One that was made in no session says so of none.
    let asked = r#"{"caller":"ada","contract":"seismic-programs"}"#;
    let shared = server.control("POST", "tokens", asked).expect(201).json();
    let shared = format!("Bearer {}", shared["token"].as_str().unwrap());
    assert_eq!(list(&[("Authorization", &shared), ("X-Mock-Session", "w2")]), 200);
}

#[test]
fn a_token_is_refreshed_and_stays_the_same() {
    let server = Running::start();
    let login = "Basic YWRhQGV4YW1wbGUuY29tOmFkYS1wYXNzd29yZA==";
    for session in [&[][..], &[("X-Mock-Session", "w1")]] {
        let post = |path: &str, token: &str| {
            let headers = [&[("Authorization", token)], session].concat();
            server.send("POST", path, &headers, "")
        };
        let wait = |seconds: u64| {
            let body = format!(r#"{{"advance":{seconds}}}"#);
            server.send("POST", "/__mock/clock", session, &body).expect(200);
        };
        let first = post("/token/authenticate", login).expect(201).json();
        let value = first["tokenInfo"]["tokenValue"].as_str().unwrap();
        let token = format!("AnaplanAuthToken {value}");
        wait(2_000);
        let second = post("/token/refresh", &token).expect(200).json();
        assert_eq!(second["tokenInfo"]["tokenValue"], value);
        let ends = |told: &Value| told["tokenInfo"]["expiresAt"].as_u64().unwrap();
        assert_eq!(ends(&second) - ends(&first), 2_000_000);
        // By now it would have ended.
        wait(1_000);
        assert_eq!(delete(&server, &[&[("Authorization", &*token)], session].concat()).status, 200);
        wait(1_100);
        post("/token/refresh", &token).expect(401);
        // A token of the world has no end; refreshing does not keep it from being logged out.
        assert_eq!(post("/token/refresh", ADA).expect(200).json()["tokenInfo"]["tokenValue"], "ada-token");
        post("/token/logout", ADA).expect(204);
        post("/token/refresh", ADA).expect(401);
    }
}

#[test]
fn a_log_in_in_a_session_gives_a_token_that_names_it() {
    let server = Running::start();
    let headers =
        [("Authorization", "Basic YWRhQGV4YW1wbGUuY29tOmFkYS1wYXNzd29yZA=="), ("X-Mock-Session", "w1")];
    let told = server.send("POST", "/token/authenticate", &headers, "").expect(201).json();
    let token = format!("AnaplanAuthToken {}", told["tokenInfo"]["tokenValue"].as_str().unwrap());
    delete(&server, &[("Authorization", &token)]).expect(200);
    assert_eq!((deleted(&server, &[("X-Mock-Session", "w1")]), deleted(&server, &[])), (1, 0));
}

#[test]
fn a_session_has_a_port_of_its_own() {
    let server = Running::start();
    let made = make(&server, r#"{"name":"w1"}"#);
    let url = made["url"].as_str().unwrap();
    assert_ne!(url, format!("http://{}", server.address));
    let headers = format!("Authorization: {ADA}\r\nContent-Type: application/json\r\n");
    at(url, "POST", MODELS, &headers, MODELS_BODY).expect(200);
    let changes = at(url, "GET", "/__mock/changes", "", "").expect(200).json();
    assert_eq!(changes["deleted"][0]["id"], MODEL);
    assert_eq!((deleted(&server, &[("X-Mock-Session", "w1")]), deleted(&server, &[])), (1, 0));
    // It is told again, and closed with the session.
    assert_eq!(server.control("POST", "sessions", r#"{"name":"w1"}"#).expect(200).json()["url"], url);
    assert_eq!(server.control("GET", "sessions/w1", "").expect(200).json()["url"], url);
    at(url, "DELETE", "/__mock/sessions", "", "").expect(204);
    server.control("GET", "sessions/w1", "").expect(404);
    let closed = || std::net::TcpStream::connect(url.strip_prefix("http://").unwrap()).is_err();
    let end = std::time::Instant::now() + std::time::Duration::from_secs(5);
    while !closed() {
        assert!(std::time::Instant::now() < end, "the port is still open");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn a_connection_to_the_port_of_an_ended_session_does_not_begin_it_anew() {
    let server = Running::start();
    let url = make(&server, r#"{"name":"w1"}"#)["url"].as_str().unwrap().to_owned();
    let host = url.strip_prefix("http://").unwrap();
    let mut client = Client::connect(host.parse().unwrap());
    let mut ask = |path: &str| {
        client.write(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        client.reply_to("GET")
    };
    ask("/__mock/changes").expect(200);
    server.control("DELETE", "sessions/w1", "").expect(204);
    let told = ask("/__mock/changes").expect(421);
    assert_eq!(told.header("connection"), Some("close"));
    let message = told.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("the session `w1` has ended"), "{message}");
    server.control("GET", "sessions/w1", "").expect(404);
}

#[test]
fn where_ports_run_out_the_host_names_the_session() {
    let server = Running::start();
    let urls: Vec<String> = (0..258).map(|_| make(&server, "")["url"].as_str().unwrap().to_owned()).collect();
    assert!(urls[255].starts_with("http://127.0.0.1:"), "{}", urls[255]);
    assert!(urls[257].ends_with(&format!(".localhost:{}", server.address.port())), "{}", urls[257]);
}

#[test]
fn sessions_are_listed_and_ended() {
    let server = Running::start();
    assert_eq!(server.control("GET", "sessions", "").expect(200).json(), json!({"sessions": []}));
    make(&server, r#"{"name":"b"}"#);
    delete(&server, &[("Authorization", ADA), ("X-Mock-Session", "A")]).expect(200);
    let listed = server.control("GET", "sessions", "").expect(200).json();
    let names: Vec<_> =
        listed["sessions"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, ["A", "b"]);
    assert_eq!(listed["sessions"][0]["url"], Value::Null);
    server.send("DELETE", "/__mock/sessions", &[("X-Mock-Session", "a")], "").expect(204);
    server.send("DELETE", "/__mock/sessions", &[("X-Mock-Session", "a")], "").expect(404);
    server.control("DELETE", "sessions/none", "").expect(404);
    // What has ended begins anew when it is named again.
    assert_eq!(deleted(&server, &[("X-Mock-Session", "A")]), 0);
    server.control("DELETE", "sessions", "").expect(204);
    assert_eq!(server.control("GET", "sessions", "").expect(200).json(), json!({"sessions": []}));
}

#[test]
fn a_name_that_is_none_begins_nothing() {
    let server = Running::start();
    for name in ["", "a b", "a.b", "\u{e4}", "~", &"a".repeat(64)] {
        delete(&server, &[("Authorization", ADA), ("X-Mock-Session", name)]).expect(400);
    }
    for body in [r#"{"name":"a b"}"#, r#"{"name":7}"#, r#"{"nam":"a"}"#, "[]", "{"] {
        let error = server.control("POST", "sessions", body).expect(400).json();
        assert_eq!(error["error"]["problems"].as_array().unwrap().len(), 1, "{body}");
    }
    assert_eq!(server.control("GET", "sessions", "").expect(200).json(), json!({"sessions": []}));
    assert_eq!(deleted(&server, &[]), 0);
}

#[test]
fn a_mock_can_insist_on_sessions() {
    let options = Options { nameless: Nameless::Refused, ..Options::default() };
    let server = Running::behaving(options);
    for (method, path) in [("GET", "/__mock/world"), ("POST", "/__mock/reset"), ("GET", "/__mock/changes")] {
        server.send(method, path, &[], "").expect(400);
    }
    delete(&server, &[("Authorization", ADA)]).expect(400);
    server.control("GET", "health", "").expect(200);
    let made = make(&server, r#"{"name":"w1"}"#);
    let token = format!("AnaplanAuthToken {}", made["tokens"]["anaplan-models"]["ada"].as_str().unwrap());
    delete(&server, &[("Authorization", &token)]).expect(200);
    delete(&server, &[("Authorization", ADA), ("X-Mock-Session", "w2")]).expect(200);
    assert_eq!(deleted(&server, &[("X-Mock-Session", "w1")]), 1);
}

#[test]
fn each_session_has_its_own_time() {
    let server = Running::start();
    let one = [("X-Mock-Session", "one")];
    server.send("POST", "/__mock/clock", &one, r#"{"advance":60}"#).expect(200);
    let now = |headers: &[(&str, &str)]| {
        server.send("GET", "/__mock/clock", headers, "").expect(200).json()["now"].clone()
    };
    assert_eq!(now(&one), "2026-11-21T22:04:00.000Z");
    assert_eq!(now(&[]), "2026-11-21T22:03:00.000Z");
}
