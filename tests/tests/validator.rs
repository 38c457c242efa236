//! The core's validator and the `jsonschema` crate agree on what is valid: for each contract, generated requests, near-valid
//! ones included. Where a contract takes a body, bodies; where it takes only parameters, paths and queries.
//!
//! The other reader reads trees, in which an object that names a property twice has lost the first; such bodies, and those that
//! nest deeper than the limit, are told by looking at the text, and must be refused.
//!
//! `GENERATED_REQUESTS` is how many are tried for each contract; 100,000 unless it says otherwise.

mod requests;

use bulk_delete_core::contract::operation::BodySpec;
use bulk_delete_core::request::limits::Limits;
use bulk_delete_core::request::validate::check_body;
use bulk_delete_tests::corpus;
use bulk_delete_tests::described::compile;
use bulk_delete_tests::generate::bodies_at;
use bulk_delete_tests::runner::Runner;
use requests::Parameters;
use serde_json::Value;
use std::thread;

const THREADS: usize = 2;

/// What became of the requests of one thread.
#[derive(Default)]
struct Tally {
    valid: usize,
    invalid: usize,
    no_json: usize,
    disagreements: Vec<String>,
}

#[test]
fn agrees_with_the_oracle_on_generated_requests() {
    let wanted = std::env::var("GENERATED_REQUESTS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(100_000_usize);
    let runner = Runner::new();
    let mut disagreements = Vec::new();
    for contract in runner.service.contracts() {
        let document: Value =
            serde_json::from_slice(&corpus::contract_document(&contract.name, "openapi.json")).unwrap();
        let tallies: Vec<Tally> = thread::scope(|scope| {
            let share = |thread: usize| wanted / THREADS + usize::from(thread < wanted % THREADS);
            let (document, service) = (&document, &runner.service);
            let threads: Vec<_> = (0..THREADS)
                .map(|thread| {
                    scope.spawn(move || match &contract.operation.body {
                        Some(body) => {
                            bodies(document, &contract.operation.id, body, thread as u64, share(thread))
                        }
                        None => parameters(
                            &Parameters::new(document, service, contract),
                            thread as u64,
                            share(thread),
                        ),
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("no reader panics")).collect()
        });
        let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
        let (valid, invalid, no_json) =
            (sum(|tally| tally.valid), sum(|tally| tally.invalid), sum(|tally| tally.no_json));
        println!("{}: {valid} valid, {invalid} invalid, of these {no_json} no JSON", contract.name);
        assert_eq!(valid + invalid, wanted, "all were tried");
        assert!(valid * 10 > wanted && invalid * 10 > wanted, "the generated requests are lopsided");
        disagreements.extend(tallies.into_iter().flat_map(|tally| tally.disagreements));
    }
    assert!(
        disagreements.is_empty(),
        "{} disagreements, among them:\n{}",
        disagreements.len(),
        first_of(&disagreements)
    );
}

fn first_of(disagreements: &[String]) -> String {
    disagreements.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n")
}

impl Tally {
    fn note(&mut self, ours: bool, oracle: bool, told: impl FnOnce() -> String) {
        if oracle {
            self.valid += 1
        } else {
            self.invalid += 1
        }
        if ours != oracle {
            let (ours, oracle) = (word(ours), word(oracle));
            self.disagreements.push(format!("{ours} by the core, {oracle} by the oracle: {}", told()));
        }
    }
}

fn word(valid: bool) -> &'static str {
    if valid { "valid" } else { "invalid" }
}

fn bodies(document: &Value, operation: &str, body: &BodySpec, seed: u64, count: usize) -> Tally {
    let pointer = schema_pointer(document, operation).expect("a JSON body has a schema");
    let oracle = compile(document, document.pointer(&pointer).unwrap());
    let limits = Limits::default();
    let mut tally = Tally::default();
    for bytes in bodies_at(document, &pointer, seed).take(count) {
        let found = check_body(&bytes, &body.schema, &[], &limits).violations;
        let valid = match serde_json::from_slice::<Value>(&bytes) {
            Err(_) => {
                tally.no_json += 1;
                false
            }
            Ok(value) => {
                depth(&bytes) <= limits.depth
                    && names_in_text(&bytes) == names_in_tree(&value)
                    && oracle.is_valid(&value)
            }
        };
        tally.note(found.is_empty(), valid, || format!("{} {found:?}", String::from_utf8_lossy(&bytes)));
    }
    tally
}

/// Where the schema of the operation's JSON body stands.
fn schema_pointer(document: &Value, operation: &str) -> Option<String> {
    for (path, item) in document["paths"].as_object()? {
        for (method, described) in item.as_object()? {
            if described["operationId"] == operation {
                let path = path.replace('~', "~0").replace('/', "~1");
                return Some(format!("/paths/{path}/{method}/requestBody/content/application~1json/schema"));
            }
        }
    }
    None
}

fn parameters(parameters: &Parameters<'_>, seed: u64, count: usize) -> Tally {
    let mut tally = Tally::default();
    for request in parameters.requests(seed).take(count) {
        let found = parameters.violations(&request);
        tally.note(found.is_empty(), parameters.is_valid(&request), || format!("{request:?} {found:?}"));
    }
    tally
}

/// The bytes of a JSON text outside its strings.
fn outside_strings(body: &[u8]) -> impl Iterator<Item = u8> {
    let mut bytes = body.iter().copied();
    let mut inside = false;
    std::iter::from_fn(move || {
        loop {
            let byte = bytes.next()?;
            match (inside, byte) {
                (true, b'\\') => {
                    bytes.next();
                }
                (_, b'"') => inside = !inside,
                (true, _) => {}
                (false, byte) => return Some(byte),
            }
        }
    })
}

/// How many arrays and objects nest.
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

/// How many properties a text names: each has a colon.
fn names_in_text(body: &[u8]) -> usize {
    outside_strings(body).filter(|byte| *byte == b':').count()
}

fn names_in_tree(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(names_in_tree).sum(),
        Value::Object(object) => object.len() + object.values().map(names_in_tree).sum::<usize>(),
        _ => 0,
    }
}
