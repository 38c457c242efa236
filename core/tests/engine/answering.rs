//! Requests answered from a world: which answer, in which words, and what it changes.

use crate::bench::{Asked, Bench, PATH, ask};
use crate::common::{EACH, OPENAPI, WORLD, load, replaced, world};
use bulk_delete_core::contract::answers::Reserved;
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::json::Value;
use bulk_delete_core::request::call::Body;
use bulk_delete_core::request::line::RequestLine;
use bulk_delete_core::service::{Effect, Moment, Service};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::{Seed, World};
use std::sync::Arc;

#[test]
fn each_item_is_told_in_the_contracts_words() {
    let mut bench = Bench::new(EACH);
    let (status, body) = bench.told(ask(r#"{"noteIds":["n1","n2","n3","n4","n5","n6","n7","n1"]}"#));
    assert_eq!(status, 200);
    assert_eq!(
        body,
        concat!(
            r#"{"gone":1,"notes":[{"id":"n1","done":true,"name":"One","text":null},"#,
            r#"{"id":"n2","done":false,"text":"The note is pinned."},"#,
            r#"{"id":"n3","done":false,"text":"The note is locked."},"#,
            r#"{"id":"n4","done":false,"text":"Broken: glue"},"#,
            r#"{"id":"n5","done":false,"text":"There is no such note."},"#,
            r#"{"id":"n6","done":false,"text":"There is no such note."},"#,
            r#"{"id":"n7","done":false,"text":"There is no such note."}]}"#
        )
    );
    assert_eq!(bench.deleted(), ["n1"]);
    let rows = bench.world.audit().rows();
    let row =
        rows.as_array().and_then(|rows| rows.get(1)).expect("each item is in the audit trail").to_text();
    assert_eq!(
        row,
        r#"{"time":"1970-01-01T00:00:01.000Z","caller":"kim","contract":"notes","request-id":"id-1","item":"n2","outcome":"pinned"}"#
    );
    let (_, again) = bench.told(ask(r#"{"noteIds":["n1"]}"#));
    assert_eq!(again, r#"{"gone":0,"notes":[{"id":"n1","done":false,"text":"There is no such note."}]}"#);
}

#[test]
fn many_items_are_told_as_each_by_itself() {
    let note = |number: usize| {
        let (place, more) = match number % 7 {
            0 => ("b2", ""),
            1 => ("b1", r#","state":"pinned""#),
            2 => ("b1", r#","visible-to":["lou"]"#),
            _ => ("b1", ""),
        };
        format!(r#"{{"kind":"note","id":"many-{number}","container":"box/{place}"{more}}}"#)
    };
    let with_notes = || {
        let mut bench = Bench::new(EACH);
        // Every second is of the world's seed, and the others were added to it.
        let rows =
            |rest| (0..800).filter(|number| number % 2 == rest).map(note).collect::<Vec<_>>().join(",");
        let seed = replaced(WORLD, "\"resources\": [", &format!("\"resources\": [{},", rows(0)));
        bench.world = World::new(Arc::new(Seed::parse("world.json", seed.as_bytes()).expect("it loads")));
        let added = format!(r#"{{"resources":[{}]}}"#, rows(1));
        bench.world.patch(&Value::parse(added.as_bytes()).expect("it is JSON")).expect("it fits");
        bench
    };
    let items = |told: &str| {
        let (_, items) = told.split_once("\"notes\":[").expect("the items are told");
        items.strip_suffix("]}").expect("they end the answer").to_owned()
    };
    let mut alone = with_notes();
    let by_itself: Vec<String> = (0..900)
        .map(|number| items(&alone.told(ask(&format!(r#"{{"noteIds":["many-{number}"]}}"#))).1))
        .collect();
    for count in [255, 256, 257, 900] {
        let mut bench = with_notes();
        let ids: Vec<String> = (0..count).map(|number| format!("\"many-{number}\"")).collect();
        let (status, told) = bench.told(ask(&format!(r#"{{"noteIds":[{}]}}"#, ids.join(","))));
        assert_eq!((status, items(&told)), (200, by_itself[..count].join(",")), "{count}");
    }
}

#[test]
fn children_go_along_only_where_the_request_says_so() {
    for (query, deleted, orphaned) in [
        (None, vec!["n1"], 1),
        (Some("withPages=false"), vec!["n1"], 1),
        (Some("withPages=TRUE"), vec!["n1", "p1"], 0),
    ] {
        let mut bench = Bench::new(EACH);
        bench.answer(Asked { query, ..ask(r#"{"noteIds":["n1"]}"#) });
        assert_eq!(bench.deleted(), deleted, "{query:?}");
        let changes = bench.world.changes();
        assert_eq!(
            changes.get("orphaned").and_then(|list| list.as_array()).map(<[_]>::len),
            Some(orphaned),
            "{query:?}"
        );
    }
    let always =
        replaced(EACH, "\"effects\": { \"children\": { \"deleted-if\": \"/query/withPages\" } },", "");
    let mut bench = Bench::new(&always);
    bench.answer(ask(r#"{"noteIds":["n1"]}"#));
    assert_eq!(bench.deleted(), ["n1", "p1"]);
}

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
fn headers_are_the_contracts_and_the_engines() {
    let mut bench = Bench::new(EACH);
    let (refused, _) = bench.answer(Asked { caller: Err(Cause::Missing), ..ask("{}") });
    assert_eq!(
        (refused.header("x-request"), refused.header("content-type")),
        (Some("id-1"), Some("application/json"))
    );
    let (method, _) = bench.answer(Asked { method: "PUT", ..ask("{}") });
    assert_eq!(method.header("allow"), Some("POST, OPTIONS"));
    let (large, _) = bench.answer(Asked { body: Body::TooLarge, ..ask("") });
    assert!(large.header("content-type").is_none() && large.body.is_none());
    let own = replaced(
        EACH,
        "\"method\": { \"status\": 405,",
        "\"method\": { \"status\": 405, \"headers\": { \"Allow\": \"POST\" },",
    );
    let (method, _) = Bench::new(&own).answer(Asked { method: "PUT", ..ask("{}") });
    assert_eq!(method.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("allow")).count(), 1);
    let split = replaced(EACH, "\"{request.id}\"", "\"{container.id}\"");
    let (refused, _) = Bench::new(&split)
        .answer(Asked { path: "/boxes/a%0D%0Ab%00c/notes/bulk-delete", ..ask(r#"{"noteIds":["n1"]}"#) });
    assert_eq!((refused.status, refused.header("x-request")), (404, Some("abc")));
}

#[test]
fn a_status_is_a_number_alone_and_text_inside_one() {
    let policy = replaced(
        EACH,
        "\"error\": \"{say.text}\"",
        "\"code\": \"{status}\", \"error\": \"{status} {say.text} {{now}}\"",
    );
    let (_, body) = Bench::new(&policy).told(Asked { caller: Err(Cause::Missing), ..ask("{}") });
    assert_eq!(body, r#"{"code":401,"error":"401 Who are you? {now}"}"#);
}

#[test]
fn an_element_tells_what_is_known_of_its_item() {
    let item = "\"id\": \"{item.id}\", \"about\": \"{item.name}|\", \"is\": [\"{item.is}\", \"{item.code}\", \"{item.state}\", \"{item.owner}\", \"{item.fail}\", \"{caller.id}\"],";
    let mut bench = Bench::new(&replaced(EACH, "\"id\": \"{item.id}\",", item));
    let (_, body) = bench.told(ask(r#"{"noteIds":["n1","n2","n4","n9"]}"#));
    for expected in [
        r#"{"id":"n1","about":"One|","is":["deleted","deleted",null,"kim",null,"kim"],"#,
        r#"{"id":"n2","about":"|","is":["failed","pinned","pinned",null,null,"kim"],"#,
        r#"{"id":"n4","about":"|","is":["failed","broken",null,null,"glue","kim"],"#,
        r#"{"id":"n9","about":"|","is":["not-found","unknown",null,null,null,"kim"],"#,
    ] {
        assert!(body.contains(expected), "{expected} {body}");
    }
}

#[test]
fn members_that_are_left_out_leave_no_comma() {
    let body = "\"body\": { \"o\": { \"a\": { \"$if\": \"caller.id\", \"then\": 1 }, \"b\": { \"$if\": \"container.id\", \"then\": 2 }, \"c\": 3 }, \"l\": [ { \"$if\": \"caller.id\", \"then\": 1 }, { \"$if\": \"container.id\", \"then\": 2 } ], \"n\": [ [ { \"$if\": \"caller.id\", \"then\": 1 } ] ] }";
    let policy =
        replaced(EACH, "\"say\": { \"text\": \"Ask the keeper.\", \"hint\": \"{caller.id}\" }", body);
    let policy = replaced(&policy, "\"say\": { \"text\": \"Who are you?\" }", body);
    let good = r#"{"noteIds":["n1"]}"#;
    assert_eq!(
        Bench::new(&policy).told(Asked { caller: Ok("lou"), ..ask(good) }),
        (403, r#"{"o":{"a":1,"b":2,"c":3},"l":[1,2],"n":[[1]]}"#.to_owned())
    );
    assert_eq!(
        Bench::new(&policy).told(Asked { caller: Err(Cause::Missing), ..ask(good) }),
        (401, r#"{"o":{"b":2,"c":3},"l":[2],"n":[[]]}"#.to_owned())
    );
}

#[test]
fn what_is_said_may_be_of_any_kind() {
    let policy = replaced(EACH, "\"text\": \"Who are you?\" }", "\"text\": \"{now}\", \"hint\": 7 }");
    let policy = replaced(
        &policy,
        "\"error\": \"{say.text}\", ",
        "\"error\": \"{say.text}\", \"long\": \"at {say.text}\", ",
    );
    let policy =
        replaced(&policy, "\"X-Request\": \"{request.id}\"", "\"X-Request\": \"{request.id}{say.text}\"");
    let mut bench = Bench::new(&policy);
    let (response, _) = bench.answer(Asked { caller: Err(Cause::Missing), ..ask("{}") });
    assert_eq!(response.header("x-request"), Some("id-11970-01-01T00:00:01.000Z"));
    assert_eq!(
        String::from_utf8(response.body.expect("there is one")).expect("UTF-8"),
        r#"{"error":"1970-01-01T00:00:01.000Z","long":"at 1970-01-01T00:00:01.000Z","hint":7}"#
    );
    let numbers = replaced(EACH, "\"text\": \"Who are you?\"", "\"text\": 7");
    let numbers = replaced(&numbers, "\"error\": \"{say.text}\"", "\"error\": \"<{say.text}>\"");
    assert_eq!(
        Bench::new(&numbers).told(Asked { caller: Err(Cause::Missing), ..ask("{}") }).1,
        r#"{"error":"<7>"}"#
    );
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
fn later_deletions_are_operations() {
    let later = replaced(
        EACH,
        "\"effects\": {",
        "\"effects\": { \"when\": \"later\", \"starts-after-seconds\": 1, \"takes-seconds\": 4,",
    );
    let later =
        replaced(&later, "\"deleted\": { \"is\": \"deleted\" }", "\"deleted\": { \"is\": \"accepted\" }");
    let later = replaced(&later, "\"deleted\": true", "\"accepted\": true");
    let later = replaced(&later, "\"gone\": \"{deleted.count}\"", "\"gone\": \"{accepted.count}\"");
    let later = replaced(
        &later,
        "\"id\": \"{item.id}\",",
        "\"id\": \"{item.id}\", \"by\": { \"$if\": \"item.operation-id\", \"then\": \"{item.operation-id}\" }, \"percent\": \"{item.percent}\",",
    );
    let mut bench = Bench::new(&later);
    let (_, body) = bench.told(ask(r#"{"noteIds":["n2","n1"]}"#));
    assert_eq!(
        body,
        r#"{"gone":1,"notes":[{"id":"n2","percent":null,"done":false,"text":"The note is pinned."},{"id":"n1","by":"id-2","percent":0,"done":true,"name":"One","text":null}]}"#
    );
    let mut states = Vec::new();
    for now in [1000, 2000, 4000, 6000] {
        bench.world.advance(Timestamp(now));
        let operation = bench.world.operation("id-2").expect("the operation is remembered");
        states.push((operation.state(Timestamp(now)).name(), operation.percent(Timestamp(now))));
    }
    assert_eq!(states, [("pending", 0), ("running", 0), ("running", 50), ("succeeded", 100)]);
}

#[test]
fn clean_up_that_fails_is_a_warning_beside_the_deletion() {
    let policy = replaced(
        EACH,
        "\"effects\": {",
        "\"effects\": { \"cleanup\": { \"by\": \"/attributes/sort\", \"steps\": { \"ink\": \"queued\", \"pencil\": \"inline\" } },",
    );
    let mut bench = Bench::new(&policy);
    let patch = br#"{"resources":[
        {"kind":"note","id":"i1","container":"box/b1","attributes":{"sort":"ink"},"on-delete":{"cleanup-fails":"No queue."}},
        {"kind":"note","id":"i2","container":"box/b1","attributes":{"sort":"pencil"}},
        {"kind":"note","id":"i3","container":"box/b1","attributes":{"sort":"chalk"},"on-delete":{"cleanup-fails":"never told"}}]}"#;
    bench.world.patch_text("world.json", patch).expect("the patch is good");
    let (_, body) = bench.told(ask(r#"{"noteIds":["i1","i2","i3"]}"#));
    assert!(body.starts_with(r#"{"gone":3,"#) && body.ends_with(r#""warnings":["No queue."]}"#), "{body}");
    let cleanups =
        bench.world.changes().get("cleanups").map(|cleanups| cleanups.to_text()).unwrap_or_default();
    assert!(
        cleanups.contains(r#""step":"queued","ended":"failed""#)
            && cleanups.contains(r#""step":"inline","ended":"done""#),
        "{cleanups}"
    );
    assert_eq!(bench.deleted(), ["i1", "i2", "i3"]);
}

#[test]
fn companions_log_in_and_out() {
    let openapi = replaced(
        OPENAPI,
        "\"paths\": {",
        "\"paths\": { \"/session\": { \"post\": { \"operationId\": \"logIn\" }, \"delete\": { \"operationId\": \"logOut\" } },",
    );
    let companions = r#""format": 1, "companions": {
      "logIn": { "do": "log-in", "lifetime-seconds": 60, "credentials": [ { "kind": "basic", "header": "Authorization", "scheme": "Basic" } ],
        "checks": [ { "check": "authenticated", "else": "no" } ],
        "answers": { "no": { "status": 401, "body": "no" }, "done": { "status": 201, "body": ["{token.value}", "{token.id}", "{token.refresh-id}", "{token.expires-ms}", "{caller.id}"] } } },
      "logOut": { "do": "log-out", "checks": [ { "check": "authenticated", "else": "who" } ], "answers": { "done": { "status": 204 } } } }"#;
    let policy = replaced(EACH, "\"format\": 1", companions);
    let mut bench = Bench::of(&openapi, &policy);
    assert_eq!(bench.service.methods("/session"), ["POST", "DELETE"]);
    let session = Asked { path: "/session", ..ask("") };
    let (response, effect) = bench.answer(session);
    let body = String::from_utf8(response.body.expect("there is a body")).expect("UTF-8");
    assert_eq!((response.status, body.as_str()), (201, r#"["id-2","id-3","id-4",61000,"kim"]"#));
    let Effect::LoggedIn { token, .. } = effect else { panic!("no token") };
    assert_eq!((token.value.as_str(), token.expires), ("id-2", Timestamp(61000)));
    assert_eq!(bench.told(Asked { caller: Err(Cause::Token), ..session }), (401, "\"no\"".to_owned()));
    assert_eq!(bench.told(Asked { method: "PATCH", ..session }).0, 405);
    let (response, effect) = bench.answer(Asked { method: "DELETE", ..session });
    assert!(response.status == 204 && matches!(effect, Effect::LoggedOut));
    assert_eq!(bench.told(Asked { method: "DELETE", caller: Err(Cause::Missing), ..session }).0, 401);
    // Whoever broke off is not logged in, nor out, though no check looks at the request.
    for method in ["POST", "DELETE"] {
        let (response, effect) = bench.answer(Asked { method, body: Body::Broken, ..session });
        assert!(response.status == 400 && matches!(effect, Effect::None), "{method}");
    }
}

#[test]
fn two_contracts_do_not_share_a_route() {
    let Err(problems) = Service::new(vec![load(EACH), load(EACH)]) else { panic!("they share one") };
    assert_eq!(problems.len(), 1);
    let told = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
    assert!(told.contains("`POST /boxes/{boxId}/notes/bulk-delete` of `notes`"), "{told}");
}

#[test]
fn a_world_that_blurs_two_outcomes_is_told() {
    let rows = [
        ("{item.fail}", "The note is pinned.", 1),
        ("{item.fail}", "The note is locked.", 1),
        ("{item.fail}", "There is no such note.", 1),
        ("{item.fail}", "glue", 0),
        // As it is told, with what stands around it.
        ("The note {item.fail}.", "is pinned", 1),
        ("The note {item.fail}.", "is glued", 0),
    ];
    for (reason, fail, count) in rows {
        let contracts = [load(&replaced(EACH, "Broken: {item.fail}", reason))];
        let mut world = world();
        let patch = format!(
            r#"{{"resources":[{{"kind":"note","id":"x","container":"box/b1","on-delete":{{"fail":"{fail}"}}}}]}}"#
        );
        world.patch_text("world.json", patch.as_bytes()).expect("the patch is good");
        let problems = bulk_delete_core::world::check::check_world(&contracts, &world);
        assert_eq!(problems.len(), count, "{fail} {problems:?}");
        assert!(
            problems.iter().all(|problem| problem.pointer == "/resources/6/on-delete/fail"),
            "{problems:?}"
        );
    }
    let folded = [load(&replaced(
        EACH,
        "{ \"at\": \"/body/noteIds\" }",
        "{ \"at\": \"/body/noteIds\", \"compare\": \"ignore-case\" }",
    ))];
    let mut world = world();
    world.patch_text("world.json", br#"{"resources":[{"kind":"note","id":"N1","container":"box/b1"},{"kind":"note","id":"N6","container":"box/b1"}]}"#).expect("good");
    let problems = bulk_delete_core::world::check::check_world(&folded, &world);
    assert_eq!(
        problems.iter().map(|problem| problem.pointer.as_str()).collect::<Vec<_>>(),
        ["/resources/6/id"]
    );
}
