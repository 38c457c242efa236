//! Requests that are answered without anything being deleted: refused, moved, told what is wrong with them.

use crate::bench::{Asked, Bench, PATH, ask};
use crate::common::{EACH, OPENAPI, load, replaced};
use bulk_delete_core::contract::answers::Reserved;
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::request::call::Body;
use bulk_delete_core::request::line::RequestLine;
use bulk_delete_core::service::{Moment, Service};
use bulk_delete_core::time::Timestamp;

#[test]
fn a_refusal_is_told_in_its_words_and_changes_nothing() {
    let good = r#"{"noteIds":["n1"]}"#;
    let rows: Vec<(Asked<'_>, u16, &str)> = vec![
        (Asked { caller: Err(Cause::Missing), ..ask(good) }, 401, r#"{"error":"Who are you?"}"#),
        (Asked { caller: Err(Cause::Token), ..ask(good) }, 401, r#"{"error":"You are not who you say."}"#),
        (Asked { caller: Ok("lou"), ..ask(good) }, 403, r#"{"error":"Ask the keeper.","hint":"lou"}"#),
        (
            Asked { path: "/boxes/b%2F9/notes/bulk-delete", ..ask(good) },
            404,
            r#"{"error":"There is no box b/9."}"#,
        ),
        (
            Asked { path: "/boxes/b2/notes/bulk-delete", ..ask(good) },
            403,
            r#"{"error":"Ask the keeper.","hint":"kim"}"#,
        ),
        (Asked { method: "GET", ..ask(good) }, 405, r#"{"error":"No GET here."}"#),
        (Asked { body: Body::TooLarge, ..ask(good) }, 413, ""),
        (Asked { body: Body::TimedOut, ..ask(good) }, 408, ""),
        (Asked { body: Body::Broken, ..ask(good) }, 400, r#"{"error":"/body the body broke off"}"#),
        // The path is not asked either, as with the other bodies that are not whole.
        (
            Asked { body: Body::Broken, path: "/boxes/b2/notes/bulk-delete", ..ask(good) },
            400,
            r#"{"error":"/body the body broke off"}"#,
        ),
        (Asked { body: Body::Broken, method: "GET", ..ask(good) }, 405, r#"{"error":"No GET here."}"#),
        (
            Asked { content_type: "text/x {caller.id}", ..ask(good) },
            415,
            r#"{"error":"text/x {caller.id}?"}"#,
        ),
        (ask(r#"{"noteIds":[1],"x {caller.id}":2}"#), 400, r#"{"error":"What is x {caller.id}?"}"#),
        (ask(r#"{"noteIds":[1,null]}"#), 400, r#"{"error":"An id is nothing."}"#),
        (ask(""), 400, r#"{"error":"/body must not be empty"}"#),
        (ask("{}"), 400, r#"{"error":"/body must have `noteIds`"}"#),
        (
            Asked { query: Some("withPages=perhaps"), ..ask(good) },
            400,
            r#"{"error":"/query/withPages must be a boolean, is a string"}"#,
        ),
    ];
    for (asked, status, body) in rows {
        let mut bench = Bench::new(EACH);
        let before = bench.world.to_value(None);
        assert_eq!(bench.told(asked), (status, body.to_owned()));
        assert_eq!(bench.world.to_value(None), before);
        assert_eq!(bench.world.audit().len(), 0);
    }
}

#[test]
fn reserved_answers_are_given_on_demand() {
    let bench = Bench::new(EACH);
    let contract = bench.service.contracts().first().expect("there is one");
    let line = RequestLine { method: "POST", path: PATH, query: Some("a=b"), content_type: None };
    let mut new_id = || "id".to_owned();
    let mut give = |reserved| {
        let mut moment = Moment { now: Timestamp(0), new_id: &mut new_id };
        bench.service.reserved(contract, reserved, line, &mut moment)
    };
    let statuses: Vec<u16> = [
        Reserved::Method,
        Reserved::TooLarge,
        Reserved::TooMany,
        Reserved::Internal,
        Reserved::Timeout,
        Reserved::Moved,
    ]
    .into_iter()
    .map(|reserved| give(reserved).status)
    .collect();
    assert_eq!(statuses, [405, 413, 429, 500, 408, 404]);
    assert_eq!(give(Reserved::TooMany).header("retry-after"), Some("1"));
}

#[test]
fn a_path_without_its_final_slash_is_moved() {
    let openapi = replaced(OPENAPI, "notes/bulk-delete\"", "notes/bulk-delete/\"");
    let moved = "\"moved\": { \"status\": 301, \"headers\": { \"Location\": \"{request.moved-to}\", \"X-Url\": \"{request.url}\" } }, \"too-large\":";
    let policy = replaced(EACH, "\"too-large\":", moved);
    for (policy, status, location) in
        [(policy.as_str(), 301, Some("/boxes/b1/notes/bulk-delete/?withPages=true")), (EACH, 404, None)]
    {
        let mut bench = Bench::of(&openapi, policy);
        let (response, _) =
            bench.answer(Asked { query: Some("withPages=true"), ..ask(r#"{"noteIds":["n1"]}"#) });
        assert_eq!((response.status, response.header("location")), (status, location));
        assert!(bench.deleted().is_empty());
    }
}

#[test]
fn merged_violations_are_a_list_or_a_tree() {
    let start = EACH.find("\"violations\": {").expect("there are violations");
    let (before, _) = EACH.split_at(start);
    let list = format!(
        "{before}{}",
        r#""violations": { "answer": "merged", "status": 422, "body": { "count": "{violations.count}", "wrong": { "$each": "violations", "item": "{violation.rule} {violation.pointer}" } },
        "rules": [ { "rule": "content-type", "answer": "odd" } ] } }"#
    );
    let body = r#"{"noteIds":[1,"a",null],"y":1}"#;
    assert_eq!(
        Bench::new(&list).told(ask(body)),
        (422, r#"{"count":3,"wrong":["type /body/noteIds/0","type /body/noteIds/2","additionalProperties /body/y"]}"#.to_owned())
    );
    assert_eq!(Bench::new(&list).told(Asked { content_type: "a/b", ..ask(body) }).0, 415);
    let tree = format!(
        "{before}{}",
        r#""violations": { "answer": "merged", "status": 400, "body": { "$violations": "tree", "root": "all" },
        "rules": [ { "rule": "content-type", "answer": "odd" }, { "rule": "type", "say": "not a {violation.limit}" }, { "rule": "required", "say": "needed" }, { "say": "wrong" } ] } }"#
    );
    assert_eq!(
        Bench::new(&tree).told(ask(body)),
        (400, r#"{"noteIds":{"0":["not a string"],"2":["not a string"]},"y":["wrong"]}"#.to_owned())
    );
    assert_eq!(Bench::new(&tree).told(ask("{}")), (400, r#"{"noteIds":["needed"]}"#.to_owned()));
    assert_eq!(Bench::new(&tree).told(ask("[]")), (400, r#"{"all":["not a object"]}"#.to_owned()));
    let ten: Vec<String> = (0..11).map(|_| "1".to_owned()).collect();
    let (_, body) = Bench::new(&tree).told(ask(&format!("{{\"noteIds\":[{}]}}", ten.join(","))));
    assert!(body.contains(r#""9":["not a string"],"10":["#), "{body}");
}

#[test]
fn two_contracts_do_not_share_a_route() {
    let Err(problems) = Service::new(vec![load(EACH), load(EACH)]) else { panic!("they share one") };
    assert_eq!(problems.len(), 1);
    let told = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
    assert!(told.contains("`POST /boxes/{boxId}/notes/bulk-delete` of `notes`"), "{told}");
}
