//! What a contract says of the shape of its requests: how many ids, whether they are all alike, and which properties.

use crate::common::{EACH, OPENAPI, replaced, try_load};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::request::ids::IdKind;

const LIST: &str = r#"{ "type": "array", "minItems": 1, "items": { "type": "string" } }"#;
const BODY: &str = r##""schema": { "$ref": "#/components/schemas/Notes" }"##;

/// The contract, with another schema for its list of ids.
fn with_list(list: &str) -> Contract {
    load_openapi(&replaced(OPENAPI, LIST, list))
}

/// The contract, with more said of its whole body than that it is notes.
fn with_body(more: &str) -> Contract {
    let both =
        format!(r##""schema": {{ "allOf": [ {{ "$ref": "#/components/schemas/Notes" }}, {more} ] }}"##);
    load_openapi(&replaced(OPENAPI, BODY, &both))
}

fn load_openapi(openapi: &str) -> Contract {
    try_load(openapi, EACH).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The contract, with its ids in the query and their schema there.
fn with_query(schema: &str) -> Contract {
    let parameter = format!(r#"{{ "name": "id", "in": "query", "explode": true, "schema": {schema} }},"#);
    let openapi =
        replaced(OPENAPI, r#"{ "name": "withPages""#, &format!(r#"{parameter} {{ "name": "withPages""#));
    let openapi = replaced(&openapi, r#""required": ["noteIds"], "#, "");
    let policy = replaced(EACH, r#""at": "/body/noteIds" }"#, r#""at": "/query/id" }"#);
    try_load(&openapi, &policy).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn the_bounds_are_the_narrowest_of_all_that_hold() {
    for (list, bounds) in [
        (LIST, (Some(1), None)),
        (r#"{ "type": "array", "items": { "type": "string" } }"#, (None, None)),
        (r#"{ "type": "array", "items": { "type": "string" }, "maxItems": 7 }"#, (None, Some(7))),
        (
            r#"{ "allOf": [ { "minItems": 2, "maxItems": 9 }, { "minItems": 3 }, { "maxItems": 8 } ], "type": "array", "items": { "type": "string" } }"#,
            (Some(3), Some(8)),
        ),
    ] {
        assert_eq!(with_list(list).bounds(), bounds, "{list}");
    }
    let body = r#"{ "properties": { "noteIds": { "maxItems": 4 }, "dry": { "maxItems": 2 } } }"#;
    assert_eq!(with_body(body).bounds(), (Some(1), Some(4)));
    let query =
        with_query(r#"{ "type": "array", "minItems": 2, "maxItems": 5, "items": { "type": "string" } }"#);
    assert_eq!(query.bounds(), (Some(2), Some(5)));
}

#[test]
fn ids_are_alike_where_nothing_but_type_and_number_is_asked() {
    for (list, alike) in [
        (LIST, true),
        (r#"{ "type": ["array", "null"], "maxItems": 3, "items": { "type": ["integer", "string"] } }"#, true),
        // Something is asked of each id, or nothing at all is said of them.
        (r#"{ "type": "array", "items": { "type": "string", "minLength": 1 } }"#, false),
        (r#"{ "type": "array", "items": { "type": "integer", "minimum": 1 } }"#, false),
        (r#"{ "type": "array", "items": { "type": "string", "enum": ["a", "b"] } }"#, false),
        (r#"{ "type": "array", "items": { "allOf": [ { "type": "string" }, { "maxLength": 9 } ] } }"#, false),
        (r#"{ "type": "array", "items": { "type": "string", "maxItems": 2 } }"#, false),
        (r#"{ "type": "array", "items": { "type": "string", "required": ["id"] } }"#, false),
        (r#"{ "type": "array", "items": false }"#, false),
        // Something is asked of the list besides its length.
        (r#"{ "type": "array", "uniqueItems": true, "items": { "type": "string" } }"#, false),
        (r#"{ "type": "array", "minLength": 2, "items": { "type": "string" } }"#, false),
        (r#"{ "type": "array", "minimum": 2, "items": { "type": "string" } }"#, false),
        (r#"{ "type": "array", "required": ["x"], "items": { "type": "string" } }"#, false),
        (r#"{ "enum": [["a"], ["b"]], "items": { "type": "string" } }"#, false),
    ] {
        assert_eq!(with_list(list).ids_are_alike(), alike, "{list}");
    }
    for (body, alike) in [
        (r#"{ "type": "object", "required": ["dry"] }"#, true),
        (r#"{ "properties": { "noteIds": { "uniqueItems": true } } }"#, false),
        (r#"{ "enum": [{ "noteIds": ["a"] }] }"#, false),
        (r#"{ "type": ["object", "string"], "minLength": 3 }"#, false),
        (r#"{ "type": ["object", "number"], "minimum": 3 }"#, false),
    ] {
        assert_eq!(with_body(body).ids_are_alike(), alike, "{body}");
    }
    assert!(!with_query(r#"{ "type": "array", "items": { "type": "string" } }"#).ids_are_alike());
}

#[test]
fn ids_are_of_the_kinds_that_their_schema_takes() {
    use IdKind::{Integer, Text};
    for (list, kinds) in [
        (LIST, &[Text][..]),
        (r#"{ "type": "array", "items": { "type": "integer" } }"#, &[Integer]),
        (r#"{ "type": "array", "items": { "type": ["integer", "string"] } }"#, &[Text, Integer]),
        (
            r#"{ "type": "array", "items": { "allOf": [ { "maxLength": 9 }, { "type": "string" } ] } }"#,
            &[Text],
        ),
    ] {
        let contract = with_list(list);
        let taken: Vec<_> = [Text, Integer].into_iter().filter(|kind| contract.takes_ids_of(*kind)).collect();
        assert_eq!(taken, kinds, "{list}");
    }
}

#[test]
fn the_properties_of_a_body_are_those_of_all_its_parts() {
    assert_eq!(with_list(LIST).body_properties(), ["dry", "noteIds"]);
    let more = with_body(r#"{ "properties": { "why": { "type": "string" } } }"#);
    assert_eq!(more.body_properties(), ["dry", "noteIds", "why"]);
}
