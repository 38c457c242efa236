//! Queries, paths and headers as tables.

use super::{Given, ParameterPlace, ParameterSpec, Spelling, check_parameter};
use crate::json::Value;
use crate::problem::Problems;
use crate::request::ids::Compare;
use crate::request::schema::Schema;
use crate::request::validate::Captured;
use Spelling::{Brackets, Commas, Indexed, Repeated};

const STRINGS: &str = r#"{"type": "array", "minItems": 1, "items": {"type": "string", "maxLength": 5}}"#;

fn spec(place: ParameterPlace, name: &str, schema: &str) -> ParameterSpec {
    let root = Value::parse(schema.as_bytes()).unwrap_or_else(|error| panic!("{schema}: {error}"));
    let mut problems = Problems::new("schema");
    let schema = Schema::compile(&root, "", &mut problems).unwrap_or_else(|| panic!("{problems:?}"));
    let (name, compare) = (name.to_owned(), Compare::Exact);
    ParameterSpec { place, name, required: true, schema, spellings: Vec::new(), compare }
}

fn show(spec: &ParameterSpec, path: Option<&str>, query: Option<&str>, headers: &[(&str, &[u8])]) -> String {
    let (violations, captured) = check_parameter(spec, path, &Given { query, headers });
    let found = match captured {
        Captured::Absent => "absent".to_owned(),
        Captured::Null => "null".to_owned(),
        Captured::Boolean(value) => value.to_string(),
        Captured::Id(id) => id.to_value().to_text(),
        Captured::List(ids) => ids.iter().map(|id| id.to_value().to_text()).collect::<Vec<_>>().join(" "),
        Captured::Other => "other".to_owned(),
    };
    violations.iter().fold(found, |text, violation| {
        format!("{text}; {} {}", violation, violation.property.as_deref().unwrap_or("-"))
    })
}

#[test]
fn reads_lists_in_each_spelling() {
    let all = [Repeated, Commas, Brackets, Indexed];
    let cases: &[(&[Spelling], &str, &str)] = &[
        (&all, "ids=a&ids=b", r#""a" "b""#),
        (&all, "ids=a,b", r#""a" "b""#),
        (&all, "ids=a%2Cb&ids=c", r#""a" "b" "c""#),
        (&all, "ids[]=a&ids[]=b", r#""a" "b""#),
        (&all, "ids%5B%5D=a&ids%5b0%5d=b", r#""a" "b""#),
        (&all, "ids[1]=b&ids[0]=a&ids[10]=c", r#""a" "b" "c""#),
        (&all, "ids[1]=b&ids=a", r#""b" "a""#),
        (&all, "ids=,a,,b,&ids=&x=1&&ids", r#""a" "b""#),
        (&all, "ids=a+b&ids=%2B%20c", r#""a b" "+ c""#),
        (&all, "ids=a&ids=a", r#""a" "a""#),
        (&all, "ids=%C3%A9", "\"\u{e9}\""),
        (&all, "ids=", "; /query/ids must have at least 1 item, has 0 -"),
        (&all, "ids=,,", "; /query/ids must have at least 1 item, has 0 -"),
        (&all, "", "absent; /query must have `ids` ids"),
        (&all, "Ids=a&idsx=b&ids[x]=c&ids[=d", "absent; /query must have `ids` ids"),
        (
            &all,
            "ids=a,123456&ids=b",
            r#""a" "123456" "b"; /query/ids/1 must have at most 5 characters, has 6 -"#,
        ),
        (&all, "ids=%FF", "absent; /query/ids must be percent-encoded UTF-8 ids"),
        (&all, "ids=%G1", "absent; /query/ids must be percent-encoded UTF-8 ids"),
        (&all, "ids=%", "absent; /query/ids must be percent-encoded UTF-8 ids"),
        (&all, "%FF=1&ids=a", r#""a""#),
        (&all, "ids[0]=a&ids[0]=b", "absent; /query/ids must be there once, is there 2 times ids[0]"),
        (&[], "ids=a&ids=b,c", r#""a" "b,c""#),
        (&[Repeated], "ids=a,b&ids[]=c", r#""a,b""#),
        (&[Commas], "ids=a,b", r#""a" "b""#),
        (&[Commas], "ids=a&ids=b", "absent; /query/ids must be there once, is there 2 times ids"),
        (&[Brackets], "ids=a", "absent; /query must have `ids` ids"),
        (&[Indexed], "ids[2]=b&ids[]=x", r#""b""#),
        (&[Repeated, Brackets], "ids=a&ids[0]=x", r#""a""#),
        (&[Repeated], "ids[0]=x", "absent; /query must have `ids` ids"),
        (&all, "ids[1]=b&ids[2]=&ids[0]=a", r#""a" "b""#),
        (&all, "ids[3]=&ids[3]=a", r#""a""#),
    ];
    for (spellings, query, expected) in cases {
        let spec =
            ParameterSpec { spellings: spellings.to_vec(), ..spec(ParameterPlace::Query, "ids", STRINGS) };
        assert_eq!(show(&spec, None, Some(query), &[]), *expected, "{spellings:?} {query}");
    }
    assert_eq!(
        show(&spec(ParameterPlace::Query, "ids", STRINGS), None, None, &[]),
        "absent; /query must have `ids` ids"
    );
}

#[test]
fn types_text_by_the_schema() {
    for (schema, query, expected) in [
        (r#"{"type": "boolean"}"#, "p=true", "true"),
        (r#"{"type": "boolean"}"#, "p=false", "false"),
        (r#"{"type": "boolean"}"#, "p=True", "\"True\"; /query/p must be a boolean, is a string -"),
        (r#"{"type": "boolean"}"#, "p=1", "\"1\"; /query/p must be a boolean, is a string -"),
        (r#"{"type": "boolean"}"#, "p=", "\"\"; /query/p must be a boolean, is a string -"),
        (
            r#"{"type": "boolean"}"#,
            "p=true&p=true",
            "absent; /query/p must be there once, is there 2 times p",
        ),
        (r#"{"type": "integer", "maximum": 50}"#, "p=7.0", "7"),
        (r#"{"type": "integer", "maximum": 50}"#, "p=51", "51; /query/p must be at most 50, is 51 -"),
        (r#"{"type": "integer"}"#, "p=1.5", "other; /query/p must be an integer, is a number -"),
        (r#"{"type": "integer"}"#, "p=x", "\"x\"; /query/p must be an integer, is a string -"),
        (r#"{"type": "integer"}"#, "p=007", "\"007\"; /query/p must be an integer, is a string -"),
        (r#"{"type": ["integer", "boolean"]}"#, "p=true", "true"),
        (r#"{"type": "number"}"#, "p=-1e3", "-1000"),
        (r#"{"type": "string"}"#, "p=7", "\"7\""),
        ("{}", "p=true", "\"true\""),
        (r#"{"enum": ["a", "b"]}"#, "p=c", "\"c\"; /query/p must be one of \"a\" or \"b\" -"),
        (
            r#"{"type": "array", "items": {"type": "integer"}}"#,
            "p=7&p=x",
            "7 \"x\"; /query/p/1 must be an integer, is a string -",
        ),
        (
            r##"{"$ref": "#/$defs/l", "$defs": {"l": {"type": "array", "items": {"$ref": "#/$defs/i"}}, "i": {"type": "boolean"}}}"##,
            "p=true&p=x",
            "other; /query/p/1 must be a boolean, is a string -",
        ),
    ] {
        assert_eq!(
            show(&spec(ParameterPlace::Query, "p", schema), None, Some(query), &[]),
            expected,
            "{schema} {query}"
        );
    }
    let spec = ParameterSpec {
        compare: Compare::IgnoreCase,
        required: false,
        ..spec(ParameterPlace::Query, "p", r#"{"type": "boolean"}"#)
    };
    assert_eq!(show(&spec, None, Some("p=TRUE"), &[]), "true");
    assert_eq!(show(&spec, None, Some("q=1"), &[]), "absent");
}

#[test]
fn reads_paths_and_headers() {
    let space = spec(ParameterPlace::Path, "spaceId", r#"{"type": "string", "minLength": 7}"#);
    for (path, expected) in [
        (Some("default"), "\"default\""),
        (Some("a%2Fb+%20c,d"), "\"a/b+ c,d\""),
        (Some("short"), "\"short\"; /path/spaceId must have at least 7 characters, has 5 -"),
        (Some("%C3"), "absent; /path/spaceId must be percent-encoded UTF-8 spaceId"),
        (None, "absent; /path must have `spaceId` spaceId"),
    ] {
        assert_eq!(show(&space, path, None, &[]), expected, "{path:?}");
    }
    let token = spec(ParameterPlace::Header, "X-Auth-Token", r#"{"type": "string", "maxLength": 5}"#);
    for (headers, expected) in [
        (&[("x-auth-token", &b" abc\t"[..])][..], "\"abc\""),
        (
            &[("x-auth-token", b"100%25")],
            "\"100%25\"; /header/x-auth-token must have at most 5 characters, has 6 -",
        ),
        (&[("x-auth-token", b"\xFF")], "absent; /header/x-auth-token must be UTF-8 X-Auth-Token"),
        (
            &[("x-auth-token", b"a"), ("x-auth-token", b"b")],
            "absent; /header/x-auth-token must be there once, is there 2 times X-Auth-Token",
        ),
        (&[("other", b"a")], "absent; /header must have `X-Auth-Token` X-Auth-Token"),
    ] {
        assert_eq!(show(&token, None, None, headers), expected);
    }
    let list = spec(ParameterPlace::Header, "x-ids", r#"{"type": "array"}"#);
    assert_eq!(show(&list, None, None, &[("x-ids", b"a, b ,"), ("x-ids", b"c")]), r#""a" "b" "c""#);
}
