//! The HTTP shell around the mock: the accept loop and its graceful end, over HTTP/1.1 and HTTP/2 without TLS. What one
//! request goes through is in [`exchange`]; what it means is the mock's.

mod body;
mod exchange;
mod hosts;
mod limits;
mod linger;

pub use limits::Limits;

use crate::mock::Mock;
use bulk_delete_core::time::Timestamp;
use exchange::Exchange;
use hosts::Hosts;
use linger::{Lent, Slot};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use tokio::net::{TcpListener, TcpStream};

/// How long open requests may take once the server is told to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// Serves until `shutdown` comes, then finishes the requests that are under way. Where the listener's address is of
/// loopback, only `Host` names of loopback are answered: a page on the web cannot reach the mock by a name of its own.
///
/// # Errors
///
/// Where the listener does not know its address.
pub async fn run(
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    mock: Arc<Mock>,
    limits: Limits,
) -> io::Result<()> {
    let hosts = Hosts::of(listener.local_addr()?);
    let exchange = Arc::new(Exchange { mock, limits, hosts });
    let builder = Arc::new(builder(limits));
    let graceful = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, _)) => serve(stream, Arc::clone(&builder), Arc::clone(&exchange), graceful.watcher()),
            // Out of descriptors, or the peer has gone already: neither ends the server.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
    Ok(())
}

/// The time of this machine.
#[must_use]
pub fn machine_time() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn builder(limits: Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_buf_size(limits.header_bytes);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
        .max_concurrent_streams(256);
    builder
}

fn serve(
    stream: TcpStream,
    builder: Arc<Builder<TokioExecutor>>,
    exchange: Arc<Exchange>,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Small answers go out at once; where that cannot be set they go out later.
    let _ = stream.set_nodelay(true);
    tokio::spawn(async move {
        let patience = exchange.limits.header_timeout;
        let asked = Arc::new(AtomicBool::new(false));
        let service = {
            let asked = Arc::clone(&asked);
            service_fn(move |request| {
                asked.store(true, Ordering::Relaxed);
                let exchange = Arc::clone(&exchange);
                async move { exchange.answer(request).await }
            })
        };
        let slot = Slot::default();
        let connection = builder.serve_connection(TokioIo::new(Lent::new(stream, slot.clone())), service);
        let mut connection = Box::pin(watcher.watch(connection));
        // A connection that fails has nobody left to tell. One that asks nothing is not kept: what hyper itself times is
        // only what comes after it knows the version.
        let early = tokio::time::timeout(patience, &mut connection).await;
        if early.is_err() && asked.load(Ordering::Relaxed) {
            let _ = connection.as_mut().await;
        }
        drop(connection);
        slot.close().await;
    });
}
