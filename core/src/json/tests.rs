//! What is JSON and what is not, as tables.

use super::{Mistake, Value};

fn parse(text: &str) -> Value {
    Value::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn reads_and_writes() {
    for (text, written) in [
        ("null", "null"),
        (" true\n", "true"),
        ("\tfalse\r", "false"),
        ("-0.0", "0"),
        ("1e1050", "1e1050"),
        ("[]", "[]"),
        ("[ ]", "[]"),
        ("{ }", "{}"),
        ("[1, 2.50, \"x\"]", "[1,2.5,\"x\"]"),
        ("{\"b\": [{}, [[]]], \"a\": null}", "{\"b\":[{},[[]]],\"a\":null}"),
        (
            r#""\" \\ \/ \b \f \n \r \t \u0041 \u00e9 \uD83D\uDE00 \u0000""#,
            "\"\\\" \\\\ / \\b \\f \\n \\r \\t A \u{e9} \u{1F600} \\u0000\"",
        ),
        ("\"\u{7f}\u{2028}\u{FFFF}\"", "\"\u{7f}\u{2028}\u{FFFF}\""),
        ("{\"\\u0061\": 1, \"\": 2}", "{\"a\":1,\"\":2}"),
        ("\"\\u001f\\u001F\"", "\"\\u001f\\u001f\""),
    ] {
        assert_eq!(parse(text).to_text(), written, "{text}");
        assert_eq!(parse(written).to_text(), written, "{text}");
    }
}

#[test]
fn tells_the_first_mistake() {
    let deep = format!("{}{}", "[".repeat(129), "]".repeat(129));
    let cases: &[(&[u8], usize, Mistake)] = &[
        (b"", 0, Mistake::Value),
        (b"  ", 2, Mistake::Value),
        (b"\xEF\xBB\xBF{}", 0, Mistake::Value),
        (b"nul", 3, Mistake::End),
        (b"nulL", 0, Mistake::Value),
        (b"Null", 0, Mistake::Value),
        (b"NaN", 0, Mistake::Value),
        (b"[1,]", 3, Mistake::Value),
        (b"[1 2]", 3, Mistake::CommaOrBracket),
        (b"[1}", 2, Mistake::CommaOrBracket),
        (b"[", 1, Mistake::End),
        (b"[1", 2, Mistake::End),
        (b"[1,", 3, Mistake::End),
        (b"{", 1, Mistake::End),
        (b"{\"a\"", 4, Mistake::End),
        (b"{\"a\" 1}", 5, Mistake::Colon),
        (b"{\"a\":1,}", 7, Mistake::Name),
        (b"{\"a\":1 \"b\":2}", 7, Mistake::CommaOrBrace),
        (b"{\"a\":}", 5, Mistake::Value),
        (b"{a:1}", 1, Mistake::Name),
        (b"{'a':1}", 1, Mistake::Name),
        (b"{\"ids\": [1", 10, Mistake::End),
        (b"1 2", 2, Mistake::Trailing),
        (b"{} x", 3, Mistake::Trailing),
        (b"01", 1, Mistake::Number),
        (b"-", 1, Mistake::End),
        (b"-x", 1, Mistake::Number),
        (b"1.", 2, Mistake::End),
        (b"1.x", 2, Mistake::Number),
        (b"1e+", 3, Mistake::End),
        (b"+1", 0, Mistake::Value),
        (b".5", 0, Mistake::Value),
        (b"1x", 1, Mistake::Trailing),
        (b"\"a", 2, Mistake::End),
        (b"\"a\\", 3, Mistake::End),
        (b"\"\\x\"", 1, Mistake::Escape),
        (b"\"\\u12\"", 1, Mistake::Escape),
        (b"\"\\u12", 5, Mistake::End),
        (b"\"\\u+123\"", 1, Mistake::Escape),
        (b"\"a\nb\"", 2, Mistake::Control),
        (b"\"a\0b\"", 2, Mistake::Control),
        (b"\"\\uD800\"", 1, Mistake::Surrogate),
        (b"\"\\uDC00\"", 1, Mistake::Surrogate),
        (b"\"\\uD800x\"", 1, Mistake::Surrogate),
        (b"\"\\uD800\\n\"", 1, Mistake::Surrogate),
        (b"\"\\uD800\\uD800\"", 1, Mistake::Surrogate),
        (b"\"\\uD800\\u0041\"", 1, Mistake::Surrogate),
        (b"\"\\uD800", 7, Mistake::End),
        (b"\"\\uD800\\uDC0", 12, Mistake::End),
        (b"\"\xFF\"", 1, Mistake::Utf8),
        (b"\"\\uD800\xFF", 7, Mistake::Utf8),
        (b"[1,\xC3", 3, Mistake::Utf8),
        (b"\xC0\xAF", 0, Mistake::Utf8),
        (b"\"\xED\xA0\x80\"", 1, Mistake::Utf8),
        (b"{} \xFF", 3, Mistake::Utf8),
        (b"[1 2] \xFF", 3, Mistake::CommaOrBracket),
        (b"nu\xFF", 2, Mistake::Utf8),
        (b"{\"a\":1,\"b\":2,\"a\":3}", 13, Mistake::Duplicate),
        (b"{\"a\":1,\"\\u0061\":3}", 7, Mistake::Duplicate),
        (deep.as_bytes(), 128, Mistake::Depth),
    ];
    for (bytes, offset, mistake) in cases {
        let text = String::from_utf8_lossy(bytes);
        let error = Value::parse(bytes).expect_err(&text);
        assert_eq!((error.offset, error.mistake), (*offset, *mistake), "{text}");
    }
}

#[test]
fn tells_lines_and_columns_in_characters() {
    let error = Value::parse("{\n\"\u{e9}\": \u{1F600}".as_bytes()).expect_err("an emoji is no value");
    assert_eq!((error.line, error.column), (2, 6));
    assert_eq!(error.to_string(), "expected a value at line 2, column 6");
    let error = Value::parse(b"{\"ids\": [1,}").expect_err("a brace is no value");
    assert_eq!(error.to_string(), "expected a value at line 1, column 12");
}

#[test]
fn nests_to_the_limit_and_no_further() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Value::parse(nested(128).as_bytes()).is_ok());
    assert!(Value::parse(nested(129).as_bytes()).is_err());
    // Many containers beside each other are not deep.
    assert!(Value::parse(format!("[{}[]]", "[{}],".repeat(10_000)).as_bytes()).is_ok());
}

#[test]
fn finds_values_at_pointers() {
    let value = parse("{\"a\": [{\"b/c\": 7}], \"\": true, \"2\": null}");
    for (pointer, found) in [
        ("/a/0/b~1c", Some("7")),
        ("/", Some("true")),
        ("/2", Some("null")),
        ("/a/00", None),
        ("/a/1", None),
        ("/a/-", None),
        ("/x", None),
        ("/a/0/b~1c/d", None),
        ("a", None),
    ] {
        assert_eq!(value.at(pointer).map(Value::to_text).as_deref(), found, "{pointer}");
    }
    assert_eq!(value.at(""), Some(&value));
}

#[test]
fn compares_by_value() {
    for (left, right, same) in [
        ("{\"a\":1,\"b\":[2.0]}", "{\"b\":[2],\"a\":1e0}", true),
        ("{\"a\":1}", "{\"a\":1,\"b\":1}", false),
        ("{\"a\":1}", "{\"b\":1}", false),
        ("[1,2]", "[2,1]", false),
        ("[1,2]", "[12]", false),
        ("1", "\"1\"", false),
        ("0", "false", false),
        ("\"\\u0041\"", "\"A\"", true),
        ("[[{\"a\":[1,{\"x\":1,\"y\":2}]}]]", "[[{\"a\":[1,{\"y\":2,\"x\":1}]}]]", true),
    ] {
        assert_eq!(parse(left) == parse(right), same, "{left} {right}");
        let encoded = |text| {
            let mut out = Vec::new();
            super::encode(&mut out, &parse(text));
            out
        };
        assert_eq!(encoded(left) == encoded(right), same, "{left} {right}");
    }
    assert_eq!(parse("7101.0").type_name(), "integer");
    assert_eq!(parse("7101.5").type_name(), "number");
}
