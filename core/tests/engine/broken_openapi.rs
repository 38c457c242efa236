//! What an OpenAPI document must not be: each row breaks one thing, and is told where, and what to do.

use crate::common::{EACH, OPENAPI, expect_problem, replaced, try_load};

/// (text, its replacement, pointer of the problem, part of its message), in the OpenAPI document.
const OPENAPIS: &[(&str, &str, &str, &str)] = &[
    ("\"openapi\"", "openapi", "", "is not JSON"),
    ("\"3.1.0\"", "\"2.0\"", "/openapi", "give a document of OpenAPI 3.1"),
    ("\"3.1.0\"", "\"4.0.0\"", "/openapi", "give a document of OpenAPI 3.1"),
    ("\"3.1.0\"", "3.1", "/openapi", "give a document of OpenAPI 3.1"),
    ("\"openapi\": \"3.1.0\"", "\"swagger\": \"2.0\"", "/swagger", "give a document of OpenAPI 3.1"),
    ("\"paths\"", "\"routes\"", "", "`paths` is missing"),
    ("\"deleteNotes\"", "\"removeNotes\"", "/paths", "has the `operationId` `deleteNotes`"),
    ("/boxes/{boxId}/", "/boxes/x{boxId}/", "/paths/~1boxes~1x{boxId}~1notes~1bulk-delete", "is no path"),
    (
        "\"name\": \"boxId\"",
        "\"name\": \"box\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post",
        "the path parameter `boxId` is not described",
    ),
    (
        "\"in\": \"query\"",
        "\"in\": \"cookie\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/1/in",
        "parameters in `cookie` are not supported",
    ),
    (
        "\"application/json\"",
        "\"text/xml\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/requestBody/content",
        "only JSON bodies are read",
    ),
    (
        "\"post\"",
        "\"options\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/options",
        "a server answers it by itself",
    ),
    (
        "\"in\": \"query\"",
        "\"in\": \"query\", \"style\": \"pipeDelimited\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/1/style",
        "only the style `form` is read here",
    ),
    (
        "\"in\": \"path\"",
        "\"in\": \"path\", \"style\": \"matrix\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/0/style",
        "only the style `simple` is read here",
    ),
    (
        "\"in\": \"query\"",
        "\"in\": \"query\", \"explode\": \"no\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/1/explode",
        "must be true or false",
    ),
    (
        "\"required\": true, \"schema\"",
        "\"required\": \"yes\", \"schema\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/parameters/0/required",
        "must be true or false",
    ),
    (
        "\"application/json\": {",
        "\"application/notes+json\": { \"schema\": { \"type\": \"object\" } }, \"application/json\": {",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/requestBody/content/application~1json/schema",
        "another schema than that of the JSON before it",
    ),
    (
        "\"minItems\": 1",
        "\"minContains\": 1",
        "/components/schemas/Notes/properties/noteIds/minContains",
        "minContains",
    ),
    (
        "\"#/components/schemas/Notes\"",
        "\"#/components/schemas/Boxes\"",
        "/paths/~1boxes~1{boxId}~1notes~1bulk-delete/post/requestBody/content/application~1json/schema/$ref",
        "",
    ),
];

#[test]
fn what_is_wrong_in_an_openapi_document_is_told_with_its_place() {
    for (from, to, pointer, message) in OPENAPIS {
        let openapi = replaced(OPENAPI, from, to);
        expect_problem(try_load(&openapi, EACH), "openapi.json", pointer, message, to);
    }
}

#[test]
fn a_document_of_openapi_3_0_is_read_where_it_means_the_same() {
    for version in ["3.0.3", "3.1", "3.1.1", "3.2.0"] {
        assert!(try_load(&replaced(OPENAPI, "3.1.0", version), EACH).is_ok(), "{version}");
    }
    const LIST: &str = "\"minItems\": 1";
    let schema = "/components/schemas/Notes/properties/noteIds";
    for (only, pointer, message) in [
        ("\"nullable\": true", "nullable", "write `\"type\": [\"string\", \"null\"]`"),
        ("\"minimum\": 0, \"exclusiveMinimum\": true", "exclusiveMinimum", "must be a number"),
    ] {
        let openapi = replaced(&replaced(OPENAPI, "3.1.0", "3.0.3"), LIST, only);
        expect_problem(
            try_load(&openapi, EACH),
            "openapi.json",
            &format!("{schema}/{pointer}"),
            message,
            only,
        );
    }
}
