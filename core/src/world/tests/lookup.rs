//! Finding containers, resources and callers.

use super::{SPACES, find, integer, world};
use crate::request::ids::{Compare, Id};
use crate::world::{Children, World};

#[test]
fn containers_are_found_by_id_and_alias() {
    let world = world(SPACES);
    for (kind, id, compare, found) in [
        ("space", "Main", Compare::Exact, Some("Main")),
        ("space", "default", Compare::Exact, Some("Main")),
        ("space", "main", Compare::Exact, None),
        ("space", "mAIN", Compare::IgnoreCase, Some("Main")),
        ("space", "DEFAULT", Compare::IgnoreCase, Some("Main")),
        ("space", "side", Compare::Exact, Some("side")),
        ("project", "side", Compare::Exact, Some("side")),
        ("project", "Main", Compare::Exact, None),
        ("project", "default", Compare::IgnoreCase, None),
        ("workspace", "Main", Compare::Exact, None),
        ("space", "", Compare::IgnoreCase, None),
    ] {
        let index = world.container(kind, id, compare);
        assert_eq!(index.map(|index| world.container_id(index)), found, "{kind} {id} {compare:?}");
    }
    assert_ne!(
        world.container("space", "side", Compare::Exact),
        world.container("project", "side", Compare::Exact)
    );
}

#[test]
fn where_case_is_ignored_the_exact_name_comes_first() {
    let text = r#"{"containers":[{"kind":"s","id":"AB"},{"kind":"s","id":"ab"},{"kind":"s","id":"x","aliases":["aB"]}],
        "resources":[{"kind":"m","id":"AB","container":"s/ab"},{"kind":"m","id":"ab","container":"s/ab"}]}"#;
    let mut world = world(text);
    for (id, compare, found) in [
        ("ab", Compare::IgnoreCase, Some("ab")),
        ("AB", Compare::IgnoreCase, Some("AB")),
        ("aB", Compare::IgnoreCase, Some("x")),
        ("Ab", Compare::IgnoreCase, Some("AB")),
        ("Ab", Compare::Exact, None),
    ] {
        let index = world.container("s", id, compare);
        assert_eq!(index.map(|index| world.container_id(index)), found, "{id}");
    }
    let found = |world: &World, id: &str, compare: Compare| {
        let container = world.container("s", "ab", Compare::Exact);
        let index = world.find(world.kind("m").unwrap(), container, Id::text(id), compare)?;
        Some(world.resource(index)?.id().text.to_owned())
    };
    for (id, compare, expected) in [
        ("ab", Compare::IgnoreCase, Some("ab")),
        ("AB", Compare::IgnoreCase, Some("AB")),
        ("Ab", Compare::IgnoreCase, Some("AB")),
        ("Ab", Compare::Exact, None),
    ] {
        assert_eq!(found(&world, id, compare).as_deref(), expected, "{id}");
    }
    // What is gone is not in the way of what is there.
    let first = world.resources().next().unwrap().0;
    world.delete(first, Children::Delete);
    assert_eq!(found(&world, "AB", Compare::IgnoreCase).as_deref(), Some("ab"));
    assert_eq!(found(&world, "AB", Compare::Exact), None);
}

#[test]
fn resources_are_found_in_their_container() {
    let world = world(SPACES);
    for (kind, container, id, found) in [
        ("program", Some("space/Main"), Id::text("one"), true),
        ("program", Some("space/default"), Id::text("one"), true),
        ("program", Some("space/side"), Id::text("one"), false),
        ("program", Some("space/Main"), Id::text("One"), false),
        ("program", Some("project/side"), Id::text("two"), false),
        ("task", Some("space/Main"), Id::text("t-1"), false),
        ("experience", None, integer("7"), true),
        ("experience", None, Id::text("7"), true),
        ("experience", None, integer("8"), false),
        ("experience", Some("space/Main"), integer("7"), false),
        // Without a container, whatever container it is in.
        ("program", None, Id::text("one"), true),
    ] {
        assert_eq!(find(&world, kind, container, id).is_some(), found, "{kind} {container:?} {id:?}");
    }
    assert_ne!(
        find(&world, "experience", None, integer("7")),
        find(&world, "experience", None, Id::text("7"))
    );
    assert_ne!(
        find(&world, "program", Some("space/Main"), Id::text("two")),
        find(&world, "program", Some("space/side"), Id::text("two"))
    );
}

#[test]
fn without_a_container_what_is_in_none_comes_first_and_then_the_order() {
    let text = r#"{"containers":[{"kind":"s","id":"1"},{"kind":"s","id":"2"}],"resources":[
        {"kind":"m","id":"a","container":"s/2"},{"kind":"m","id":"A","container":"s/1"},{"kind":"m","id":"a","container":"s/1"},{"kind":"m","id":"a"}]}"#;
    let mut world = world(text);
    let order: Vec<_> = world.resources().map(|(r, _)| r).collect();
    let kind = world.kind("m").unwrap();
    for (id, compare, gone, found) in [
        ("a", Compare::Exact, None, Some(3)),
        ("A", Compare::Exact, None, Some(1)),
        ("A", Compare::IgnoreCase, None, Some(3)),
        ("a", Compare::Exact, Some(3), Some(0)),
        ("A", Compare::IgnoreCase, None, Some(1)),
        ("A", Compare::IgnoreCase, Some(1), Some(0)),
        ("a", Compare::Exact, Some(0), Some(2)),
        ("a", Compare::IgnoreCase, Some(2), None),
    ] {
        if let Some(gone) = gone {
            world.delete(order[gone], Children::Delete);
        }
        let expected = found.map(|at: usize| order[at]);
        assert_eq!(world.find(kind, None, Id::text(id), compare), expected, "{id} {compare:?} {gone:?}");
    }
}

#[test]
fn callers_are_found_by_what_proves_them() {
    let world = world(SPACES);
    let ada = world.caller_by_id("ada");
    assert!(ada.is_some());
    assert_eq!(world.caller_by_id("Ada"), None);
    assert_eq!(world.caller_by_token("ada-token"), ada);
    assert_eq!(world.caller_by_token("ADA-TOKEN"), None);
    assert_eq!(world.caller_by_token(""), None);
    assert_eq!(world.caller_by_key("ADA2"), ada.map(|ada| (ada, "s2")));
    assert_eq!(world.caller_by_key("s2"), None);
    assert_eq!(world.caller_by_login("ada@example.com", "pw"), ada);
    assert_eq!(world.caller_by_login("ada@example.com", "PW"), None);
    assert_eq!(world.caller_by_login("bob@example.com", "pw"), None);
    assert_eq!(world.callers().map(|caller| caller.id()).collect::<Vec<_>>(), ["ada", "bob", "cleo"]);
}

#[test]
fn a_resource_tells_what_it_is() {
    let world = world(SPACES);
    let one = world.resource(super::program(&world, "one")).unwrap();
    assert_eq!(world.kind_name(one.kind()), "program");
    assert_eq!((one.id(), one.name(), one.state()), (Id::text("one"), Some("One"), Some("open")));
    assert_eq!(one.owner(), world.caller_by_id("ada"));
    assert_eq!(one.container().map(|container| world.container_id(container)), Some("Main"));
    let children: Vec<_> =
        one.children().iter().map(|child| (world.kind_name(child.kind()), child.id())).collect();
    assert_eq!(children, [("task", Id::text("t-1")), ("task", integer("2"))]);
    assert_eq!(
        (one.fail(), one.cleanup_fails(), one.attributes(), one.visible_to()),
        (None, None, None, None)
    );
    assert_eq!(world.resource(super::program(&world, "doomed")).unwrap().fail(), Some("No."));
    let seven = world.resource(find(&world, "experience", None, integer("7")).unwrap()).unwrap();
    assert_eq!(seven.cleanup_fails(), Some("Later."));
    assert_eq!(seven.attribute("type").and_then(|value| value.as_str()), Some("domain"));
    assert_eq!((seven.name(), seven.state(), seven.container()), (None, None, None));
}

#[test]
fn handles_of_another_world_lead_nowhere() {
    let large = world(SPACES);
    let mut empty = world("{}");
    let (r, resource) = large.resources().last().map(|(r, resource)| (r, resource.clone())).unwrap();
    let (caller, container) =
        (large.caller_by_id("cleo").unwrap(), large.container("project", "side", Compare::Exact).unwrap());
    assert!(empty.resource(r).is_none() && !empty.is_present(r));
    assert!(
        empty.caller(caller).is_none()
            && !empty.sees(caller, &resource)
            && !empty.has_scope(caller, "manage")
    );
    assert_eq!((empty.container_id(container), empty.kind_name(resource.kind())), ("", ""));
    assert!(!empty.has_role(caller, container, "r") && !empty.has_permission(caller, container, "p"));
    assert_eq!(empty.find(resource.kind(), Some(container), resource.id(), Compare::IgnoreCase), None);
    empty.delete(r, Children::Orphan);
    empty.accept(r, Children::Orphan, super::operation(&large, "o", [0, 1, 2]));
    empty.set_state(r, "open");
    empty.note_cleanup(r, super::changes::cleanup());
    assert_eq!(empty.operations().count(), 0);
    assert_eq!(empty.changes().to_text(), r#"{"deleted":[],"orphaned":[],"changed":[],"cleanups":[]}"#);
}
