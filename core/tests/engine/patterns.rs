//! Keywords of schemas at their bounds: which patterns load, what they match, and how long lists are told.

use crate::common::{EACH, OPENAPI, replaced, try_load};
use crate::requests::violations;

const ITEM: &str = r#""items": { "type": "string" }"#;

/// What is wrong with the contract, or nothing, where its ids have this schema.
fn problems(schema: &str) -> Vec<String> {
    let openapi = replaced(OPENAPI, ITEM, &format!(r#""items": {schema}"#));
    let problems = try_load(&openapi, EACH).err().unwrap_or_default();
    problems.iter().filter(|problem| problem.document == "openapi.json").map(ToString::to_string).collect()
}

/// Whether this is an id by that schema.
fn accepts(schema: &str, id: &str) -> bool {
    told(schema, id).is_empty()
}

fn told(schema: &str, id: &str) -> Vec<String> {
    let openapi = replaced(OPENAPI, ITEM, &format!(r#""items": {schema}"#));
    let contract = try_load(&openapi, EACH).unwrap_or_else(|problems| panic!("{problems:#?}"));
    violations(contract, &format!(r#"{{"noteIds":[{id}]}}"#))
}

#[test]
fn patterns_load_where_they_can_be_matched_in_linear_time() {
    let pattern = |pattern: &str| format!(r#"{{ "type": "string", "pattern": "{pattern}" }}"#);
    for (source, problem) in [
        ("^a{100000}$", None),
        ("^a{0,100000}$", None),
        ("^a{100001}$", Some("repeats more than 100000 times")),
        ("^a{2,100001}$", Some("repeats more than 100000 times")),
        ("^a{5,2}$", Some("more often at least than at most")),
        ("^a{2,2}$", None),
        (r"(a)\\1", Some("must not refer back to a group")),
        (r"(?<n>a)\\k<n>", Some("must not refer back to a group")),
        ("^(?<name>a)$", None),
        ("(?<name", Some("has a group whose name does not end")),
        ("(?<=a)b", Some("must not look ahead or behind")),
        ("(?<!a)b", Some("must not look ahead or behind")),
        ("(?=a)b", Some("must not look ahead or behind")),
        ("(?i)a", Some("has a group of a kind that is not supported here")),
    ] {
        let problems = problems(&pattern(source));
        match problem {
            None => assert_eq!(problems, Vec::<String>::new(), "{source}"),
            Some(part) => assert!(problems.iter().any(|told| told.contains(part)), "{source}: {problems:?}"),
        }
    }
    for (source, id, accepted) in [
        (r"^[\\b]$", r#""\b""#, true),
        (r"^[\\b]$", r#""b""#, false),
        ("^[^\u{0}-/]+$", r#""09""#, true),
        ("^[^\u{0}-/]+$", r#""0/9""#, false),
        ("^[^a-c]$", r#""d""#, true),
        ("^[^a-c]$", r#""c""#, false),
        ("^a*ab$", r#""aab""#, true),
        ("^a*[ab]b$", r#""ab""#, true),
        ("^a+b{2,3}c?$", r#""abb""#, true),
        ("^a+b{2,3}c?$", r#""abbbb""#, false),
    ] {
        let source = source.replace('\u{0}', r"\\u0000");
        assert_eq!(accepts(&pattern(&source), id), accepted, "{source} {id}");
    }
}

#[test]
fn a_schema_is_named_only_as_a_whole() {
    let problems = problems(r#"{ "type": "string", "$id": "https://example.com/id" }"#);
    assert!(problems.iter().any(|told| told.contains("it would change what `$ref` means")), "{problems:?}");
}

#[test]
fn a_long_list_of_values_is_cut_where_it_is_told() {
    let values: Vec<String> = (0..200).map(|number| format!("\"value-{number}\"")).collect();
    let list =
        |count: usize| format!(r#"{{ "enum": [{}] }}"#, values.get(..count).unwrap_or_default().join(","));
    let short = told(&list(3), "\"x\"");
    assert_eq!(short, [r#"/body/noteIds/0 must be one of "value-0", "value-1" or "value-2""#]);
    let long = told(&list(200), "\"x\"").pop().expect("it is told");
    assert!(long.ends_with('…') && long.len() < 1000 && long.contains("\"value-3\""), "{long}");
}
