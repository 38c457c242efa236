//! Elements of lists, and the templates around them: what outcomes fill in, what stands where, and what reads apart.

use crate::bench::{Asked, Bench, ask};
use crate::common::{EACH, OPENAPI, expect_problem, load, replaced, try_load, with_done};
use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::request::ids::{Id, IdKind, IdList};

const TEXT: &str = "\"text\": \"{item.reason}\"";

/// The policy with another body of the answer `done`.
fn with_body(body: &str) -> String {
    with_done(&format!("\"status\": 200, \"body\": {body}"))
}

fn told(policy: &str, ids: &str) -> String {
    let (status, body) = Bench::new(policy).told(ask(&format!("{{\"noteIds\":[{ids}]}}")));
    assert_eq!(status, 200);
    body
}

#[test]
fn a_text_that_an_outcome_lacks_is_left_out() {
    let optional = "\"text\": { \"$if\": \"item.reason\", \"then\": \"{item.reason}\" }";
    let policy = replaced(EACH, TEXT, optional);
    let silent = replaced(&policy, "\"The note is pinned.\"", "\"\"");
    let pairs = r#"[["pinned", "unknown"], ["pinned", "locked"], ["pinned", "broken"]]"#;
    let silent = replaced(&silent, "\"words\": {", &format!("\"silent\": {pairs}, \"words\": {{"));
    for (policy, n2) in [
        (&policy, r#"{"id":"n2","done":false,"text":"The note is pinned."}"#),
        (&silent, r#"{"id":"n2","done":false}"#),
    ] {
        let expected = format!(
            r#"{{"gone":1,"notes":[{{"id":"n1","done":true,"name":"One"}},{n2},{{"id":"n4","done":false,"text":"Broken: glue"}}]}}"#
        );
        assert_eq!(told(policy, r#""n1","n2","n4""#), expected);
    }
}

#[test]
fn codes_and_words_tell_outcomes_apart() {
    for text in
        ["\"text\": \"{item.code}\"", "\"text\": { \"$if\": \"item.code\", \"then\": \"{item.code}\" }"]
    {
        let body = told(&replaced(EACH, TEXT, text), r#""n2""#);
        assert_eq!(body, r#"{"gone":0,"notes":[{"id":"n2","done":false,"text":"pinned"}]}"#);
    }
}

#[test]
fn lists_stand_in_arrays_and_behind_conditions() {
    let each = r#"{ "$each": "all", "item": ["{item.id}", "{item.code}"] }"#;
    let rows = r#"[["n1","deleted"],["n2","pinned"]]"#;
    for (body, expected) in [
        (format!("[1, {each}]"), format!("[1,{rows}]")),
        (format!("{{ \"a\": [ {each} ] }}"), format!("{{\"a\":[{rows}]}}")),
        (
            format!("{{ \"a\": {{ \"$if\": \"all.count\", \"then\": {each} }}, \"b\": 1 }}"),
            format!("{{\"a\":{rows},\"b\":1}}"),
        ),
    ] {
        assert_eq!(told(&with_body(&body), r#""n1","n2""#), expected);
    }
}

#[test]
fn what_only_a_table_of_words_asks_for_is_looked_up() {
    let policy =
        with_body(r#"{ "$each": "all", "item": ["{item.id}", "{item.code}", "{mood:item.state}"] }"#);
    let policy =
        replaced(&policy, "\"words\": {", "\"words\": { \"mood\": { \"pinned\": 7, \"\": \"free\" },");
    assert_eq!(told(&policy, r#""n1","n2""#), r#"[["n1","deleted","free"],["n2","pinned",7]]"#);
}

#[test]
fn outcomes_that_no_list_names_are_not_told_apart() {
    let policy = with_body(r#"{ "gone": { "$each": "deleted", "item": "{item.id}" } }"#);
    let message = "with the outcome `unknown` reads the same as one with `pinned`";
    expect_problem(try_load(OPENAPI, &policy), "policy.json", "/answers/done", message, "gone alone");
}

#[test]
fn only_those_that_the_answer_refuses_are_refused() {
    let policy = replaced(EACH, "\"atomicity\": \"each\"", "\"atomicity\": \"all\"");
    let codes = [("unknown", "not-found"), ("pinned", "failed"), ("locked", "failed"), ("broken", "failed")];
    let policy = (450..).zip(codes).fold(policy, |policy, (status, (code, is))| {
        let outcome = format!("\"{code}\": {{ \"is\": \"{is}\",");
        let policy = replaced(&policy, &outcome, &format!("{outcome} \"answer\": \"{code}\","));
        let body = r#"{ "$each": "refused", "item": "{item.id}" }"#;
        let answer = format!("\"{code}\": {{ \"status\": {status}, \"body\": {body} }},");
        replaced(&policy, "\"answers\": {", &format!("\"answers\": {{ {answer}"))
    });
    let asked = ask(r#"{"noteIds":["n1","n2","n3","n4"]}"#);
    assert_eq!(Bench::new(&policy).told(asked), (451, r#"["n2"]"#.to_owned()));
}

#[test]
fn nothing_is_refused_for_others_where_each_item_is_decided_by_itself() {
    let policy = with_body(
        r#"{ "refused": "{refused.count}", "which": { "$each": "refused", "item": "{item.id}" }, "all": { "$each": "all", "item": ["{item.id}", "{item.code}"] } }"#,
    );
    assert_eq!(told(&policy, r#""n2""#), r#"{"refused":0,"which":[],"all":[["n2","pinned"]]}"#);
}

#[test]
fn what_is_said_in_a_text_stays_a_text() {
    // What stands before it is empty here, and elsewhere may not be.
    let policy = replaced(EACH, "\"error\": \"{say.text}\"", "\"error\": \"{say.before}{say.text}\"");
    let policy = policy.replace("\"text\": \"", "\"before\": \"\", \"text\": \"");
    let policy = policy.replace("\"before\": \"\", \"text\": \"{item.reason}\"", TEXT);
    let policy = replaced(&policy, "\"Who are you?\"", "\"{wait.seconds}\"");
    let asked = Asked { caller: Err(Cause::Missing), ..ask("{}") };
    assert_eq!(Bench::new(&policy).told(asked), (401, r#"{"error":"1"}"#.to_owned()));
}

fn read(policy: &str, status: u16, body: &str) -> (Option<String>, Vec<String>, Vec<&'static str>) {
    let contract = load(policy);
    let ids: IdList = [Id::text("a")].into_iter().collect();
    let report = interpret(&contract, &ids, Received { status, body: body.as_bytes() });
    let outcomes = report.items.iter().map(|item| item.outcome.name()).collect();
    (report.answer, report.contradictions, outcomes)
}

#[test]
fn constant_lists_and_objects_are_compared_as_a_whole_and_by_member() {
    let bodies = |who: &str, not_you: &str| {
        let policy = replaced(EACH, "\"say\": { \"text\": \"Who are you?\" }", &format!("\"body\": {who}"));
        replaced(
            &policy,
            "\"say\": { \"text\": \"You are not who you say.\" }",
            &format!("\"body\": {not_you}"),
        )
    };
    let lists = bodies("[\"a\"]", "[\"a\", \"b\"]");
    for (body, answer) in [("[\"a\"]", "who"), ("[\"a\",\"b\"]", "not-you")] {
        assert_eq!(read(&lists, 401, body).0.as_deref(), Some(answer), "{body}");
    }
    let objects = bodies(r#"{ "code": 1, "more": 1, "help": 1 }"#, r#"{ "code": 2, "more": 2, "help": 2 }"#);
    for (body, answer) in
        [(r#"{"code":1}"#, "who"), (r#"{"code":2}"#, "not-you"), (r#"{"code":1,"more":1,"help":3}"#, "who")]
    {
        assert_eq!(read(&objects, 401, body).0.as_deref(), Some(answer), "{body}");
    }
}

#[test]
fn a_list_is_not_read_out_of_something_else() {
    let policy =
        with_body(r#"{ "$each": "not-deleted", "absent": "empty", "item": ["{item.id}", "{item.code}"] }"#);
    let (answer, contradictions, outcomes) = read(&policy, 200, "[]");
    assert_eq!((answer.as_deref(), contradictions.len(), outcomes), (Some("done"), 0, vec!["deleted"]));
    for body in ["{}", "7", "null"] {
        let (_, contradictions, outcomes) = read(&policy, 200, body);
        assert_eq!((contradictions.len(), outcomes), (1, vec!["unknown"]), "{body} {contradictions:?}");
    }
}

#[test]
fn an_integer_is_known_in_a_text_also() {
    let policy = with_body(
        r#"{ "gone": { "$each": "deleted", "item": "note {item.id} is gone" },
             "kept": { "$each": "not-deleted", "item": { "note": "no. {item.id}", "text": "{item.reason}" } } }"#,
    );
    let contract = load(&policy);
    let integer = |text| Id { text, kind: IdKind::Integer };
    let body = r#"{"gone":["note 7 is gone"],"kept":[{"note":"no. -8","text":"The note is pinned."}]}"#;
    let read = |ids: &[Id<'_>]| {
        let ids: IdList = ids.iter().copied().collect();
        let report = interpret(&contract, &ids, Received { status: 200, body: body.as_bytes() });
        (
            report.items.iter().map(|item| item.code.clone().unwrap_or_default()).collect::<Vec<_>>(),
            report.contradictions,
        )
    };
    assert_eq!(
        read(&[integer("7"), integer("-8")]),
        (vec!["deleted".to_owned(), "pinned".to_owned()], vec![])
    );
    // It could be either.
    let (codes, contradictions) = read(&[integer("7"), Id::text("7"), Id::text("-8")]);
    assert_eq!(codes, ["", "", "pinned"]);
    assert!(contradictions.iter().any(|text| text.contains("the answer names `7`")), "{contradictions:?}");
}
