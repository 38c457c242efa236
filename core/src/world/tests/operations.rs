//! Deletions that take their time.

use super::{SPACES, changed, changed_ids, find, ids, operation, program, world};
use crate::request::ids::Id;
use crate::time::Timestamp;
use crate::world::{Children, Ending, OperationState, REMEMBERED_OPERATIONS, World};

fn accepted(id: &str, children: Children, times: [i64; 3]) -> World {
    let mut world = world(SPACES);
    world.accept(program(&world, id), children, operation(&world, "op-1", times));
    world
}

#[test]
fn an_operation_tells_what_it_is_about() {
    let world = accepted("one", Children::Delete, [10, 20, 30]);
    let told = world.operation("op-1").unwrap();
    assert_eq!((told.id(), told.contract(), told.caller()), ("op-1", "programs", Some("ada")));
    assert_eq!((told.kind(), told.item(), told.container()), ("program", Id::text("one"), Some("Main")));
    assert_eq!((told.accepted(), told.starts(), told.ends()), (Timestamp(10), Timestamp(20), Timestamp(30)));
    assert!(world.operation("op-2").is_none());
    assert_eq!(world.operations().count(), 1);
}

#[test]
fn state_and_percent_follow_the_time() {
    use OperationState::{Failed, Pending, Running, Succeeded};
    for (id, times, rows) in [
        (
            "one",
            [1000, 2000, 4000],
            [
                (0, Pending, 0),
                (1999, Pending, 0),
                (2000, Running, 0),
                (3000, Running, 50),
                (3999, Running, 99),
                (4000, Succeeded, 100),
            ],
        ),
        (
            "doomed",
            [1000, 2000, 4000],
            [
                (0, Pending, 0),
                (1999, Pending, 0),
                (2000, Running, 0),
                (2500, Running, 25),
                (4000, Failed, 99),
                (9000, Failed, 99),
            ],
        ),
        // An end before the start is an end at the start.
        (
            "one",
            [0, 5, 3],
            [
                (i64::MIN, Pending, 0),
                (3, Pending, 0),
                (4, Pending, 0),
                (5, Succeeded, 100),
                (6, Succeeded, 100),
                (i64::MAX, Succeeded, 100),
            ],
        ),
        // Where no time passes between them, it had come as far as one can that fails.
        (
            "doomed",
            [0, 5, 5],
            [
                (i64::MIN, Pending, 0),
                (0, Pending, 0),
                (4, Pending, 0),
                (5, Failed, 99),
                (6, Failed, 99),
                (i64::MAX, Failed, 99),
            ],
        ),
        (
            "doomed",
            [0, i64::MIN, i64::MAX],
            [
                (i64::MIN, Running, 0),
                (-1, Running, 49),
                (0, Running, 50),
                (1, Running, 50),
                (i64::MAX - 1, Running, 99),
                (i64::MAX, Failed, 99),
            ],
        ),
    ] {
        let world = accepted(id, Children::Delete, times);
        for (now, state, percent) in rows {
            let mut advanced = world.clone();
            advanced.advance(Timestamp(now));
            // Looking ahead of the world's time tells the same as the world when its time has come.
            for seen in [&world, &advanced] {
                let told = seen.operation("op-1").unwrap();
                assert_eq!(
                    (told.state(Timestamp(now)), told.percent(Timestamp(now))),
                    (state, percent),
                    "{id} {times:?} {now}"
                );
                assert_eq!(told.fail(Timestamp(now)), (state == Failed).then_some("No."));
            }
        }
    }
}

#[test]
fn what_is_accepted_is_gone_and_stays_gone_when_it_succeeds() {
    let mut world = accepted("one", Children::Delete, [0, 5, 10]);
    for now in [0, 7, 10, 11] {
        world.advance(Timestamp(now));
        assert_eq!(find(&world, "program", Some("space/Main"), Id::text("one")), None);
        assert_eq!(changed_ids(&world, "deleted"), [r#""one""#, r#""t-1""#, "2"]);
    }
    // Its end is final, also when the clock is moved back or the control API comes late.
    let late = world.finish_operation("op-1", Ending::Failed("late".to_owned()), Timestamp(20)).unwrap();
    assert_eq!(late.state(Timestamp(0)), OperationState::Succeeded);
    assert_eq!(late.fail(Timestamp(20)), None);
    assert_eq!(find(&world, "program", Some("space/Main"), Id::text("one")), None);
}

#[test]
fn what_fails_is_back_with_its_children() {
    for children in [Children::Delete, Children::Orphan] {
        let mut world = accepted("doomed", children, [0, 5, 10]);
        let before = super::world(SPACES);
        world.advance(Timestamp(9));
        assert_ne!(world.to_value(None), before.to_value(None));
        let orphans = usize::from(children == Children::Orphan);
        assert_eq!(changed_ids(&world, "orphaned").len(), orphans);
        world.advance(Timestamp(10));
        assert_eq!(world.to_value(None), before.to_value(None), "{children:?}");
        assert_eq!(world.changes(), before.changes());
        // It can be deleted again, and its children be orphaned again.
        world.delete(program(&world, "doomed"), Children::Orphan);
        assert_eq!(changed_ids(&world, "deleted"), [r#""doomed""#]);
        assert_eq!(changed_ids(&world, "orphaned"), [r#""t-3""#]);
    }
}

#[test]
fn an_orphan_that_was_deleted_meanwhile_does_not_come_back() {
    let mut world = accepted("one", Children::Orphan, [0, 5, 10]);
    let orphan = find(&world, "task", Some("space/Main"), Id::text("t-1")).unwrap();
    world.delete(orphan, Children::Delete);
    world.finish_operation("op-1", Ending::Failed("why".to_owned()), Timestamp(6));
    let children: Vec<_> = world
        .resource(program(&world, "one"))
        .unwrap()
        .children()
        .iter()
        .map(|child| child.id().text.to_owned())
        .collect();
    assert_eq!(children, ["2"]);
    assert_eq!(changed_ids(&world, "deleted"), [r#""t-1""#]);
    assert_eq!(changed(&world, "orphaned"), "[]");
    assert!(!ids(&world).contains(&"2".to_owned()));
}

#[test]
fn an_operation_can_be_ended_ahead_of_its_time() {
    for (id, ending, back, percent) in [
        ("one", Ending::Succeeded, false, 100),
        ("one", Ending::Failed("asked".to_owned()), true, 40),
        ("doomed", Ending::Succeeded, false, 100),
        ("doomed", Ending::Failed("asked".to_owned()), true, 40),
    ] {
        let mut world = accepted(id, Children::Delete, [0, 0, 10]);
        let told = world.finish_operation("op-1", ending.clone(), Timestamp(4)).unwrap();
        let reason = back.then_some("asked");
        assert_eq!(
            (told.fail(Timestamp(4)), told.percent(Timestamp(4)), told.ends()),
            (reason, percent, Timestamp(4))
        );
        assert_eq!(
            find(&world, "program", Some("space/Main"), Id::text(id)).is_some(),
            back,
            "{id} {ending:?}"
        );
        // Nothing more happens at the planned end.
        let now = world.to_value(None);
        world.advance(Timestamp(100));
        assert_eq!(world.to_value(None), now);
        assert!(world.finish_operation("op-2", ending, Timestamp(4)).is_none());
    }
}

#[test]
fn operations_end_in_the_order_of_their_ends() {
    let mut world = world(SPACES);
    for (name, id, end) in [("late", "one", 30), ("early", "two", 10), ("middle", "doomed", 20)] {
        world.accept(program(&world, id), Children::Delete, operation(&world, name, [0, 0, end]));
    }
    world.advance(Timestamp(20));
    let states: Vec<_> =
        world.operations().map(|it| (it.id().to_owned(), it.state(Timestamp(20)).name())).collect();
    let expected = [("late", "running"), ("early", "succeeded"), ("middle", "failed")];
    assert_eq!(states, expected.map(|(id, state)| (id.to_owned(), state)));
    // What is not there is not accepted.
    world.accept(
        program(&super::world(SPACES), "one"),
        Children::Delete,
        operation(&world, "again", [0, 0, 1]),
    );
    assert!(world.operation("again").is_none());
}

#[test]
fn operations_that_have_ended_are_forgotten_in_time() {
    let total = REMEMBERED_OPERATIONS + 5;
    let rows: Vec<String> = (0..total + 1).map(|id| format!(r#"{{"kind":"m","id":{id}}}"#)).collect();
    let mut world = world(&format!(r#"{{"callers":[{{"id":"ada"}}],"resources":[{}]}}"#, rows.join(",")));
    let all: Vec<_> = world.resources().map(|(r, _)| r).collect();
    for (at, r) in all.iter().enumerate() {
        let end = if at == 0 { 100 } else { 1 };
        let accepted = operation(&world, &format!("op-{at}"), [0, 0, end]);
        world.accept(*r, Children::Delete, accepted);
    }
    assert_eq!(world.operations().count(), total + 1);
    world.advance(Timestamp(1));
    // The one that has not ended is kept however old it is.
    assert_eq!(world.operations().count(), REMEMBERED_OPERATIONS + 1);
    assert!(
        world.operation("op-0").is_some()
            && world.operation("op-5").is_none()
            && world.operation("op-6").is_some()
    );
    world.advance(Timestamp(100));
    assert_eq!(world.operations().count(), REMEMBERED_OPERATIONS);
    assert!(world.operation("op-0").is_some() && world.operation("op-6").is_none());
    assert_eq!(world.resources().count(), 0);
}
