#![no_main]
//! A contract folder, as bytes: it is refused with reasons, or what it says can be carried out.
//!
//! An input is a number from 0 to 4, a line break, and the policy of that contract; or `openapi`, and an OpenAPI document
//! and a policy with a line of three dashes between them.

use bulk_delete_core::contract::credential::Credential;
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::json::Value;
use bulk_delete_core::service::Service;
use bulk_delete_fuzz::{NOW, Sent, check, folders, token};
use bulk_delete_mock::folder::{Folder, Loaded, load};
use bulk_delete_mock::mock::{Chance, Clock, Mock, first_bearer};
use libfuzzer_sys::fuzz_target;
use std::borrow::Cow;

fuzz_target!(|input: &[u8]| {
    let Some(line) = input.iter().position(|byte| *byte == b'\n') else { return };
    let (first, rest) = (&input[..line], &input[line + 1..]);
    match first {
        b"openapi" => {
            const RULE: &[u8] = b"\n---\n";
            let Some(at) = rest.windows(RULE.len()).position(|part| part == RULE) else { return };
            carry_out(&rest[..at], &rest[at + RULE.len()..], None);
        }
        [digit @ b'0'..=b'4'] => {
            let folder = &folders()[usize::from(digit - b'0')];
            carry_out(&folder.openapi, rest, Some(folder));
        }
        _ => {}
    }
});

fn carry_out(openapi: &[u8], policy: &[u8], folder: Option<&Folder>) {
    let contract = match Contract::load(Documents { name: "fuzzed", openapi, policy }) {
        Ok(contract) => contract,
        Err(problems) => {
            assert!(!problems.is_empty());
            return;
        }
    };
    let path = contract.operation.path.as_str().replace(['{', '}'], "");
    let method = contract.operation.method.clone();
    let Ok(service) = Service::new(vec![contract]) else { return };
    assert!(service.route(&method, &path).is_some(), "{method} {path}");
    let Some(folder) = folder else { return };
    // Where the built-in world fits, the contract's own first exchange must be answered.
    let folder = Folder { policy: Cow::Owned(policy.to_vec()), ..folder.clone() };
    let Ok(Loaded { contracts, seed, .. }) = load(std::slice::from_ref(&folder), None) else { return };
    let Ok(mock) = Mock::new(contracts, seed, Clock::frozen(NOW), Chance::new([1; 32])) else { return };
    let start =
        folder.start.as_ref().and_then(|start| Value::parse(start).ok()).expect("each has a first exchange");
    let sent = first_request(&mock, start.get("request").expect("it asks something"));
    let response = sent.answer(&mock);
    // The policy may say any status, 500 among them.
    if response.status != 500 && (200..600).contains(&response.status) {
        check(&response);
    }
}

/// The request of an example, with a credential of its caller's where the contract still takes one.
fn first_request(mock: &Mock, request: &Value) -> Sent {
    let text = |name| request.get(name).and_then(Value::as_str);
    let mut lines = format!("{} {}", text("method").unwrap_or_default(), text("path").unwrap_or_default());
    if let Some(query) = text("query") {
        lines.push('?');
        lines.push_str(query);
    }
    let contract = &mock.contracts()[0];
    if let Some(Credential::Token { header, scheme } | Credential::Jwt { header, scheme }) =
        first_bearer(contract)
    {
        let scheme = scheme.as_deref().unwrap_or_default();
        lines.push_str(&format!("\n{header}: {scheme} {}", token(mock, contract)));
    }
    let body = request.get("body").map(Value::to_text).unwrap_or_default();
    lines.push_str(&format!("\ncontent-type: application/json\n\n{body}"));
    Sent::read(lines.as_bytes()).unwrap_or_else(|| Sent::read(b"GET /").expect("this is a request"))
}
