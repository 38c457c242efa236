//! Values of another kind than is read there: each is told, and none is passed over.

use crate::common::{EACH, OPENAPI, expect_problem, replaced, try_load};

/// (text, its replacement, pointer of the problem, part of its message), in the policy.
const POLICIES: &[(&str, &str, &str, &str)] = &[
    (
        "{ \"check\": \"exists\", \"else\": \"unknown\" },",
        "{ \"check\": \"exists\", \"else\": \"unknown\" }, 7,",
        "/checks/item/1",
        "must be an object, is an integer",
    ),
    (
        "{ \"check\": \"valid\", \"else\": \"violations\" },",
        "{ \"check\": \"valid\", \"else\": \"violations\" }, \"role\",",
        "/checks/caller/2",
        "must be an object, is a string",
    ),
    (
        "\"header\": \"X-Key\" }",
        "\"header\": \"X-Key\" }, null",
        "/credentials/1",
        "must be an object, is null",
    ),
];

/// The same for the OpenAPI document.
const OPENAPIS: &[(&str, &str, &str, &str)] = &[
    (
        "\"parameters\": [",
        "\"parameters\": [ true,",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/0",
        "must be an object, is a boolean",
    ),
    (
        "\"requestBody\": {",
        "\"requestBody\": 7, \"callbacks\": {",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/requestBody",
        "must be an object, is an integer",
    ),
];

#[test]
fn what_must_be_an_object_is_told() {
    for (from, to, pointer, message) in POLICIES {
        let loaded = try_load(OPENAPI, &replaced(EACH, from, to));
        expect_problem(loaded, "policy.json", pointer, message, to);
    }
    for (from, to, pointer, message) in OPENAPIS {
        let loaded = try_load(&replaced(OPENAPI, from, to), EACH);
        expect_problem(loaded, "openapi.json", pointer, message, to);
    }
}

#[test]
fn a_whole_document_of_another_kind_is_told_once() {
    for (openapi, policy, document) in [("[]", EACH, "openapi.json"), (OPENAPI, "[]", "policy.json")] {
        let Err(problems) = try_load(openapi, policy) else { panic!("{document} loads") };
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told, [format!("{document}#: must be an object, is an array")]);
    }
}
