//! Operations beside the bulk delete, answered from the same world.

use crate::bench::{Asked, Bench, ask};
use crate::common::{EACH, OPENAPI, replaced};
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::request::call::Body;

const CHECKS: &str =
    r#"[ { "check": "authenticated", "else": "who" }, { "check": "valid", "else": "violations" } ]"#;

/// The OpenAPI document with the notes beside the bulk delete, and the operations that delete them.
pub(crate) fn openapi() -> String {
    let box_id = r#"{ "name": "boxId", "in": "path", "required": true, "schema": { "type": "string" } }"#;
    let note_id = r#"{ "name": "noteId", "in": "path", "required": true, "schema": { "type": "string" } }"#;
    let number =
        |name| format!(r#"{{ "name": "{name}", "in": "query", "schema": {{ "type": "integer" }} }}"#);
    let paths = format!(
        r##""paths": {{ "/boxes/{{boxId}}/notes": {{ "parameters": [ {box_id} ],
             "get": {{ "operationId": "listNotes", "parameters": [ {page}, {size}, {id}, {only} ] }} }},
           "/boxes/{{boxId}}/notes/{{noteId}}": {{ "parameters": [ {box_id}, {note_id} ],
             "get": {{ "operationId": "readNote", "parameters": [ {page} ] }},
             "delete": {{ "operationId": "deleteNote" }} }},
           "/boxes/{{boxId}}/operations": {{ "parameters": [ {box_id} ], "get": {{ "operationId": "listOperationsOfBox" }} }},
           "/operations": {{ "get": {{ "operationId": "listOperations", "parameters": [ {id} ] }} }},
           "/activity": {{ "get": {{ "operationId": "listActivity" }} }},
           "/operations/{{noteId}}": {{ "parameters": [ {note_id} ], "get": {{ "operationId": "readOperation" }} }},"##,
        page = number("page"),
        size = number("size"),
        id = r#"{ "name": "id", "in": "query", "schema": { "type": "string" } }"#,
        only = r#"{ "name": "only", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } }"#,
    );
    replaced(OPENAPI, "\"paths\": {", &paths)
}

/// The policy with these companions, whose `CHECKS` are that the caller is known and the request valid.
pub(crate) fn beside(policy: &str, companions: &[(&str, &str)]) -> String {
    let members: Vec<String> =
        companions.iter().map(|(id, companion)| format!("\"{id}\": {companion}")).collect();
    let members = members.join(", ").replace("CHECKS", CHECKS);
    replaced(policy, "\"format\": 1", &format!("\"format\": 1, \"companions\": {{ {members} }}"))
}

fn bench(id: &str, companion: &str) -> Bench {
    Bench::of(&openapi(), &beside(EACH, &[(id, companion)]))
}

pub(crate) fn get(path: &str) -> Asked<'_> {
    Asked { method: "GET", path, ..ask("") }
}

pub(crate) const DELETE_NOTE: &str = r#"{ "do": "delete-one", "container": "/path/boxId", "id": "/path/noteId", "checks": CHECKS,
  "items": [ { "check": "exists", "else": "no-note" } ],
  "outcomes": { "unknown": "no-note", "pinned": "refused", "locked": "refused", "broken": "refused" },
  "answers": { "done": { "status": 200, "body": { "note": "{item.id}", "why": "{item.reason}" } },
    "no-note": { "status": 404 },
    "refused": { "status": 409, "body": { "why": "{item.reason}", "text": "Still there: {item.reason}" } } } }"#;

#[test]
fn the_one_thing_that_is_deleted_is_told_with_its_reason() {
    let rows = [
        ("n1", 200, r#"{"note":"n1","why":null}"#),
        ("n2", 409, r#"{"why":"The note is pinned.","text":"Still there: The note is pinned."}"#),
        ("n9", 404, ""),
    ];
    let mut bench = bench("deleteNote", DELETE_NOTE);
    for (note, status, body) in rows {
        let path = format!("/boxes/b1/notes/{note}");
        assert_eq!(
            bench.told(Asked { method: "DELETE", path: &path, ..ask("") }),
            (status, body.to_owned()),
            "{note}"
        );
    }
    assert_eq!(bench.deleted(), ["n1"]);
}

#[test]
fn a_request_that_broke_off_is_not_carried_out_where_it_needs_no_body_either() {
    let mut bench = bench("deleteNote", DELETE_NOTE);
    let asked = Asked { method: "DELETE", path: "/boxes/b1/notes/n1", body: Body::Broken, ..ask("") };
    assert_eq!(bench.told(asked), (400, r#"{"error":"/body the body broke off"}"#.to_owned()));
    assert!(bench.deleted().is_empty());
}

#[test]
fn a_request_that_broke_off_is_not_answered_where_it_only_asks() {
    let list = r#"{ "do": "list", "container": "/path/boxId", "checks": CHECKS,
      "answers": { "done": { "status": 200, "body": "{page.total}" } } }"#;
    let mut bench = bench("listNotes", list);
    let asked = get("/boxes/b1/notes");
    assert_eq!(bench.told(asked), (200, "5".to_owned()));
    let told = bench.told(Asked { body: Body::Broken, ..asked });
    assert_eq!(told, (400, r#"{"error":"/body the body broke off"}"#.to_owned()));
}

#[test]
fn the_reason_of_one_thing_tells_what_the_thing_says() {
    let asked = Asked { method: "DELETE", path: "/boxes/b1/notes/n4", ..ask("") };
    let body = r#"{"why":"Broken: glue","text":"Still there: Broken: glue"}"#;
    assert_eq!(bench("deleteNote", DELETE_NOTE).told(asked), (409, body.to_owned()));
}

#[test]
fn a_single_delete_leaves_children_where_its_requests_cannot_say_otherwise() {
    // The flag is the bulk delete's: this operation has no `withPages`.
    let mut bench = bench("deleteNote", DELETE_NOTE);
    let asked =
        Asked { method: "DELETE", path: "/boxes/b1/notes/n1", query: Some("withPages=true"), ..ask("") };
    assert_eq!(bench.told(asked).0, 200);
    assert_eq!(bench.deleted(), ["n1"]);
}

#[test]
fn a_single_delete_takes_children_along_where_its_request_says_so() {
    let says = r#""delete": { "operationId": "deleteNote", "parameters": [ { "name": "withPages", "in": "query", "schema": { "type": "boolean" } } ] }"#;
    let openapi = replaced(&openapi(), r#""delete": { "operationId": "deleteNote" }"#, says);
    for (query, deleted) in
        [(None, &["n1"][..]), (Some("withPages=false"), &["n1"]), (Some("withPages=true"), &["n1", "p1"])]
    {
        let mut bench = Bench::of(&openapi, &beside(EACH, &[("deleteNote", DELETE_NOTE)]));
        let asked = Asked { method: "DELETE", path: "/boxes/b1/notes/n1", query, ..ask("") };
        assert_eq!(bench.told(asked).0, 200, "{query:?}");
        assert_eq!(bench.deleted(), deleted, "{query:?}");
    }
}

#[test]
fn pages_are_named_by_numbers_where_they_have_them() {
    let list = r#"{ "do": "list", "container": "/path/boxId", "checks": CHECKS,
      "page": { "by": "BY", "at": "/query/page", "size-at": "/query/size", "size": 2 },
      "answers": { "done": { "status": 200, "body": [ "{page.number}", "{page.previous}", "{page.next}", "{page.total}" ] } } }"#;
    let rows = [
        ("number", None, "[1,null,2,5]"),
        ("number", Some("page=2"), "[2,1,3,5]"),
        ("number", Some("page=3"), "[3,2,null,5]"),
        ("offset", None, "[0,null,2,5]"),
        ("offset", Some("page=3&size=1"), "[0,2,4,5]"),
        // Nothing follows a page on which there can be nothing.
        ("offset", Some("size=0"), "[0,null,null,5]"),
        // A cursor is a text.
        ("cursor", None, r#"[0,null,"00000001",5]"#),
    ];
    for (by, query, body) in rows {
        let told =
            bench("listNotes", &list.replace("BY", by)).told(Asked { query, ..get("/boxes/b1/notes") });
        assert_eq!(told, (200, body.to_owned()), "{by} {query:?}");
    }
}

#[test]
fn a_path_that_is_there_counts_more_than_one_that_only_lacks_its_slash() {
    let list = |text: &str| {
        format!(
            r#"{{ "do": "list", "container": "/path/boxId", "checks": CHECKS, "answers": {{ "done": {{ "status": 200, "body": "{text}" }} }} }}"#
        )
    };
    let slashed = r#""/boxes/{boxId}/notes/": { "parameters": [ { "name": "boxId", "in": "path", "required": true, "schema": { "type": "string" } } ],
      "get": { "operationId": "ID" } }, "/operations": {"#;
    for (plain, other) in [("listNotes", "zListSlashed"), ("zListNotes", "aListSlashed")] {
        let openapi = replaced(&openapi(), "\"listNotes\"", &format!("\"{plain}\""));
        let openapi = replaced(&openapi, r#""/operations": {"#, &slashed.replace("ID", other));
        let mut companions = [(plain, &*list("plain")), (other, &*list("slashed"))];
        companions.sort_unstable();
        let mut bench = Bench::of(&openapi, &beside(EACH, &companions));
        assert_eq!(bench.told(get("/boxes/b1/notes")), (200, "\"plain\"".to_owned()));
        assert_eq!(bench.told(get("/boxes/b1/notes/")), (200, "\"slashed\"".to_owned()));
        for path in ["/boxes/b1/notes", "/boxes/b1/notes/"] {
            let told = bench.told(Asked { method: "PUT", path, ..ask("") });
            assert_eq!(told, (405, r#"{"error":"No PUT here."}"#.to_owned()), "{plain} {path}");
        }
    }
}

#[test]
fn a_companion_tells_violations_in_its_own_words() {
    let read = r#"{ "do": "get", "container": "/path/boxId", "id": "/path/noteId", "checks": CHECKS,
      "items": [ { "check": "exists", "else": "no-note" } ],
      "answers": { "done": { "status": 200, "body": "{item.name}" }, "no-note": { "status": 404 },
        "violations": { "status": 422, "body": ["{violation.rule}", "{violation.pointer}"] } } }"#;
    let asked = Asked { query: Some("page=x"), ..get("/boxes/b1/notes/n1") };
    assert_eq!(bench("readNote", read).told(asked), (422, r#"["type","/query/page"]"#.to_owned()));
    let contracts = replaced(read, "\"violations\":", "\"other\":");
    let contracts = replaced(&contracts, "[\"{violation.rule}\", \"{violation.pointer}\"]", "0");
    assert_eq!(
        bench("readNote", &contracts).told(asked),
        (400, r#"{"error":"/query/page must be an integer, is a string"}"#.to_owned())
    );
}

#[test]
fn a_list_in_a_query_has_the_spellings_of_its_own_operation() {
    let list = r#"{ "do": "list", QUERY "container": "/path/boxId", "checks": CHECKS,
      "filters": [ { "at": "/query/only", "by": "id" } ],
      "answers": { "done": { "status": 200, "body": { "$each": "page", "item": "{item.id}" } } } }"#;
    let commas = r#""query": { "only": { "spellings": [ "commas" ] } },"#;
    for (query, asked, told) in [
        ("", "only=n1&only=n2", r#"["n1","n2"]"#),
        ("", "only=n1,n2", "[]"),
        (commas, "only=n1,n2", r#"["n1","n2"]"#),
    ] {
        let mut bench = bench("listNotes", &list.replace("QUERY", query));
        let answer = bench.told(Asked { query: Some(asked), ..get("/boxes/b1/notes") });
        assert_eq!(answer, (200, told.to_owned()), "{query} {asked}");
    }
}

#[test]
fn a_filter_speaks_as_the_answer_does() {
    let list = r#"{ "do": "list", "container": "/path/boxId", "checks": CHECKS,
      "filters": [ { "at": "/query/only", "by": "BY"MORE } ],
      "answers": { "done": { "status": 200, "body": { "$each": "page", "item": "{item.id}" } } } }"#;
    let tables = r#""words": { "seen": { "pinned": "Held", "": "Free" }, "#;
    let policy = replaced(EACH, r#""words": { "#, tables);
    for (by, more, only, told) in [
        ("state", "", "pinned", r#"["n2"]"#),
        ("state", "", "Held", "[]"),
        ("state", r#", "words": "seen""#, "Held", r#"["n2"]"#),
        ("state", r#", "words": "seen""#, "pinned", "[]"),
        ("state", r#", "words": "seen""#, "Free", r#"["n1","n3","n4","n5"]"#),
        ("state", r#", "absent": "loose""#, "loose", r#"["n1","n3","n4","n5"]"#),
        ("state", r#", "absent": "pinned", "words": "seen""#, "Held", r#"["n1","n2","n3","n4","n5"]"#),
        ("state", r#", "absent": "loose", "match": "contains""#, "OO", r#"["n1","n3","n4","n5"]"#),
        ("/attributes/locked", "", "false", "[]"),
        ("/attributes/locked", r#", "absent": "false""#, "false", r#"["n1","n2","n4","n5"]"#),
        ("/attributes/locked", r#", "absent": "false""#, "true", r#"["n3"]"#),
        // A word of another type is compared as it is written.
        (
            "/attributes/locked",
            r#", "absent": "deleted", "words": "done""#,
            "true",
            r#"["n1","n2","n3","n4","n5"]"#,
        ),
    ] {
        let companion = list.replace("BY", by).replace("MORE", more);
        let mut bench = Bench::of(&openapi(), &beside(&policy, &[("listNotes", &companion)]));
        let query = format!("only={only}");
        let answer = bench.told(Asked { query: Some(&query), ..get("/boxes/b1/notes") });
        assert_eq!(answer, (200, told.to_owned()), "{by}{more} {only}");
    }
}

#[test]
fn an_answer_given_for_something_else_tells_no_violation() {
    let policy = replaced(EACH, "\"missing\": \"who\"", "\"missing\": \"odd\"");
    let asked = Asked { content_type: "text/x", ..ask("x") };
    assert_eq!(Bench::new(&policy).told(asked), (415, r#"{"error":"text/x?"}"#.to_owned()));
    assert_eq!(
        Bench::new(&policy).told(Asked { caller: Err(Cause::Missing), ..asked }),
        (415, r#"{"error":"?"}"#.to_owned())
    );
}
