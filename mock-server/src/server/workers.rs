//! Threads that serve, one for each processor, each with a runtime of its own. A connection stays on the thread that it was
//! given to: what it needs stays near one processor, and nobody is woken to take work from another. So a request that takes
//! long holds up those on the same thread, and nobody else.

use super::connection::serve;
use super::exchange::Exchange;
use super::ports::Port;
use hyper_util::rt::TokioExecutor;
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{self, Receiver, Sender, UnboundedReceiver, UnboundedSender};

/// How long open requests may take once the server is told to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// A connection, and the port of a session that it came in at.
type Arrival = (std::net::TcpStream, Option<Arc<Port>>);

/// The threads, at work.
#[derive(Debug)]
pub(super) struct Workers {
    doors: Vec<UnboundedSender<Arrival>>,
    /// How many connections were given away.
    given: usize,
    /// Closed once every thread has ended.
    ended: Receiver<()>,
}

impl Workers {
    /// Starts them.
    ///
    /// # Errors
    ///
    /// Where the machine gives no threads, or no way to wait for connections.
    pub(super) fn start(exchange: &Exchange, builder: &Builder<TokioExecutor>) -> io::Result<Self> {
        let (end, ended) = mpsc::channel(1);
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        let doors = (0..count).map(|_| worker(exchange.clone(), builder.clone(), end.clone()));
        Ok(Self { doors: doors.collect::<io::Result<_>>()?, given: 0, ended })
    }

    /// Gives a connection to the thread whose turn it is.
    pub(super) fn give(&mut self, stream: TcpStream, port: Option<Arc<Port>>) {
        let turn = self.given % self.doors.len().max(1);
        self.given = self.given.wrapping_add(1);
        // A connection that cannot change hands is closed.
        if let (Some(door), Ok(stream)) = (self.doors.get(turn), stream.into_std()) {
            let _ = door.send((stream, port));
        }
    }

    /// Has them finish the requests that are under way, and waits for that.
    pub(super) async fn end(mut self) {
        self.doors.clear();
        let _: Option<()> = self.ended.recv().await;
    }
}

/// Starts one. It drops `end` when it has ended.
fn worker(
    exchange: Exchange,
    builder: Builder<TokioExecutor>,
    end: Sender<()>,
) -> io::Result<UnboundedSender<Arrival>> {
    let (door, arrivals) = mpsc::unbounded_channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::Builder::new().name("worker".to_owned()).spawn(move || {
        runtime.block_on(work(arrivals, exchange, builder));
        // What has not finished by now ends with it.
        drop(runtime);
        drop(end);
    })?;
    Ok(door)
}

async fn work(mut arrivals: UnboundedReceiver<Arrival>, exchange: Exchange, builder: Builder<TokioExecutor>) {
    // Counted here and not for all threads together: they would take the counter from each other with every request.
    let (exchange, builder) = (Arc::new(exchange), Arc::new(builder));
    let graceful = GracefulShutdown::new();
    while let Some((stream, port)) = arrivals.recv().await {
        if let Ok(stream) = TcpStream::from_std(stream) {
            serve(stream, port, Arc::clone(&builder), Arc::clone(&exchange), graceful.watcher());
        }
    }
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
}
