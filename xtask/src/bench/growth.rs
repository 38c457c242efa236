//! One request with more and more ids in a large world: how long it takes, and that it grows with the ids and not faster.

use crate::client;
use crate::options::Options;
use crate::plan::{Growth, Plan};
use crate::program::{self, Program};
use crate::table::{Figure, Table, median};
use crate::{announce, target};
use bulk_delete_core::json::Value;
use std::fmt::Write;
use std::time::Instant;

/// How often each request is made. The world is put back before each, so that each deletes.
const TIMES: usize = 7;

pub(crate) fn measure(
    plan: &Plan,
    growth: &Growth,
    options: &Options,
    table: &mut Table,
) -> Result<(), String> {
    announce(plan, &format!("a world of {} resources", growth.resources));
    let file = program::scratch(&format!("{}.world.json", plan.name))?;
    program::write(&file, world(plan, growth).as_bytes())?;
    let began = Instant::now();
    let mock = Program::mock(options, Some(&file), &[])?;
    table.row(&plan.shows, "start with that world in s", Figure::plain(began.elapsed().as_secs_f64()));
    let reset = format!("POST /__mock/reset HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", mock.address);
    let mut medians = Vec::new();
    for count in &growth.counts {
        announce(plan, &format!("{count} ids, {TIMES} times"));
        let mut request = plan.request.clone();
        request.body.insert(growth.ids.clone(), Value::Array(ids(growth, *count).map(Value::from).collect()));
        let bytes = request.bytes(mock.address);
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            client::exchange(mock.address, reset.as_bytes())?;
            let began = Instant::now();
            client::exchange(mock.address, &bytes)?;
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        let time = median(&times);
        let figure = Figure::plain(time);
        let last = growth.counts.last() == Some(count);
        let figure = if last { figure.at_most(target::MANY) } else { figure };
        table.row(&plan.shows, &format!("{count} ids in ms, median of {TIMES}"), figure);
        medians.push(time);
    }
    if let [.., fewer, more] = medians.as_slice() {
        table.row(
            &plan.shows,
            "time for ten times the ids",
            Figure::plain(more / fewer).at_most(target::GROWTH),
        );
    }
    Ok(())
}

/// The plan's world, with the resources.
fn world(plan: &Plan, growth: &Growth) -> String {
    let mut head = Value::Object(plan.world.clone().unwrap_or_default()).to_text();
    // Before its last brace.
    head.pop();
    if head.len() > 1 {
        head.push(',');
    }
    let mut resource = Value::Object(growth.resource.clone()).to_text();
    resource.pop();
    head.push_str("\"resources\":[");
    for number in 0..growth.resources {
        if number > 0 {
            head.push(',');
        }
        // Writing to a string does not fail.
        let _ = write!(head, "{resource},\"id\":\"{}\"}}", id(number));
    }
    head.push_str("]}");
    head
}

/// Ids from all over the world, each once; of every ten, one that it does not hold.
fn ids(growth: &Growth, count: u64) -> impl Iterator<Item = String> {
    let (step, beyond) = ((growth.resources / count.max(1)).max(1), growth.resources);
    (0..count).map(move |number| id(if number % 10 == 9 { beyond + number } else { number * step }))
}

/// 32 digits that look like nothing in order, and differ for each number.
fn id(number: u64) -> String {
    let spread = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!("{:016X}{:016X}", spread(number), spread(number.rotate_left(32)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Measure;
    use std::collections::BTreeSet;

    #[test]
    fn ids_differ_and_nine_of_ten_exist() {
        let growth =
            Growth { resource: Default::default(), resources: 1000, ids: String::new(), counts: vec![] };
        let world: BTreeSet<String> = (0..growth.resources).map(id).collect();
        assert_eq!(world.len(), 1000);
        let asked: BTreeSet<String> = ids(&growth, 100).collect();
        assert_eq!(asked.len(), 100);
        assert_eq!(asked.intersection(&world).count(), 90);
        assert!(asked.iter().all(|id| id.len() == 32));
    }

    #[test]
    fn the_world_is_one() {
        let Ok(plans) = crate::plan::read_from("bench".as_ref(), &[]) else {
            panic!("the plans can be read")
        };
        let mut grown = plans.iter().filter_map(|plan| match &plan.measure {
            Measure::Growth(growth) => Some((plan, Growth { resources: 10, ..growth.clone() })),
            _ => None,
        });
        let (plan, growth) = grown.next().unwrap();
        let seed =
            bulk_delete_core::world::Seed::parse("world.json", world(plan, &growth).as_bytes()).unwrap();
        assert_eq!(seed.resource_count(), 10);
    }
}
