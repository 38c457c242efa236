//! One connection, from its first request to its last.

use super::activity::Activity;
use super::exchange::Exchange;
use super::linger::{Lent, Slot};
use super::ports::Port;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::Watcher;
use std::sync::Arc;
use tokio::net::TcpStream;

/// What every request of a connection needs.
struct Connection {
    exchange: Arc<Exchange>,
    port: Option<Arc<Port>>,
    activity: Activity,
}

/// Serves a connection, which may have come in at the port of a session, in a task of its own.
pub(super) fn serve(
    stream: TcpStream,
    port: Option<Arc<Port>>,
    builder: Arc<Builder<TokioExecutor>>,
    exchange: Arc<Exchange>,
    watcher: Watcher,
) {
    // Small answers go out at once; where that cannot be set they go out later.
    let _ = stream.set_nodelay(true);
    tokio::spawn(async move {
        let patience = exchange.limits.idle_timeout;
        let connection = Arc::new(Connection { exchange, port, activity: Activity::default() });
        let service = {
            let connection = Arc::clone(&connection);
            service_fn(move |request| {
                let connection = Arc::clone(&connection);
                async move {
                    let _under_way = connection.activity.begin();
                    connection.exchange.answer(request, connection.port.as_deref()).await
                }
            })
        };
        let slot = Slot::default();
        let served = builder.serve_connection(TokioIo::new(Lent::new(stream, slot.clone())), service);
        let mut served = Box::pin(watcher.watch(served));
        let mut seen = 0;
        // A connection that fails has nobody left to tell.
        while tokio::time::timeout(patience, &mut served).await.is_err() {
            if connection.activity.is_idle(&mut seen) {
                break;
            }
        }
        drop(served);
        slot.close().await;
    });
}
