//! The same request again and again over 64 connections: to the bare server and to the mock, by turns.

use crate::bare;
use crate::client::Answer;
use crate::options::Options;
use crate::plan::{Plan, Request};
use crate::program::{self, Program};
use crate::table::{Figure, Table};
use crate::{announce, target};
use bulk_delete_core::json::Value;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CONNECTIONS: u32 = 64;
/// How often the two servers take turns: a machine is not the same at all times.
const TURNS: u32 = 3;

/// Says what is missing, where the program that makes the load is.
pub(crate) fn tool() -> Result<(), String> {
    // It has no option that only asks; without arguments it tells its usage.
    let found = Command::new("wrk").stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.map(|_| ()).map_err(|_| "`wrk` is missing (Debian and Ubuntu: apt-get install wrk)".to_owned())
}

/// What was counted of one server.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    pub(crate) requests: f64,
    seconds: f64,
    processor_time: f64,
    /// Of each turn, in milliseconds.
    p99: Vec<f64>,
}

impl Counted {
    fn per_second(&self) -> f64 {
        self.requests / self.seconds
    }

    fn p99(&self) -> f64 {
        crate::table::median(&self.p99)
    }

    fn processor_time_each(&self) -> f64 {
        self.processor_time / self.requests
    }
}

pub(crate) fn measure(plan: &Plan, options: &Options, table: &mut Table) -> Result<(), String> {
    let script = script(plan)?;
    let world = program::world(plan)?;
    let mock = Program::mock(options, world.as_deref(), &[])?;
    let silent = Program::mock(options, world.as_deref(), &["--journal", "0"])?;
    // The first answer may delete; what is measured is the answer that follows, which is always the same.
    plan.request.ask(silent.address)?;
    plan.request.ask(mock.address)?;
    let answer = plan.request.ask(mock.address)?;
    let bare = bare(plan, &answer)?;
    let [mut of_bare, mut of_mock, mut of_silent] = [(); 3].map(|()| Counted::default());
    announce(plan, "warming up");
    turn(&bare, &script, 1, &mut Counted::default())?;
    turn(&mock, &script, 1, &mut Counted::default())?;
    turn(&silent, &script, 1, &mut Counted::default())?;
    let seconds = (options.seconds / TURNS).max(1);
    for number in 1..=TURNS {
        announce(plan, &format!("turn {number} of {TURNS}, {seconds} s each"));
        turn(&bare, &script, seconds, &mut of_bare)?;
        turn(&mock, &script, seconds, &mut of_mock)?;
        turn(&silent, &script, seconds, &mut of_silent)?;
    }
    drop(bare);
    drop(mock);
    drop(silent);
    announce(plan, &format!("memory, after {} s", options.memory_seconds));
    let fresh = Program::mock(options, world.as_deref(), &[])?;
    turn(&fresh, &script, options.memory_seconds, &mut Counted::default())?;
    let memory = fresh.peak_memory()?;

    let share = of_mock.per_second() / of_bare.per_second();
    table.row(&plan.shows, "requests/s, bare server", Figure::count(of_bare.per_second()));
    table.row(&plan.shows, "requests/s, mock", Figure::count(of_mock.per_second()));
    table.row(&plan.shows, "share of the bare server", Figure::plain(share).at_least(target::SHARE));
    let silent = of_silent.per_second() / of_bare.per_second();
    table.row(&plan.shows, "the same without a journal", Figure::plain(silent));
    table.row(&plan.shows, "p99 in ms, bare / mock", Figure::pair(of_bare.p99(), of_mock.p99()));
    let each = Figure::pair(of_bare.processor_time_each(), of_mock.processor_time_each());
    table.row(&plan.shows, "processor time per request in µs, bare / mock", each);
    let after = format!("peak memory after {} s in MB", options.memory_seconds);
    table.row(&plan.shows, &after, Figure::plain(memory).at_most(target::MEMORY));
    Ok(())
}

/// The bare server, with the very bytes that the mock has answered.
fn bare(plan: &Plan, answer: &Answer) -> Result<Program, String> {
    let body = program::scratch(&format!("{}.answer", plan.name))?;
    program::write(&body, &answer.body)?;
    let here = std::env::current_exe()
        .map_err(|error| format!("this program does not know where it is: {error}"))?;
    let mut command = Command::new(here);
    command.arg(bare::COMMAND).arg(answer.status.to_string()).arg(body);
    for (name, value) in &answer.headers {
        // hyper writes these itself.
        if !["date", "content-length", "connection"].contains(&name.as_str()) {
            command.arg(name).arg(value);
        }
    }
    let bare = Program::start(&mut command)?;
    let told = plan.request.ask(bare.address)?;
    if (told.status, &told.body) == (answer.status, &answer.body) {
        Ok(bare)
    } else {
        Err("the bare server does not answer what the mock answers".to_owned())
    }
}

/// One load on one server. Every answer must be a success, and no connection may break.
pub(crate) fn turn(
    server: &Program,
    script: &Path,
    seconds: u32,
    counted: &mut Counted,
) -> Result<(), String> {
    let before = server.processor_time()?;
    // As many as there are processors, so that it is never the load that cannot keep up.
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let output = Command::new("wrk")
        .args([
            "--threads",
            &threads.to_string(),
            "--connections",
            &CONNECTIONS.to_string(),
            "--timeout",
            "10s",
        ])
        .args(["--duration", &format!("{seconds}s"), "--script"])
        .arg(script)
        .arg(url(server.address))
        .output()
        .map_err(|error| format!("`wrk` cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let told = text.lines().find_map(|line| line.strip_prefix("counted ")).unwrap_or_default();
    let numbers: Vec<f64> = told.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [requests, microseconds, p99, errors] = numbers.as_slice() else {
        return Err(format!("`wrk` told nothing: {text}{}", String::from_utf8_lossy(&output.stderr)));
    };
    if *errors > 0.0 {
        return Err(format!("{errors} of {requests} requests were not answered with success:\n{text}"));
    }
    counted.requests += requests;
    counted.seconds += microseconds / 1e6;
    counted.p99.push(p99 / 1e3);
    counted.processor_time += server.processor_time()? - before;
    Ok(())
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// What `wrk` sends, and how it tells what it counted.
pub(crate) fn script(plan: &Plan) -> Result<PathBuf, String> {
    let Request { method, target, headers, body } = &plan.request;
    let text = |text: &str| format!("[==[{text}]==]");
    let mut script = format!(
        "wrk.method = {}\nwrk.path = {}\nwrk.body = {}\n",
        text(method),
        text(target),
        text(&Value::Object(body.clone()).to_text())
    );
    for (name, value) in headers {
        script.push_str(&format!("wrk.headers[ {} ] = {}\n", text(name), text(value)));
    }
    script.push_str(
        "done = function(summary, latency)\n  local e = summary.errors\n  \
         io.write(string.format(\"counted %d %d %d %d\\n\", summary.requests, summary.duration, latency:percentile(99),\n    \
         e.connect + e.read + e.write + e.status + e.timeout))\nend\n",
    );
    let file = program::scratch(&format!("{}.lua", plan.name))?;
    program::write(&file, script.as_bytes())?;
    Ok(file)
}
