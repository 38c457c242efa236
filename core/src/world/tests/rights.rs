//! Who sees what, and who may do what where.

use super::{SPACES, find, integer, world};
use crate::request::ids::{Compare, Id};

#[test]
fn visible_to_decides_and_otherwise_a_grant_on_the_container() {
    let world = world(SPACES);
    let at = |kind, container, id| find(&world, kind, container, id).unwrap();
    for (r, seen_by) in [
        // No visible-to: everyone with a grant on the container.
        (at("program", Some("space/Main"), Id::text("one")), ["ada", "bob"].as_slice()),
        (at("program", Some("space/side"), Id::text("two")), &["bob"]),
        // Visible-to: these, with or without a grant.
        (at("program", Some("space/Main"), Id::text("two")), &["ada", "cleo"]),
        // No container: everyone.
        (at("experience", None, integer("7")), &["ada", "bob", "cleo"]),
    ] {
        let resource = world.resource(r).unwrap();
        let seeing = world.callers().map(|caller| caller.id()).filter(|id| {
            let caller = world.caller_by_id(id).unwrap();
            world.sees(caller, resource)
        });
        assert_eq!(seeing.collect::<Vec<_>>(), seen_by, "{:?}", resource.id());
    }
}

#[test]
fn nobody_sees_what_is_visible_to_nobody() {
    let world = world(
        r#"{"callers":[{"id":"ada"}],"resources":[{"kind":"m","id":"a","visible-to":[],"owner":"ada"}]}"#,
    );
    let ada = world.caller_by_id("ada").unwrap();
    let (_, resource) = world.resources().next().unwrap();
    assert!(!world.sees(ada, resource));
    assert!(world.owns(ada, resource));
}

#[test]
fn rights_are_granted_on_containers() {
    let world = world(SPACES);
    let container = |kind, id| world.container(kind, id, Compare::Exact).unwrap();
    let (main, side, project) =
        (container("space", "Main"), container("space", "side"), container("project", "side"));
    for (caller, place, grant, role, permission) in [
        ("ada", main, true, true, true),
        ("ada", side, false, false, false),
        ("bob", main, true, false, false),
        ("bob", side, true, false, false),
        ("bob", project, false, false, false),
        ("cleo", main, false, false, false),
    ] {
        let caller = world.caller_by_id(caller).unwrap();
        assert_eq!(world.has_grant(caller, place), grant);
        assert_eq!(world.has_role(caller, place, "administrator"), role);
        assert_eq!(world.has_permission(caller, place, "delete"), permission);
        assert!(
            !world.has_role(caller, place, "delete") && !world.has_permission(caller, place, "administrator")
        );
    }
    let [ada, bob] = ["ada", "bob"].map(|id| world.caller_by_id(id).unwrap());
    assert!(
        world.has_scope(ada, "manage") && !world.has_scope(ada, "view") && !world.has_scope(bob, "manage")
    );
    let owned = world.resource(super::program(&world, "one")).unwrap();
    assert!(world.owns(ada, owned) && !world.owns(bob, owned));
    let unowned = world.resource(super::program(&world, "two")).unwrap();
    assert!(!world.owns(ada, unowned));
}

#[test]
fn grants_on_one_container_are_united() {
    let world = world(
        r#"{"containers":[{"kind":"s","id":"b"},{"kind":"s","id":"a","aliases":["c"]}],"callers":[{"id":"ada","grants":[
        {"container":"s/a","roles":["r"]},{"container":"s/b"},{"container":"s/c","roles":["r","q"],"permissions":["p"]}]}]}"#,
    );
    let caller = world.callers().next().unwrap();
    let grants: Vec<_> = caller
        .grants()
        .iter()
        .map(|grant| {
            format!("{} {:?} {:?}", world.container_id(grant.container), grant.roles, grant.permissions)
        })
        .collect();
    assert_eq!(grants, [r#"b [] []"#, r#"a ["r", "q"] ["p"]"#]);
}
