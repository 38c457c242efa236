//! Answers read backwards: what each means item by item, and what in it does not add up.

use crate::common::{EACH, load, replaced};
use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::answer::report::Report;
use bulk_delete_core::request::ids::{Id, IdList};

/// A policy with lists of failures only, a count, and an optional key.
fn failures_only() -> String {
    let start = EACH.find("\"done\": { \"status\": 200").expect("there is a done");
    let end = EACH.find("\"who\": {").expect("there is a who");
    let (before, rest) = EACH.split_at(start);
    let (_, after) = rest.split_at(end - start);
    let done = r#""done": { "status": 200, "body": { "count": "{deleted.count}",
        "failures": { "$each": "not-deleted", "absent": "empty", "item": { "note": "note {item.id}.", "text": "{item.reason}" } } } },
        "#;
    format!("{before}{done}{after}")
}

fn read(policy: &str, ids: &[&str], status: u16, body: &str) -> Report {
    let contract = load(policy);
    let ids: IdList = ids.iter().map(|id| Id::text(id)).collect();
    interpret(&contract, &ids, Received { status, body: body.as_bytes() })
}

/// A report in words: for each item outcome, gone, evidence, code, reason, retry.
fn words(report: &Report) -> Vec<String> {
    report
        .items
        .iter()
        .map(|item| {
            format!(
                "{} {} {} {} {} {:?} {}",
                item.id.text,
                item.outcome.name(),
                item.gone.known().map_or("null", |gone| if gone { "gone" } else { "there" }),
                item.evidence.name(),
                item.code.as_deref().unwrap_or("-"),
                item.reason.as_deref().unwrap_or("-"),
                item.retry.name()
            )
        })
        .collect()
}

#[test]
fn a_list_of_all_states_everything() {
    let body = r#"{"gone":1,"notes":[
        {"id":"a","name":"A","done":true,"text":null},
        {"id":"b","done":false,"text":"There is no such note."},
        {"id":"c","done":false,"text":"The note is pinned."},
        {"id":"d","done":false,"text":"Broken: glue"},
        {"id":"e","done":false,"text":"The note is locked.","more":1}],"warnings":["w"]}"#;
    let report = read(EACH, &["a", "b", "c", "d", "e"], 200, body);
    assert_eq!(
        words(&report),
        [
            "a deleted gone stated deleted \"-\" never",
            "b not-found gone stated unknown \"There is no such note.\" never",
            "c failed there stated pinned \"The note is pinned.\" after-change",
            "d failed there stated broken \"Broken: glue\" now",
            "e failed there stated locked \"The note is locked.\" never",
        ]
    );
    assert_eq!(
        (report.warnings, report.contradictions, report.answer),
        (vec!["w".to_owned()], vec![], Some("done".to_owned()))
    );
}

#[test]
fn silence_is_inferred() {
    let body = r#"{"count":2,"failures":[{"note":"note b.","text":"The note is pinned."}]}"#;
    let report = read(&failures_only(), &["a", "b", "c"], 200, body);
    assert_eq!(
        words(&report),
        [
            "a deleted gone inferred deleted \"-\" never",
            "b failed there stated pinned \"The note is pinned.\" after-change",
            "c deleted gone inferred deleted \"-\" never",
        ]
    );
    assert!(report.contradictions.is_empty());
    // A list that may be left out, or is null, is empty.
    for body in [r#"{"count":1}"#, r#"{"count":"1","failures":null}"#, r#"{"failures":[]}"#] {
        assert_eq!(
            words(&read(&failures_only(), &["a"], 200, body)),
            ["a deleted gone inferred deleted \"-\" never"]
        );
    }
}

#[test]
fn what_does_not_add_up_is_told_and_makes_inferences_uncertain() {
    let unknown = "a unknown null inferred - \"-\" never";
    let rows: [(&str, &str, &str); 4] = [
        (r#"{"count":0,"failures":[]}"#, unknown, "counts 0 where its lists make 1"),
        (
            r#"{"count":1,"failures":[{"note":"note z.","text":"The note is pinned."}]}"#,
            "a deleted gone inferred deleted \"-\" never",
            "names `z`, which was not asked for",
        ),
        (
            r#"{"count":1,"failures":[{"text":"The note is pinned."}]}"#,
            "a deleted gone inferred deleted \"-\" never",
            "which was not asked for",
        ),
        (
            r#"{"count":1,"failures":[{"note":"b","text":"x"}]}"#,
            "a deleted gone inferred deleted \"-\" never",
            "names `{",
        ),
    ];
    for (body, expected, contradiction) in rows {
        let report = read(&failures_only(), &["a"], 200, body);
        assert_eq!(words(&report), [expected], "{body}");
        assert!(
            report.contradictions.iter().any(|told| told.contains(contradiction)),
            "{body} {:?}",
            report.contradictions
        );
    }
    let twice = r#"{"notes":[{"id":"a","done":true,"text":null},{"id":"a","done":false,"text":"The note is pinned."}]}"#;
    let report = read(EACH, &["a"], 200, twice);
    assert_eq!(report.items.first().map(|item| item.outcome.name()), Some("unknown"));
    assert!(report.contradictions.iter().any(|told| told.contains("in two ways")));
    let missing = read(EACH, &["a", "b"], 200, r#"{"notes":[{"id":"a","done":true,"text":null}]}"#);
    assert_eq!(
        words(&missing),
        ["a deleted gone stated deleted \"-\" never", "b unknown null inferred - \"-\" now"]
    );
}

#[test]
fn a_text_that_nobody_knows_is_read_by_the_rest() {
    let body = r#"{"notes":[{"id":"a","done":false,"text":"New words."},{"id":"b","done":true,"text":"New words."}]}"#;
    let report = read(EACH, &["a", "b"], 200, body);
    let outcomes: Vec<&str> = report.items.iter().map(|item| item.outcome.name()).collect();
    // Not deleted, but whether it was ever there is not said; and what is done is done, whatever is said of it.
    assert_eq!(outcomes, ["unknown", "deleted"]);
    assert_eq!(report.items.first().and_then(|item| item.reason.clone()), Some("New words.".to_owned()));
}

#[test]
fn a_refusal_of_the_whole_is_read_for_every_item() {
    let rows: [(u16, &str, &str, Option<&str>); 9] = [
        (
            401,
            r#"{"error":"Who are you?"}"#,
            "a failed there inferred who \"Who are you?\" after-change",
            Some("who"),
        ),
        (
            401,
            r#"{"error":"You are not who you say."}"#,
            "a failed there inferred not-you \"You are not who you say.\" after-change",
            Some("not-you"),
        ),
        (
            404,
            r#"{"error":"There is no box b9."}"#,
            "a failed there inferred no-box \"There is no box b9.\" after-change",
            Some("no-box"),
        ),
        (
            400,
            r#"{"error":"What is x?"}"#,
            "a failed there inferred violations \"What is x?\" after-change",
            Some("violations"),
        ),
        (429, "", "a failed there inferred too-many \"-\" now", Some("too-many")),
        (500, "<html>", "a unknown null inferred internal \"-\" now", Some("internal")),
        (502, "", "a unknown null inferred - \"-\" now", None),
        (418, "", "a failed there inferred - \"-\" after-change", None),
        (202, "{}", "a unknown null inferred - \"-\" after-change", None),
    ];
    for (status, body, expected, answer) in rows {
        let report = read(EACH, &["a"], status, body);
        assert_eq!(words(&report), [expected], "{status} {body}");
        assert_eq!(report.answer.as_deref(), answer);
        assert_eq!(report.contradictions.is_empty(), answer.is_some());
    }
}

#[test]
fn a_body_that_cannot_be_read_leaves_everything_open() {
    for body in ["", "{\"notes\":[", "<html>"] {
        let report = read(EACH, &["a"], 200, body);
        assert_eq!(words(&report), ["a unknown null inferred - \"-\" now"]);
        assert_eq!(report.contradictions.len(), 1);
    }
}

#[test]
fn what_is_declared_silent_is_still_gone() {
    let start = EACH.find("\"done\": { \"status\": 200").expect("there is a done");
    let end = EACH.find("\"who\": {").expect("there is a who");
    let (before, rest) = EACH.split_at(start);
    let (_, after) = rest.split_at(end - start);
    let policy = format!("{before}\"done\": {{ \"status\": 200 }}, {after}");
    let all = "[[\"deleted\", \"unknown\", \"pinned\", \"locked\", \"broken\"]]";
    let report = read(
        &replaced(&policy, "\"words\": {", &format!("\"silent\": {all}, \"words\": {{")),
        &["a"],
        200,
        "",
    );
    assert_eq!(words(&report), ["a unknown null inferred - \"-\" never"]);
    let two = [",\n              { \"check\": \"state-is-not\", \"state\": \"pinned\", \"else\": \"pinned\" }", ",\n              { \"check\": \"attribute\", \"at\": \"/locked\", \"is-not\": true, \"else\": \"locked\" }", ",\n              { \"check\": \"deletable\", \"else\": \"broken\" }"]
        .iter()
        .fold(policy, |policy, check| replaced(&policy, check, ""));
    let outcomes = two.find(",\n    \"pinned\": {").and_then(|from| Some((from, two.find("\"words\"")?)));
    let (from, to) = outcomes.expect("the outcomes are there");
    let (before, rest) = two.split_at(from);
    let two =
        format!("{before} }}, \"silent\": [[\"deleted\", \"unknown\"]],\n  {}", rest.split_at(to - from).1);
    assert_eq!(words(&read(&two, &["a"], 200, "")), ["a unknown gone inferred - \"-\" never"]);
}
