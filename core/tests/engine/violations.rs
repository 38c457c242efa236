//! Tables of violations: which rules may end one, and what is told where several violations or none have words.

use crate::bench::{Bench, ask};
use crate::common::{EACH, OPENAPI, expect_problem, load, replaced, try_load};

/// The policy with another `violations`, where the answer `odd` tells of none.
fn with(violations: &str) -> String {
    let policy = replaced(EACH, "{violation.actual}", "Odd");
    let start = policy.find("\"violations\": {").expect("there are violations");
    let (before, _) = policy.split_at(start);
    format!("{before}\"violations\": {violations} }}")
}

fn tree(last_rule: &str) -> String {
    with(&format!(
        r#"{{ "answer": "merged", "status": 400, "body": {{ "wrong": {{ "$violations": "tree", "root": "all" }} }}, "rules": [ {{ "rule": "type", "say": "not a {{violation.limit}}" }}, {last_rule} ] }}"#
    ))
}

fn first(last_rule: &str) -> String {
    with(&format!(r#"{{ "answer": "first", "status": 400, "rules": [ {last_rule} ] }}"#))
}

#[test]
fn a_table_ends_with_a_rule_for_every_violation() {
    let say = r#""say": { "text": "Wrong." }"#;
    load(&first(&format!("{{ {say} }}")));
    load(&first(r#"{ "answer": "odd" }"#));
    load(&tree(r#"{ "say": "Wrong." }"#));
    for narrowed in [r#""rule": "type""#, r#""at": "/body/dry""#, r#""actual": "null""#] {
        let policy = first(&format!("{{ {narrowed}, {say} }}"));
        let message = "the last of `rules` must be for every violation";
        expect_problem(try_load(OPENAPI, &policy), "policy.json", "/violations", message, narrowed);
        let policy = tree(&format!("{{ {narrowed}, \"say\": \"Wrong.\" }}"));
        let message = "a tree of violations needs a text for each";
        expect_problem(try_load(OPENAPI, &policy), "policy.json", "/violations", message, narrowed);
    }
    let policy = tree(r#"{ "answer": "odd" }"#);
    let message = "the last of `rules` must have only a `say`";
    expect_problem(try_load(OPENAPI, &policy), "policy.json", "/violations", message, "an answer last");
}

#[test]
fn what_is_wrong_with_one_value_stands_in_one_list() {
    let openapi = replaced(OPENAPI, "\"minItems\": 1", "\"minItems\": 3, \"uniqueItems\": true");
    let mut bench = Bench::of(&openapi, &tree(r#"{ "say": "not {violation.rule}" }"#));
    assert_eq!(
        bench.told(ask(r#"{"noteIds":["a","a"]}"#)),
        (400, r#"{"wrong":{"noteIds":["not minItems","not uniqueItems"]}}"#.to_owned())
    );
}

#[test]
fn a_merged_answer_may_stand_among_the_answers() {
    let policy = with(r#"{ "answer": "merged" }"#);
    let answer = r#""answers": { "violations": { "status": 422, "body": "{violations.count}" },"#;
    let policy = replaced(&policy, "\"answers\": {", answer);
    assert_eq!(Bench::new(&policy).told(ask(r#"{"x":1}"#)), (422, "2".to_owned()));
}

#[test]
fn a_rule_without_words_leaves_its_violations_to_the_merged_answer() {
    let policy = with(
        r#"{ "answer": "merged", "status": 422, "body": "{violations.count}", "rules": [ { "rule": "type" }, { "at": "/body/*", "answer": "odd" } ] }"#,
    );
    let mut bench = Bench::new(&policy);
    assert_eq!(bench.told(ask(r#"{"noteIds":["a"],"dry":1}"#)), (422, "1".to_owned()));
    assert_eq!(bench.told(ask(r#"{"noteIds":[]}"#)).0, 415);
}
