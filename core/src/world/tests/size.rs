//! Large worlds. None of these looks at a clock: what is not linear here does not end while anybody waits.

use std::fmt::Write as _;

use super::world;
use crate::request::ids::{Compare, Id};
use crate::time::Timestamp;
use crate::world::Children;

const MANY: u32 = 100_000;

/// A world of so many models in so many workspaces, all with the given ids.
fn text(workspaces: u32, count: u32, id: impl Fn(u32) -> String) -> String {
    let mut text = String::from(r#"{"callers":[{"id":"ada"}],"containers":["#);
    for workspace in 0..workspaces {
        let comma = if workspace == 0 { "" } else { "," };
        write!(text, r#"{comma}{{"kind":"workspace","id":"w{workspace}"}}"#).unwrap();
    }
    text.push_str(r#"],"resources":["#);
    for number in 0..count {
        let comma = if number == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}{{"kind":"model","id":"{}","container":"workspace/w{}","name":"Model {number}","state":"closed"}}"#,
            id(number),
            number % workspaces
        )
        .unwrap();
    }
    text.push_str("]}");
    text
}

#[test]
fn a_large_world_is_read_searched_deleted_and_written() {
    let mut world = world(&text(10, MANY, |number| format!("BC24B51B39CF4701ACF7CBFD{number:08X}")));
    let kind = world.kind("model").unwrap();
    let containers: Vec<_> =
        (0..10).map(|at| world.container("workspace", &format!("w{at}"), Compare::Exact)).collect();
    for number in 0..MANY {
        let id = format!("bc24b51b39cf4701acf7cbfd{number:08x}");
        let container = containers[number as usize % 10];
        assert_eq!(world.find(kind, container, Id::text(&id), Compare::Exact), None);
        let found = world.find(kind, container, Id::text(&id), Compare::IgnoreCase).unwrap();
        assert_eq!(world.find(kind, None, Id::text(&id), Compare::IgnoreCase), Some(found));
        if number % 2 == 0 {
            world.delete(found, Children::Orphan);
        } else {
            let accepted = super::operation(&world, &format!("op-{number}"), [0, 1, i64::from(number)]);
            world.accept(found, Children::Delete, accepted);
        }
        assert_eq!(world.find(kind, container, Id::text(&id), Compare::IgnoreCase), None);
    }
    world.advance(Timestamp(i64::MAX));
    assert_eq!(world.resources().count(), 0);
    assert_eq!(super::changed_ids(&world, "deleted").len(), MANY as usize);
}

#[test]
fn many_containers_may_hold_the_same_ids() {
    let world = world(&text(MANY, MANY, |_| "same".to_owned()));
    let kind = world.kind("model").unwrap();
    for number in 0..MANY {
        let container = world.container("workspace", &format!("w{number}"), Compare::Exact);
        assert!(container.is_some());
        assert!(world.find(kind, container, Id::text("SAME"), Compare::IgnoreCase).is_some());
    }
    assert!(world.find(kind, None, Id::text("same"), Compare::Exact).is_some());
}
