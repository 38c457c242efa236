//! Which values are equal, how they are ordered and written, which are integers, and exact division.

use super::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("`{text}` is a number"))
}

#[test]
fn equal_values_are_equal_and_print_alike() {
    for (text, canonical) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.000e5", "0"),
        ("0e999999999999999999999999", "0"),
        ("7101.0", "7101"),
        ("71.01e2", "7101"),
        ("7101000e-3", "7101"),
        ("1e3", "1000"),
        ("1E+3", "1000"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775808", "9223372036854775808"),
        ("9007199254740993", "9007199254740993"),
        ("9007199254740993.0000", "9007199254740993"),
        ("1e39", "1000000000000000000000000000000000000000"),
        ("1e40", "1e40"),
        ("10e39", "1e40"),
        ("1e1050", "1e1050"),
        ("-120e1050", "-12e1051"),
        ("1e999999999", "1e999999999"),
        ("0.5", "0.5"),
        ("5e-1", "0.5"),
        ("-12.50", "-12.5"),
        ("0.00125", "0.00125"),
        ("1e-40", "0.0000000000000000000000000000000000000001"),
        ("1e-41", "1e-41"),
        ("123456789012345678901234567890123456789012345", "123456789012345678901234567890123456789012345"),
        (
            "123456789012345678901234567890123456789012345.5",
            "123456789012345678901234567890123456789012345.5",
        ),
    ] {
        assert_eq!(number(text).to_string(), canonical, "{text}");
        assert_eq!(number(text), number(canonical), "{text}");
    }
}

#[test]
fn refuses_what_is_not_a_json_number() {
    for text in [
        "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1 ", "NaN", "--1", "1.5.2", "1e5e5", "00",
        "-01",
    ] {
        assert_eq!(Number::parse(text), None, "{text}");
    }
}

#[test]
fn orders_by_value() {
    let ascending = [
        "-1e999999999",
        "-1e20",
        "-9223372036854775808",
        "-1.5",
        "-1",
        "-0.001",
        "0",
        "1e-999999999",
        "0.1",
        "0.11",
        "0.9",
        "1",
        "1.0000000000000000000001",
        "2",
        "9.99",
        "10",
        "9007199254740992",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "1e1050",
        "1.1e1050",
        "1e999999999",
    ];
    for (left_place, left) in ascending.iter().enumerate() {
        for (right_place, right) in ascending.iter().enumerate() {
            assert_eq!(number(left).cmp(&number(right)), left_place.cmp(&right_place), "{left} {right}");
        }
    }
}

#[test]
fn tells_integers() {
    for (text, integer, unsigned) in [
        ("7101.0", true, Some(7101)),
        ("-7", true, None),
        ("1.5", false, None),
        ("1e999999999", true, None),
        ("1e-999999999", false, None),
        ("18446744073709551615", true, Some(u64::MAX)),
        ("18446744073709551616", true, None),
        ("-9223372036854775809", true, None),
        ("0.1e1", true, Some(1)),
    ] {
        assert_eq!(number(text).is_integer(), integer, "{text}");
        assert_eq!(number(text).as_u64(), unsigned, "{text}");
    }
    assert_eq!(Number::from(u64::MAX), number("18446744073709551615"));
    assert_eq!(Number::from(7_u64), Number::from(7_i64));
    assert!(number("0.1").is_positive() && !number("-1").is_positive() && !number("0").is_positive());
}

#[test]
fn divides_exactly() {
    for (value, divisor, multiple) in [
        ("10", "2", true),
        ("7", "2", false),
        ("0", "3", true),
        ("-9", "3", true),
        ("4.5", "1.5", true),
        ("35", "1.5", false),
        ("0.0075", "0.0001", true),
        ("0.00751", "0.0001", false),
        ("1e308", "0.123456789", false),
        ("1e308", "0.5", true),
        ("1e999999999", "3", false),
        ("3e999999999", "3", true),
        ("1e999999999", "1024", true),
        ("1e-999999999", "1", false),
        ("12391239123", "1e-8", true),
        ("1000", "1e3", true),
        ("100", "1e3", false),
        ("1500", "1e3", false),
        ("9223372036854775808", "2", true),
        ("9223372036854775809", "2", false),
        // More digits than a machine's number holds, and as many as a divisor may have.
        ("100000000000000000000000000002", "7", true),
        ("100000000000000000000000000003", "7", false),
        ("246913578024691356", "123456789012345678", true),
        ("246913578024691357", "123456789012345678", false),
    ] {
        let (digits, exponent) = number(divisor).short_parts().expect("short divisors only");
        assert_eq!(number(value).is_multiple_of(digits, exponent), multiple, "{value} by {divisor}");
    }
    assert_eq!(number("1234567890123456789").short_parts(), None);
}
