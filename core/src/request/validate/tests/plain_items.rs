//! Items that are taken without a look are found to be what they are found to be when each is told.

use super::schema;
use crate::json::{Events, scan};
use crate::request::limits::Limits;
use crate::request::validate::machine::{Machine, TooDeep};
use crate::request::validate::{BODY, Wanted, check_body};

/// Tells a machine of each item.
struct Each<'m, 's>(&'m mut Machine<'s>);

impl Events for Each<'_, '_> {
    type Stop = TooDeep;

    fn null(&mut self) -> Result<(), TooDeep> {
        self.0.null()
    }
    fn boolean(&mut self, value: bool) -> Result<(), TooDeep> {
        self.0.boolean(value)
    }
    fn number(&mut self, text: &str) -> Result<(), TooDeep> {
        self.0.number(text)
    }
    fn string(&mut self, text: &str) -> Result<(), TooDeep> {
        self.0.string(text)
    }
    fn begin_array(&mut self) -> Result<(), TooDeep> {
        self.0.begin_array()
    }
    fn end_array(&mut self) -> Result<(), TooDeep> {
        self.0.end_array()
    }
    fn begin_object(&mut self) -> Result<(), TooDeep> {
        self.0.begin_object()
    }
    fn key(&mut self, name: &str) -> Result<(), TooDeep> {
        self.0.key(name)
    }
    fn end_object(&mut self) -> Result<(), TooDeep> {
        self.0.end_object()
    }
}

const SCHEMAS: [&str; 9] = [
    "{}",
    r#"{"items": {"type": "string"}}"#,
    r#"{"items": {"type": "integer"}, "maxItems": 9}"#,
    r#"{"items": {"type": ["string", "integer"], "minLength": 2, "maxLength": 12}}"#,
    r#"{"items": {"type": ["string", "number", "array"], "minimum": 3, "pattern": "^[a-z]"}}"#,
    r#"{"items": {"type": ["string", "integer"]}, "uniqueItems": true}"#,
    r#"{"items": {"enum": ["a", 7, ["a", 7]]}}"#,
    r#"{"items": {"allOf": [{"type": "string"}, {"maxLength": 3}]}, "minItems": 2}"#,
    r#"{"items": {"items": {"maxLength": 20}}}"#,
];

/// Items, and what may stand in their place.
const ITEMS: [&str; 30] = [
    r#""a""#,
    r#""abcdefghijklm""#,
    r#""abcdefghijklmno""#,
    r#""abcdefghijklmnop""#,
    r#""8A81B09C5B0C6E3A015B0E3B5E7A0001""#,
    r#""""#,
    r#""ä€😀""#,
    r#""\n""#,
    r#""abcdefghijklmnopq\u0041""#,
    "\"a\nb\"",
    r#""a\x""#,
    r#""\ud800""#,
    "0",
    "7",
    "-7",
    "01",
    "12345678",
    "123456789012345",
    "1234567890123456",
    "12345678901234567890",
    "7.0",
    "1.5",
    "1e3",
    "null",
    "true",
    r#"["a", 7]"#,
    r#"["a","b",["c",1,2,3],"d"]"#,
    r#"{"x": ["a", "b"]}"#,
    "",
    "]",
];

#[test]
fn are_found_to_be_the_same_as_when_each_is_told() {
    let schemas = SCHEMAS.map(schema);
    let wanted = [Wanted::new("")];
    let mut state = 1_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let mut valid = 0;
    for round in 0..30_000 {
        // Mostly what is taken, so that the others come in the midst of it.
        let few = [[0, 4, 5, 13, 16, 17], [0, 1, 2, 3, 4, 4]][round % 2];
        let mut body = String::from("[");
        for place in 0..next(14) {
            body.push_str(if place == 0 { "" } else { [",", ", ", " ,\n\t"][next(30) / 14] });
            body.push_str(ITEMS[if next(9) == 0 { next(ITEMS.len()) } else { few[next(few.len())] }]);
        }
        body.push_str(["]", "]", "]", "] ", "", "}", ",]", "]]"][next(8)]);
        let mut bytes = body.into_bytes();
        match next(12) {
            0 => bytes.truncate(next(bytes.len() + 1)),
            1 => {
                let place = next(bytes.len());
                bytes[place] = [0xFF, 0xC3, 0, b'"', b','][next(5)];
            }
            _ => {}
        }
        let schema = &schemas[next(schemas.len())];
        for wanted in [&wanted[..], &[]] {
            let found = check_body(&bytes, schema, wanted, &Limits::default());
            let mut machine = Machine::new(schema, BODY, wanted, &Limits::default());
            let told = scan(&bytes, &mut Each(&mut machine));
            let shown = String::from_utf8_lossy(&bytes);
            if told.is_ok() {
                assert_eq!(found, machine.finish(), "{shown}");
            } else {
                let mut machine = Machine::new(schema, BODY, wanted, &Limits::default());
                assert_eq!(scan(&bytes, &mut machine), told, "{shown}");
            }
            valid += usize::from(found.violations.is_empty());
        }
    }
    assert!(valid > 5_000, "most are broken: {valid}");
}
