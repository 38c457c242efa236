//! Adding to a world in use: whole or not at all.

use super::{SPACES, changed_ids, find, ids, operation, program, value, world};
use crate::request::ids::{Compare, Id};
use crate::time::Timestamp;
use crate::world::{Children, World};

fn patched(text: &str) -> World {
    let mut world = world(SPACES);
    world.patch(&value(text)).unwrap();
    world
}

#[test]
fn what_is_new_is_added_behind_what_is_there() {
    let mut world = patched(
        r#"{"containers":[{"kind":"space","id":"new","aliases":["fresh"]}],"callers":[{"id":"dan","tokens":["d"],"grants":[{"container":"space/fresh"}]}],
        "resources":[{"kind":"program","id":"three","container":"space/new","owner":"dan","visible-to":["dan","bob"]},{"kind":"program","id":"three","container":"space/Main"}]}"#,
    );
    assert_eq!(ids(&world).len(), 8);
    let three = find(&world, "program", Some("space/new"), Id::text("three")).unwrap();
    let dan = world.caller_by_token("d").unwrap();
    assert!(world.sees(dan, world.resource(three).unwrap()));
    assert!(world.has_grant(dan, world.container("space", "fresh", Compare::Exact).unwrap()));
    assert_eq!(world.changes(), super::world(SPACES).changes());
    world.delete(three, Children::Delete);
    assert_eq!(changed_ids(&world, "deleted"), [r#""three""#]);
    assert!(find(&world, "program", Some("space/Main"), Id::text("three")).is_some());
}

#[test]
fn what_is_known_is_replaced_in_its_place() {
    let world = patched(
        r#"{"resources":[{"kind":"program","id":"one","container":"space/default","state":"closed"}]}"#,
    );
    assert_eq!(ids(&world), ids(&super::world(SPACES)));
    let one = world.resource(program(&world, "one")).unwrap();
    assert_eq!((one.state(), one.name(), one.children().len()), (Some("closed"), None, 0));
    assert_eq!(world.changes(), super::world(SPACES).changes());
}

#[test]
fn callers_and_aliases_are_replaced_and_may_swap_what_is_theirs() {
    let world = patched(
        r#"{"containers":[{"kind":"space","id":"Main"},{"kind":"space","id":"side","aliases":["default"]}],
        "callers":[{"id":"ada","tokens":["bob-token"]},{"id":"bob","tokens":["ada-token"],"keys":[{"access":"ADA","secret":"new"}]}]}"#,
    );
    let [ada, bob] = ["ada", "bob"].map(|id| world.caller_by_id(id).unwrap());
    assert_eq!(world.caller_by_token("bob-token"), Some(ada));
    assert_eq!(world.caller_by_token("ada-token"), Some(bob));
    assert_eq!(world.caller_by_key("ADA"), Some((bob, "new")));
    assert_eq!(world.caller_by_key("ADA2"), None);
    assert_eq!(world.caller_by_login("ada@example.com", "pw"), None);
    assert!(!world.has_scope(ada, "manage"));
    let default = world.container("space", "default", Compare::Exact).unwrap();
    assert_eq!(world.container_id(default), "side");
    // Handles stay good: what belonged to ada still does.
    assert!(world.owns(ada, world.resource(program(&world, "one")).unwrap()));
}

#[test]
fn a_problem_anywhere_changes_nothing() {
    for (text, pointer) in [
        ("[]", ""),
        (
            r#"{"resources":[{"kind":"program","id":"x","container":"space/Main"},{"kind":"program","id":"y","container":"space/none"}]}"#,
            "/resources/1/container",
        ),
        (
            r#"{"callers":[{"id":"dan","tokens":["d"]},{"id":"eve","tokens":["ada-token"]}]}"#,
            "/callers/1/tokens/0",
        ),
        (r#"{"callers":[{"id":"dan"}],"resources":[{"kind":"m"}]}"#, "/resources/0"),
        (r#"{"containers":[{"kind":"space","id":"new","aliases":["Main"]}]}"#, "/containers/0/aliases/0"),
        (r#"{"containers":[{"kind":"space","id":"default"}]}"#, "/containers/0/id"),
        (r#"{"resources":[{"kind":"m","id":1},{"kind":"m","id":1}]}"#, "/resources/1"),
        // A child that stands as a resource of its own.
        (
            r#"{"resources":[{"kind":"m","id":1,"children":[{"kind":"m","id":2},{"kind":"experience","id":7}]}]}"#,
            "/resources/0/children/1",
        ),
    ] {
        let mut world = world(SPACES);
        world.delete(program(&world, "one"), Children::Orphan);
        let before = (world.to_value(None), world.changes());
        let problems = world.patch(&value(text)).unwrap_err();
        assert_eq!(
            problems.iter().map(|problem| problem.pointer.as_str()).collect::<Vec<_>>(),
            [pointer],
            "{text}"
        );
        assert_eq!((world.to_value(None), world.changes()), before, "{text}");
        assert_eq!(world.caller_by_token("d"), None);
        let problems = world.patch_text("other.json", text.as_bytes()).unwrap_err();
        assert_eq!((problems.len(), problems[0].document.as_str()), (1, "other.json"));
    }
    let mut world = world(SPACES);
    let problems = world.patch_text("body", b"{\"resources\":[{\"kind\":\"m\",\"id\":1},]}").unwrap_err();
    assert_eq!(problems[0].to_string(), "body#: not JSON: expected a value at line 1, column 35");
    assert_eq!(world.to_value(None), super::world(SPACES).to_value(None));
}

#[test]
fn setting_up_again_undoes_what_was_done() {
    let again = r#"{"resources":[{"kind":"program","id":"one","container":"space/Main","name":"One","owner":"ada","state":"open",
        "children":[{"kind":"task","id":"t-1"},{"kind":"task","id":2}]}]}"#;
    for children in [Children::Delete, Children::Orphan] {
        let mut world = world(SPACES);
        let before = (world.to_value(None), world.changes());
        let one = program(&world, "one");
        world.set_state(one, "closed");
        world.delete(one, children);
        world.note_cleanup(one, super::changes::cleanup());
        if let Some(orphan) = find(&world, "task", Some("space/Main"), Id::text("t-1")) {
            world.delete(orphan, Children::Delete);
        }
        world.patch(&value(again)).unwrap();
        assert_eq!((world.to_value(None), world.changes()), before, "{children:?}");
        assert_eq!(program(&world, "one"), one);
        world.set_state(one, "closed");
        world.delete(one, children);
        assert_eq!(changed_ids(&world, "deleted").len(), if children == Children::Delete { 3 } else { 1 });
        assert_eq!(changed_ids(&world, "orphaned").len(), if children == Children::Orphan { 2 } else { 0 });
    }
}

#[test]
fn what_was_set_up_anew_is_no_longer_its_operation_s() {
    let again = value(r#"{"resources":[{"kind":"program","id":"one","container":"space/Main"}]}"#);
    for id in ["one", "doomed"] {
        let mut world = world(SPACES);
        world.accept(program(&world, id), Children::Delete, operation(&world, "op", [0, 5, 10]));
        world.patch(&again).unwrap();
        let (one, before) = (program(&world, "one"), world.to_value(None));
        world.advance(Timestamp(10));
        assert_eq!(program(&world, "one"), one);
        if id == "one" {
            assert_eq!(world.to_value(None), before);
            assert!(changed_ids(&world, "deleted").is_empty());
        }
    }
}
