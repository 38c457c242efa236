//! What the options of `serve` change, seen from outside.

use crate::client::{Client, Reply};
use crate::command::{Ended, run, serve};
use crate::running::{ADA, MODELS, MODELS_BODY};
use serde_json::{Value, json};
use std::io::BufRead;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

fn started(options: &[&str]) -> (Ended, SocketAddr) {
    let (child, mut out) = serve(&[&["--port", "0", "--json"], options].concat());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    (child, ready["url"].as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap())
}

/// A request as ada, in a session if one is named.
fn ask(address: SocketAddr, method: &str, path: &str, session: Option<&str>, body: &str) -> Reply {
    let mut client = Client::connect(address);
    let session = session.map(|name| format!("X-Mock-Session: {name}\r\n")).unwrap_or_default();
    let length = body.len();
    client.write(
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: {ADA}\r\n{session}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .as_bytes(),
    );
    client.reply_to(method)
}

fn delete(address: SocketAddr, session: Option<&str>) -> Reply {
    ask(address, "POST", MODELS, session, MODELS_BODY)
}

fn journal(address: SocketAddr) -> Value {
    ask(address, "GET", "/__mock/journal", None, "").expect(200).json()
}

#[test]
fn everything_begins_at_the_scenario_that_is_named() {
    let (_server, address) = started(&["--scenario", "nothing-to-delete"]);
    for session in [None, Some("w1")] {
        for _ in 0..2 {
            let told = delete(address, session).expect(200).json();
            assert_eq!(told["modelsDeleted"], 0, "{told}");
            ask(address, "POST", "/__mock/reset", session, "").expect(204);
        }
    }
    let unknown = run(&["serve", "--port", "0", "--scenario", "anything"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("nothing-to-delete"));
}

#[test]
fn sessions_are_required_limited_and_forgotten() {
    let (_server, address) = started(&["--require-session", "--max-sessions", "1", "--session-idle", "1"]);
    delete(address, None).expect(400);
    assert_eq!(delete(address, Some("a")).expect(200).json()["modelsDeleted"], 1);
    assert_eq!(delete(address, Some("a")).expect(200).json()["modelsDeleted"], 0);
    let left = Instant::now();
    delete(address, Some("b")).expect(503);
    // Nobody asks in `a` any more, and it makes room.
    while delete(address, Some("b")).status != 200 {
        assert!(left.elapsed() < Duration::from_secs(20), "it is still there");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(left.elapsed() >= Duration::from_millis(900), "{:?}", left.elapsed());
    delete(address, Some("a")).expect(503);
}

#[test]
fn the_journal_is_as_large_as_is_said() {
    let (_server, address) = started(&["--journal", "2", "--journal-body", "5"]);
    for _ in 0..3 {
        delete(address, None).expect(200);
    }
    let told = journal(address);
    assert_eq!((told["entries"].as_array().unwrap().len(), &told["dropped"]), (2, &json!(1)));
    assert_eq!(told["entries"][0]["request"]["body"], json!(MODELS_BODY.get(..5)));
    for option in ["--journal-bytes", "--journal-total-bytes"] {
        let (_server, address) = started(&[option, "4000"]);
        for _ in 0..40 {
            delete(address, None).expect(200);
        }
        let kept = journal(address)["entries"].as_array().unwrap().len();
        assert!((1..20).contains(&kept), "{option}: {kept}");
    }
    let (_server, address) = started(&["--journal", "0"]);
    delete(address, None).expect(200);
    assert_eq!(journal(address)["entries"], json!([]));
}
