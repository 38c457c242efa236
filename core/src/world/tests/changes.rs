//! What a test asserts: what is different since the world was set up.

use super::{SPACES, changed, find, integer, program, world};
use crate::world::{Children, Cleanup, CleanupEnding, CleanupStep};

pub(super) fn cleanup() -> Cleanup {
    Cleanup { by: "domain".to_owned(), step: CleanupStep::Queued, ending: CleanupEnding::Failed }
}

#[test]
fn states_are_told_while_they_differ() {
    let mut world = world(SPACES);
    let (one, two) = (program(&world, "one"), program(&world, "two"));
    for (r, state, told) in [
        (one, "open", "[]"),
        (one, "closed", r#"[{"kind":"program","id":"one","container":"space/Main","state":"closed"}]"#),
        (one, "archived", r#"[{"kind":"program","id":"one","container":"space/Main","state":"archived"}]"#),
        (one, "open", "[]"),
        (two, "open", r#"[{"kind":"program","id":"two","container":"space/Main","state":"open"}]"#),
    ] {
        world.set_state(r, state);
        assert_eq!(world.resource(r).unwrap().state(), Some(state));
        assert_eq!(changed(&world, "changed"), told, "{state}");
    }
    world.delete(two, Children::Delete);
    assert_eq!(changed(&world, "changed"), "[]");
}

#[test]
fn cleanups_are_told_in_order() {
    let mut world = world(SPACES);
    let seven = find(&world, "experience", None, integer("7")).unwrap();
    world.delete(seven, Children::Delete);
    world.note_cleanup(seven, cleanup());
    let inline = Cleanup { by: "quest".to_owned(), step: CleanupStep::Inline, ending: CleanupEnding::Done };
    world.note_cleanup(seven, inline);
    assert_eq!(
        changed(&world, "cleanups"),
        concat!(
            r#"[{"kind":"experience","id":7,"by":"domain","step":"queued","ended":"failed"},"#,
            r#"{"kind":"experience","id":7,"by":"quest","step":"inline","ended":"done"}]"#
        )
    );
    assert_eq!(changed(&world, "deleted"), r#"[{"kind":"experience","id":7}]"#);
}
