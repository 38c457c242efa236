//! From nothing to the first answer.

use crate::options::Options;
use crate::plan::Plan;
use crate::program::{self, Program};
use crate::table::{Figure, Table, median};
use crate::{announce, target};
use std::time::Instant;

const TIMES: usize = 20;

pub(crate) fn measure(plan: &Plan, options: &Options, table: &mut Table) -> Result<(), String> {
    announce(plan, &format!("start, {TIMES} times"));
    let world = program::world(plan)?;
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let began = Instant::now();
        let mock = Program::mock(options, world.as_deref(), &[])?;
        plan.request.ask(mock.address)?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    let name = format!("start to first answer in ms, median of {TIMES}");
    table.row("start", &name, Figure::plain(median(&times)).at_most(target::START));
    Ok(())
}
