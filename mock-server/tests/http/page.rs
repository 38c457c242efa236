//! The page that is served where no contract answers: its files, how they are encoded, and what browsers are told.

use crate::running::{ADA, MODELS, Running};

const FILES: &[(&str, &[u8])] = &[
    ("index.html", b"<!doctype html><title>Page</title>"),
    ("index.html.gz", b"gzipped"),
    ("index.html.br", b"brotlied"),
    ("src/main.js", b"export {};"),
    ("engine.wasm", b"\0asm"),
    // A contract's path, which is the contract's.
    ("2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels", b"not this"),
];

#[test]
fn the_root_is_the_page() {
    let server = Running::with_page(FILES);
    let reply = server.send("GET", "/", &[], "").expect(200);
    assert_eq!(reply.body, FILES[0].1);
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(reply.header("x-bulk-delete-mock"), Some(env!("CARGO_PKG_VERSION")));
    let policy = reply.header("content-security-policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    let head = server.send("HEAD", "/?api=x", &[], "").expect(200);
    assert_eq!(head.header("content-length"), Some("34"));
    assert_eq!(head.header("etag"), reply.header("etag"));
}

#[test]
fn files_have_their_types() {
    let server = Running::with_page(FILES);
    for (path, media_type) in [
        ("/src/main.js", "text/javascript; charset=utf-8"),
        ("/engine.wasm", "application/wasm"),
        ("/index.html", "text/html; charset=utf-8"),
    ] {
        assert_eq!(server.send("GET", path, &[], "").expect(200).header("content-type"), Some(media_type));
    }
    for path in ["/src", "/src/", "/../Cargo.toml", "/src/..%2findex.html", "/index.html.gz", "//index.html"]
    {
        server.send("GET", path, &[], "").expect(404);
    }
}

#[test]
fn what_is_compressed_goes_to_those_who_take_it() {
    let server = Running::with_page(FILES);
    for (accepted, encoding, body) in [
        ("gzip, deflate, br", Some("br"), &b"brotlied"[..]),
        ("gzip", Some("gzip"), b"gzipped"),
        ("br;q=0, gzip;q=0.5", Some("gzip"), b"gzipped"),
        ("identity", None, FILES[0].1),
    ] {
        let reply = server.send("GET", "/", &[("Accept-Encoding", accepted)], "").expect(200);
        assert_eq!(reply.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(reply.body, body, "{accepted}");
        assert_eq!(reply.header("vary"), Some("Accept-Encoding"));
        let tag = reply.header("etag").unwrap().to_owned();
        let headers = [("Accept-Encoding", accepted), ("If-None-Match", tag.as_str())];
        let again = server.send("GET", "/", &headers, "").expect(304);
        assert!(again.body.is_empty(), "{accepted}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
    }
    server.send("GET", "/", &[("If-None-Match", "\"another\"")], "").expect(200);
}

#[test]
fn contracts_come_first_and_other_methods_are_theirs() {
    let server = Running::with_page(FILES);
    server.send("GET", MODELS, &[], "").expect(405);
    server.delete_models(ADA).expect(200);
    server.send("POST", "/", &[], "").expect(404);
    server.send("GET", "/__mock/health", &[], "").expect(200);
}

#[test]
fn without_a_page_the_root_says_how_to_get_one() {
    let server = Running::start();
    let reply = server.send("GET", "/", &[], "").expect(404);
    let said = String::from_utf8(reply.body).unwrap();
    assert!(said.contains("cargo xtask serve") && said.contains("/__mock/"), "{said}");
}
