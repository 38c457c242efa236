//! Addresses of sessions' own, for clients that cannot add a header. Who listens there is left to the shell, if there is one.

use std::any::Any;
use std::fmt;
use std::sync::OnceLock;

/// Where a session can be reached without naming it.
pub struct Address {
    url: String,
    /// Whoever listens there stops when this is dropped.
    _listening: Box<dyn Any + Send + Sync>,
}

impl Address {
    /// An address, and something that ends it when it is dropped.
    pub fn new(url: String, listening: impl Any + Send + Sync) -> Self {
        Self { url, _listening: Box::new(listening) }
    }

    /// The address as a URL without a path: `http://127.0.0.1:40123`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Address").field(&self.url).finish()
    }
}

type Opener = dyn Fn(&str) -> Result<Address, String> + Send + Sync;

/// What opens addresses, once a shell has said how.
#[derive(Default)]
pub(super) struct Ports(OnceLock<Box<Opener>>);

impl Ports {
    /// Takes what opens an address for the session of a name. The first that comes stays.
    pub(super) fn set(&self, open: impl Fn(&str) -> Result<Address, String> + Send + Sync + 'static) {
        // A mock has one shell.
        let _ = self.0.set(Box::new(open));
    }

    /// Opens an address for this session, or says why there is none.
    pub(super) fn open(&self, session: &str) -> Result<Address, String> {
        match self.0.get() {
            Some(open) => open(session),
            None => Err(
                "this mock has no ports: name the session in the header X-Mock-Session, or use one of its \
                     tokens"
                    .to_owned(),
            ),
        }
    }
}

impl fmt::Debug for Ports {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Ports").field(&self.0.get().is_some()).finish()
    }
}
