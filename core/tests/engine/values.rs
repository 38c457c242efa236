//! JSON values through their public interface: properties by name, numbers as machines have them, and text again.

use bulk_delete_core::json::{Object, Value};

fn parse(text: &str) -> Value {
    Value::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn properties_are_found_taken_out_and_passed_on_by_name() {
    let Value::Object(mut object) = parse(r#"{"a":1,"b":[true],"c":null}"#) else {
        panic!("it is an object")
    };
    assert!(object.contains_key("b") && !object.contains_key("B"));
    assert_eq!(object.remove("B"), None);
    assert_eq!(object.remove("b"), Some(parse("[true]")));
    assert!(!object.contains_key("b"));
    let mut text = Vec::new();
    object.write(&mut text);
    assert_eq!(String::from_utf8_lossy(&text), r#"{"a":1,"c":null}"#);
    let rest: Vec<(String, Value)> = object.into_iter().collect();
    assert_eq!(rest, [("a".to_owned(), parse("1")), ("c".to_owned(), Value::Null)]);
    let mut text = Vec::new();
    Object::default().write(&mut text);
    assert_eq!(text, b"{}");
}

#[test]
fn numbers_are_told_as_machines_have_them() {
    for (text, signed, unsigned) in [
        ("0", Some(0), Some(0)),
        ("-7", Some(-7), None),
        ("7.0", Some(7), Some(7)),
        ("7.5", None, None),
        ("9223372036854775807", Some(i64::MAX), Some(9_223_372_036_854_775_807)),
        ("9223372036854775808", None, Some(9_223_372_036_854_775_808)),
        ("\"7\"", None, None),
    ] {
        assert_eq!((parse(text).as_i64(), parse(text).as_u64()), (signed, unsigned), "{text}");
    }
}
