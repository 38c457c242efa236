//! Several worlds in one.

use super::{SPACES, seed, value};
use crate::world::{Seed, World};
use std::sync::Arc;

fn merged(texts: &[&str]) -> World {
    World::new(Arc::new(Seed::merge(texts.iter().map(|text| seed(text))).unwrap()))
}

#[test]
fn worlds_are_united() {
    let first = r#"{"containers":[{"kind":"s","id":"x","aliases":["one"]}],
        "callers":[{"id":"ada","tokens":["t"],"scopes":["a"],"grants":[{"container":"s/x","roles":["r"]}]}],
        "resources":[{"kind":"m","id":1,"container":"s/x","owner":"ada"},{"kind":"m","id":2}]}"#;
    let second = r#"{"containers":[{"kind":"p","id":"y"},{"kind":"s","id":"x","aliases":["two","one"]}],
        "callers":[{"id":"bob"},{"id":"ada","tokens":["u","t"],"keys":[{"access":"A","secret":"s"}],"login":{"user":"l","password":"p"},"scopes":["b"],
            "grants":[{"container":"s/x","roles":["q","r"],"permissions":["d"]},{"container":"p/y"}]}],
        "resources":[{"kind":"n","id":1,"container":"p/y","visible-to":["bob","ada"],"children":[{"kind":"m","id":9}]},{"kind":"n","id":2,"visible-to":["bob"]},{"kind":"m","id":1,"container":"s/x","owner":"ada"}]}"#;
    let expected = r#"{"containers":[{"kind":"s","id":"x","aliases":["one","two"]},{"kind":"p","id":"y"}],
        "callers":[{"id":"ada","tokens":["t","u"],"keys":[{"access":"A","secret":"s"}],"login":{"user":"l","password":"p"},"scopes":["a","b"],
            "grants":[{"container":"s/x","roles":["r","q"],"permissions":["d"]},{"container":"p/y"}]},{"id":"bob"}],
        "resources":[{"kind":"m","id":1,"container":"s/x","owner":"ada"},{"kind":"m","id":2},
            {"kind":"n","id":1,"container":"p/y","visible-to":["ada","bob"],"children":[{"kind":"m","id":9}]},{"kind":"n","id":2,"visible-to":["bob"]}]}"#;
    let world = merged(&[first, second]);
    assert_eq!(world.to_value(None).to_text(), value(expected).to_text());
    let ada = world.caller_by_id("ada");
    for token in ["t", "u"] {
        assert_eq!(world.caller_by_token(token), ada);
    }
    // A world on its own, twice, and with an empty one, stays what it is.
    let alone = merged(&[SPACES]).to_value(None);
    assert_eq!(merged(&[SPACES, "{}", SPACES]).to_value(None), alone);
    assert_eq!(merged(&[]).to_value(None), merged(&["{}"]).to_value(None));
}

#[test]
fn contradictions_are_told() {
    for (first, second, told) in [
        (
            r#"{"callers":[{"id":"ada","tokens":["t"]}]}"#,
            r#"{"callers":[{"id":"bob","tokens":["t"]}]}"#,
            "/callers/0: a token of `bob` stands for `ada` in another of the worlds",
        ),
        (
            r#"{"callers":[{"id":"ada","keys":[{"access":"A","secret":"s"}]}]}"#,
            r#"{"callers":[{"id":"ada","keys":[{"access":"A","secret":"z"}]}]}"#,
            "/callers/0: `ada` has another secret for `A` in another of the worlds",
        ),
        (
            r#"{"callers":[{"id":"ada","login":{"user":"u","password":"p"}}]}"#,
            r#"{"callers":[{"id":"ada","login":{"user":"u","password":"q"}}]}"#,
            "/callers/0: `ada` has another login in another of the worlds",
        ),
        (
            r#"{"containers":[{"kind":"s","id":"x","aliases":["default"]}]}"#,
            r#"{"containers":[{"kind":"s","id":"y","aliases":["default"]}]}"#,
            "/containers/0: `default` is a name of `s/x` in another of the worlds",
        ),
        (
            r#"{"containers":[{"kind":"s","id":"x","aliases":["default"]}]}"#,
            r#"{"containers":[{"kind":"s","id":"default"}]}"#,
            "/containers/0: `default` is a name of `s/x` in another of the worlds",
        ),
        (
            r#"{"resources":[{"kind":"m","id":1}]}"#,
            r#"{"resources":[{"kind":"m","id":2},{"kind":"m","id":1,"state":"open"}]}"#,
            "/resources/1: the m `1` is another in another of the worlds",
        ),
        (
            r#"{"resources":[{"kind":"m","id":1,"children":[{"kind":"t","id":1}]}]}"#,
            r#"{"resources":[{"kind":"m","id":2,"children":[{"kind":"t","id":1}]}]}"#,
            "/resources/0/children/0: the t `1` is listed twice, once below another resource; list it in one place",
        ),
    ] {
        let problems = Seed::merge([seed(first), seed(second)]).unwrap_err();
        let shown: Vec<_> =
            problems.iter().map(|problem| format!("{}: {}", problem.pointer, problem.message)).collect();
        assert_eq!(shown, [told]);
    }
}
