//! Generated schemas and bodies: the core's checking machine and an independent validator agree about what is
//! valid.
//!
//! The other validator reads trees, in which an object that names a property twice has lost the first; such
//! bodies, and those that nest deeper than the limit, are told apart here by looking at the text.
#![expect(clippy::disallowed_macros, reason = "a test prints what it did")]
#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[expect(
    unreachable_pub,
    clippy::string_slice,
    reason = "the file is part of another package, where more of it is used and other lints hold"
)]
#[path = "../../tests/src/generate/mod.rs"]
mod generate;

use bulk_delete_core::json::Value;
use bulk_delete_core::problem::Problems;
use bulk_delete_core::request::limits::Limits;
use bulk_delete_core::request::schema::Schema;
use bulk_delete_core::request::validate::check_body;
use bulk_delete_core::request::violation::{Rule, Violation};
use generate::{Random, bodies};
use serde_json::{Value as Tree, json};

/// All violations are told, however many: the one that is looked for may be the last.
const LIMITS: Limits = Limits { depth: 64, violations: usize::MAX, violation_bytes: usize::MAX };

/// Schemas of the kind that contracts have, each tried with many bodies.
fn typical() -> Vec<Tree> {
    vec![
        json!({"type": "object", "required": ["ids"], "additionalProperties": false,
            "properties": {"ids": {"type": "array", "minItems": 1, "maxItems": 50, "items": {"type": "string", "pattern": "^[0-9a-f]{8}$"}}}}),
        json!({"type": "object", "required": ["ids"], "properties": {"ids": {"type": "array", "items": {"type": "integer"}}}}),
        json!({"type": ["object", "null"], "properties": {"ids": {"type": ["array", "null"], "uniqueItems": true,
            "items": {"type": ["string", "integer"], "minLength": 3, "maxLength": 22}}, "flag": {"type": "boolean"}}}),
        json!({"$ref": "#/$defs/request", "maxLength": 3, "$defs": {"request": {"allOf": [{"$ref": "#/$defs/ids"}, {"required": ["project"]}],
            "properties": {"project": {"type": "string", "minLength": 1}}}, "ids": {"properties": {"ids": {"items": {"$ref": "#/$defs/id"}}}},
            "id": {"enum": ["a", 7, 1.50, null, {"x": [1, {"y": 2}]}]}}}),
        json!({"properties": {"next": {"$ref": "#"}, "value": {"multipleOf": 0.01, "maximum": 1e3, "exclusiveMinimum": -2}}, "additionalProperties": false}),
        json!({"items": {"uniqueItems": true, "items": {"items": {"type": "number"}}}, "uniqueItems": true}),
    ]
}

#[test]
fn agrees_on_typical_schemas() {
    let mut tally = Tally::default();
    for (seed, schema) in typical().iter().enumerate() {
        tally.run(schema, seed as u64, 4_000);
    }
    tally.tell("typical schemas");
}

#[test]
fn agrees_on_generated_schemas() {
    let mut random = Random::new(2026);
    let mut tally = Tally::default();
    for seed in 0..1_500 {
        let mut schema = schema(&mut random, 0);
        if let Tree::Object(root) = &mut schema {
            let first = self::schema(&mut random, 1);
            root.insert("$defs".to_owned(), json!({"a": first, "b/c": {"items": {"$ref": "#"}, "properties": {"q": {"$ref": "#/$defs/a"}}}}));
        }
        tally.run(&schema, seed, 20);
    }
    tally.tell("generated schemas");
}

/// How the bodies were taken.
#[derive(Default)]
struct Tally {
    valid: usize,
    invalid: usize,
    malformed: usize,
    twice: usize,
    deep: usize,
    refused: usize,
    rounded: usize,
}

/// DIFFERENCE: the other validator takes a number with a fraction and more than 15 digits for its nearest
/// `f64` before it divides by a whole one, and so finds that `9223372036854775808.5` is a multiple of 1.
fn is_rounded_by_others(violation: &Violation) -> bool {
    violation.rule == Rule::MultipleOf
        && violation.actual.as_ref().is_some_and(|actual| actual.len() > 16 && actual.contains('.'))
}

impl Tally {
    fn run(&mut self, tree: &Tree, seed: u64, count: usize) {
        let document = Value::parse(tree.to_string().as_bytes()).expect("a generated schema is JSON");
        let mut problems = Problems::new("schema");
        let Some(schema) = Schema::compile(&document, "", &mut problems) else {
            // A reference may lead in a circle; nothing else may be wrong with a generated schema.
            for problem in problems.into_vec() {
                assert!(problem.message.contains("without reaching a value"), "{tree}: {problem}");
            }
            self.refused += 1;
            return;
        };
        let oracle = jsonschema::draft202012::new(tree).unwrap_or_else(|error| panic!("{tree}: {error}"));
        for body in bodies(tree, seed).take(count) {
            let found = check_body(&body, &schema, &[], &LIMITS).violations;
            let text = || format!("{}\n{tree}\n{found:?}", String::from_utf8_lossy(&body));
            let has = |rule| found.iter().any(|violation| violation.rule == rule);
            if has(Rule::Depth) {
                // The independent reader refuses what nests deeper than 128.
                assert!(depth(&body) > 64, "{}", text());
                self.deep += 1;
                continue;
            }
            let Ok(value) = serde_json::from_slice::<Tree>(&body) else {
                assert!(found.len() == 1 && has(Rule::Json), "only the other reader refuses {}", text());
                self.malformed += 1;
                continue;
            };
            assert!(!has(Rule::Json), "only this reader refuses {}", text());
            let twice = names_in_text(&body) > names_in_tree(&value);
            assert_eq!(has(Rule::DuplicateProperty), twice, "{}", text());
            if twice {
                self.twice += 1;
                continue;
            }
            if found.is_empty() != oracle.is_valid(&value) {
                assert!(!found.is_empty() && found.iter().all(is_rounded_by_others), "{}", text());
                self.rounded += 1;
                continue;
            }
            if found.is_empty() { self.valid += 1 } else { self.invalid += 1 }
        }
    }

    fn tell(&self, what: &str) {
        let Self { valid, invalid, malformed, twice, deep, refused, rounded } = self;
        println!(
            "{what}: {valid} bodies valid, {invalid} invalid, {malformed} malformed, {twice} with a property named twice, {deep} too deep; \
             {rounded} numbers rounded by the other; {refused} schemas refused"
        );
        let least = (valid + invalid) / 10;
        assert!(
            *valid > least && *invalid > least && *malformed > 20 && *twice > 2 && *deep > 2,
            "the bodies are lopsided"
        );
    }
}

/// How deep brackets nest outside strings.
fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in outside_strings(body) {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// How many properties a text has: as many as colons outside strings.
fn names_in_text(body: &[u8]) -> usize {
    outside_strings(body).filter(|byte| *byte == b':').count()
}

fn outside_strings(body: &[u8]) -> impl Iterator<Item = u8> {
    let (mut inside, mut escaped) = (false, false);
    body.iter().copied().filter(move |byte| {
        let was_inside = inside;
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            _ => {}
        }
        !was_inside
    })
}

fn names_in_tree(tree: &Tree) -> usize {
    match tree {
        Tree::Array(items) => items.iter().map(names_in_tree).sum(),
        Tree::Object(object) => object.values().map(|value| 1 + names_in_tree(value)).sum(),
        _ => 0,
    }
}

/// A schema of the supported subset.
fn schema(random: &mut Random, depth: usize) -> Tree {
    if depth > 0 && random.chance(6) {
        return Tree::Bool(random.chance(70));
    }
    let mut rules = serde_json::Map::new();
    let numbers = [json!(0), json!(-3), json!(7.5), json!(1e3), json!(2), json!(10)];
    let names = ["a", "b", "ids", "\u{e9}", "a/b", ""];
    let leaf = depth >= 3;
    for _ in 0..=random.below(4) {
        let count = random.below(5);
        let (keyword, value) = match random.below(if leaf { 15 } else { 21 }) {
            0 | 1 => {
                let kinds = ["null", "boolean", "integer", "number", "string", "array", "object"];
                let mut some: Vec<&str> = kinds.into_iter().filter(|_| random.chance(30)).collect();
                if some.is_empty() {
                    some.push("object");
                }
                ("type", if some.len() == 1 { json!(some[0]) } else { json!(some) })
            }
            2 => ("minLength", json!(count)),
            3 => ("maxLength", json!(count + 1)),
            4 => (
                "pattern",
                json!(random.pick(&["^[a-f0-9-]*$", "^\\d{1,3}$", "a", "^(ab|C)+$", "^[^,]+$", "b|0"])),
            ),
            5 => ("minimum", random.pick(&numbers)),
            6 => ("maximum", random.pick(&numbers)),
            7 => ("exclusiveMinimum", random.pick(&numbers)),
            8 => ("exclusiveMaximum", random.pick(&numbers)),
            9 => (
                "multipleOf",
                random.pick(&[json!(1), json!(3), json!(0.5), json!(0.01), json!(1.5), json!(100)]),
            ),
            10 => ("enum", json!([random.below(3), "a", null, [1, {"b": 2, "a": 1.0}], {"a": {}}])),
            11 => (
                "const",
                random.pick(&[json!(0), json!(false), json!("a"), json!({"a": [1, 2.0]}), json!([])]),
            ),
            12 => ("minItems", json!(count / 2)),
            13 => ("maxItems", json!(count)),
            14 => ("uniqueItems", json!(random.chance(80))),
            15 => ("items", schema(random, depth + 1)),
            16 => {
                let own: serde_json::Map<String, Tree> = names
                    .iter()
                    .filter(|_| random.chance(40))
                    .map(|name| ((*name).to_owned(), Tree::Null))
                    .collect();
                let own: serde_json::Map<String, Tree> =
                    own.into_iter().map(|(name, _)| (name, schema(random, depth + 1))).collect();
                ("properties", own.into())
            }
            17 => ("required", json!(names.iter().filter(|_| random.chance(20)).collect::<Vec<_>>())),
            18 => ("additionalProperties", schema(random, depth + 1)),
            19 => ("allOf", json!([schema(random, depth + 1), schema(random, depth + 1)])),
            _ => ("$ref", json!(random.pick(&["#", "#/$defs/a", "#/$defs/b~1c", "#/%24defs/a"]))),
        };
        rules.insert(keyword.to_owned(), value);
    }
    rules.into()
}
