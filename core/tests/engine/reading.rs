//! Answers read backwards: what each means item by item, and what in it does not add up.

use crate::common::{EACH, load, replaced, with_done};
use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::answer::report::Report;
use bulk_delete_core::request::ids::{Id, IdList};

/// A policy with lists of failures only, a count, and an optional key.
fn failures_only() -> String {
    with_done(
        r#""status": 200, "body": { "count": "{deleted.count}",
        "failures": { "$each": "not-deleted", "absent": "empty", "item": { "note": "note {item.id}.", "text": "{item.reason}" } } }"#,
    )
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
    // What nobody knows may still be there, so that it is not too late to try again.
    let unknown = "a unknown null inferred - \"-\" now";
    let rows: [(&str, &str, &str); 7] = [
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
        // Where no count says that it was nobody else, the one that failed may be the one that was asked for.
        (r#"{"failures":[{"note":"note A.","text":"The note is pinned."}]}"#, unknown, "names `A`"),
        (r#"{"failures":[{"text":"The note is pinned."}]}"#, unknown, "which was not asked for"),
        (r#"{"failures":["a"]}"#, unknown, "which was not asked for"),
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
    // Said twice, and the same, it is one thing that is said.
    let agreeing = r#"{"notes":[{"id":"a","done":false,"text":"The note is pinned."},{"id":"a","done":false,"text":"The note is pinned."}]}"#;
    let report = read(EACH, &["a"], 200, agreeing);
    assert_eq!(words(&report), ["a failed there stated pinned \"The note is pinned.\" after-change"]);
    let missing = read(EACH, &["a", "b"], 200, r#"{"notes":[{"id":"a","done":true,"text":null}]}"#);
    assert_eq!(
        words(&missing),
        ["a deleted gone stated deleted \"-\" never", "b unknown null inferred - \"-\" now"]
    );
}

#[test]
fn a_success_of_another_kind_of_json_says_nothing() {
    for policy in [EACH.to_owned(), failures_only()] {
        for body in ["5", "null", "true", "\"ok\"", "[]", "[{}]"] {
            let report = read(&policy, &["a"], 200, body);
            assert_eq!(words(&report), ["a unknown null inferred - \"-\" now"], "{body}");
            assert!(!report.contradictions.is_empty(), "{body}");
        }
    }
}

#[test]
fn a_byte_order_mark_says_nothing() {
    let body = "\u{feff}{\"count\":1}";
    assert_eq!(
        words(&read(&failures_only(), &["a"], 200, body)),
        ["a deleted gone inferred deleted \"-\" never"]
    );
    assert_eq!(
        read(EACH, &["a"], 401, "\u{feff}{\"error\":\"Who are you?\"}").answer.as_deref(),
        Some("who")
    );
    for body in ["\u{feff}", "\u{feff}\u{feff}{\"count\":1}"] {
        let report = read(&failures_only(), &["a"], 200, body);
        assert_eq!(words(&report), ["a unknown null inferred - \"-\" now"], "{body:?}");
    }
}

#[test]
fn what_may_be_there_may_be_tried_again() {
    // Gone, or kept for a reason that is not told: what would be safe for those that are kept.
    let kept = replaced(&failures_only(), "\"retry\": \"never\"", "\"retry\": \"after-change\"");
    let report = read(&kept, &["a"], 200, r#"{"failures":[{"note":"note a."}]}"#);
    assert_eq!(words(&report), ["a unknown null inferred - \"-\" after-change"]);
    let report = read(&kept, &["a"], 200, r#"{"failures":{}}"#);
    assert_eq!(words(&report), ["a unknown null inferred - \"-\" after-change"]);
}

#[test]
fn what_an_answer_names_and_does_not_tell_is_a_contradiction() {
    // Half of it says that the note is gone, half that it stays; and one that says neither.
    let notes = r#"[{"id":"a","done":true,"text":"The note is pinned."},{"id":"b"},{"id":"c","done":true}]"#;
    let report = read(EACH, &["a", "b", "c"], 200, &format!(r#"{{"gone":1,"notes":{notes}}}"#));
    assert_eq!(
        words(&report),
        [
            "a unknown null inferred - \"The note is pinned.\" after-change",
            "b unknown null inferred - \"-\" never",
            "c deleted gone stated deleted \"-\" never"
        ]
    );
    let told: Vec<_> = ["a", "b"]
        .map(|id| format!("the answer does not say what became of `{id}`, or says it in two ways"))
        .into();
    assert_eq!(report.contradictions, told);
}

#[test]
fn what_a_contract_declares_silent_is_no_contradiction() {
    let policy =
        with_done(r#""status": 200, "body": { "notes": { "$each": "all", "item": { "id": "{item.id}" } } }"#);
    let silent = r#""silent": [["deleted", "unknown", "pinned", "locked", "broken"]], "words": {"#;
    let report = read(&replaced(&policy, "\"words\": {", silent), &["a"], 200, r#"{"notes":[{"id":"a"}]}"#);
    assert_eq!(words(&report), ["a unknown null inferred - \"-\" never"]);
    assert_eq!(report.contradictions, Vec::<String>::new());
}

#[test]
fn a_success_that_has_nothing_of_the_answer_says_nothing() {
    for body in ["{}", r#"{"error":"Try again later."}"#, r#"{"data":{"count":1}}"#] {
        for policy in [EACH.to_owned(), failures_only()] {
            let report = read(&policy, &["a"], 200, body);
            assert_eq!(words(&report), ["a unknown null inferred - \"-\" now"], "{body}");
            assert_eq!(
                report.contradictions,
                ["the body has nothing of what the contract's answer tells"],
                "{body}"
            );
        }
    }
    // Where all of it may be left out, nothing at all is an answer.
    let optional = replaced(&failures_only(), "\"count\": \"{deleted.count}\",", "");
    for body in ["{}", r#"{"more":1}"#] {
        assert_eq!(
            words(&read(&optional, &["a"], 200, body)),
            ["a deleted gone inferred deleted \"-\" never"]
        );
    }
}

#[test]
fn what_stands_in_any_answer_is_no_sign_of_this_one() {
    // Beside what it tells of items, the answer says that all is well.
    let polite = replaced(
        &failures_only(),
        "\"count\": \"{deleted.count}\",",
        "\"ok\": true, \"text\": \"{deleted.count} deleted.\", \"told\": [ { \"count\": \"{deleted.count}\" } ],",
    );
    for body in [
        r#"{"ok":true}"#,
        r#"{"ok":false,"text":"Who are you?"}"#,
        r#"{"ok":true,"told":[]}"#,
        r#"{"ok":true,"told":[{}]}"#,
        r#"{"ok":true,"told":null}"#,
    ] {
        let report = read(&polite, &["a"], 200, body);
        assert_eq!(words(&report), ["a unknown null inferred - \"-\" now"], "{body}");
        assert_eq!(
            report.contradictions,
            ["the body has nothing of what the contract's answer tells"],
            "{body}"
        );
    }
    for body in [r#"{"told":[{"count":1}]}"#, r#"{"failures":[]}"#] {
        assert_eq!(
            words(&read(&polite, &["a"], 200, body)),
            ["a deleted gone inferred deleted \"-\" never"],
            "{body}"
        );
    }
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
    let policy = with_done("\"status\": 200");
    let all = "[[\"deleted\", \"unknown\", \"pinned\", \"locked\", \"broken\"]]";
    let report = read(
        &replaced(&policy, "\"words\": {", &format!("\"silent\": {all}, \"words\": {{")),
        &["a"],
        200,
        "",
    );
    assert_eq!(words(&report), ["a unknown null inferred - \"-\" never"]);
    let two = [",\n              { \"check\": \"state-is-not\", \"state\": \"pinned\", \"else\": \"pinned\" }", ",\n              { \"check\": \"attribute\", \"at\": \"/attributes/locked\", \"is-not\": true, \"else\": \"locked\" }", ",\n              { \"check\": \"deletable\", \"else\": \"broken\" }"]
        .iter()
        .fold(policy, |policy, check| replaced(&policy, check, ""));
    let outcomes = two.find(",\n    \"pinned\": {").and_then(|from| Some((from, two.find("\"words\"")?)));
    let (from, to) = outcomes.expect("the outcomes are there");
    let (before, rest) = two.split_at(from);
    let two =
        format!("{before} }}, \"silent\": [[\"deleted\", \"unknown\"]],\n  {}", rest.split_at(to - from).1);
    for body in ["", "\u{feff}", "\r\n", "{}", "[]", "null", "\"\""] {
        assert_eq!(
            words(&read(&two, &["a"], 200, body)),
            ["a unknown gone inferred - \"-\" never"],
            "{body}"
        );
    }
    // It is not this answer that says something.
    for body in ["<html>", "{", "0", "\"ok\"", "[1]", r#"{"error":"Try again later."}"#] {
        let report = read(&two, &["a"], 200, body);
        assert_eq!(words(&report), ["a unknown null inferred - \"-\" now"], "{body}");
        assert_eq!(
            report.contradictions,
            ["the contract's answer has no body, and this one says something, or is not whole"],
            "{body}"
        );
    }
}

#[test]
fn the_text_of_a_refusal_is_found_in_any_shape() {
    let nested = replaced(
        EACH,
        "\"no-box\": { \"status\": 404, \"say\": { \"text\": \"There is no box {container.id}.\" } }",
        "\"no-box\": { \"status\": 404, \"body\": { \"errors\": [ { \"id\": \"NoBox\", \"why\": { \"$if\": \"container.id\", \"then\": \"No {container.id}.\" } } ], \"help\": [ \"x\" ] } }",
    );
    let rows = [
        (r#"{"errors":[{"id":"NoBox","why":"No b9 at all."}],"help":["x"]}"#, "No b9 at all."),
        (r#"{"errors":[{"id":"NoBox"}],"help":["x"]}"#, "NoBox"),
        (r#"{"errors":[],"help":["xy"]}"#, "xy"),
        // Of texts that are equally long, the first.
        (r#"{"errors":[{"id":"ab","why":"cd"}]}"#, "ab"),
    ];
    for (body, reason) in rows {
        let report = read(&nested, &["a"], 404, body);
        assert_eq!(report.items.first().and_then(|item| item.reason.as_deref()), Some(reason), "{body}");
    }
}

#[test]
fn of_two_answers_of_one_status_the_likelier_is_read() {
    // Neither's words: the first in the order of their names.
    let report = read(EACH, &["a"], 401, r#"{"error":"Somebody else's words."}"#);
    assert_eq!(report.answer.as_deref(), Some("not-you"));
    let report = read(EACH, &["a"], 401, "");
    assert_eq!(report.answer.as_deref(), Some("not-you"));
    // Which of them it is nobody knows, and logic and translations must not be told one.
    assert_eq!(words(&report), ["a failed there inferred - \"-\" after-change"]);
    let unknown = read(EACH, &["a"], 418, "");
    assert_eq!(unknown.contradictions, ["the contract has no answer with the status 418"]);
}

#[test]
fn lists_without_ids_are_read_by_their_order() {
    let policy = replaced(
        &replaced(EACH, "\"atomicity\": \"each\"", "\"atomicity\": \"all\""),
        "\"is\": \"deleted\" }",
        "\"is\": \"accepted\" }",
    );
    let policy = ["unknown", "pinned", "locked", "broken"].iter().fold(policy, |policy, outcome| {
        let is = if *outcome == "unknown" { "not-found" } else { "failed" };
        replaced(
            &policy,
            &format!("\"{outcome}\": {{ \"is\": \"{is}\","),
            &format!("\"{outcome}\": {{ \"is\": \"{is}\", \"answer\": \"{outcome}\","),
        )
    });
    let answers = "\"too-large\":";
    let more = r#""unknown": { "status": 410, "body": { "$each": "refused", "item": "{item.id}" } },
        "pinned": { "status": 409, "body": { "$each": "refused", "item": "{item.id}" } },
        "locked": { "status": 423, "body": { "$each": "refused", "item": "{item.id}" } },
        "broken": { "status": 422, "body": { "$each": "refused", "item": "{item.id}" } }, "too-large":"#;
    let policy = replaced(&policy, answers, more);
    let start = policy.find("\"done\": { \"status\": 200").expect("there is a done");
    let end = policy.find("\"who\": {").expect("there is a who");
    let (before, rest) = policy.split_at(start);
    let policy = format!(
        "{before}\"done\": {{ \"status\": 202, \"body\": {{ \"ids\": {{ \"$each\": \"accepted\", \"item\": \"{{item.operation-id}}\" }} }} }}, {}",
        rest.split_at(end - start).1
    );
    let report = read(&policy, &["a", "b"], 202, r#"{"ids":["x","y"]}"#);
    assert_eq!(
        words(&report),
        ["a accepted gone stated deleted \"-\" never", "b accepted gone stated deleted \"-\" never"]
    );
    let operations: Vec<_> = report.items.iter().map(|item| item.operation.as_deref()).collect();
    assert_eq!(operations, [Some("x"), Some("y")]);
    let counted = read(&policy, &["a", "b"], 202, r#"{"ids":[7,18014398509481985]}"#);
    let operations: Vec<_> = counted.items.iter().map(|item| item.operation.as_deref()).collect();
    assert_eq!(operations, [Some("7"), Some("18014398509481985")]);
    let fewer = read(&policy, &["a", "b"], 202, r#"{"ids":["x"]}"#);
    assert_eq!(
        fewer.contradictions.first().map(String::as_str),
        Some("the answer lists 1 items where 2 were asked for")
    );
    let refused = read(&policy, &["a", "b"], 409, r#"["b"]"#);
    assert_eq!(
        words(&refused),
        ["a failed there inferred bystander \"-\" now", "b failed there stated pinned \"-\" after-change"]
    );
}

#[test]
fn contradictions_are_told_within_bounds() {
    let strangers: Vec<String> =
        (0..150).map(|number| format!("{{\"note\":\"note z{number}.\",\"text\":\"x\"}}")).collect();
    let report = read(&failures_only(), &["a"], 200, &format!("{{\"failures\":[{}]}}", strangers.join(",")));
    assert_eq!(report.contradictions.len(), 100);
}

#[test]
fn every_count_is_held_against_its_list() {
    let counts =
        ["all", "deleted", "accepted", "not-found", "not-deleted", "warnings", "refused", "violations"];
    let members: Vec<String> =
        counts.iter().map(|list| format!("\"n-{list}\": \"{{{list}.count}}\",")).collect();
    let policy = replaced(EACH, "\"gone\": \"{deleted.count}\",", &members.concat());
    let notes = r#""notes":[{"id":"a","done":true,"text":null},{"id":"b","done":false,"text":"There is no such note."},{"id":"c","done":false,"text":"The note is pinned."}],"warnings":["w"]"#;
    let ids = ["a", "b", "c"];
    let right = r#"{"n-all":3,"n-deleted":1,"n-accepted":0,"n-not-found":1,"n-not-deleted":2,"n-warnings":1,"n-refused":9,"n-violations":9,"#;
    let body = format!("{right}{notes}}}");
    assert_eq!(read(&policy, &ids, 200, &body).contradictions, Vec::<String>::new());
    for (from, to, told) in [
        ("\"n-all\":3", "\"n-all\":2", "counts 2 where its lists make 3"),
        ("\"n-deleted\":1", "\"n-deleted\":2", "counts 2 where its lists make 1"),
        ("\"n-accepted\":0", "\"n-accepted\":1", "counts 1 where its lists make 0"),
        ("\"n-not-found\":1", "\"n-not-found\":0", "counts 0 where its lists make 1"),
        ("\"n-warnings\":1", "\"n-warnings\":3", "counts 3 where its lists make 1"),
        ("\"n-not-deleted\":2", "\"n-not-deleted\":1", "counts 1 where its lists make 2"),
    ] {
        let report = read(&policy, &ids, 200, &replaced(&body, from, to));
        assert_eq!(report.contradictions, [format!("the answer {told}")]);
        // What was stated stays.
        assert_eq!(report.items.first().map(|item| item.outcome.name()), Some("deleted"));
    }
}
