//! A connection that outlives its protocol. Closing a socket on which something still lies unread makes the kernel throw
//! away the answer that the peer has not yet read, so that what is left is read and thrown away first, for a while.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;

/// For how long is read on.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where a connection is found again when its protocol has ended.
#[derive(Debug, Default, Clone)]
pub(super) struct Slot(Arc<Mutex<Option<TcpStream>>>);

impl Slot {
    /// Ends the connection in the way that lets the peer read to the end.
    pub(super) async fn close(self) {
        let left = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut stream) = left else { return };
        if stream.shutdown().await.is_err() {
            return;
        }
        let rest = async {
            let mut thrown_away = [0; 4_096];
            while let Ok(1..) = stream.read(&mut thrown_away).await {}
        };
        let _ = tokio::time::timeout(PATIENCE, rest).await;
    }
}

/// A connection that goes back to its slot when it is dropped.
#[derive(Debug)]
pub(super) struct Lent {
    /// Always there until the drop.
    stream: Option<TcpStream>,
    slot: Slot,
}

impl Lent {
    /// Lends a connection.
    pub(super) fn new(stream: TcpStream, slot: Slot) -> Self {
        Self { stream: Some(stream), slot }
    }

    fn stream(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        self.stream.as_mut().map(Pin::new).ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        *self.slot.0.lock().unwrap_or_else(PoisonError::into_inner) = self.stream.take();
    }
}

impl AsyncRead for Lent {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream()?.poll_read(context, into)
    }
}

impl AsyncWrite for Lent {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream()?.poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream()?.poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.as_ref().is_some_and(AsyncWrite::is_write_vectored)
    }
}
