//! Requests answered from a world: which answer, in which words, and what it changes.

use crate::bench::{Asked, Bench, ask};
use crate::common::{EACH, OPENAPI, WORLD, load, replaced, world};
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::json::Value;
use bulk_delete_core::request::call::Body;
use bulk_delete_core::service::Effect;
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
