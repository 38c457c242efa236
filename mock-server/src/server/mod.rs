//! The HTTP shell around the mock: the accept loop and its graceful end, over HTTP/1.1 and HTTP/2 without TLS. What one
//! request goes through is in `exchange`; what it means is the mock's.

mod activity;
mod body;
mod connection;
mod current;
mod exchange;
mod hosts;
mod limits;
mod linger;
mod page;
mod ports;
mod sending;
mod workers;

pub use current::Current;
pub use limits::Limits;
pub use page::Page;

use crate::mock::{Mock, Timer};
use bulk_delete_core::time::Timestamp;
use exchange::Exchange;
use hosts::Hosts;
use hyper_util::rt::TokioExecutor;
use hyper_util::server::conn::auto::Builder;
use ports::Ports;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use workers::Workers;

/// Serves until `shutdown` comes, then finishes the requests that are under way. Where the listener's address is of
/// loopback, only `Host` names of loopback are answered: a page on the web cannot reach the mock by a name of its own. The
/// `page` is served where no contract answers.
///
/// # Errors
///
/// Where the listener does not know its address, or threads cannot be started.
pub async fn run(
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    mock: Arc<Mock>,
    limits: Limits,
    page: Page,
) -> io::Result<()> {
    run_current(listener, shutdown, Arc::new(Current::new(mock)), limits, page).await
}

/// The same for a mock that may be exchanged for another with the same sessions.
///
/// # Errors
///
/// Where the listener does not know its address.
pub async fn run_current(
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    mock: Arc<Current>,
    limits: Limits,
    page: Page,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let hosts = Hosts::of(address);
    let (arrivals, mut arrived) = mpsc::channel(64);
    let ports = Ports::new(address, arrivals);
    mock.get().open_ports(move |session| ports.open(session));
    let exchange = Exchange { mock, limits, hosts, page: Arc::new(page) };
    let mut workers = Workers::start(&exchange, &builder(limits))?;
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted.map(|(stream, _)| (stream, None)),
            // It never ends: the mock holds the other side.
            Some((stream, port)) = arrived.recv() => Ok((stream, Some(port))),
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, port)) => workers.give(stream, port),
            // Out of descriptors, or the peer has gone already: neither ends the server.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    drop(listener);
    workers.end().await;
    Ok(())
}

/// The time of this machine.
#[must_use]
pub fn machine_time() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// How time passes on this machine.
#[must_use]
pub fn machine_timer() -> Timer {
    let start = Instant::now();
    Timer::new(move || u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX))
}

/// An address as a URL that works on this machine.
#[must_use]
pub fn url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

fn builder(limits: Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    // Not hyper's own timer for headers: it is made anew for each request.
    builder.http1().header_read_timeout(None).max_buf_size(limits.header_bytes);
    builder
        .http2()
        .max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
        .max_concurrent_streams(256);
    builder
}
