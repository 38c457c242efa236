//! The commands of this repository: `cargo xtask serve`, `cargo xtask test`, `cargo xtask bench`, `cargo xtask wasm`,
//! `cargo xtask page`, `cargo xtask peers`.
//!
//! Nothing but the standard library, so that a command builds in a moment and says what is wrong even where nothing else
//! builds. What is measured and how is the program `bench`, and what the package for browsers is made of the program `wasm`,
//! both beside this one.

mod measure;
mod package;
mod page;
mod peers;
mod process;
mod said;
mod serve;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve [OPTION]…   make the page, build the mock server and run it; `cargo xtask serve --help` tells its options
  test [NAME]…      run every check, or those named; a name that begins several stands for all of them
       --list            say what there is, and run nothing
       --fuzz-seconds N  how long each fuzz target runs (8)
  bench [OPTION]…   measure the mock server against a bare one
       --seconds N       how long each load runs (10; the one for memory 60)
       --check           end with exit code 1 where a target is missed
       --only NAME       of the measurements in xtask/bench only this one; may be given several times
                         (`ten-million` takes minutes, and is made only where it is named)
  bench wasm        measure the npm package beside what is used instead, in Node and in Chromium (wasm/js/bench)
       --seconds N       how long each comparison runs (1)
       --check           end with exit code 1 where a target is missed
       --only PLACE      only in `node`, or only in `chromium`
  wasm [OPTION]…    make the npm package for browsers in wasm/js/dist, and tell its sizes
       --check           end with exit code 1 where a size is over its budget (wasm/js/budgets.json)
  page [--out DIR]  write the page for any static host into a folder (target/page)
  peers [ROW]…      try other mocks beside this one, and hold the README's table against what was seen (tests/peers)

Exit codes: 0 fine, 1 a check or target failed, 2 usage.
";

/// The command was used wrongly.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return ExitCode::from(USAGE);
    };
    match command.as_str() {
        "serve" => serve::run(rest),
        "test" => test::run(rest),
        "bench" => measure::run(rest),
        "wasm" => package::run(rest),
        "page" => page::run(rest),
        "peers" => peers::run(rest),
        "help" | "-h" | "--help" => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        other => usage(&format!("there is no command `{other}`")),
    }
}

/// Says what is wrong with the command line.
fn usage(message: &str) -> ExitCode {
    eprintln!("{message}\n\n{HELP}");
    ExitCode::from(USAGE)
}
