//! Deleting now, and what becomes of children.

use super::{SPACES, changed, changed_ids, find, ids, integer, program, world};
use crate::request::ids::Id;
use crate::world::Children;

#[test]
fn what_is_deleted_is_gone_and_can_still_be_named() {
    let mut world = world(SPACES);
    let two = program(&world, "two");
    assert!(world.is_present(two));
    world.delete(two, Children::Delete);
    assert!(!world.is_present(two));
    assert_eq!(find(&world, "program", Some("space/Main"), Id::text("two")), None);
    assert!(find(&world, "program", Some("space/side"), Id::text("two")).is_some());
    assert_eq!(world.resource(two).unwrap().id(), Id::text("two"));
    assert_eq!(ids(&world), [r#""one""#, r#""two""#, r#""doomed""#, "7", r#""7""#]);
    assert_eq!(changed(&world, "deleted"), r#"[{"kind":"program","id":"two","container":"space/Main"}]"#);
    // Once is enough.
    world.delete(two, Children::Delete);
    world.set_state(two, "open");
    assert_eq!(changed_ids(&world, "deleted"), [r#""two""#]);
    assert_eq!(changed(&world, "changed"), "[]");
}

#[test]
fn each_change_makes_another_revision_and_a_look_does_not() {
    let mut world = world(SPACES);
    let mut seen = vec![world.revision()];
    world.delete(program(&world, "two"), Children::Delete);
    seen.push(world.revision());
    world.set_state(program(&world, "one"), "closed");
    assert_eq!(ids(&world).len(), 5);
    seen.push(world.revision());
    assert_eq!(world.revision(), seen[2]);
    assert!(seen[0] != seen[1] && seen[1] != seen[2] && seen[0] != seen[2], "{seen:?}");
}

#[test]
fn children_go_with_their_parent() {
    let mut world = world(SPACES);
    world.delete(program(&world, "one"), Children::Delete);
    assert_eq!(
        changed(&world, "deleted"),
        concat!(
            r#"[{"kind":"program","id":"one","container":"space/Main"},"#,
            r#"{"kind":"task","id":"t-1","container":"space/Main","of":{"kind":"program","id":"one"}},"#,
            r#"{"kind":"task","id":2,"container":"space/Main","of":{"kind":"program","id":"one"}}]"#
        )
    );
    assert_eq!(changed(&world, "orphaned"), "[]");
    assert_eq!(find(&world, "task", Some("space/Main"), Id::text("t-1")), None);
}

#[test]
fn children_are_orphaned() {
    let mut world = world(SPACES);
    world.delete(program(&world, "one"), Children::Orphan);
    assert_eq!(changed_ids(&world, "deleted"), [r#""one""#]);
    assert_eq!(
        changed(&world, "orphaned"),
        concat!(
            r#"[{"kind":"task","id":"t-1","container":"space/Main","of":{"kind":"program","id":"one"}},"#,
            r#"{"kind":"task","id":2,"container":"space/Main","of":{"kind":"program","id":"one"}}]"#
        )
    );
    let orphan = find(&world, "task", Some("space/Main"), integer("2")).unwrap();
    assert!(world.resource(orphan).unwrap().is_orphan());
    assert_eq!(ids(&world).last().unwrap(), "2");
    assert!(world.to_value(None).to_text().contains(r#"{"kind":"task","id":2,"container":"space/Main"}"#));
    // An orphan is deleted like anything else, and is then no longer orphaned but gone.
    world.delete(orphan, Children::Orphan);
    assert_eq!(changed_ids(&world, "deleted"), [r#""one""#, "2"]);
    assert_eq!(changed_ids(&world, "orphaned"), [r#""t-1""#]);
}

#[test]
fn worlds_on_one_seed_do_not_meet() {
    let first = world(SPACES);
    let mut second = crate::world::World::new(first.seed().clone());
    let mut third = second.clone();
    second.delete(program(&second, "one"), Children::Orphan);
    third.set_state(program(&third, "one"), "closed");
    assert_eq!(first.to_value(None), world(SPACES).to_value(None));
    assert_eq!(first.resource(program(&first, "one")).unwrap().state(), Some("open"));
    assert_eq!(third.resource(program(&third, "one")).unwrap().state(), Some("closed"));
    assert!(!ids(&second).contains(&r#""one""#.to_owned()));
}
