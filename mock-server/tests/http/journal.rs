//! The journal over HTTP: what it tells, how it is asked, what it hides, and that it does not grow without end.

use crate::client::Reply;
use crate::running::{ADA, MODEL, MODELS, MODELS_BODY, OPEN_MODEL, Running};
use bulk_delete_mock::mock::{JournalLimits, Options};
use serde_json::{Value, json};

fn entries(server: &Running, query: &str) -> Vec<Value> {
    let told = server.control("GET", &format!("journal{query}"), "").expect(200).json();
    told["entries"].as_array().unwrap().clone()
}

fn numbers(server: &Running, query: &str) -> Vec<u64> {
    entries(server, query).iter().map(|entry| entry["number"].as_u64().unwrap()).collect()
}

fn verify(server: &Running, document: &Value) -> Reply {
    server.control("POST", "journal/verify", &document.to_string())
}

#[test]
fn an_entry_tells_what_was_asked_decided_and_answered() {
    let server = Running::start();
    let answer = server.delete_models(ADA).expect(200);
    let entry = entries(&server, "").pop().unwrap();
    let text = |pointer: &str| entry.pointer(pointer).unwrap().clone();
    assert_eq!(text("/number"), 1);
    assert_eq!(text("/time"), "2026-11-21T22:03:00.000Z");
    assert_eq!(text("/session"), Value::Null);
    assert_eq!((text("/contract"), text("/operation")), (json!("anaplan-models"), json!("bulkDeleteModels")));
    assert_eq!(text("/caller"), "ada");
    assert_eq!((text("/request/method"), text("/request/path")), (json!("POST"), json!(MODELS)));
    assert_eq!(text("/request/body"), MODELS_BODY);
    assert_eq!(text("/request/body-bytes"), MODELS_BODY.len());
    assert_eq!(text("/response/status"), 200);
    assert_eq!(text("/response/body"), String::from_utf8(answer.body).unwrap());
    assert_eq!(text("/response/sent"), "whole");
    assert_eq!(text("/deleted"), json!([MODEL]));
    assert_eq!(
        text("/decision/items"),
        json!([
            {"id": MODEL, "outcome": "deleted", "is": "deleted"},
            {"id": OPEN_MODEL, "outcome": "open", "is": "failed"},
        ])
    );
    assert_eq!((text("/violations"), text("/fault")), (json!([]), Value::Null));
    let headers = [("Authorization", ADA), ("Content-Type", "application/json")];
    server.send("POST", MODELS, &headers, r#"{"modelIdsToDelete":7}"#).expect(400);
    let entry = entries(&server, "").pop().unwrap();
    assert_eq!(entry["violations"][0]["pointer"], "/body/modelIdsToDelete");
    assert_eq!(entry["decision"], Value::Null);
    server.send("GET", "/nowhere?a=b", &[], "").expect(404);
    let entry = entries(&server, "").pop().unwrap();
    assert_eq!((&entry["contract"], &entry["request"]["query"]), (&Value::Null, &json!("a=b")));
    assert_eq!(entries(&server, "").len(), 3, "the control API is not in it");
}

#[test]
fn faults_are_told() {
    let server = Running::start();
    server.control("POST", "faults", r#"{"connection":"dropped-after"}"#).expect(201);
    let mut client = server.connect();
    let length = MODELS_BODY.len();
    client.write(
        format!("POST {MODELS} HTTP/1.1\r\nHost: a.localhost\r\nX-Mock-Session: w\r\nAuthorization: {ADA}\r\nContent-Type: application/json\r\nPrefer: code=503\r\nContent-Length: {length}\r\n\r\n{MODELS_BODY}")
            .as_bytes(),
    );
    client.reply_to("POST").expect(503);
    let in_session = server.send("GET", "/__mock/journal", &[("X-Mock-Session", "w")], "").expect(200).json();
    assert_eq!(in_session["entries"][0]["fault"], "prefer");
    assert_eq!(in_session["entries"][0]["session"], "w");
    let mut client = server.connect();
    client.write(
        format!("POST {MODELS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {ADA}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{MODELS_BODY}")
            .as_bytes(),
    );
    assert!(client.is_ended());
    let entry = entries(&server, "").pop().unwrap();
    assert_eq!((&entry["fault"], &entry["response"]["sent"]), (&json!(1), &json!("dropped")));
    assert_eq!(entry["deleted"], json!([MODEL]), "the deletion came before");
}

#[test]
fn a_reading_can_be_narrowed() {
    let server = Running::start();
    server.delete_models(ADA).expect(200);
    server.delete_models("AnaplanAuthToken bob-token").expect(403);
    server.delete_models("AnaplanAuthToken nobody").expect(401);
    server.send("DELETE", "/programs/v2/spaces/default/programs?ids=a", &[], "").expect(401);
    for (query, found) in [
        ("", vec![1, 2, 3, 4]),
        ("?contract=anaplan-models", vec![1, 2, 3]),
        ("?contract=seismic-programs", vec![4]),
        ("?operation=bulkDeleteModels&status=403", vec![2]),
        ("?caller=ada", vec![1]),
        ("?caller=", vec![3, 4]),
        ("?id=a", vec![4]),
        (&format!("?id={MODEL}"), vec![1, 2, 3]),
        ("?since=2", vec![3, 4]),
        ("?limit=2", vec![3, 4]),
        ("?method=DELETE", vec![4]),
        ("?limit=0", vec![]),
    ] {
        assert_eq!(numbers(&server, query), found, "{query}");
    }
    for (query, said) in [
        ("?caler=ada", "no filter"),
        ("?status=ok", "whole number"),
        ("?limit=-1", "whole number"),
        ("?limit", "whole number"),
        // What nothing is called would narrow to nothing.
        ("?contract=anaplan", "unknown contract: served are seismic-programs"),
        ("?operation=deleteModels", "unknown operation: there are"),
        ("?contract=seismic-programs&operation=bulkDeleteModels", "unknown operation: there are"),
        ("?caller=adda", "`caller`: the world has no caller of this id"),
    ] {
        let told = server.control("GET", &format!("journal{query}"), "").expect(400).json();
        let message = told["error"]["message"].as_str().unwrap();
        assert!(message.contains(said), "{query}: {message}");
    }
    server.control("DELETE", "journal", "").expect(204);
    assert_eq!(numbers(&server, ""), [0; 0]);
    server.delete_models(ADA).expect(200);
    assert_eq!(numbers(&server, ""), [5], "numbers are not given twice");
    server.control("POST", "reset", "").expect(204);
    assert_eq!(numbers(&server, ""), [0; 0]);
}

#[test]
fn secrets_are_masked() {
    let server = Running::start();
    let basic = "Basic YWRhQGV4YW1wbGUuY29tOmFkYS1wYXNzd29yZA==";
    let login =
        server.send("POST", "/token/authenticate", &[("Authorization", basic)], "").expect(201).json();
    let token = login["tokenInfo"]["tokenValue"].as_str().unwrap();
    server.delete_models(&format!("AnaplanAuthToken {token}")).expect(200);
    server.send(
        "POST",
        "/v2/applications/batch-delete?access_token=hidden-1",
        &[("X-Auth-Token", "hidden-2"), ("Cookie", "a=hidden-3"), ("Content-Type", "application/json")],
        r#"{"password":"hidden-4","application_ids":["a"]}"#,
    );
    let signature = "SDK-HMAC-SHA256 Access=hidden-5, SignedHeaders=host;x-sdk-date, Signature=hidden-6";
    server.send("POST", "/v2/applications/batch-delete", &[("Authorization", signature)], "");
    let asked = r#"{"contract":"seismic-programs","caller":"ada"}"#;
    let made = server.control("POST", "tokens", asked).expect(201).json();
    let web_token = made["token"].as_str().unwrap();
    let bearer = format!("Bearer {web_token}");
    server.send("DELETE", "/programs/v2/spaces/default/programs?ids=a", &[("Authorization", &bearer)], "");
    let told = server.control("GET", "journal", "").expect(200);
    let text = String::from_utf8(told.body).unwrap();
    let (_, signed) = web_token.rsplit_once('.').unwrap();
    for secret in [
        token,
        web_token,
        signed,
        "hidden-5",
        "hidden-6",
        "YWRhQ",
        "hidden-1",
        "hidden-2",
        "hidden-3",
        "hidden-4",
        login["tokenInfo"]["refreshTokenId"].as_str().unwrap(),
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(
        text.contains("\"authorization\":\"Basic ***\"") && text.contains("AnaplanAuthToken ***"),
        "{text}"
    );
    assert!(text.contains("access_token=***") && text.contains("\"x-auth-token\":\"***\""), "{text}");
}

#[test]
fn what_was_asked_can_be_asserted() {
    let server = Running::start();
    server.delete_models(ADA).expect(200);
    server.delete_models(ADA).expect(200);
    server.delete_models("AnaplanAuthToken nobody").expect(401);
    for (document, matching) in [
        (json!({}), vec![1, 2, 3]),
        (json!({"count": 3}), vec![1, 2, 3]),
        (
            json!({"caller": "ada", "contract": "anaplan-models", "operation": "bulkDeleteModels", "status": 200, "deleted": [MODEL], "count": 1}),
            vec![1],
        ),
        (json!({"deleted": [], "status": 200}), vec![2]),
        (json!({"ids": [OPEN_MODEL, MODEL], "count": {"at-least": 2, "at-most": 3}}), vec![1, 2, 3]),
        (json!({"outcomes": {MODEL: "unknown", OPEN_MODEL: "open"}, "count": 1}), vec![2]),
        (json!({"caller": null, "status": 401}), vec![3]),
        (json!({"id": "no-such", "count": 0}), vec![]),
        (json!({"since": 1, "count": 2}), vec![2, 3]),
        (json!({"method": "POST", "path": MODELS}), vec![1, 2, 3]),
        (json!({"path": "/2/0/models", "count": 0}), vec![]),
        (json!({"violation": "/body/modelIdsToDelete", "count": 0}), vec![]),
    ] {
        let told = verify(&server, &document).expect(200).json();
        assert_eq!(told, json!({"matched": matching.len(), "matching": matching}), "{document}");
    }
}

#[test]
fn what_was_wrong_with_a_request_can_be_asserted() {
    let server = Running::start();
    let headers = [("Authorization", ADA), ("Content-Type", "application/json")];
    server.send("POST", MODELS, &headers, r#"{"modelIdsToDelete":["a",7]}"#).expect(400);
    let told = verify(&server, &json!({"violation": "/body/modelIdsToDelete/1", "count": 1})).expect(200);
    assert_eq!(told.json()["matching"], json!([1]));
    let told = verify(&server, &json!({"violation": "/body/modelIdsToDelete/0"})).expect(422).json();
    assert_eq!(told["error"]["nearest"][0]["differences"][0]["actual"], json!(["/body/modelIdsToDelete/1"]));
}

#[test]
fn a_difference_is_readable() {
    let server = Running::start();
    server.delete_models("AnaplanAuthToken bob-token").expect(403);
    server.delete_models(ADA).expect(200);
    let told = verify(&server, &json!({"caller": "ada", "deleted": [MODEL, OPEN_MODEL], "count": 1}))
        .expect(422)
        .json();
    let error = &told["error"];
    assert_eq!(error["message"], "expected exactly 1 of the 2 requests in the journal to match, and 0 did");
    assert_eq!(error["nearest"][0]["number"], 2);
    assert_eq!(
        error["nearest"][0]["differences"],
        json!([{"property": "deleted", "expected": [MODEL, OPEN_MODEL], "actual": [MODEL]}])
    );
    assert_eq!(
        error["text"],
        format!(
            "expected exactly 1 of the 2 requests in the journal to match, and 0 did\n\n\
             request 2: POST {MODELS} 200\n  deleted\n  - [\"{MODEL}\",\"{OPEN_MODEL}\"]\n  + [\"{MODEL}\"]\n\n\
             request 1: POST {MODELS} 403\n  caller\n  - \"ada\"\n  + \"bob\"\n  deleted\n  - [\"{MODEL}\",\"{OPEN_MODEL}\"]\n  + []"
        )
    );
    let error = &verify(&server, &json!({"count": 0})).expect(422).json()["error"];
    assert_eq!(error["matching"], json!([1, 2]));
    assert!(error["text"].as_str().unwrap().contains(&format!("request 1: POST {MODELS} 403")), "{error}");
    for wrong in [
        json!({"contract": "none", "count": 0}),
        json!({"operation": "deleteModels", "count": 0}),
        json!({"contract": "seismic-programs", "operation": "bulkDeleteModels", "count": 0}),
        json!({"outcomes": {MODEL: "delted"}, "count": 0}),
        json!({"contract": "codearts-applications", "outcomes": {MODEL: "open"}, "count": 0}),
        json!({"caller": "adda", "count": 0}),
        json!({"count": {"at-least": 2, "at-most": 1}}),
        json!([]),
    ] {
        verify(&server, &wrong).expect(400);
    }
    // What is the name of an outcome here may just not have happened; and a caller may not have asked.
    verify(&server, &json!({"contract": "anaplan-models", "outcomes": {MODEL: "open"}, "count": 0}))
        .expect(200);
    verify(&server, &json!({"caller": "cleo", "count": 0})).expect(200);
}

#[test]
fn a_caller_whom_the_world_has_no_longer_can_be_asked_for() {
    let server = Running::start();
    server.delete_models(ADA).expect(200);
    let world = server.control("GET", "world", "").expect(200).json().to_string();
    server.control("PUT", "world", &world.replace("\"ada\"", "\"eve\"")).expect(204);
    verify(&server, &json!({"caller": "ada", "count": 1})).expect(200);
    assert_eq!(numbers(&server, "?caller=ada"), [1]);
    // Now nobody and nothing is of this name.
    server.control("DELETE", "journal", "").expect(204);
    verify(&server, &json!({"caller": "ada", "count": 0})).expect(400);
}

#[test]
fn it_does_not_grow_without_end() {
    let journal = JournalLimits { entries: 5, body: 40, ..JournalLimits::default() };
    let server = Running::behaving(Options { journal, ..Options::default() });
    for _ in 0..8 {
        server.delete_models(ADA).expect(200);
    }
    let told = server.control("GET", "journal", "").expect(200).json();
    assert_eq!((numbers(&server, ""), &told["dropped"]), (vec![4, 5, 6, 7, 8], &json!(3)));
    let request = &told["entries"][0]["request"];
    assert_eq!((&request["body"], &request["body-cut"]), (&json!(MODELS_BODY.get(..40)), &json!(true)));
    assert_eq!(request["body-bytes"], MODELS_BODY.len());
    let journal = JournalLimits { total_bytes: 8_000, bytes: 6_000, ..JournalLimits::default() };
    let server = Running::behaving(Options { journal, ..Options::default() });
    for _ in 0..60 {
        server.delete_models(ADA).expect(200);
    }
    let alone = numbers(&server, "").len();
    assert!((1..10).contains(&alone), "{alone}");
    server.control("DELETE", "journal", "").expect(204);
    for number in 0..60 {
        let session = format!("w{}", number % 3);
        let headers =
            [("Authorization", ADA), ("Content-Type", "application/json"), ("X-Mock-Session", &session)];
        server.send("POST", MODELS, &headers, MODELS_BODY).expect(200);
    }
    let kept: Vec<usize> = (0..3)
        .map(|number| {
            let headers = [("X-Mock-Session", &*format!("w{number}"))];
            let told = server.send("GET", "/__mock/journal", &headers, "").expect(200).json();
            told["entries"].as_array().unwrap().len()
        })
        .collect();
    assert!(kept.iter().all(|kept| *kept > 0) && kept.iter().sum::<usize>() < 12, "{kept:?}");
    // One that alone is too large is not kept at all.
    let many: Vec<String> = (0..2_000).map(|number| format!("\"{number}\"")).collect();
    let body = format!(r#"{{"modelIdsToDelete":[{}]}}"#, many.join(","));
    let before = numbers(&server, "");
    let headers = [("Authorization", ADA), ("Content-Type", "application/json")];
    server.send("POST", MODELS, &headers, &body).expect(200);
    assert_eq!(numbers(&server, ""), before);
    let server =
        Running::behaving(Options { journal: JournalLimits { entries: 0, ..journal }, ..Options::default() });
    server.delete_models(ADA).expect(200);
    assert_eq!(numbers(&server, ""), [0; 0]);
}

#[test]
fn everything_is_counted_for_prometheus() {
    let server = Running::start();
    server.delete_models(ADA).expect(200);
    server.delete_models("AnaplanAuthToken bob-token").expect(403);
    server.send("GET", "/nowhere", &[("X-Mock-Session", "w")], "").expect(404);
    server.control("POST", "faults", r#"{"status":503}"#).expect(201);
    server.delete_models(ADA).expect(503);
    server.control("POST", "reset", "").expect(204);
    let told = server.control("GET", "metrics", "").expect(200);
    assert_eq!(told.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let text = String::from_utf8(told.body).unwrap();
    for line in [
        "# TYPE bulk_delete_mock_requests_total counter",
        r#"bulk_delete_mock_requests_total{contract="anaplan-models",status="200"} 1"#,
        r#"bulk_delete_mock_requests_total{contract="anaplan-models",status="403"} 1"#,
        r#"bulk_delete_mock_requests_total{contract="anaplan-models",status="503"} 1"#,
        r#"bulk_delete_mock_requests_total{contract="",status="404"} 1"#,
        r#"bulk_delete_mock_items_total{contract="anaplan-models",outcome="deleted"} 1"#,
        r#"bulk_delete_mock_items_total{contract="anaplan-models",outcome="open"} 1"#,
        "bulk_delete_mock_faults_total 1",
        "bulk_delete_mock_request_seconds_count 4",
        "bulk_delete_mock_sessions 1",
    ] {
        assert!(text.lines().any(|own| own == line), "{line} in\n{text}");
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (_, number) = line.rsplit_once(' ').unwrap();
        assert!(number.parse::<f64>().is_ok(), "{line}");
    }
}
