//! Where in a request things stand: paths, queries and bodies as documents describe them.

use crate::bench::{Asked, Bench, ask};
use crate::common::{EACH, OPENAPI, expect_problem, replaced, try_load};
use bulk_delete_core::contract::path::{Fit, PathTemplate};

#[test]
fn a_place_names_one_thing() {
    for place in
        ["/path/", "/path/boxId/x", "/query/", "/query/boxId/x", "/body", "/body/", "/bodyboxId", "/header/x"]
    {
        let policy = replaced(EACH, "\"/path/boxId\"", &format!("\"{place}\""));
        expect_problem(
            try_load(OPENAPI, &policy),
            "policy.json",
            "/container/id",
            "is no place in a request",
            place,
        );
    }
}

#[test]
fn ids_in_a_query_are_spelled_as_the_documents_say() {
    let ids = r#"{ "name": "ids", "in": "query", "required": true, "schema": { "type": "array", "items": { "type": "string" } } }"#;
    let openapi = replaced(OPENAPI, "\"parameters\": [", &format!("\"parameters\": [ {ids},"));
    let openapi =
        replaced(&openapi, "\"requestBody\": { \"required\": true", "\"requestBody\": { \"required\": false");
    let policy = replaced(EACH, "\"/body/noteIds\"", "\"/query/ids\"");
    let commas = replaced(&openapi, "\"in\": \"query\",", "\"in\": \"query\", \"explode\": false,");
    // What the policy says beside, it says of other things than the spelling.
    let compared =
        replaced(&policy, "\"query\": {", "\"query\": { \"ids\": { \"compare\": \"ignore-case\" },");
    let spelled = replaced(&policy, "\"query\": {", "\"query\": { \"ids\": { \"spellings\": [\"commas\"] },");
    let rows = [
        (&openapi, &policy, "ids=n2&ids=n3", 2),
        (&openapi, &policy, "ids=n2,n3", 1),
        (&openapi, &compared, "ids=n2&ids=n3", 2),
        (&openapi, &spelled, "ids=n2,n3", 2),
        (&commas, &policy, "ids=n2,n3", 2),
        (&commas, &compared, "ids=n2,n3", 2),
    ];
    for (openapi, policy, query, count) in rows {
        let (status, body) = Bench::of(openapi, policy).told(Asked { query: Some(query), ..ask("") });
        assert_eq!((status, body.matches("\"id\"").count()), (200, count), "{query} {body}");
    }
}

#[test]
fn a_path_may_be_percent_encoded_from_its_first_byte() {
    for path in ["/a/b", "/%61/b", "/a/%62", "/%61/%62"] {
        let template = PathTemplate::parse("/a/b").expect("this is a template");
        assert_eq!(template.fit(path), Fit::Whole(vec![]), "{path}");
    }
}
