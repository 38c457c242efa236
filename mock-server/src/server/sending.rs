//! The body of an answer on its way: whole, as a rule, or as a fault wants it, in pieces or broken off.

use crate::mock::{Delivery, Sending};
use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Frame, SizeHint};
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// How long a connection that is to be cut is kept open, so that what was sent before gets through.
const BEFORE_CUT: Duration = Duration::from_millis(20);

/// The connection ends without an answer, because a fault wants it.
#[derive(Debug)]
pub(super) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a fault dropped the connection")
    }
}

impl std::error::Error for Dropped {}

/// A body on its way.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// All at once.
    Whole(Full<Bytes>),
    /// Piece by piece.
    Pieces(Box<Pieces>),
}

/// What is left of a body that comes in pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    rest: Bytes,
    /// How many bytes a piece has.
    size: usize,
    pause: Duration,
    /// The pause that is being made.
    waiting: Option<Pin<Box<Sleep>>>,
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Whole,
    BrokenOff,
}

impl Outgoing {
    /// A body that is sent in this way, which is not [`Sending::Dropped`].
    pub(super) fn new(body: Bytes, delivery: Delivery) -> Self {
        let pieces = match delivery.sending {
            Sending::Whole | Sending::Dropped => return Self::Whole(Full::new(body)),
            Sending::Cut { after } => {
                let rest = body.slice(..after.min(body.len()));
                Pieces { size: rest.len(), rest, pause: BEFORE_CUT, waiting: None, end: End::BrokenOff }
            }
            Sending::Slow { pieces, pause } => {
                let size = body.len().div_ceil(usize::try_from(pieces).unwrap_or(1).max(1)).max(1);
                let pause = Duration::from_millis(pause);
                Pieces { rest: body, size, pause, waiting: None, end: End::Whole }
            }
        };
        Self::Pieces(Box::new(pieces))
    }
}

impl Pieces {
    fn next(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(waiting) = &mut self.waiting {
            if waiting.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.waiting = None;
        }
        if self.rest.is_empty() {
            return Poll::Ready(match self.end {
                End::Whole => None,
                End::BrokenOff => Some(Err(io::ErrorKind::ConnectionAborted.into())),
            });
        }
        let piece = self.rest.split_to(self.size.min(self.rest.len()));
        if !self.rest.is_empty() || self.end == End::BrokenOff {
            self.waiting = Some(Box::pin(tokio::time::sleep(self.pause)));
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Self::Whole(body) => match Pin::new(body).poll_frame(context) {
                Poll::Ready(frame) => Poll::Ready(frame.map(|frame| frame.map_err(|never| match never {}))),
                Poll::Pending => Poll::Pending,
            },
            Self::Pieces(pieces) => pieces.next(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(body) => body.is_end_stream(),
            Self::Pieces(pieces) => pieces.rest.is_empty() && pieces.end == End::Whole,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(body) => body.size_hint(),
            Self::Pieces(_) => SizeHint::default(),
        }
    }
}
