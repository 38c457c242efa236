//! A load until very many requests were answered, with the journal on: whether memory grows with them.

use crate::load::{self, Counted};
use crate::options::Options;
use crate::plan::Plan;
use crate::program::{self, Program};
use crate::table::{Figure, Table};
use crate::{announce, target};

/// How long a part of the load runs, in seconds. Requests are counted between parts.
const PART: u32 = 10;

pub(crate) fn measure(
    plan: &Plan,
    requests: u64,
    options: &Options,
    table: &mut Table,
) -> Result<(), String> {
    let script = load::script(plan)?;
    let world = program::world(plan)?;
    let mock = Program::mock(options, world.as_deref(), &[])?;
    plan.request.ask(mock.address)?;
    let mut counted = Counted::default();
    let mut first = None;
    while counted.requests < requests as f64 {
        load::turn(&mock, &script, PART, &mut counted)?;
        let memory = mock.peak_memory()?;
        first.get_or_insert(memory);
        announce(plan, &format!("{:.0} requests, {memory:.1} MB", counted.requests));
    }
    let last = mock.peak_memory()?;
    table.row(&plan.shows, "requests answered", Figure::count(counted.requests));
    let first = Figure::pair(first.unwrap_or(f64::NAN), last).at_most(target::ENDURANCE_MEMORY);
    table.row(&plan.shows, &format!("peak memory after the first {PART} s / at the end in MB"), first);
    Ok(())
}
