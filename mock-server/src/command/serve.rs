//! `serve`: reads the contracts, binds, says so, and serves until it is told to end.

use super::arguments::{Clock as ClockChoice, Serve};
use super::keep::Keeper;
use super::{Failure, keep, placeless, read, watch};
use crate::builtin;
use crate::folder::{self, Folder, Loaded, Origin, WorldFile};
use crate::lint::found_at_load;
use crate::mock::{Chance, Clock, JournalLimits, Mock, Nameless, Options};
use crate::server::{self, Current, Limits, Page};
use crate::start_page::{self, Shows};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

pub(super) fn serve(options: &Serve) -> Result<(), Failure> {
    let documents = Documents::read(options)?;
    let Loaded { contracts, seed, scenarios } = documents.load()?;
    let mut seed_of_chance = [0; 32];
    getrandom::fill(&mut seed_of_chance)
        .map_err(|error| Failure::Trouble(format!("this machine gives no randomness: {error}")))?;
    let clock = match options.clock {
        ClockChoice::Real => Clock::running(server::machine_time),
        ClockChoice::Frozen => Clock::frozen(server::machine_time()),
    };
    let settings = Options {
        nameless: if options.require_session { Nameless::Refused } else { Nameless::Shared },
        idle_seconds: options.session_idle,
        sessions: options.max_sessions,
        journal: JournalLimits {
            entries: options.journal,
            bytes: options.journal_bytes,
            total_bytes: options.journal_total_bytes,
            body: options.journal_body,
        },
        timer: server::machine_timer(),
    };
    let mock = Mock::with(contracts, seed, clock, Chance::new(seed_of_chance), settings)
        .map_err(|problems| placeless(&problems))?
        .with_documents(&documents.folders)
        .with_scenarios(scenarios, options.scenario.as_deref())
        .map_err(|names| {
            Failure::Trouble(format!(
                "--scenario names none of those there are: take one of {}",
                names.join(", ")
            ))
        })?;
    let place = options.state.as_deref().map(keep::Place::take).transpose()?;
    let (mock, began) = match &place {
        Some(place) => keep::go_on(mock, place)?,
        None => (mock, Began::Seed),
    };
    let body_timeout = Duration::from_millis(options.body_timeout);
    let limits = Limits { body: options.max_body, body_timeout, ..Limits::default() };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Trouble(format!("threads cannot be started: {error}")))?;
    let page = options.page.as_deref().map(read::page).transpose()?.unwrap_or_default();
    let mock = Arc::new(Current::new(Arc::new(mock)));
    // Before anything is served, so that a place that cannot be written to is told at once.
    let keeper = place.map(|place| Keeper::start(place, Arc::clone(&mock))).transpose()?;
    runtime.block_on(listen(options, documents, mock, limits, page, began))?;
    keeper.map_or(Ok(()), |keeper| keeper.write())
}

/// In which world a server begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Began {
    /// In that of its seed.
    Seed,
    /// Where another ended, as the file of `--state` tells.
    Kept,
}

/// Everything that is served, as it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Documents {
    pub(super) folders: Vec<Folder>,
    pub(super) world: Option<WorldFile>,
}

impl Documents {
    /// Reads everything that the options name.
    pub(super) fn read(options: &Serve) -> Result<Self, Failure> {
        let world = options.world.as_deref().map(read::world).transpose()?;
        Ok(Self { folders: folders(options)?, world })
    }

    /// The contracts, and the world in which they begin.
    pub(super) fn load(&self) -> Result<Loaded, Failure> {
        folder::load(&self.folders, self.world.as_ref()).map_err(|findings| {
            Failure::Findings(found_at_load(&findings, &self.folders, self.world.as_ref()))
        })
    }
}

/// The built-in folders, then those that were given; one of the same name takes the place of a built-in one, but no two given
/// ones may have the same.
fn folders(options: &Serve) -> Result<Vec<Folder>, Failure> {
    let mut folders = if options.only { Vec::new() } else { builtin::folders() };
    for directory in &options.contracts {
        let folder = read::folder(directory)?;
        match folders.iter_mut().find(|other| other.name == folder.name) {
            Some(other) if other.origin == Origin::Given => {
                return Err(Failure::Trouble(format!(
                    "{} and {} are both called `{}`, and a contract is called as its folder: rename one, or leave it out",
                    other.place, folder.place, folder.name
                )));
            }
            Some(other) => *other = folder,
            None => folders.push(folder),
        }
    }
    Ok(folders)
}

async fn listen(
    options: &Serve,
    documents: Documents,
    mock: Arc<Current>,
    limits: Limits,
    page: Page,
    began: Began,
) -> Result<(), Failure> {
    let wanted = SocketAddr::new(options.host, options.port);
    let listener = TcpListener::bind(wanted).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Failure::Trouble(format!(
            "port {} of {} is taken: end the program that listens there, or choose another with --port (0 takes a free one)",
            options.port, options.host
        )),
        _ => Failure::Trouble(format!("cannot listen on {wanted}: {error}")),
    })?;
    let trouble = |error: io::Error| Failure::Trouble(format!("the server cannot go on: {error}"));
    let address = listener.local_addr().map_err(trouble)?;
    // Before it is said that the server is ready, so that whoever reads it may end it at once.
    let shutdown = shutdown().map_err(trouble)?;
    let shows = if options.page.is_some() { Shows::Page } else { Shows::Commands };
    let said = if options.json {
        start_page::line(&server::url(address), &mock.get())
    } else {
        start_page::page(&server::url(address), &mock.get(), &documents.folders, shows)
    };
    let mut out = io::stdout().lock();
    // Whoever started the server may have closed its output; that is no reason not to serve.
    let _ = out.write_all(said.as_bytes()).and_then(|()| out.flush());
    if let (Some(path), false) = (&options.state, options.json) {
        let from = match began {
            Began::Seed => "the seed, and is kept in",
            Began::Kept => "where the last server ended, as kept in",
        };
        let _ = writeln!(out, "The world begins at {from} {}", path.display());
    }
    drop(out);
    if !address.ip().is_loopback() {
        eprintln!(
            "warning: other machines can reach this mock and its control API, and it answers to any Host name: \
             it has no secrets worth keeping, but do not put any in"
        );
    }
    if options.watch {
        watch::start(options.clone(), documents, Arc::clone(&mock))
            .map_err(|error| Failure::Trouble(format!("a thread cannot be started: {error}")))?;
    }
    server::run_current(listener, shutdown, mock, limits, page).await.map_err(trouble)
}

/// Ends when the process is asked to: by SIGTERM, or from the keyboard.
#[cfg(unix)]
fn shutdown() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ends when the process is asked to from the keyboard.
#[cfg(not(unix))]
fn shutdown() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
