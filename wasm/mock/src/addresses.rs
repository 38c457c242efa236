//! Addresses of sessions' own, for a shell that can listen at several. Opening one takes JavaScript a while, and an answer is given
//! at once: so the shell keeps one open in reserve, and is told who has got it.

use crate::MockHost;
use crate::input::Input;
use bulk_delete_mock::mock::Address;
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wasm_bindgen::prelude::wasm_bindgen;

/// What mock and shell tell each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    /// The URL of an address that no session has yet.
    spare: Option<String>,
    /// What has happened, a line each.
    news: String,
}

/// An address that a session has got.
struct Given {
    url: String,
    addresses: Addresses,
}

impl Drop for Given {
    fn drop(&mut self) {
        // Writing to a string does not fail.
        let _ = writeln!(self.addresses.lock().news, "-{}", self.url);
    }
}

impl Addresses {
    fn lock(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address that there is for a session. Where none is left, its name in the host does the same for those who can resolve it,
    /// as browsers do.
    fn open(&self, session: &str, port: u32) -> Address {
        let mut told = self.lock();
        match told.spare.take() {
            Some(url) => {
                let _ = writeln!(told.news, "+{url} {session}");
                Address::new(url.clone(), Given { url, addresses: self.clone() })
            }
            None => {
                let host = session.to_ascii_lowercase();
                Address::new(format!("http://{host}.localhost:{port}"), ())
            }
        }
    }
}

#[wasm_bindgen]
impl MockHost {
    /// Says that the shell listens at this port, and opens others for sessions.
    pub fn listens(&mut self, port: u32) {
        let addresses = self.addresses.clone();
        if let Some(mock) = &self.mock {
            mock.open_ports(move |session| Ok(addresses.open(session, port)));
        }
    }

    /// Offers an address to the next session that wants one. The input is its URL.
    pub fn offer(&mut self) {
        self.addresses.lock().spare = Some(Input(&self.input).rest_text());
    }

    /// Says that the next request has come in at the address of a session. The input is its name.
    pub fn at_address(&mut self) {
        self.port = Some(Input(&self.input).rest_text());
    }

    /// Outputs what has happened to addresses since it was last asked, a line each: `+URL NAME` where a session has got one, and
    /// `-URL` where its session has ended. Tells whether there is something.
    pub fn address_news(&mut self) -> bool {
        self.output.clear();
        let news = std::mem::take(&mut self.addresses.lock().news);
        self.output.extend_from_slice(news.as_bytes());
        !news.is_empty()
    }
}
