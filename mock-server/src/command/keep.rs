//! `serve --state`: the file in which the world outlives the process. It is written beside its place and then put there, so that
//! there always is a whole one: soon after a change, and when the server ends.

use super::serve::Began;
use super::{Failure, Stream, say};
use crate::lint::finding::{Finding, Severity};
use crate::mock::{Kept, Mark, Mock};
use crate::pretty::pretty;
use crate::server::Current;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How soon after a change the file is written, at the earliest.
const PAUSE: Duration = Duration::from_millis(200);

/// How much longer than writing it took it is left alone: a large world takes a while to write down.
const REST: u32 = 10;

/// How many links may lead to a file.
const LINKS: usize = 40;

/// A file that no other server keeps its world in while there is this.
pub(super) struct Place {
    path: PathBuf,
    /// Its lock ends with the process, however that ends. It is beside the file, as that is another one after each change.
    _lock: File,
}

impl Place {
    /// Takes a file for this server.
    pub(super) fn take(given: &Path) -> Result<Self, Failure> {
        let path = led_to(given);
        let lock = beside(&path, "lock")
            .and_then(|lock| File::options().create(true).append(true).open(lock))
            .map_err(|error| cannot_be_written(given, &error))?;
        // A disk that knows no locks is no reason not to keep anything.
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(Failure::Trouble(format!(
                "another server keeps its world in {}: end it, or name another file with --state",
                given.display()
            )));
        }
        Ok(Self { path, _lock: lock })
    }
}

/// Where a path leads to: what it names is replaced, and not a link to it. What it names need not be there.
fn led_to(given: &Path) -> PathBuf {
    let mut path = given.to_path_buf();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&path) else { break };
        path = path.with_file_name("").join(next);
    }
    path
}

/// A name for what goes with a file.
fn beside(path: &Path, what: &str) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
    Ok(path.with_file_name(format!(".{}.{what}", name.to_string_lossy())))
}

fn cannot_be_written(path: &Path, error: &io::Error) -> Failure {
    Failure::Trouble(format!("the state cannot be written to {}: {error}", path.display()))
}

/// Has a mock go on from a file, where there is one.
pub(super) fn go_on(mock: Mock, place: &Place) -> Result<(Mock, Began), Failure> {
    let path = &place.path;
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
    place: Place,
    mock: Arc<Current>,
    /// What the file holds. Also keeps two from writing at a time.
    written: Mutex<Option<Mark>>,
}

impl Keeper {
    /// Writes the file, and again after changes.
    pub(super) fn start(place: Place, mock: Arc<Current>) -> Result<Arc<Self>, Failure> {
        let keeper = Arc::new(Self { place, mock, written: Mutex::new(None) });
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
        let path = &self.place.path;
        replace(path, &pretty(&document)).map_err(|error| cannot_be_written(path, &error))?;
        *written = Some(mark);
        Ok(())
    }
}

/// Puts a text in the place of a file, whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let partial = beside(path, &format!("{}.partial", std::process::id()))?;
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
