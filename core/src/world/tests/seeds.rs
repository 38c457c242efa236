//! What a `world.json` may say, and every way in which it is refused.

use super::{seed, value};
use crate::world::Seed;

/// The problems of a text, as `pointer: message`, whichever way it is read.
fn problems(text: &str) -> Vec<String> {
    let told = Seed::parse("world.json", text.as_bytes()).unwrap_err();
    assert!(told.iter().all(|problem| problem.document == "world.json"));
    if let Ok(value) = crate::json::Value::parse(text.as_bytes()) {
        assert_eq!(Seed::from_value("world.json", &value).unwrap_err(), told, "{text}");
    }
    told.iter().map(|problem| format!("{}: {}", problem.pointer, problem.message)).collect()
}

#[test]
fn little_is_needed() {
    for text in [
        "{}",
        r#"{"containers":[],"callers":[],"resources":[]}"#,
        r#" { "resources" : [ { "kind" : "model" , "id" : "a" } ] } "#,
        r#"{"callers":[{"id":"ada"}],"containers":[{"kind":"space","id":"a/b"}]}"#,
        r#"{"resources":[{"kind":"m","id":"a"},{"kind":"m","id":"A"},{"kind":"n","id":"a"},{"kind":"m","id":1},{"kind":"m","id":"1"}]}"#,
        r#"{"callers":[{"id":"ada","tokens":[],"grants":[{"container":"space/s"}]}],"containers":[{"kind":"space","id":"s"}]}"#,
        r#"{"resources":[{"kind":"m","id":1e999999999},{"kind":"m","id":-0},{"kind":"m","id":9007199254740993}]}"#,
    ] {
        assert!(Seed::parse("world.json", text.as_bytes()).is_ok(), "{text}");
        assert!(Seed::from_value("world.json", &value(text)).is_ok(), "{text}");
    }
    assert_eq!(Seed::empty().resource_count(), 0);
    assert_eq!(seed(super::SPACES).resource_count(), 6);
}

#[test]
fn text_that_is_not_json_is_its_only_problem() {
    for (text, told) in [
        ("", ": not JSON: expected a value at line 1, column 1"),
        (
            "{\"resources\": [\n  {\"kind\": \"m\", \"id\": }]}",
            ": not JSON: expected a value at line 2, column 23",
        ),
        (
            "{\"resources\": [], \"resources\": []}",
            ": not JSON: a property is named twice in one object at line 1, column 19",
        ),
        (
            "{\"resources\": [{\"kind\": \"m\", \"kind\": \"m\", \"id\": 1}]}",
            ": not JSON: a property is named twice in one object at line 1, column 30",
        ),
        (
            "{\"resources\": [{}, {]}",
            ": not JSON: expected a property name in double quotes at line 1, column 21",
        ),
        ("{\"resources\": []} x", ": not JSON: expected nothing after the value at line 1, column 19"),
        (
            "{\"resources\": [{\"kind\": \"\\ud800\", \"id\": 1}]}",
            ": not JSON: half of a surrogate pair stands alone at line 1, column 26",
        ),
    ] {
        assert_eq!(problems(text), [told], "{text}");
    }
    assert_eq!(Seed::parse("w", b"{\"callers\":[{\"id\":\"\xFF\"}]}").unwrap_err().len(), 1);
}

#[test]
fn every_problem_is_told_with_its_place() {
    for (text, told) in [
        ("[]", &[": must be an object, and is an array"][..]),
        (
            r#"{"resource":[]}"#,
            &["/resource: `resource` is not known here; known are `containers`, `callers`, `resources`"],
        ),
        (r#"{"resources":{}}"#, &["/resources: must be an array, and is an object"]),
        (r#"{"callers":null}"#, &["/callers: must be an array, and is null (leave the key out instead)"]),
        (
            r#"{"resources":[1,{},{"kind":1,"id":true},{"kind":"","id":""},{"kind":"m","id":1.5,"colour":1}]}"#,
            &[
                "/resources/0: must be an object, and is a number",
                "/resources/1: `kind` is missing",
                "/resources/1: `id` is missing",
                "/resources/2/kind: must be a string, and is a number",
                "/resources/2/id: must be a string or an integer, and is a boolean",
                "/resources/3/kind: must not be empty",
                "/resources/3/id: must not be empty",
                "/resources/4/colour: `colour` is not known here; known are `kind`, `id`, `container`, `name`, `owner`, `state`, `attributes`, `visible-to`, `children`, `on-delete`",
                "/resources/4/id: must be a string or an integer, and is a number",
            ],
        ),
        (
            r#"{"resources":[{"kind":"m","id":"a","name":1,"state":2,"attributes":[],"visible-to":"ada","children":{},"on-delete":[]}]}"#,
            &[
                "/resources/0/name: must be a string, and is a number",
                "/resources/0/state: must be a string, and is a number",
                "/resources/0/attributes: must be an object",
                "/resources/0/visible-to: must be an array, and is a string",
                "/resources/0/children: must be an array, and is an object",
                "/resources/0/on-delete: must be an object, and is an array",
            ],
        ),
        (
            r#"{"resources":[{"kind":"m","id":"a","container":"space/x","owner":"eve","visible-to":["eve",3,"eve"]}]}"#,
            &[
                "/resources/0/visible-to/1: must be a string, and is a number",
                "/resources/0/visible-to/2: `eve` is listed twice; list it once",
                "/resources/0/container: `space/x` is not among the containers; write kind/id, and list it under `containers`",
                "/resources/0/owner: `eve` is not among the callers; list them under `callers`",
                "/resources/0/visible-to/0: `eve` is not among the callers; list them under `callers`",
                "/resources/0/visible-to/2: `eve` is not among the callers; list them under `callers`",
            ],
        ),
        (
            r#"{"resources":[{"kind":"m","id":"a","on-delete":{"fail":"","why":1},"children":[{"kind":"t"},{"kind":"t","id":1,"name":"x"}]}]}"#,
            &[
                "/resources/0/children/0: `id` is missing",
                "/resources/0/children/1/name: `name` is not known here; known are `kind`, `id`",
                "/resources/0/on-delete/why: `why` is not known here; known are `fail`, `cleanup-fails`",
                "/resources/0/on-delete/fail: must not be empty",
            ],
        ),
        (
            r#"{"resources":[{"kind":"m","id":7},{"kind":"m","id":7.0}]}"#,
            &["/resources/1: the m `7` is listed twice; list it once"],
        ),
        (
            r#"{"containers":[{"kind":"s","id":"x"}],"resources":[{"kind":"m","id":"a"},{"kind":"m","id":"a","container":"s/x"},{"kind":"m","id":"a","container":"s/x"}]}"#,
            &["/resources/2: the m `a` in `s/x` is listed twice; list it once"],
        ),
        (
            r#"{"resources":[{"kind":"m","id":"a","children":[{"kind":"m","id":"a"},{"kind":"t","id":1},{"kind":"t","id":1}]},
                {"kind":"m","id":"b","children":[{"kind":"t","id":1}]},{"kind":"t","id":1}]}"#,
            &[
                "/resources/0/children/0: the m `a` is listed twice, once below another resource; list it in one place",
                "/resources/0/children/2: the t `1` is listed twice, once below another resource; list it in one place",
                "/resources/1/children/0: the t `1` is listed twice, once below another resource; list it in one place",
                "/resources/2: the t `1` is listed twice, once below another resource; list it in one place",
            ],
        ),
        (
            r#"{"containers":[{"kind":"a/b","id":"x"},{"kind":"s","id":"x","aliases":["y","y","x",""]},{"kind":"s","id":"x"},{"kind":"s","id":"z","aliases":["x","w"]},{"kind":"s","id":"w"}]}"#,
            &[
                "/containers/0/kind: must not hold a slash, which stands between kind and id elsewhere",
                "/containers/1/aliases/3: must not be empty",
                "/containers/1/aliases/1: `y` is listed twice; list it once",
                "/containers/2: the s `x` is listed twice; list it once",
                "/containers/1/aliases/1: this is a name of `s/x` already; list it once",
                "/containers/1/aliases/2: this is a name of `s/x` already; list it once",
                "/containers/3/aliases/0: this is a name of `s/x` already; a name stands for one container of a kind",
                "/containers/3/aliases/1: this is a name of `s/w` already; a name stands for one container of a kind",
            ],
        ),
        (
            r#"{"callers":[{"id":"ada","tokens":["t","u"],"keys":[{"access":"A","secret":"s"},{"access":"A","secret":"s"}],"login":{"user":"x","password":"p"}},
                {"id":"bob","tokens":["v","t"],"keys":[{"access":"A","secret":"z"}],"login":{"user":"x","password":"q"}},{"id":"ada"},
                {"id":"eve","keys":[{"access":"B"}],"login":{"user":"y","pass":"p"},"grants":[{"roles":["r"]},{"container":"space"},{"container":"space/s","permissions":"all"}]}]}"#,
            &[
                "/callers/0/keys/1/access: the access key `A` is listed twice; list it once",
                "/callers/2/id: the caller `ada` is listed twice; list it once",
                "/callers/3/keys/0: `secret` is missing",
                "/callers/3/login/pass: `pass` is not known here; known are `user`, `password`",
                "/callers/3/login: `password` is missing",
                "/callers/3/grants/0: `container` is missing",
                "/callers/3/grants/2/permissions: must be an array, and is a string",
                "/callers/3/grants/1/container: `space` is not among the containers; write kind/id, and list it under `containers`",
                "/callers/3/grants/2/container: `space/s` is not among the containers; write kind/id, and list it under `containers`",
                "/callers/1/tokens/1: this token stands for the caller `ada` already",
                "/callers/1/keys/0/access: this access key stands for the caller `ada` already",
                "/callers/1/login/user: this user stands for the caller `ada` already",
            ],
        ),
    ] {
        assert_eq!(problems(text), told, "{text}");
    }
}

#[test]
fn there_is_room_for_a_limited_number_of_kinds() {
    let rows: Vec<String> = (0..=65_536).map(|kind| format!(r#"{{"kind":"k{kind}","id":1}}"#)).collect();
    let text = format!(r#"{{"resources":[{}]}}"#, rows.join(","));
    assert_eq!(problems(&text), ["/resources/65536/kind: there are more than 65,536 kinds"]);
}

#[test]
fn pieces_of_a_document_never_make_anything_fail() {
    let text = super::SPACES;
    for end in (0..text.len()).step_by(7) {
        assert!(Seed::parse("w", &text.as_bytes()[..end]).is_err(), "{end}");
        let mut broken = text.as_bytes().to_vec();
        broken[end] = b'}';
        let read = Seed::parse("w", &broken).is_ok();
        let tree =
            crate::json::Value::parse(&broken).is_ok_and(|value| Seed::from_value("w", &value).is_ok());
        assert_eq!(read, tree, "{end}");
    }
}
