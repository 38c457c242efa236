//! What is said while something runs: shown at once, or kept by the thread that runs it beside another, so that the two do not
//! speak into each other.

use std::cell::RefCell;
use std::io::{PipeReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};

thread_local! {
    /// What this thread keeps; `None` where it shows all.
    static KEPT: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Does the work, and keeps all that this thread and its programs say meanwhile.
pub(crate) fn keep<T>(work: impl FnOnce() -> T) -> (T, Vec<u8>) {
    KEPT.set(Some(Vec::new()));
    let done = work();
    (done, KEPT.take().unwrap_or_default())
}

/// Says a line.
pub(crate) fn say(line: &str) {
    KEPT.with_borrow_mut(|kept| match kept {
        Some(kept) => kept.extend_from_slice(format!("{line}\n").as_bytes()),
        None => println!("{line}"),
    });
}

/// Shows what was kept.
pub(crate) fn show(kept: &[u8]) {
    let mut out = std::io::stdout().lock();
    // Whoever does not listen any more misses it.
    let _ = out.write_all(kept).and_then(|()| out.flush());
}

/// Runs a program to its end; both of its streams are shown, or kept in the order in which they come.
pub(crate) fn status(command: &mut Command) -> std::io::Result<ExitStatus> {
    if KEPT.with_borrow(Option::is_none) {
        return command.status();
    }
    let (mut reader, mut child) = start(command)?;
    let mut said = Vec::new();
    reader.read_to_end(&mut said)?;
    KEPT.with_borrow_mut(|kept| kept.get_or_insert_default().append(&mut said));
    child.wait()
}

/// Starts a program whose streams both come to one reader, in the order in which it speaks.
pub(crate) fn start(command: &mut Command) -> std::io::Result<(PipeReader, Child)> {
    let (reader, writer) = std::io::pipe()?;
    let started = command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer).spawn();
    // Its ends of the pipe go, or reading would wait for them.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    Ok((reader, started?))
}
