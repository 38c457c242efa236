#![no_main]
//! A body against the schema of a contract, or against a schema of its own: what is valid is JSON, what is not has reasons.
//!
//! An input is a number from 0 to 4, a line break, and a body for that contract; or `schema`, and a schema and a body with a
//! line of three dashes between them.

use bulk_delete_core::json::Value;
use bulk_delete_core::problem::Problems;
use bulk_delete_core::request::limits::Limits;
use bulk_delete_core::request::schema::Schema;
use bulk_delete_core::request::validate::{Listing, check_body};
use bulk_delete_core::request::violation::Rule;
use bulk_delete_fuzz::contracts;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some(line) = input.iter().position(|byte| *byte == b'\n') else { return };
    let (first, rest) = (&input[..line], &input[line + 1..]);
    match first {
        b"schema" => {
            const RULE: &[u8] = b"\n---\n";
            let Some(at) = rest.windows(RULE.len()).position(|part| part == RULE) else { return };
            let Ok(document) = Value::parse(&rest[..at]) else { return };
            let mut problems = Problems::new("schema");
            match Schema::compile(&document, "", &mut problems) {
                Some(schema) => validate(&rest[at + RULE.len()..], &schema),
                None => assert!(!problems.is_empty()),
            }
        }
        [digit @ b'0'..=b'4'] => {
            if let Some(body) = &contracts()[usize::from(digit - b'0')].operation.body {
                validate(rest, &body.schema);
            }
        }
        _ => {}
    }
});

fn validate(body: &[u8], schema: &Schema) {
    let checked = check_body(body, schema, &[], &Limits::default());
    let malformed = checked.violations.iter().any(|violation| violation.rule == Rule::Json);
    match Value::parse(body) {
        Ok(_) => assert!(!malformed, "{:?}", checked.violations),
        // A tree also refuses what the schema has its own words for.
        Err(_) => assert!(!checked.violations.is_empty()),
    }
    if malformed {
        assert_eq!(checked.violations.len(), 1);
    }
    if checked.listing == Listing::CutShort {
        assert!(!checked.violations.is_empty());
    }
    for violation in &checked.violations {
        assert!(violation.pointer.starts_with("/body"), "{violation:?}");
        assert!(!violation.message().is_empty());
    }
    // The same again is the same.
    assert_eq!(check_body(body, schema, &[], &Limits::default()), checked);
}
