//! `serve --state`: the file in which the world outlives the process. It is written beside its place and then put there, so that
//! there always is a whole one: soon after a change, and when the server ends.

use super::serve::Began;
use super::{Failure, Stream, say};
use crate::lint::finding::{Finding, Severity};
use crate::mock::{Kept, Mark, Mock};
use crate::pretty::pretty;
use crate::server::Current;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How soon after a change the file is written, at the earliest.
const PAUSE: Duration = Duration::from_millis(200);

/// How much longer than writing it took it is left alone: a large world takes a while to write down.
const REST: u32 = 10;

/// Has a mock go on from a file, where there is one.
pub(super) fn go_on(mock: Mock, path: &Path) -> Result<(Mock, Began), Failure> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((mock, Began::Seed)),
        Err(error) => return Err(Failure::Trouble(format!("{} cannot be read: {error}", path.display()))),
    };
    let kept = Kept::read(&text, mock.contracts()).map_err(|problems| {
        let place = path.display().to_string();
        let findings = problems.iter().map(|problem| {
            Finding::new(Severity::Error, &place, &text, &problem.pointer, &problem.message)
                .helped("the file is as it was: mend it, or take it away to begin at the seed")
        });
        Failure::Findings(findings.collect())
    })?;
    Ok((mock.go_on(kept), Began::Kept))
}

/// Writes the file.
pub(super) struct Keeper {
    path: PathBuf,
    mock: Arc<Current>,
    /// What the file holds. Also keeps two from writing at a time.
    written: Mutex<Option<Mark>>,
}

impl Keeper {
    /// Writes the file, and again after changes.
    pub(super) fn start(path: &Path, mock: Arc<Current>) -> Result<Arc<Self>, Failure> {
        // What a link leads to is replaced, and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let keeper = Arc::new(Self { path, mock, written: Mutex::new(None) });
        keeper.write()?;
        let again = Arc::clone(&keeper);
        thread::Builder::new()
            .name("keep".to_owned())
            .spawn(move || again.run())
            .map_err(|error| Failure::Trouble(format!("a thread cannot be started: {error}")))?;
        Ok(keeper)
    }

    fn run(&self) {
        let (mut pause, mut told) = (PAUSE, None);
        loop {
            thread::sleep(pause);
            let began = Instant::now();
            match self.write() {
                Ok(()) => told = None,
                Err(Failure::Trouble(message)) if told.as_ref() != Some(&message) => {
                    say(Stream::Error, &format!("{message}: what has changed since is not kept yet\n"));
                    told = Some(message);
                }
                Err(_) => {}
            }
            pause = PAUSE.max(began.elapsed().saturating_mul(REST));
        }
    }

    /// Writes the file, unless it holds what there is.
    pub(super) fn write(&self) -> Result<(), Failure> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let mock = self.mock.get();
        if *written == Some(mock.mark()) {
            return Ok(());
        }
        let (mark, document) = mock.keep();
        replace(&self.path, &pretty(&document)).map_err(|error| {
            Failure::Trouble(format!("the state cannot be written to {}: {error}", self.path.display()))
        })?;
        *written = Some(mark);
        Ok(())
    }
}

/// Puts a text in the place of a file, whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
    let partial = path.with_file_name(format!(".{}.{}.partial", name.to_string_lossy(), std::process::id()));
    let written = (|| {
        let mut file = File::create(&partial)?;
        file.write_all(text.as_bytes())?;
        // Else a machine that stops at the wrong moment could have the name, and not what it stands for.
        file.sync_all()?;
        fs::rename(&partial, path)
    })();
    if written.is_err() {
        // What is left of it is of no use; that it stays behind is no further failure.
        let _ = fs::remove_file(&partial);
    }
    written
}
