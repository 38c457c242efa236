//! Ports of sessions' own, for clients that cannot add a header. What comes in at one is served like all else, and is for its
//! session.

use super::url;
use crate::mock::Address;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// How many sessions have a port at a time: each is an open file, of which a process may have a thousand as a rule.
const MOST: usize = 256;

/// A connection, and the session whose port it came in at.
pub(super) type Arrival = (TcpStream, Arc<str>);

/// Opens ports beside that of the server.
#[derive(Debug)]
pub(super) struct Ports {
    /// Where the server itself listens.
    server: SocketAddr,
    arrivals: mpsc::Sender<Arrival>,
    runtime: Handle,
    open: Arc<AtomicUsize>,
}

/// Stops listening when it is dropped.
struct Listening {
    task: AbortHandle,
    open: Arc<AtomicUsize>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Ports {
    /// What comes in goes to `arrivals`. Belongs to the runtime in which it is made.
    pub(super) fn new(server: SocketAddr, arrivals: mpsc::Sender<Arrival>) -> Self {
        Self { server, arrivals, runtime: Handle::current(), open: Arc::default() }
    }

    /// Opens a port for a session. Where there is none to be had, its name in the host does the same for those who can
    /// resolve it, as browsers do.
    pub(super) fn open(&self, session: &str) -> Result<Address, String> {
        if self.open.fetch_add(1, Ordering::Relaxed) < MOST
            && let Ok(address) = self.listen(session)
        {
            return Ok(address);
        }
        self.open.fetch_sub(1, Ordering::Relaxed);
        let host = session.to_ascii_lowercase();
        Ok(Address::new(format!("http://{host}.localhost:{}", self.server.port()), ()))
    }

    fn listen(&self, session: &str) -> io::Result<Address> {
        let listener = TcpListener::bind((self.server.ip(), 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let _in_runtime = self.runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let (arrivals, session) = (self.arrivals.clone(), Arc::<str>::from(session));
        let task = self.runtime.spawn(async move {
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => {
                        if arrivals.send((stream, Arc::clone(&session))).await.is_err() {
                            // The server has ended.
                            return;
                        }
                    }
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        });
        let listening = Listening { task: task.abort_handle(), open: Arc::clone(&self.open) };
        Ok(Address::new(url(address), listening))
    }
}
