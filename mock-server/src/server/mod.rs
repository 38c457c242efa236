//! The HTTP shell around the mock: the accept loop and its graceful end, over HTTP/1.1 and HTTP/2 without TLS. What one
//! request goes through is in `exchange`; what it means is the mock's.

mod activity;
mod body;
mod exchange;
mod hosts;
mod limits;
mod linger;
mod page;
mod ports;
mod sending;

pub use limits::Limits;
pub use page::Page;

use crate::mock::{Mock, Timer};
use activity::Activity;
use bulk_delete_core::time::Timestamp;
use exchange::Exchange;
use hosts::Hosts;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use linger::{Lent, Slot};
use ports::Ports;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// How long open requests may take once the server is told to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// Serves until `shutdown` comes, then finishes the requests that are under way. Where the listener's address is of
/// loopback, only `Host` names of loopback are answered: a page on the web cannot reach the mock by a name of its own. The
/// `page` is served where no contract answers.
///
/// # Errors
///
/// Where the listener does not know its address.
pub async fn run(
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    mock: Arc<Mock>,
    limits: Limits,
    page: Page,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let hosts = Hosts::of(address);
    let (arrivals, mut arrived) = mpsc::channel(64);
    let ports = Ports::new(address, arrivals);
    mock.open_ports(move |session| ports.open(session));
    let exchange = Arc::new(Exchange { mock, limits, hosts, page });
    let builder = Arc::new(builder(limits));
    let graceful = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted.map(|(stream, _)| (stream, None)),
            // It never ends: the mock holds the other side.
            Some((stream, session)) = arrived.recv() => Ok((stream, Some(session))),
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, session)) => {
                serve(stream, session, Arc::clone(&builder), Arc::clone(&exchange), graceful.watcher());
            }
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

fn serve(
    stream: TcpStream,
    session: Option<Arc<str>>,
    builder: Arc<Builder<TokioExecutor>>,
    exchange: Arc<Exchange>,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Small answers go out at once; where that cannot be set they go out later.
    let _ = stream.set_nodelay(true);
    tokio::spawn(async move {
        let patience = exchange.limits.idle_timeout;
        let activity = Arc::new(Activity::default());
        let service = {
            let activity = Arc::clone(&activity);
            service_fn(move |request| {
                let (activity, exchange) = (Arc::clone(&activity), Arc::clone(&exchange));
                let session = session.clone();
                async move {
                    let _under_way = activity.begin();
                    exchange.answer(request, session.as_deref()).await
                }
            })
        };
        let slot = Slot::default();
        let connection = builder.serve_connection(TokioIo::new(Lent::new(stream, slot.clone())), service);
        let mut connection = Box::pin(watcher.watch(connection));
        let mut seen = 0;
        // A connection that fails has nobody left to tell.
        while tokio::time::timeout(patience, &mut connection).await.is_err() {
            if activity.is_idle(&mut seen) {
                break;
            }
        }
        drop(connection);
        slot.close().await;
    });
}
