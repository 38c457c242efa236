//! The program `bulk-delete-mock`: the command line of the library, and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    bulk_delete_mock::command::main(std::env::args_os())
}
