//! Makes each case a test of its own, by its file's name.

use crate::corpus::{self, Filed};
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::ExitCode;
use std::sync::Arc;

/// Runs every case through a door, and says how that went.
pub fn run_all(run: impl Fn(&Filed) -> Result<(), String> + Send + Sync + 'static) -> ExitCode {
    let arguments = Arguments::from_args();
    let filed = match corpus::load() {
        Ok(filed) => filed,
        Err(wrong) => {
            eprintln!("these files are no cases:\n  {}", wrong.join("\n  "));
            return ExitCode::FAILURE;
        }
    };
    let run = Arc::new(run);
    let mut trials = Vec::new();
    for filed in filed {
        let run = Arc::clone(&run);
        trials.push(Trial::test(filed.file.clone(), move || run(&filed).map_err(Failed::from)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}
