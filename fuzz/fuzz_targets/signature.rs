#![no_main]
//! Credentials, as bytes: nobody gets in who was not let in.
//!
//! An input is a request as on the wire (see `Sent::read`) that presents a signature or a token in `authorization`.

use bulk_delete_core::request::call::Request;
use bulk_delete_core::time::Timestamp;
use bulk_delete_fuzz::{NOW, Sent, changes, check, key, mock, web_token};
use bulk_delete_mock::credentials::sdk_hmac_sha256::{ALGORITHM, parse, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if let Ok(text) = std::str::from_utf8(input) {
        let _ = parse(text);
        only_what_was_signed(text);
    }
    let Some(sent) = Sent::read(input) else { return };
    let mut admitted = false;
    sent.with(|request| {
        let Some(text) = request.header("authorization") else { return };
        if let Some(parts) = text.strip_prefix(ALGORITHM).map(str::trim_ascii) {
            admitted = signature(parts, request);
        }
        if let Some(token) = text.strip_prefix("Bearer ") {
            only_what_was_signed(token.trim_ascii());
        }
    });
    let mock = mock();
    let response = sent.answer(mock);
    check(&response);
    let other_ways_in = sent.with(|request| {
        request.header("x-auth-token").is_some()
            || request.header("authorization").is_none_or(|text| !text.starts_with(ALGORITHM))
    });
    if !admitted && !other_ways_in && !sent.is_control() {
        assert!(
            response.status >= 300 || sent.with(|request| request.method == "OPTIONS"),
            "{sent:?} {response:?}"
        );
        assert_eq!(changes(mock), b"{\"deleted\":[],\"orphaned\":[],\"changed\":[],\"cleanups\":[]}");
    }
});

/// Whether the signature is right for one of the world's keys. It cannot be right for two, nor at any time.
fn signature(parts: &str, request: &Request<'_>) -> bool {
    let Ok(signed) = parse(parts) else { return false };
    assert!(!signed.access.is_empty());
    assert!(
        signed.headers.is_sorted()
            && signed.headers.contains(&"host")
            && signed.headers.contains(&"x-sdk-date")
    );
    let right = |secret: &str, now: Timestamp| verify(&signed, request, secret.as_bytes(), now).is_ok();
    let by = ["ada-secret", "bob-secret", "cleo-secret", "dan-secret", ""].map(|secret| right(secret, NOW));
    assert!(by.iter().filter(|right| **right).count() <= 1);
    assert!(!right("ada-secret", Timestamp(0)) || !right("ada-secret", NOW));
    by.contains(&true)
}

/// The key accepts the one token that it has signed here, and no other.
fn only_what_was_signed(token: &str) {
    if token != web_token() {
        assert!(key().verify(token).is_err(), "{token}");
    }
}
