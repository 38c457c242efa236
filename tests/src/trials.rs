//! Makes each case a test of its own, by its file's name.

use crate::case::Fault;
use crate::corpus::{self, Filed};
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::ExitCode;
use std::sync::Arc;

/// Whether a door can run a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// It can.
    Yes,
    /// It cannot yet, for this reason.
    NotYet(&'static str),
}

/// Runs every case through a door, and says how that went.
pub fn run_all(
    runs: impl Fn(&Filed) -> Runs,
    run: impl Fn(&Filed) -> Result<(), String> + Send + Sync + 'static,
) -> ExitCode {
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
        let (name, able) = (filed.file.clone(), runs(&filed));
        let run = Arc::clone(&run);
        let trial = Trial::test(name.clone(), move || run(&filed).map_err(Failed::from));
        trials.push(match able {
            Runs::Yes => trial,
            Runs::NotYet(reason) => {
                eprintln!("not run: {name}: {reason}");
                trial.with_ignored_flag(true)
            }
        });
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Whether a case needs the server to fail.
pub fn has_fault(filed: &Filed) -> bool {
    filed.case.fault == Some(Fault::Internal)
}
