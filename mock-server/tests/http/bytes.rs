//! What comes in over a raw connection: broken, slow, huge, many at once.

use crate::running::{ADA, MODEL, MODELS, MODELS_BODY, Running};
use bulk_delete_mock::server::Limits;
use std::time::{Duration, Instant};

fn quick() -> Limits {
    Limits {
        body: 4_096,
        body_timeout: Duration::from_millis(300),
        idle_timeout: Duration::from_millis(500),
        ..Limits::default()
    }
}

fn head(server: &Running, more: &str) -> String {
    format!(
        "POST {MODELS} HTTP/1.1\r\nHost: {}\r\nAuthorization: {ADA}\r\nContent-Type: application/json\r\n{more}\r\n",
        server.address
    )
}

fn nothing_changed(server: &Running) {
    let changes = server.control("GET", "changes", "").expect(200).json();
    assert_eq!(changes["deleted"], serde_json::json!([]));
}

#[test]
fn a_body_that_is_announced_as_too_large_is_refused_unread() {
    let server = Running::with(quick(), "127.0.0.1:0");
    let mut client = server.connect();
    client.write(head(&server, "Content-Length: 4097\r\n").as_bytes());
    assert_eq!(client.reply().expect(413).json()["path"], MODELS);
    nothing_changed(&server);
}

#[test]
fn a_peer_that_writes_all_before_it_reads_sees_the_answer() {
    let server = Running::with(quick(), "127.0.0.1:0");
    let mut client = server.connect();
    client.write(head(&server, "Content-Length: 15000\r\n").as_bytes());
    client.write(&vec![b' '; 15_000]);
    client.reply().expect(413);
    // And the connection goes on.
    client.write(head(&server, &format!("Content-Length: {}\r\n", MODELS_BODY.len())).as_bytes());
    client.write(MODELS_BODY.as_bytes());
    client.reply().expect(200);
}

#[test]
fn a_connection_goes_on_behind_a_body_that_nobody_has_looked_at() {
    let server = Running::start();
    let mut client = server.connect();
    for _ in 0..3 {
        client.write(
            format!(
                "POST /__mock/reset HTTP/1.1\r\nHost: {}\r\nOrigin: https://evil.example\r\n\
                 Transfer-Encoding: chunked\r\n\r\n",
                server.address
            )
            .as_bytes(),
        );
        client.write(b"1\r\n{\r\n");
        client.reply().expect(403);
        client.write(b"1\r\n}\r\n0\r\n\r\n");
    }
    client.write(head(&server, &format!("Content-Length: {}\r\n", MODELS_BODY.len())).as_bytes());
    client.write(MODELS_BODY.as_bytes());
    client.reply().expect(200);
}

#[test]
fn chunks_are_counted_as_they_come() {
    let server = Running::with(quick(), "127.0.0.1:0");
    let mut client = server.connect();
    client.write(head(&server, "Transfer-Encoding: chunked\r\n").as_bytes());
    for _ in 0..5 {
        client.try_write(format!("400\r\n{}\r\n", " ".repeat(1_024)).as_bytes());
    }
    client.try_write(b"0\r\n\r\n");
    client.reply().expect(413);
    nothing_changed(&server);
}

#[test]
fn chunks_make_one_body() {
    let server = Running::start();
    let mut client = server.connect();
    client.write(head(&server, "Transfer-Encoding: chunked\r\n").as_bytes());
    for part in MODELS_BODY.as_bytes().chunks(7) {
        client.write(format!("{:x}\r\n", part.len()).as_bytes());
        client.write(part);
        client.write(b"\r\n");
    }
    client.write(b"0\r\n\r\n");
    assert_eq!(client.reply().expect(200).json()["modelsDeleted"], 1);
}

#[test]
fn chunks_that_are_not_well_formed_are_refused() {
    let server = Running::start();
    let mut client = server.connect();
    client.write(head(&server, "Transfer-Encoding: chunked\r\n").as_bytes());
    client.try_write(b"zz\r\n{}\r\n0\r\n\r\n");
    assert_eq!(client.reply().expect(400).json()["path"], MODELS);
    nothing_changed(&server);
}

#[test]
fn a_slow_body_is_given_up() {
    let server = Running::with(quick(), "127.0.0.1:0");
    let mut client = server.connect();
    let began = Instant::now();
    client.write(head(&server, "Content-Length: 100\r\n").as_bytes());
    client.write(b"{\"modelIdsToDelete\":[");
    assert_eq!(client.reply().expect(408).json()["path"], MODELS);
    assert!(began.elapsed() < Duration::from_secs(5));
    nothing_changed(&server);
}

#[test]
fn a_body_that_breaks_off_is_the_contracts_to_refuse() {
    let server = Running::start();
    let mut client = server.connect();
    client.write(head(&server, "Content-Length: 1000\r\nOrigin: http://a.example\r\n").as_bytes());
    client.write(MODELS_BODY.as_bytes());
    client.end_writing();
    let reply = client.reply().expect(400);
    assert_eq!(reply.header("access-control-allow-origin"), Some("http://a.example"));
    let told = reply.json();
    assert_eq!(
        (&told["status"]["message"], &told["path"]),
        (&"Error parsing request body as JSON".into(), &MODELS.into())
    );
    nothing_changed(&server);
}

#[test]
fn no_call_goes_on_without_the_rest_of_its_body() {
    let server = Running::start();
    server.delete_models(ADA).expect(200);
    for (method, path) in [("POST", "/__mock/reset"), ("DELETE", "/__mock/world"), ("PUT", "/__mock/world")] {
        let mut client = server.connect();
        let head =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: 9\r\n\r\n{{}}", server.address);
        client.write(head.as_bytes());
        client.end_writing();
        client.reply().expect(400);
    }
    let changes = server.control("GET", "changes", "").expect(200).json();
    assert_eq!(changes["deleted"][0]["id"], MODEL);
}

#[test]
fn a_connection_without_a_whole_request_is_closed() {
    let server = Running::with(quick(), "127.0.0.1:0");
    let health = format!("GET /__mock/health HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    for (before, begin) in [
        ("", ""),
        ("", "P"),
        ("", "POST / HTTP/1.1\r\nHost: a"),
        ("", "PRI * HTTP/2.0\r\n\r\nSM"),
        (&*health, ""),
        (&*health, "POST / HTTP/1.1\r\nHost: a"),
    ] {
        let mut client = server.connect();
        client.write(before.as_bytes());
        if !before.is_empty() {
            client.reply().expect(200);
        }
        client.write(begin.as_bytes());
        let began = Instant::now();
        assert!(client.is_ended(), "{begin}");
        assert!(began.elapsed() < Duration::from_secs(10), "{begin}");
    }
}

#[test]
fn a_connection_that_goes_on_asking_may_stay() {
    let limits = Limits { idle_timeout: Duration::from_secs(1), ..Limits::default() };
    let server = Running::with(limits, "127.0.0.1:0");
    let mut client = server.connect();
    let request = format!("GET /__mock/health HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    for _ in 0..8 {
        client.write(request.as_bytes());
        client.reply().expect(200);
        std::thread::sleep(Duration::from_millis(300));
    }
}

#[test]
fn a_token_of_20_000_characters_works() {
    let server = Running::start();
    let token = "t".repeat(20_000);
    let world = format!(
        r#"{{"callers":[{{"id":"eve","tokens":["{token}"],"grants":[{{"container":"workspace/75A40874E6B64FA3AE0743278996850F","roles":["workspace-administrator"]}}]}}]}}"#
    );
    server.control("PATCH", "world", &world).expect(204);
    server.delete_models(&format!("AnaplanAuthToken {token}")).expect(200);
    server.delete_models(&format!("AnaplanAuthToken {token}t")).expect(401);
}

#[test]
fn too_many_and_too_large_headers_are_refused() {
    let server = Running::start();
    for more in
        ["X-A: b\r\n".repeat(3_000), "X-A: b\r\n".repeat(101), format!("X-A: {}\r\n", "b".repeat(2 << 20))]
    {
        let mut client = server.connect();
        client.try_write(head(&server, &more).as_bytes());
        client.reply().expect(431);
    }
    nothing_changed(&server);
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let server = Running::start();
    let mut client = server.connect();
    let call = head(&server, &format!("Content-Length: {}\r\n", MODELS_BODY.len())) + MODELS_BODY;
    let health = format!("GET /__mock/health HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    let unknown = format!("GET /nowhere HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    client.write([call.as_str(), &health, &unknown, &call].concat().as_bytes());
    assert_eq!(client.reply().expect(200).json()["modelsDeleted"], 1);
    assert_eq!(client.reply().expect(200).json()["status"], "ok");
    client.reply().expect(404);
    assert_eq!(client.reply().expect(200).json()["modelsDeleted"], 0);
}

#[test]
fn a_peer_that_waits_to_go_on_is_told_to() {
    let server = Running::with(quick(), "127.0.0.1:0");
    let mut client = server.connect();
    let length = format!("Content-Length: {}\r\nExpect: 100-continue\r\n", MODELS_BODY.len());
    client.write(head(&server, &length).as_bytes());
    client.reply().expect(100);
    client.write(MODELS_BODY.as_bytes());
    client.reply().expect(200);
    // Unless the body would be refused anyway.
    let mut client = server.connect();
    client.write(head(&server, "Content-Length: 5000\r\nExpect: 100-continue\r\n").as_bytes());
    client.reply().expect(413);
}

#[test]
fn what_is_not_http_is_refused() {
    let server = Running::start();
    for bytes in [
        &b"\0\0\0\0\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        let mut client = server.connect();
        client.write(bytes);
        client.end_writing();
        if !client.is_ended() {
            client.reply().expect(400);
        }
    }
    server.control("GET", "health", "").expect(200);
}

#[test]
fn bodies_in_any_bytes_get_the_contracts_own_error() {
    let server = Running::start();
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    for body in [
        &b"{"[..],
        b"\xff\xfe",
        b"{\"modelIdsToDelete\":[\"\xff\"]}",
        br#"{"modelIdsToDelete":["\ud800"]}"#,
        br#"{"modelIdsToDelete":["a"],"modelIdsToDelete":["b"]}"#,
        br#"{"modelIdsToDelete":[1e999999999]}"#,
        b"\0",
        &deep,
    ] {
        let mut client = server.connect();
        client.write(head(&server, &format!("Content-Length: {}\r\n", body.len())).as_bytes());
        client.write(body);
        assert_eq!(client.reply().expect(400).json()["path"], MODELS);
    }
    nothing_changed(&server);
}

/// It would be read as if it were not, and be told to be no JSON.
#[test]
fn a_body_that_is_encoded_is_of_a_media_type_that_is_not_taken() {
    let server = Running::start();
    let send = |encoding: &str, body: &str| {
        let headers =
            [("Authorization", ADA), ("Content-Type", "application/json"), ("Content-Encoding", encoding)];
        server.send("POST", MODELS, &headers, body)
    };
    for encoding in ["gzip", "br, gzip", "x-gzip", "Identity, deflate"] {
        let told = send(encoding, MODELS_BODY).expect(415).json();
        assert_eq!(told["status"]["message"], "Unsupported Media Type", "{told}");
    }
    nothing_changed(&server);
    let journal = server.control("GET", "journal", "").expect(200).json();
    let told = &journal["entries"][0]["violations"][0]["message"];
    assert_eq!(told, "must be application/json, is Content-Encoding: gzip", "{journal}");
    let headers = journal["entries"][0]["request"]["headers"].to_string();
    assert!(headers.contains("application/json"), "it is kept as it came: {headers}");
    // In the contract's own words, which may name what was sent.
    let headers = [("Authorization", "Bearer ada-token"), ("Content-Encoding", "gzip")];
    let told = server
        .send("POST", "/api/v1/experiences/bulk-delete/", &headers, r#"{"ids":[1]}"#)
        .expect(415)
        .json();
    assert_eq!(told["detail"], "Unsupported media type \"Content-Encoding: gzip\" in request.");
    send("IDENTITY", MODELS_BODY).expect(200);
}
