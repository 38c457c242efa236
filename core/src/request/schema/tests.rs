//! What compiles, and what is refused with which words.

use super::Schema;
use crate::json::Value;
use crate::problem::Problems;
use crate::request::schema::Type;

fn problems(document: &str, pointer: &str) -> Vec<(String, String)> {
    let root = Value::parse(document.as_bytes()).unwrap_or_else(|error| panic!("{document}: {error}"));
    let mut problems = Problems::new("openapi.json");
    let schema = Schema::compile(&root, pointer, &mut problems);
    assert_eq!(schema.is_none(), !problems.is_empty(), "{document}");
    problems.into_vec().into_iter().map(|problem| (problem.pointer, problem.message)).collect()
}

#[test]
fn takes_the_supported_subset() {
    for document in [
        "true",
        "false",
        "{}",
        r#"{"type": ["string", "null"], "title": "t", "description": "d", "default": 1, "examples": [1], "deprecated": true,
            "readOnly": true, "writeOnly": false, "$comment": "c", "format": "uuid", "x-assumed": true, "example": 1,
            "contentMediaType": "text/plain", "contentEncoding": "base64", "contentSchema": {}, "xml": {"name": "n"},
            "externalDocs": {"url": "https://example.com"},
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/s"}"#,
        r##"{"$ref": "#/$defs/a%25b", "maxLength": 3, "$defs": {"a%b": {"type": "string"}, "unused": {"oneOf": []}}}"##,
        r##"{"type": "object", "properties": {"next": {"$ref": "#"}, "$ref": {"type": "string"}, "$id": true}, "additionalProperties": false}"##,
        r##"{"allOf": [{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/x"}], "$defs": {"x": {"minimum": 1.5, "multipleOf": 1e-8}}}"##,
        r##"{"const": {"$ref": "#/nowhere"}, "enum": [{"oneOf": 1}]}"##,
        r#"{"minLength": 2.0, "maxItems": 1e3, "required": [], "enum": []}"#,
    ] {
        assert_eq!(problems(document, ""), [], "{document}");
    }
}

#[test]
fn refuses_the_rest_by_keyword_and_pointer() {
    for (document, pointer, message) in [
        (r#"{"oneOf": []}"#, "/oneOf", "`oneOf` is not supported here; supported are `type`,"),
        (r#"{"properties": {"a/b": {"anyOf": []}}}"#, "/properties/a~1b/anyOf", "`anyOf` is not supported"),
        (r#"{"items": {"allOf": [{"not": {}}]}}"#, "/items/allOf/0/not", "`not` is not supported"),
        (r#"{"nullable": true}"#, "/nullable", "`nullable` is not a keyword"),
        (r#"{"prefixItems": []}"#, "/prefixItems", "`prefixItems`"),
        (r#"{"properties": {"a": {"$id": "b"}}}"#, "/properties/a/$id", "`$id` is not supported here"),
        (r##"{"$anchor": "a"}"##, "/$anchor", "`$anchor`"),
        (r#"{"type": "text"}"#, "/type", "`type` must be one or more of"),
        (r#"{"type": []}"#, "/type", "`type` must be"),
        (r#"{"minLength": -1}"#, "/minLength", "`minLength` must be a whole number"),
        (r#"{"maxItems": 1.5}"#, "/maxItems", "`maxItems` must be a whole number"),
        (r#"{"minimum": "1"}"#, "/minimum", "`minimum` must be a number"),
        (r#"{"exclusiveMinimum": true}"#, "/exclusiveMinimum", "`exclusiveMinimum` must be a number"),
        (r#"{"multipleOf": 0}"#, "/multipleOf", "`multipleOf` must be a number greater than 0"),
        (r#"{"multipleOf": 1234567890123456789}"#, "/multipleOf", "`multipleOf` must have at most 18"),
        (r#"{"uniqueItems": 1}"#, "/uniqueItems", "`uniqueItems` must be true or false"),
        (r#"{"items": []}"#, "/items", "`items` must be one schema"),
        (r#"{"items": 1}"#, "/items", "a schema must be an object or a boolean, not integer"),
        (r#"{"required": ["a", "a"]}"#, "/required", "`required` must not name `a` twice"),
        (r#"{"required": [1]}"#, "/required", "`required` must be an array of strings"),
        (r#"{"required": true}"#, "/required", "`required` must be an array"),
        (r#"{"properties": []}"#, "/properties", "`properties` must be an object"),
        (r#"{"enum": 1}"#, "/enum", "`enum` must be an array"),
        (r#"{"allOf": []}"#, "/allOf", "`allOf` must not be empty"),
        (r#"{"pattern": "(?=a)"}"#, "/pattern", "`pattern` must not look ahead or behind"),
        (r#"{"$ref": 1}"#, "/$ref", "`$ref` must be a string"),
        (r#"{"$ref": "other.json"}"#, "/$ref", "`$ref` to `other.json` is not supported here"),
        (r##"{"$ref": "#anchor"}"##, "/$ref", "`$ref` to an anchor"),
        (r##"{"$ref": "#/a"}"##, "/$ref", "`$ref` to `#/a` leads nowhere"),
        (r##"{"$ref": "#/a~2"}"##, "/$ref", "`$ref` `#/a~2` is not a JSON Pointer"),
        (r##"{"$ref": "#/%FF"}"##, "/$ref", "`$ref` `#/%FF` is not UTF-8"),
        (r##"{"$ref": "#/title", "title": "x"}"##, "/title", "a schema must be an object"),
        (
            r##"{"$ref": "#/$defs/a/$defs/b", "$defs": {"a": {"$id": "x", "$defs": {"b": true}}}}"##,
            "/$ref",
            "`$ref` to `#/$defs/a/$defs/b` leads through",
        ),
        (r##"{"$ref": "#"}"##, "", "`$ref` and `allOf` lead from this schema back"),
        (
            r##"{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"allOf": [{"$ref": "#/$defs/a"}]}}}"##,
            "/$defs/a",
            "`$ref` and `allOf` lead",
        ),
        (r#"{"$schema": "http://json-schema.org/draft-07/schema#"}"#, "/$schema", "`$schema` must be"),
    ] {
        let found = problems(document, "");
        let [(at, said)] = found.as_slice() else { panic!("{document}: {found:?}") };
        assert!(at == pointer && said.starts_with(message), "{document}: {at} {said}");
    }
}

#[test]
fn tells_all_problems_at_once() {
    let found = problems(r#"{"oneOf": [], "properties": {"a": {"not": {}}, "b": {"type": 1}}}"#, "");
    assert_eq!(found.len(), 3);
}

#[test]
fn reads_schemas_inside_documents() {
    let document = r##"{"paths": {"x": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Id"}}}},
        "components": {"schemas": {"Id": {"type": ["integer", "null"]}}}}"##;
    let root = Value::parse(document.as_bytes()).expect("the document is JSON");
    let mut problems = Problems::new("openapi.json");
    let schema = Schema::compile(&root, "/paths/x/schema", &mut problems).expect("the schema is supported");
    assert!(schema.allows(Type::Array) && !schema.allows(Type::String));
    assert!(
        schema.items_allow(Type::Integer)
            && schema.items_allow(Type::Null)
            && !schema.items_allow(Type::String)
    );
    assert_eq!(
        super::tests::problems(document, "/nowhere"),
        [("/nowhere".to_owned(), "there is no schema here".to_owned())]
    );
}

#[test]
fn many_references_are_no_burden() {
    let mut defs: Vec<String> =
        (0..200).map(|n| format!(r##""d{n}": {{"$ref": "#/$defs/d{}"}}"##, n + 1)).collect();
    defs.push(r#""d200": {"type": "string"}"#.to_owned());
    let document = format!(r##"{{"$ref": "#/$defs/d0", "$defs": {{{}}}}}"##, defs.join(","));
    assert_eq!(problems(&document, ""), []);
    let mut defs: Vec<String> = (0..60)
        .map(|n| {
            format!(
                r##""d{n}": {{"allOf": [{{"$ref": "#/$defs/d{m}"}}, {{"$ref": "#/$defs/d{m}"}}]}}"##,
                m = n + 1
            )
        })
        .collect();
    defs.push(r#""d60": {"type": "string"}"#.to_owned());
    let document = format!(r##"{{"$ref": "#/$defs/d0", "$defs": {{{}}}}}"##, defs.join(","));
    assert_eq!(problems(&document, ""), []);
    let defs: Vec<String> = (0..3000)
        .map(|n| format!(r##""d{n}": {{"$ref": "#/$defs/d{}"}}"##, n + 1))
        .chain([r#""d3000": true"#.to_owned()])
        .collect();
    let document = format!(r##"{{"$ref": "#/$defs/d0", "$defs": {{{}}}}}"##, defs.join(","));
    assert_eq!(problems(&document, "").len(), 1);
}
