//! Ports of sessions' own, for clients that cannot add a header. What comes in at one is served like all else, and is for its
//! session.

use super::url;
use crate::mock::Address;
use parking_lot::Mutex;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// How many sessions have a port at a time: each is an open file, of which a process may have a thousand as a rule.
const MOST: usize = 256;

/// A connection, and the port it came in at.
pub(super) type Arrival = (TcpStream, Arc<Port>);

/// The port of a session, for those who came in there: a connection may outlive it.
#[derive(Debug)]
pub(super) struct Port {
    session: Box<str>,
    is_open: AtomicBool,
}

impl Port {
    fn of(session: &str) -> Arc<Self> {
        Arc::new(Self { session: session.into(), is_open: AtomicBool::new(true) })
    }

    /// The name of the session.
    pub(super) fn session(&self) -> &str {
        &self.session
    }

    /// Whether the session that it was opened for is still there.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Acquire)
    }
}

/// Opens ports beside that of the server.
#[derive(Debug)]
pub(super) struct Ports {
    /// Where the server itself listens.
    server: SocketAddr,
    arrivals: mpsc::Sender<Arrival>,
    runtime: Handle,
    open: Arc<AtomicUsize>,
}

/// A listener that can be closed while a task waits at it; `None` from then on.
type Closable = Mutex<Option<TcpListener>>;

/// Stops listening when it is dropped, and has stopped when that is done: whoever reads that a session has ended finds
/// its port closed, and not a moment later.
struct Listening {
    port: Arc<Port>,
    listener: Arc<Closable>,
    task: AbortHandle,
    open: Arc<AtomicUsize>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.port.is_open.store(false, Ordering::Release);
        self.listener.lock().take();
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
        let listener = std::net::TcpListener::bind((self.server.ip(), 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let _in_runtime = self.runtime.enter();
        let listener = Arc::new(Mutex::new(Some(TcpListener::from_std(listener)?)));
        let (arrivals, port) = (self.arrivals.clone(), Port::of(session));
        let task = self.runtime.spawn({
            let (listener, port) = (Arc::clone(&listener), Arc::clone(&port));
            async move {
                while let Some(accepted) = accept(&listener).await {
                    match accepted {
                        Ok(stream) => {
                            if arrivals.send((stream, Arc::clone(&port))).await.is_err() {
                                // The server has ended.
                                return;
                            }
                        }
                        Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                    }
                }
            }
        });
        let listening = Listening { port, listener, task: task.abort_handle(), open: Arc::clone(&self.open) };
        Ok(Address::new(url(address), listening))
    }
}

/// The next connection; `None` once the listener is closed.
async fn accept(listener: &Closable) -> Option<io::Result<TcpStream>> {
    poll_fn(|context| match &*listener.lock() {
        Some(listener) => listener.poll_accept(context).map_ok(|(stream, _)| stream).map(Some),
        None => Poll::Ready(None),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, TcpStream};

    /// The runtime has one thread, and it is this one: nothing but what closes the port does anything meanwhile.
    #[tokio::test(flavor = "current_thread")]
    async fn a_port_is_closed_at_once_when_its_session_ends() {
        let (arrivals, mut arrived) = mpsc::channel(1);
        let ports = Ports::new((Ipv4Addr::LOCALHOST, 80).into(), arrivals);
        let address = ports.open("one").unwrap();
        let host = address.url().strip_prefix("http://").unwrap().to_owned();
        drop(TcpStream::connect(&host).unwrap());
        let (_, port) = arrived.recv().await.unwrap();
        assert_eq!((port.session(), port.is_open()), ("one", true));
        drop(address);
        assert!(TcpStream::connect(&host).is_err(), "nobody listens at {host} any more");
        assert!(!port.is_open(), "whoever came in before is told");
        assert_eq!(ports.open.load(Ordering::Relaxed), 0);
    }
}
