//! Deletions on their way, and what is listed beside them: whose they are, where, and how they are narrowed.

use crate::bench::{Asked, Bench, PATH, ask};
use crate::common::{EACH, WORLD, replaced};
use crate::companions::{beside, get, openapi};
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::{Seed, World};
use std::sync::Arc;

const ROW: &str = r#"["{operation.id}", "{operation.item}", "{operation.container}", "{operation.caller}", "{operation.state}", "{operation.fail}"]"#;

/// The policy with deletions that happen later, and that fail then where the world says so.
fn later() -> String {
    let policy = replaced(EACH, "\"effects\": {", "\"effects\": { \"when\": \"later\",");
    let policy =
        replaced(&policy, "\"deleted\": { \"is\": \"deleted\" }", "\"deleted\": { \"is\": \"accepted\" }");
    let policy = replaced(&policy, "\"deleted\": true", "\"accepted\": true");
    let check = ",\n              { \"check\": \"deletable\", \"else\": \"broken\" }";
    let policy = replaced(&policy, check, "");
    let list = |more: &str| {
        format!(
            r#"{{ "do": "list-operations", {more} "checks": CHECKS, "answers": {{ "done": {{ "status": 200, "body": {{ "$each": "operations", "item": {ROW} }} }} }} }}"#
        )
    };
    let read = format!(
        r#"{{ "do": "get", "of": "operations", "id": "/path/noteId", "checks": CHECKS,
             "items": [ {{ "check": "exists", "else": "none" }}, {{ "check": "owned", "else": "not-yours" }} ],
             "answers": {{ "done": {{ "status": 200, "body": {ROW} }}, "none": {{ "status": 404 }}, "not-yours": {{ "status": 403 }} }} }}"#
    );
    let own = r#""items": [ { "check": "owned" } ], "filters": [ { "at": "/query/id", "by": "id" } ],"#;
    beside(
        &policy,
        &[
            ("listOperations", &list(own)),
            ("listOperationsOfBox", &list(r#""container": "/path/boxId","#)),
            ("readOperation", &read),
        ],
    )
}

fn contract(name: &str) -> Contract {
    let (openapi, policy) = (openapi(), later());
    let documents = Documents { name, openapi: openapi.as_bytes(), policy: policy.as_bytes() };
    Contract::load(documents).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// A bench on which `kim` is deleting `n1` and `n4` of the box `b1`, and `lou` `n6` of `b2`.
fn busy() -> Bench {
    let grants = "\"grants\": [ { \"container\": \"box/b1\" } ]";
    let keeps = "\"grants\": [ { \"container\": \"box/b2\", \"roles\": [\"keeper\"] } ]";
    let world = replaced(WORLD, grants, keeps);
    let seed = Seed::parse("world.json", world.as_bytes()).expect("the world loads");
    let mut bench = Bench { world: World::new(Arc::new(seed)), ..Bench::serving(contract("notes")) };
    for (caller, path, body) in [
        ("kim", PATH, r#"{"noteIds":["n1","n4"]}"#),
        ("lou", "/boxes/b2/notes/bulk-delete", r#"{"noteIds":["n6"]}"#),
    ] {
        let (status, told) = bench.told(Asked { caller: Ok(caller), path, ..ask(body) });
        assert!(status == 200 && !told.contains("false"), "{told}");
    }
    bench.now = Timestamp(2_500);
    bench
}

const OF_KIM: &str = r#"["id-2","n1","b1","kim","running",null]"#;
const ALSO_OF_KIM: &str = r#"["id-3","n4","b1","kim","running",null]"#;
const OF_LOU: &str = r#"["id-5","n6","b2","lou","running",null]"#;

fn array(rows: &[&str]) -> String {
    format!("[{}]", rows.join(","))
}

#[test]
fn operations_are_listed_for_who_asked_for_them_and_where_they_are() {
    let mut bench = busy();
    for (caller, path, rows) in [
        ("kim", "/operations", &[OF_KIM, ALSO_OF_KIM][..]),
        ("lou", "/operations", &[OF_LOU]),
        ("kim", "/boxes/b1/operations", &[OF_KIM, ALSO_OF_KIM]),
        ("kim", "/boxes/b2/operations", &[OF_LOU]),
        ("kim", "/boxes/b9/operations", &[]),
    ] {
        let told = bench.told(Asked { caller: Ok(caller), ..get(path) });
        assert_eq!(told, (200, array(rows)), "{caller} {path}");
    }
}

#[test]
fn an_operation_is_read_by_its_id() {
    let mut bench = busy();
    for (caller, id, status, body) in [
        ("kim", "id-2", 200, OF_KIM),
        ("lou", "id-5", 200, OF_LOU),
        ("lou", "id-2", 403, ""),
        ("kim", "id-4", 404, ""),
    ] {
        let path = format!("/operations/{id}");
        let told = bench.told(Asked { caller: Ok(caller), ..get(&path) });
        assert_eq!(told, (status, body.to_owned()), "{caller} {id}");
    }
    bench.now = Timestamp(60_000);
    let failed = r#"["id-3","n4","b1","kim","failed","glue"]"#;
    assert_eq!(bench.told(get("/operations/id-3")), (200, failed.to_owned()));
}

#[test]
fn operations_are_narrowed_by_their_own_ids() {
    let mut bench = busy();
    for (query, rows) in [("id=id-3", &[ALSO_OF_KIM][..]), ("id=n4", &[]), ("id=id", &[])] {
        let told = bench.told(Asked { query: Some(query), ..get("/operations") });
        assert_eq!(told, (200, array(rows)), "{query}");
    }
}

#[test]
fn a_cursor_stands_behind_the_operation_that_was_told_last() {
    let policy = replaced(&later(), r#""filters": [ { "at": "/query/id", "by": "id" } ],"#, PAGES);
    let body = format!(r#""body": {{ "$each": "operations", "item": {ROW} }}"#);
    let policy = replaced(&policy, &body, &format!(r#""headers": {{ "X-Next": "{{page.next}}" }}, {body}"#));
    let mut bench = Bench { service: Bench::of(&openapi(), &policy).service, ..busy() };
    let mut cursor = String::new();
    let mut told = Vec::new();
    loop {
        let query = Some(format!("id={cursor}")).filter(|_| !cursor.is_empty());
        let (response, _) = bench.answer(Asked { query: query.as_deref(), ..get("/operations") });
        told.push(String::from_utf8(response.body.unwrap_or_default()).expect("bodies are UTF-8"));
        let next = response.headers.iter().find(|(name, _)| name == "X-Next");
        let Some((_, next)) = next.filter(|(_, next)| !next.is_empty() && told.len() < 9) else { break };
        cursor.clone_from(next);
    }
    assert_eq!(told, [array(&[OF_KIM]), array(&[ALSO_OF_KIM])]);
}

/// One operation at a time.
const PAGES: &str = r#""page": { "by": "cursor", "at": "/query/id", "size": 1 },"#;

#[test]
fn operations_of_another_contract_are_not_told() {
    let Bench { world, now, .. } = busy();
    let mut other = Bench { world, now, ..Bench::serving(contract("others")) };
    assert_eq!(other.told(get("/operations")), (200, "[]".to_owned()));
    assert_eq!(other.told(get("/operations/id-2")).0, 404);
}

#[test]
fn a_list_is_narrowed_by_whole_ids_or_by_what_they_contain() {
    let list = r#"{ "do": "list", "container": "/path/boxId", "checks": CHECKS, "filters": [ { "at": "/query/id", "by": "id", "match": "MATCH" } ],
      "answers": { "done": { "status": 200, "body": { "$each": "page", "item": ["{item.id}", "{item.fail}"] } } } }"#;
    let n4 = r#"[["n4","glue"]]"#;
    for (matching, query, count, body) in [
        ("equal", "id=n4", 1, Some(n4)),
        ("equal", "id=4", 0, Some("[]")),
        ("contains", "id=n4", 1, Some(n4)),
        ("contains", "id=4", 1, Some(n4)),
        ("contains", "id=N", 5, None),
    ] {
        let policy = beside(EACH, &[("listNotes", &replaced(list, "MATCH", matching))]);
        let asked = Asked { query: Some(query), ..get("/boxes/b1/notes") };
        let (_, told) = Bench::of(&openapi(), &policy).told(asked);
        assert_eq!(told.matches("\"n").count(), count, "{matching} {query} {told}");
        assert!(body.is_none_or(|body| body == told), "{matching} {query} {told}");
    }
}
