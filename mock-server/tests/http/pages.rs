//! What keeps pages on the web out, and lets the pages that one works on in: `Host` names and CORS.

use crate::running::{ADA, MODELS, MODELS_BODY, Running};
use bulk_delete_mock::server::Limits;

const ORIGIN: &str = "http://localhost:5173";

#[test]
fn only_names_of_loopback_are_answered() {
    let server = Running::start();
    for (host, status) in [
        ("localhost", 200),
        ("localhost:1", 200),
        ("ui.localhost:4010", 200),
        ("127.0.0.1", 200),
        ("[::1]:4010", 200),
        ("mock.example.com", 403),
        ("localhost.example.com", 403),
        ("10.0.0.1", 403),
        ("", 403),
    ] {
        let mut client = server.connect();
        client.write(format!("GET /__mock/health HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        client.reply().expect(status);
    }
    let mut client = server.connect();
    client.write(b"GET http://example.com/__mock/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.reply().expect(403);
}

#[test]
fn a_server_that_listens_to_others_answers_any_name() {
    let server = Running::with(Limits::default(), "0.0.0.0:0");
    let mut client = server.connect();
    client.write(b"GET /__mock/health HTTP/1.1\r\nHost: mock.example.com\r\n\r\n");
    client.reply().expect(200);
}

#[test]
fn only_pages_of_loopback_use_the_control_api() {
    let server = Running::start();
    for (origin, read, changed) in [
        (ORIGIN, 200, 204),
        ("https://app.localhost", 200, 204),
        ("https://example.com", 403, 403),
        ("null", 403, 403),
    ] {
        let page = ("Origin", origin);
        // No browser asks before it sends this.
        let reply = server.send("POST", "/__mock/reset", &[page], "").expect(changed);
        assert_eq!(reply.header("access-control-allow-origin"), (read == 200).then_some(origin));
        server.send("GET", "/__mock/world", &[page], "").expect(read);
        let preflight = [page, ("Access-Control-Request-Method", "PUT")];
        server.send("OPTIONS", "/__mock/world", &preflight, "").expect(changed);
        // The APIs are called from wherever a page stands.
        let headers = [page, ("Authorization", ADA), ("Content-Type", "application/json")];
        let reply = server.send("POST", MODELS, &headers, MODELS_BODY).expect(200);
        assert_eq!(reply.header("access-control-allow-origin"), Some(origin));
    }
    let server = Running::with(Limits::default(), "0.0.0.0:0");
    server.send("POST", "/__mock/reset", &[("Origin", "https://example.com")], "").expect(204);
}

#[test]
fn a_preflight_is_answered_for_the_path() {
    let server = Running::start();
    let reply = server
        .send(
            "OPTIONS",
            MODELS,
            &[
                ("Origin", ORIGIN),
                ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "authorization, content-type"),
            ],
            "",
        )
        .expect(204);
    assert_eq!(reply.header("access-control-allow-origin"), Some(ORIGIN));
    assert!(reply.header("access-control-allow-methods").unwrap().contains("POST"), "{reply:?}");
    assert_eq!(reply.header("access-control-allow-headers"), Some("authorization, content-type"));
    assert!(reply.header("access-control-max-age").is_some());
    assert_eq!(reply.header("access-control-allow-credentials"), None);
    assert!(reply.values("vary").contains(&"Origin"));
    let reply = server.send(
        "OPTIONS",
        "/__mock/world",
        &[("Origin", ORIGIN), ("Access-Control-Request-Method", "PUT")],
        "",
    );
    assert!(reply.expect(204).header("access-control-allow-methods").unwrap().contains("PUT"));
}

#[test]
fn an_answer_may_be_read_by_the_page_that_asked() {
    let server = Running::start();
    let headers = [("Origin", ORIGIN), ("Authorization", ADA), ("Content-Type", "application/json")];
    let reply = server.send("POST", MODELS, &headers, MODELS_BODY).expect(200);
    assert_eq!(reply.header("access-control-allow-origin"), Some(ORIGIN));
    assert!(reply.values("vary").contains(&"Origin"));
    // Errors too, or the page could not tell what went wrong.
    let reply = server.send("GET", MODELS, &[("Origin", ORIGIN)], "").expect(405);
    assert_eq!(reply.header("access-control-allow-origin"), Some(ORIGIN));
    assert!(reply.header("access-control-expose-headers").unwrap().to_ascii_lowercase().contains("allow"));
    let reply = server.send("GET", "/nowhere", &[("Origin", "null")], "").expect(404);
    assert_eq!(reply.header("access-control-allow-origin"), Some("null"));
}

#[test]
fn without_an_origin_nothing_is_said_of_it() {
    let server = Running::start();
    let reply = server.delete_models(ADA).expect(200);
    assert!(
        reply.headers.iter().all(|(name, _)| !name.starts_with("access-control") && name != "vary"),
        "{reply:?}"
    );
}

#[test]
fn options_tells_the_methods() {
    let server = Running::start();
    let reply = server.send("OPTIONS", MODELS, &[], "").expect(204);
    assert_eq!(reply.header("allow"), Some("POST, OPTIONS"));
    let reply = server.send("OPTIONS", "/__mock/clock", &[], "").expect(204);
    assert_eq!(reply.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
}

#[test]
fn another_method_is_told_which_there_are() {
    let server = Running::start();
    let reply = server.send("PUT", MODELS, &[], "").expect(405);
    assert!(reply.header("allow").unwrap().contains("POST"), "{reply:?}");
    let reply = server.control("PUT", "clock", "").expect(405);
    assert_eq!(reply.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
}

#[test]
fn an_unknown_path_is_told_what_there_is() {
    let server = Running::start();
    let error = &server.send("GET", "/nowhere", &[], "").expect(404).json()["error"];
    assert_eq!(error["contracts"].as_array().unwrap().len(), 5);
    assert_eq!(error["control"], "/__mock/");
}
