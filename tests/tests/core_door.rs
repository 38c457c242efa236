//! The corpus through the core. Cases that bring credentials of their own also need somebody who checks them: these run
//! through a mock without a wire.

use bulk_delete_tests::door::in_process::InProcess;
use bulk_delete_tests::trials::run_all;
use std::process::ExitCode;
use std::sync::LazyLock;

static DOOR: LazyLock<InProcess> = LazyLock::new(InProcess::new);

fn main() -> ExitCode {
    run_all(|filed| DOOR.run(filed))
}
