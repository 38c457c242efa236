//! Worlds written down, whole and in part.

use super::{SPACES, find, program, seed, value, world};
use crate::request::ids::Id;
use crate::world::{Children, Seed, World};
use std::sync::Arc;

#[test]
fn what_is_written_reads_as_the_same_world() {
    let mut world = world(SPACES);
    world.delete(program(&world, "one"), Children::Orphan);
    world.set_state(program(&world, "two"), "open");
    let written = world.to_value(None);
    let again = World::new(Arc::new(Seed::from_value("world.json", &written).unwrap()));
    assert_eq!(again.to_value(None).to_text(), written.to_text());
    let text = written.to_text();
    let again = World::new(Arc::new(seed(&text)));
    assert_eq!(again.to_value(None).to_text(), text);
}

#[test]
fn everything_is_written_in_order_and_what_is_absent_is_left_out() {
    let text = r#"{"containers":[{"kind":"s","id":"b"},{"kind":"s","id":"a","aliases":["c"]}],"callers":[{"id":"ada","tokens":["t"],"keys":[{"access":"A","secret":"s"}],"login":{"user":"u","password":"p"},"scopes":["x"],"grants":[{"container":"s/b"},{"container":"s/a","roles":["r"],"permissions":["p"]}]},{"id":"bob"}],"resources":[{"kind":"m","id":"z","container":"s/a","name":"Z","owner":"bob","state":"open","attributes":{"b":1,"a":[null]},"visible-to":[],"children":[{"kind":"t","id":1}],"on-delete":{"fail":"F","cleanup-fails":"C"}},{"kind":"m","id":12345678901234567890123}]}"#;
    assert_eq!(world(text).to_value(None).to_text(), text);
    // Key order, empty lists and spellings of numbers are the writer's.
    let loose = r#"{"resources":[{"id":7.0,"kind":"m","attributes":{},"children":[],"on-delete":{}}],"callers":[{"grants":[],"id":"ada"}]}"#;
    assert_eq!(
        world(loose).to_value(None).to_text(),
        r#"{"containers":[],"callers":[{"id":"ada"}],"resources":[{"kind":"m","id":7}]}"#
    );
}

fn kinds(world: &World, part: &crate::json::Value) -> (Vec<String>, Vec<String>, usize) {
    let texts = |list: &str| {
        let rows = part.get(list).and_then(crate::json::Value::as_array).unwrap();
        rows.iter()
            .map(|row| {
                format!("{} {}", row.get("kind").unwrap().as_str().unwrap(), row.get("id").unwrap().to_text())
            })
            .collect()
    };
    assert_eq!(
        part.get("callers").and_then(crate::json::Value::as_array).unwrap().len(),
        world.callers().count()
    );
    let grants = value(&part.to_text()).to_text().matches("\"container\":\"space/").count();
    (texts("containers"), texts("resources"), grants)
}

#[test]
fn parts_fit_together() {
    let mut world = world(SPACES);
    world.delete(program(&world, "doomed"), Children::Orphan);
    let programs = world.to_value(Some(&["program", "space"]));
    assert_eq!(
        kinds(&world, &programs),
        (
            vec![r#"space "Main""#.to_owned(), r#"space "side""#.to_owned()],
            vec![r#"program "one""#, r#"program "two""#, r#"program "two""#, r#"task "t-3""#]
                .into_iter()
                .map(str::to_owned)
                .collect(),
            7
        )
    );
    let experiences = world.to_value(Some(&["experience"]));
    assert_eq!(
        kinds(&world, &experiences),
        (vec![], vec!["experience 7".to_owned(), r#"experience "7""#.to_owned()], 0)
    );
    // A resource brings the container it is in.
    let tasks = world.to_value(Some(&["task"]));
    assert_eq!(
        kinds(&world, &tasks),
        (vec![r#"space "Main""#.to_owned()], vec![r#"task "t-3""#.to_owned()], 3)
    );
    assert_eq!(kinds(&world, &world.to_value(Some(&["unheard of"]))), (vec![], vec![], 0));
    // The rest and the part make the whole again.
    let rest = world.to_value_without(&["program", "space"]);
    assert_eq!(kinds(&world, &rest).1, ["experience 7", r#"experience "7""#]);
    assert_eq!(kinds(&world, &rest).0, [r#"project "side""#]);
    let parts = [&programs, &rest].map(|part| Seed::from_value("world.json", part).unwrap());
    let whole = World::new(Arc::new(Seed::merge(parts).unwrap()));
    assert_eq!(whole.resources().count(), world.resources().count());
    assert!(find(&whole, "task", Some("space/default"), Id::text("t-3")).is_some());
}
