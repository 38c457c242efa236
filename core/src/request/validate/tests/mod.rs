//! What is found in bodies, as tables of `pointer rule limit actual property`.

mod plain_items;

use super::{Captured, Checked, Listing, Wanted, check_body};
use crate::json::Value;
use crate::problem::Problems;
use crate::request::limits::Limits;
use crate::request::schema::Schema;

fn schema(text: &str) -> Schema {
    let root = Value::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut problems = Problems::new("schema");
    Schema::compile(&root, "", &mut problems).unwrap_or_else(|| panic!("{text}: {problems:?}"))
}

fn check(schema_text: &str, body: &[u8], wanted: &[&str]) -> Checked {
    let wanted: Vec<Wanted> = wanted.iter().map(|pointer| Wanted::new(pointer)).collect();
    check_body(body, &schema(schema_text), &wanted, &Limits::default())
}

fn told(schema_text: &str, body: &str) -> Vec<String> {
    let part = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    check(schema_text, body.as_bytes(), &[])
        .violations
        .iter()
        .map(|it| {
            format!(
                "{} {} {} {} {}",
                it.pointer,
                it.rule,
                part(&it.limit),
                part(&it.actual),
                part(&it.property)
            )
        })
        .collect()
}

const IDS: &str = r#"{"type": "object", "required": ["ids"], "properties": {"ids": {"type": "array", "minItems": 1, "maxItems": 3,
    "uniqueItems": true, "items": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-z]+$"}}}, "additionalProperties": false}"#;

#[test]
fn finds_every_violation_in_order() {
    for (schema, body, expected) in [
        (IDS, r#"{"ids": ["ab", "cde"]}"#, &[][..]),
        (IDS, r#"{}"#, &["/body required - - ids"]),
        (IDS, "null", &["/body type object null -"]),
        (IDS, "[]", &["/body type object array -"]),
        (IDS, r#"{"ids": null}"#, &["/body/ids type array null -"]),
        (IDS, r#"{"ids": []}"#, &["/body/ids minItems 1 0 -"]),
        (
            IDS,
            r#"{"x/y": {"ids": 1}, "ids": ["a", 7, "ABCDE", {"a": []}, "a"], "z": null}"#,
            &[
                "/body/x~1y additionalProperties - - x/y",
                "/body/ids/0 minLength 2 1 -",
                "/body/ids/1 type string integer -",
                "/body/ids/2 maxLength 4 5 -",
                "/body/ids/2 pattern ^[a-z]+$ ABCDE -",
                "/body/ids/3 type string object -",
                "/body/ids/4 minLength 2 1 -",
                "/body/ids maxItems 3 5 -",
                "/body/ids uniqueItems 0 4 -",
                "/body/z additionalProperties - - z",
            ],
        ),
        (
            IDS,
            r#"{"ids": ["ab"], "ids": [1.5]}"#,
            &["/body/ids duplicate-property - - ids", "/body/ids/0 type string number -"],
        ),
        (r#"{"items": {"type": "integer"}}"#, "[7101.0, 1e1050, 1e999999999, -0, 9007199254740993]", &[]),
        (
            r#"{"items": {"type": "integer"}}"#,
            r#"[1.5, 1e-1, "7", true, null]"#,
            &[
                "/body/0 type integer number -",
                "/body/1 type integer number -",
                "/body/2 type integer string -",
                "/body/3 type integer boolean -",
                "/body/4 type integer null -",
            ],
        ),
        (r#"{"type": ["integer", "null"]}"#, "\"x\"", &["/body type integer or null string -"]),
        (r#"{"type": ["array", "string", "null"]}"#, "1", &["/body type array, string or null integer -"]),
        (r#"{"type": "number"}"#, "1.5", &[]),
        (
            r#"{"items": {"minimum": 1, "maximum": 1e2, "multipleOf": 0.5}}"#,
            "[0.5, 1, 100, 100.25, 1e999999999]",
            &[
                "/body/0 minimum 1 0.5 -",
                "/body/3 maximum 100 100.25 -",
                "/body/3 multipleOf 0.5 100.25 -",
                "/body/4 maximum 100 1e999999999 -",
            ],
        ),
        (
            r#"{"items": {"exclusiveMinimum": 1, "exclusiveMaximum": 3}}"#,
            "[1, 2, 3.0]",
            &["/body/0 exclusiveMinimum 1 1 -", "/body/2 exclusiveMaximum 3 3 -"],
        ),
        (r#"{"enum": ["a", 1, null]}"#, "1.0", &[]),
        (r#"{"enum": ["a", 1, null]}"#, "\"b\"", &["/body enum \"a\", 1 or null b -"]),
        (r#"{"enum": ["a", 1, null]}"#, "{\"a\": 1}", &["/body enum \"a\", 1 or null object -"]),
        (r#"{"const": {"a": [1, {"b": 2, "c": 3}]}}"#, r#"{"a": [1.0, {"c": 3, "b": 2e0}]}"#, &[]),
        (r#"{"const": {"a": [1]}}"#, r#"{"a": [2]}"#, &["/body const {\"a\":[1]} object -"]),
        (r#"{"const": false}"#, "0", &["/body const false 0 -"]),
        (r#"{"uniqueItems": true}"#, r#"[1, true, "1", [1], {"a": 1}, null, 0, false, "", []]"#, &[]),
        (
            r#"{"uniqueItems": true}"#,
            r#"[{"a": 1, "b": [2]}, 1, {"b": [2.0], "a": 1}, 1]"#,
            &["/body uniqueItems 0 2 -"],
        ),
        (r#"{"uniqueItems": true}"#, "[0, 1, -0.0]", &["/body uniqueItems 0 2 -"]),
        (
            r#"{"items": {"uniqueItems": true}, "uniqueItems": true}"#,
            "[[1, [2], [2]], [3], [1, [2], [2]]]",
            &["/body/0 uniqueItems 1 2 -", "/body/2 uniqueItems 1 2 -", "/body uniqueItems 0 2 -"],
        ),
        ("false", "1", &["/body false - - -"]),
        (r#"{"items": false}"#, "[[]]", &["/body/0 false - - -"]),
        (r#"{"properties": {"a": false}}"#, r#"{"a": 1}"#, &["/body/a false - - -"]),
        (
            r##"{"allOf": [{"required": ["a"]}, {"$ref": "#/$defs/x"}, {"$ref": "#/$defs/x"}], "type": "object", "$defs": {"x": {"required": ["a", "b"], "type": "object"}}}"##,
            "{}",
            &["/body required - - a", "/body required - - b"],
        ),
        (r##"{"allOf": [{"type": "object"}], "type": "object"}"##, "1", &["/body type object integer -"]),
        (
            r##"{"properties": {"next": {"$ref": "#"}}, "additionalProperties": false}"##,
            r#"{"next": {"next": {"nest": {}}}}"#,
            &["/body/next/next/nest additionalProperties - - nest"],
        ),
        (
            r##"{"additionalProperties": {"items": {"type": "null"}}, "properties": {"p": true}}"##,
            r#"{"p": [1], "q~": [null, [0]]}"#,
            &["/body/q~0/1 type null array -"],
        ),
        // Several schemas for one property, and some of them again for the next.
        (
            r##"{"allOf": [{"properties": {"a": {"type": "string"}, "b": {"$ref": "#/$defs/x"}}}, {"properties": {"a": {"maxLength": 2}, "b": {"maxLength": 2}}},
                {"properties": {"a": {"$ref": "#/$defs/x"}, "b": {"type": "string"}}}], "$defs": {"x": {"pattern": "^x", "type": ["string", "null"]}}}"##,
            r#"{"a": "abc", "b": "abcd", "a~": "abc"}"#,
            &[
                "/body/a maxLength 2 3 -",
                "/body/a pattern ^x abc -",
                "/body/b pattern ^x abcd -",
                "/body/b maxLength 2 4 -",
            ],
        ),
        // Items that need no look are counted.
        (
            r#"{"items": {"type": "string"}}"#,
            r#"["a", "b", "c", 1, "d"]"#,
            &["/body/3 type string integer -"],
        ),
        (
            r#"{"items": {"type": "integer"}, "maxItems": 11}"#,
            "[1, 22, 333,4444,55555,666666,7777777,0,88888888,9,10,\"x\"]",
            &["/body/11 type integer string -", "/body maxItems 11 12 -"],
        ),
        (r#"{"items": {"type": "string"}, "minItems": 3}"#, r#"["a", "b"]"#, &["/body minItems 3 2 -"]),
        // What is compared as a whole is looked at as a whole, whatever is compared within it.
        (r#"{"uniqueItems": true}"#, r#"[["a", "x"], ["b", "x"], ["b", "x"]]"#, &["/body uniqueItems 1 2 -"]),
        (
            r#"{"const": {"a": [1], "b": 2}, "properties": {"a": {"const": [1]}}}"#,
            r#"{"a": [1], "b": 3}"#,
            &["/body const {\"a\":[1],\"b\":2} object -"],
        ),
        (
            r#"{"const": {"a": [1], "b": 2}, "properties": {"a": {"const": [1]}}}"#,
            r#"{"b": 2, "a": [1]}"#,
            &[],
        ),
        (r#"{"maxLength": 2, "minLength": 2}"#, "\"\u{1F600}\\uD83D\\uDE00\"", &[]),
        (r#"{"maxLength": 1}"#, "\"\u{1F600}\u{1F600}\"", &["/body maxLength 1 2 -"]),
        (r#"{"minLength": 2}"#, "\"\u{1F600}\"", &["/body minLength 2 1 -"]),
        (r#"{"type": "string"}"#, "\"\\u0000\"", &[]),
    ] {
        assert_eq!(told(schema, body), expected, "{schema} {body}");
    }
}

#[test]
fn a_text_that_is_not_json_has_one_violation() {
    for (body, message) in [
        (&b"{\"x\": 1, \"ids\": [1,"[..], "the text ends too early at line 1, column 20"),
        (b"{\"ids\": [}", "expected a value at line 1, column 10"),
        (b"{\"x\": \"\\uD800\"}", "half of a surrogate pair stands alone at line 1, column 8"),
        (b"{\"x\": \"\xFF\"}", "bytes are not UTF-8 at line 1, column 8"),
        (b"", "expected a value at line 1, column 1"),
    ] {
        let found = check(IDS, body, &["/ids"]);
        assert_eq!(found.captured, [Captured::Absent]);
        let [violation] = found.violations.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (violation.pointer.as_str(), violation.rule.name(), violation.message().as_str()),
            ("/body", "json", message)
        );
    }
}

#[test]
fn ends_where_it_gets_too_deep() {
    let nested = |depth: usize| format!("{{\"x\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
    let found = check("{}", nested(63).as_bytes(), &[]);
    assert_eq!(found.violations, []);
    let found = check(IDS, nested(64).as_bytes(), &[]);
    let rules: Vec<_> = found.violations.iter().map(|it| it.rule.name()).collect();
    assert_eq!(rules, ["additionalProperties", "depth"]);
    assert_eq!(found.violations[1].message(), "must not nest deeper than 64");
    assert_eq!(found.violations[1].pointer, format!("/body/x{}", "/0".repeat(63)));
    // However much follows.
    let found = check("{}", "[".repeat(1_000_000).as_bytes(), &[]);
    assert_eq!(found.violations.len(), 1);
}

#[test]
fn says_when_it_stops_telling() {
    let body = format!("[{}0]", "0,".repeat(20_000));
    let found = check(r#"{"items": {"type": "string"}}"#, body.as_bytes(), &[]);
    assert_eq!((found.violations.len(), found.listing), (10_000, Listing::CutShort));
    assert_eq!(found.violations[9_999].pointer, "/body/9999");
    // Pointers repeat the names they lead through, which may be long.
    let body = format!("{{\"{}\": [{}0]}}", "x".repeat(1 << 20), "0,".repeat(9_000));
    let found = check(r#"{"additionalProperties": {"items": {"type": "string"}}}"#, body.as_bytes(), &[]);
    assert!(found.violations.len() < 10 && found.listing == Listing::CutShort);
    let broken = body.replace("]}", "]x");
    let found = check(r#"{"additionalProperties": {"items": {"type": "string"}}}"#, broken.as_bytes(), &[]);
    assert_eq!((found.violations.len(), found.listing), (1, Listing::Complete));
}

#[test]
fn captures_what_is_wanted() {
    let shown = |captured: &Captured| match captured {
        Captured::Absent => "absent".to_owned(),
        Captured::Null => "null".to_owned(),
        Captured::Boolean(value) => value.to_string(),
        Captured::Id(id) => id.to_value().to_text(),
        Captured::List(ids) => ids.iter().map(|id| id.to_value().to_text()).collect::<Vec<_>>().join(" "),
        Captured::Other => "other".to_owned(),
    };
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            r#"{"ids": ["a", 7, 7.0, "7", 1e1050, -0, 123456789012345678901234567890]}"#,
            &["/ids"],
            &["\"a\" 7 7 \"7\" 1e1050 0 123456789012345678901234567890"],
        ),
        (r#"{"ids": []}"#, &["/ids", "/x", ""], &["", "absent", "other"]),
        (
            r#"{"ids": null, "flag": true, "id": "x", "n": 7.00, "f": 1.5, "o": {}}"#,
            &["/ids", "/flag", "/id", "/n", "/f", "/o"],
            &["null", "true", "\"x\"", "7", "other", "other"],
        ),
        (r#"{"ids": [null, "a", null]}"#, &["/ids"], &["\"a\""]),
        (r#"{"ids": ["a", true]}"#, &["/ids"], &["other"]),
        (r#"{"ids": ["a", ["b"], "c"]}"#, &["/ids"], &["other"]),
        (r#"{"ids": [{"ids": ["b"]}]}"#, &["/ids"], &["other"]),
        (
            r#"{"a": {"b/c": {"d": ["x"]}, "d": 1}, "d": 2}"#,
            &["/a/b~1c/d", "/a/d", "/d", "/a", "/a/d"],
            &["\"x\"", "1", "2", "other", "1"],
        ),
        (r#"{"x": {"ids": ["a"]}, "ids": ["b"]}"#, &["/ids"], &["\"b\""]),
        (r#"[{"ids": ["a"]}]"#, &["/ids", "/0/ids", "/0", "0"], &["absent", "absent", "absent", "absent"]),
        (r#"["a", 1]"#, &["", ""], &["\"a\" 1", "\"a\" 1"]),
        (r#""a""#, &["", "/a"], &["\"a\"", "absent"]),
        (r#"{"a": ["x"]}"#, &["/a", "/a"], &["\"x\"", "\"x\""]),
        (
            r#"{"a": {"a": {"a": 1}}, "": {"": 2}}"#,
            &["/a/a/a", "/a/a", "//", "/"],
            &["1", "other", "2", "other"],
        ),
    ];
    for (body, wanted, expected) in cases {
        let found = check("{}", body.as_bytes(), wanted);
        assert_eq!(found.captured.iter().map(shown).collect::<Vec<_>>(), *expected, "{body}");
    }
}
