//! The official JSON Schema Test Suite, draft 2020-12, as far as the supported keywords go.
//!
//! No registry packages it: the environment variable `JSON_SCHEMA_SUITE` names the folder that holds its
//! files. Groups whose schemas use something that is not supported must be refused while compiling, with the
//! reason; they are listed and counted.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a test reads files and prints what it did"
)]
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use bulk_delete_core::json::Value;
use bulk_delete_core::problem::Problems;
use bulk_delete_core::request::limits::Limits;
use bulk_delete_core::request::schema::Schema;
use bulk_delete_core::request::validate::check_body;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The keywords that have a file of their own in the suite; `allOf` and annotations are met within others.
const FILES: &[&str] = &[
    "additionalProperties",
    "boolean_schema",
    "const",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "properties",
    "ref",
    "required",
    "type",
    "uniqueItems",
];

/// Of what a refusal may complain; anything else would be a mistake of the compiler.
const UNSUPPORTED: &[&str] =
    &["is not supported here", "are not supported here", "must be `https://json-schema.org"];

/// What happened to the cases of the suite.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
    refused: Vec<String>,
    refused_cases: usize,
    by_file: BTreeMap<String, usize>,
}

#[test]
fn agrees_with_the_official_suite() {
    let Some(folder) = std::env::var_os("JSON_SCHEMA_SUITE").map(PathBuf::from) else {
        println!(
            "not run: the JSON Schema Test Suite. Set JSON_SCHEMA_SUITE to the folder of its draft2020-12 files to run it."
        );
        return;
    };
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    names.sort();
    let mut tally = Tally::default();
    for name in &names {
        run_file(name, &mut tally);
    }
    for refused in &tally.refused {
        println!("not supported: {refused}");
    }
    println!(
        "JSON Schema Test Suite: {} cases agree, {} disagree, {} cases in {} groups use what is not supported",
        tally.passed,
        tally.failed.len(),
        tally.refused_cases,
        tally.refused.len()
    );
    assert!(tally.failed.is_empty(), "disagreements:\n{}", tally.failed.join("\n"));
    for file in FILES {
        assert!(tally.by_file.get(*file).is_some_and(|cases| *cases > 0), "no case of {file}.json ran");
    }
}

fn run_file(path: &Path, tally: &mut Tally) {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let groups: Vec<serde_json::Value> =
        serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for group in &groups {
        let cases = group["tests"].as_array().expect("a group has tests");
        let title = format!("{file}: {}", group["description"]);
        let document = Value::parse(group["schema"].to_string().as_bytes()).expect("a schema is JSON");
        let mut problems = Problems::new(file.as_str());
        let Some(schema) = Schema::compile(&document, "", &mut problems) else {
            let problems = problems.into_vec();
            // Where an `$id` is refused, references behind it cannot be followed either.
            let unsupported = |message: &str| UNSUPPORTED.iter().any(|reason| message.contains(reason));
            assert!(problems.iter().any(|problem| unsupported(&problem.message)), "{title}: {problems:?}");
            let reasons: Vec<String> = problems
                .iter()
                .map(|problem| {
                    let (reason, _) = problem.message.split_once("; ").unwrap_or((&problem.message, ""));
                    format!("{} at {}", reason, problem.pointer)
                })
                .collect();
            tally.refused.push(format!("{title}: {}", reasons.join("; ")));
            tally.refused_cases += cases.len();
            continue;
        };
        for case in cases {
            let body = case["data"].to_string();
            let found = check_body(body.as_bytes(), &schema, &[], &Limits::default());
            if found.violations.is_empty() == (case["valid"] == true) {
                tally.passed += 1;
                *tally.by_file.entry(file.clone()).or_default() += 1;
            } else {
                tally.failed.push(format!("{title}: {}: {body} {:?}", case["description"], found.violations));
            }
        }
    }
}
