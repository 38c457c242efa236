//! How callers prove who they are, end to end: tokens that are made, log-ins, JSON Web Tokens, request signatures.

use crate::client::Reply;
use crate::running::{MODELS, MODELS_BODY, Running};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};

const PROGRAMS: &str = "/programs/v2/spaces/default/programs?ids=summer-roadshow-2025";
const APPLICATIONS: &str = "/v2/applications/batch-delete";
const APPLICATIONS_BODY: &str = r#"{"project_id":"0a38ce9ba3c740c199a0f872b6163661","application_ids":["eac65c10c5c34df1824af96ec93a9eea"]}"#;

fn make(server: &Running, request: serde_json::Value) -> String {
    let reply = server.control("POST", "tokens", &request.to_string()).expect(201);
    reply.json()["token"].as_str().unwrap().to_owned()
}

fn delete_programs(server: &Running, token: &str) -> Reply {
    server.send("DELETE", PROGRAMS, &[("Authorization", &format!("Bearer {token}"))], "")
}

#[test]
fn a_made_token_works_until_it_expires_and_outlives_a_reset() {
    let server = Running::start();
    let token = make(&server, json!({"caller": "ada", "contract": "anaplan-models", "expires-in": 60}));
    let token = format!("AnaplanAuthToken {token}");
    server.delete_models(&token).expect(200);
    server.control("POST", "reset", "").expect(204);
    server.delete_models(&token).expect(200);
    server.control("POST", "clock", r#"{"advance":60}"#).expect(200);
    server.delete_models(&token).expect(401);
    server.control("POST", "reset", "").expect(204);
    server.delete_models(&token).expect(200);
}

#[test]
fn a_web_token_carries_scopes_and_expires() {
    let server = Running::start();
    let made = |more: serde_json::Value| {
        let mut request = json!({"caller": "ada", "contract": "seismic-programs"});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        make(&server, request)
    };
    let view = made(json!({"scopes": ["seismic.programs.view"]}));
    delete_programs(&server, &view).expect(403);
    let none = made(json!({"scopes": []}));
    delete_programs(&server, &none).expect(403);
    let short = made(json!({"expires-in": 10}));
    server.control("POST", "clock", r#"{"advance":10}"#).expect(200);
    delete_programs(&server, &short).expect(401);
    delete_programs(&server, "a.b.c").expect(401);
    delete_programs(&server, "ada-token").expect(401);
    server.send("DELETE", PROGRAMS, &[], "").expect(401);
    delete_programs(&server, &made(json!({}))).expect(200);
    delete_programs(&server, &made(json!({}))).expect(404);
    let key = &server.control("GET", "jwks.json", "").expect(200).json()["keys"][0];
    assert_eq!((&key["kty"], &key["alg"], &key["d"]), (&json!("EC"), &json!("ES256"), &json!(null)));
}

#[test]
fn one_header_may_carry_either_kind() {
    let server = Running::start();
    let delete = |token: &str| {
        let headers = [("Authorization", &*format!("Bearer {token}")), ("Content-Type", "application/json")];
        server.send("POST", "/api/v1/experiences/bulk-delete/", &headers, r#"{"ids":[1]}"#)
    };
    delete("ada-token").expect(200);
    delete("nobody").expect(401);
    delete("a.b.c").expect(401);
    let dotted = r#"{"callers":[{"id":"eve","tokens":["looks.like.one"]}]}"#;
    server.control("PATCH", "world", dotted).expect(204);
    delete("looks.like.one").expect(200);
    delete(&make(&server, json!({"caller": "ada", "contract": "aisquare-experiences"}))).expect(200);
}

#[test]
fn a_log_in_gives_a_token_and_a_log_out_ends_it() {
    let server = Running::start();
    let login =
        |credentials: &str| server.send("POST", "/token/authenticate", &[("Authorization", credentials)], "");
    login("Basic YWRhQGV4YW1wbGUuY29tOndyb25n").expect(401);
    login("Basic !!").expect(400);
    login("Bearer ada-token").expect(401);
    let reply = login("Basic YWRhQGV4YW1wbGUuY29tOmFkYS1wYXNzd29yZA==").expect(201).json();
    let token = format!("AnaplanAuthToken {}", reply["tokenInfo"]["tokenValue"].as_str().unwrap());
    server.delete_models(&token).expect(200);
    server.send("POST", "/token/logout", &[("Authorization", &token)], "").expect(204);
    server.delete_models(&token).expect(401);
    // A token that the world names is back after a reset.
    let own = "AnaplanAuthToken ada-token";
    server.send("POST", "/token/logout", &[("Authorization", own)], "").expect(204);
    server.delete_models(own).expect(401);
    server.control("POST", "reset", "").expect(204);
    server.delete_models(own).expect(200);
}

#[test]
fn a_log_in_expires() {
    let server = Running::start();
    let basic =
        [("Authorization", "Basic YWRhQGV4YW1wbGUuY29tOmFkYS1wYXNzd29yZA=="), ("Content-Length", "0")];
    let reply = server.send("POST", "/token/authenticate", &basic, "").expect(201).json();
    let token = format!("AnaplanAuthToken {}", reply["tokenInfo"]["tokenValue"].as_str().unwrap());
    server.control("POST", "clock", r#"{"advance":2099}"#).expect(200);
    server.delete_models(&token).expect(200);
    server.control("POST", "clock", r#"{"advance":1}"#).expect(200);
    server.delete_models(&token).expect(401);
}

/// Signs the call as a client would, from the canonical form written out.
fn sign(server: &Running, access: &str, secret: &str, date: &str, body: &str) -> String {
    let hash =
        |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let names = "content-type;host;x-sdk-date";
    let canonical = format!(
        "POST\n{APPLICATIONS}/\n\ncontent-type:application/json\nhost:{}\nx-sdk-date:{date}\n\n{names}\n{}",
        server.address,
        hash(body.as_bytes())
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("SDK-HMAC-SHA256\n{date}\n{}", hash(canonical.as_bytes())).as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("SDK-HMAC-SHA256 Access={access}, SignedHeaders={names}, Signature={signature}")
}

#[test]
fn a_signature_proves_the_caller() {
    let server = Running::start();
    let send = |authorization: &str, date: &str, body: &str| {
        let headers =
            [("Authorization", authorization), ("X-Sdk-Date", date), ("Content-Type", "application/json")];
        server.send("POST", APPLICATIONS, &headers, body)
    };
    let now = "20261121T220300Z";
    let good = sign(&server, "ADAACCESSKEY", "ada-secret", now, APPLICATIONS_BODY);
    let wrong = sign(&server, "ADAACCESSKEY", "bob-secret", now, APPLICATIONS_BODY);
    let unknown = sign(&server, "NOBODY", "ada-secret", now, APPLICATIONS_BODY);
    let old = sign(&server, "ADAACCESSKEY", "ada-secret", "20261121T214759Z", APPLICATIONS_BODY);
    send(&wrong, now, APPLICATIONS_BODY).expect(401);
    send(&unknown, now, APPLICATIONS_BODY).expect(401);
    send(&old, "20261121T214759Z", APPLICATIONS_BODY).expect(401);
    send(&good, now, &APPLICATIONS_BODY.replace("eac65", "3ba2a")).expect(401);
    send("SDK-HMAC-SHA256 Access=ADAACCESSKEY", now, APPLICATIONS_BODY).expect(401);
    let result = send(&good, now, APPLICATIONS_BODY).expect(200).json();
    assert_eq!(result["result"][0]["status"], "success", "{result}");
    let audit = server.control("GET", "audit", "").expect(200).json();
    assert_eq!(
        (&audit["entries"][0]["caller"], &audit["entries"][0]["outcome"]),
        (&json!("ada"), &json!("deleted"))
    );
}

#[test]
fn either_of_two_credentials_suffices() {
    let server = Running::start();
    let now = "20261121T220300Z";
    let good = sign(&server, "ADAACCESSKEY", "ada-secret", now, APPLICATIONS_BODY);
    for (token, authorization, status) in [
        ("ada-token", "", 200),
        ("", good.as_str(), 200),
        ("nobody", good.as_str(), 200),
        ("ada-token", "SDK-HMAC-SHA256 nonsense", 200),
        ("", "", 401),
        ("nobody", "Bearer ada-token", 401),
    ] {
        let headers = [
            ("X-Auth-Token", token),
            ("Authorization", authorization),
            ("X-Sdk-Date", now),
            ("Content-Type", "application/json"),
        ];
        server.send("POST", APPLICATIONS, &headers, APPLICATIONS_BODY).expect(status);
    }
}

#[test]
fn a_header_that_cannot_be_read_proves_nothing() {
    let server = Running::start();
    for authorization in ["AnaplanAuthToken", "AnaplanAuthToken a b", "Basic ada-token", "ada-token", ""] {
        server.delete_models(authorization).expect(401);
    }
    let twice = [
        ("Authorization", "AnaplanAuthToken ada-token"),
        ("Authorization", "AnaplanAuthToken bob-token"),
        ("Content-Type", "application/json"),
    ];
    server.send("POST", MODELS, &twice, MODELS_BODY).expect(401);
}
