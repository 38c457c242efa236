//! Very many sessions: what it takes to make one by the control API, and the memory of all of them, before and after each has
//! deleted something.

use crate::client::Connection;
use crate::options::Options;
use crate::plan::{Plan, Request};
use crate::program::{self, Program};
use crate::table::{Figure, Table, median, percentile};
use crate::{announce, target};
use bulk_delete_core::json::{Object, Value};
use std::time::Instant;

pub(crate) fn measure(plan: &Plan, count: u64, options: &Options, table: &mut Table) -> Result<(), String> {
    announce(plan, &format!("{count} by POST /__mock/sessions, one after the other"));
    let world = program::world(plan)?;
    let mock = Program::mock(options, world.as_deref(), &[])?;
    let mut connection = Connection::open(mock.address)?;
    // There are only so many ports; the rest are named by their host.
    let (mut with_port, mut with_host) = (Vec::new(), Vec::new());
    for number in 0..count {
        let mut body = Object::new();
        body.insert("name".to_owned(), Value::from(name(number)));
        let make = Request {
            method: "POST".to_owned(),
            target: "/__mock/sessions".to_owned(),
            headers: vec![],
            body,
        };
        let began = Instant::now();
        let made = connection.ask(&make)?;
        let took = began.elapsed().as_secs_f64() * 1e3;
        let session = Value::parse(&made.body).ok();
        match session.as_ref().and_then(|session| session.get("url")?.as_str()) {
            Some(url) if url.contains(".localhost") => with_host.push(took),
            Some(_) => with_port.push(took),
            None => return Err(format!("this is no session: {}", String::from_utf8_lossy(&made.body))),
        }
    }
    let made = mock.peak_memory()?;
    announce(plan, "a deletion in each");
    for number in 0..count {
        let mut request = plan.request.clone();
        request.headers.push(("X-Mock-Session".to_owned(), name(number)));
        connection.ask(&request)?;
    }
    for (times, with) in [(&with_port, "with a port of its own"), (&with_host, "named by its host")] {
        let what = format!("one made in ms, {with} ({}), median", times.len());
        table.row(&plan.shows, &what, Figure::plain(median(times)).at_most(target::SESSION));
        let what = format!("one made in ms, {with}, p99");
        table.row(&plan.shows, &what, Figure::plain(percentile(times, 99.0)));
    }
    table.row(&plan.shows, "peak memory when all are made in MB", Figure::plain(made));
    let memory = Figure::plain(mock.peak_memory()?).at_most(target::SESSIONS_MEMORY);
    table.row(&plan.shows, "peak memory when each has deleted in MB", memory);
    Ok(())
}

fn name(number: u64) -> String {
    format!("worker-{number}")
}
