//! `serve --watch`: reads the documents again when they change, and exchanges the mock between two requests. The files are looked
//! at from time to time: there are few of them, and that works on every disk, whatever way an editor has of saving.

use super::arguments::Serve;
use super::serve::Documents;
use super::{Failure, Stream, paint, placeless, report, say};
use crate::folder::Loaded;
use crate::lint::draw::counts;
use crate::lint::finding::{Finding, Severity, to_json};
use crate::mock::Worlds;
use crate::mock::reply::object;
use crate::server::Current;
use bulk_delete_core::json::Value;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How often the files are looked at. What has changed is taken once it has stayed the same for as long.
const PAUSE: Duration = Duration::from_millis(200);

/// Starts to watch; ends with the process.
pub(super) fn start(options: Serve, served: Documents, mock: Arc<Current>) -> io::Result<()> {
    let begin = move || {
        Watch { options, tried: plain(served.clone()), served: plain(served), mock, trouble: None }.run()
    };
    thread::Builder::new().name("watch".to_owned()).spawn(begin).map(drop)
}

struct Watch {
    options: Serve,
    /// What is served.
    served: Documents,
    /// What was last found, right or wrong.
    tried: Documents,
    mock: Arc<Current>,
    /// Why the files could not be read when they were last looked at.
    trouble: Option<String>,
}

impl Watch {
    fn run(mut self) {
        let mut before = self.tried.clone();
        loop {
            thread::sleep(PAUSE);
            match Documents::read(&self.options).map(plain) {
                Ok(now) => {
                    self.trouble = None;
                    if now == before && now != self.tried {
                        self.tried = now.clone();
                        self.exchange(now);
                        before = self.tried.clone();
                    } else {
                        before = now;
                    }
                }
                // An editor may be between taking the old file away and putting the new one there.
                Err(Failure::Trouble(message)) if self.trouble.as_ref() != Some(&message) => {
                    say(Stream::Error, &format!("{message}: what was served before goes on\n"));
                    self.trouble = Some(message);
                }
                Err(_) => {}
            }
        }
    }

    /// Serves other documents, or tells why not.
    fn exchange(&mut self, now: Documents) {
        let wanted = if worlds(&now) == worlds(&self.served) { Worlds::Kept } else { Worlds::Reset };
        let done = now.load().and_then(|Loaded { contracts, seed, scenarios }| {
            if let Some(name) = &self.options.scenario
                && !scenarios.iter().any(|scenario| scenario.name == *name)
            {
                let message = format!(
                    "there is no scenario `{name}` any more, with which every session begins: put it back, or start again \
                     without --scenario"
                );
                return Err(Failure::Findings(vec![Finding::new(Severity::Error, "scenarios", b"", "", &message)]));
            }
            let renewed = self.mock.get().renewed(contracts, &seed, scenarios, wanted);
            renewed.map_err(|problems| placeless(&problems))
        });
        match done {
            Ok((mock, worlds)) => {
                self.mock.put(Arc::new(mock.with_documents(&now.folders)));
                self.served = now;
                let (word, told) = match worlds {
                    Worlds::Kept => ("kept", "the worlds are as they were"),
                    Worlds::Reset if wanted == Worlds::Reset => {
                        ("reset", "the worlds begin anew, as their seed has changed")
                    }
                    Worlds::Reset => {
                        ("reset", "the worlds begin anew, as they do not go with the contracts now")
                    }
                };
                if self.options.json {
                    let line = object([("reloaded", Value::from(true)), ("world", Value::from(word))]);
                    say(Stream::Out, &(line.to_text() + "\n"));
                } else {
                    say(Stream::Error, &format!("Read again: {told}\n"));
                }
            }
            Err(Failure::Findings(findings)) if self.options.json => {
                say(Stream::Out, &(to_json(&findings) + "\n"));
            }
            Err(Failure::Findings(findings)) => {
                let report = report(&findings, paint(&io::stderr()));
                let told = format!("{report}{}: what was served before goes on\n", counts(&findings));
                say(Stream::Error, &told);
            }
            Err(Failure::Trouble(message)) => say(Stream::Error, &format!("{message}\n")),
            Err(Failure::Found) => {}
        }
    }
}

/// Documents without the examples, which nothing is served from.
fn plain(mut documents: Documents) -> Documents {
    for folder in &mut documents.folders {
        folder.start = None;
    }
    documents
}

/// The bytes of which worlds are made: seeds and scenarios.
fn worlds(documents: &Documents) -> Vec<&[u8]> {
    let scenarios = documents.folders.iter().flat_map(|folder| &folder.scenarios).map(|file| &*file.bytes);
    match &documents.world {
        Some(world) => std::iter::once(&*world.bytes).chain(scenarios).collect(),
        None => {
            documents.folders.iter().filter_map(|folder| folder.world.as_deref()).chain(scenarios).collect()
        }
    }
}
