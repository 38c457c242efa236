//! Reads the body of a request whole, within bounds of size and time. A body that is there already costs no timer.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// The most that is reserved on a peer's word.
const RESERVE: usize = 4 << 20;

/// What became of a body.
#[derive(Debug)]
pub(super) enum Arrived {
    /// All of it is here.
    Whole(Bytes),
    /// It is larger than is taken. What is left of it is still to be read, or not.
    TooLarge,
    /// It did not arrive in time.
    TimedOut,
    /// The peer broke it off, or its chunks are not well formed.
    Broken,
}

/// Reads a body of at most `limit` bytes within this time.
pub(super) async fn read(body: &mut Incoming, limit: usize, time: Duration) -> Arrived {
    if body.is_end_stream() {
        return Arrived::Whole(Bytes::new());
    }
    if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Arrived::TooLarge;
    }
    let mut collected = pin!(collect(body, limit));
    match poll_fn(|context| Poll::Ready(collected.as_mut().poll(context))).await {
        Poll::Ready(arrived) => arrived,
        Poll::Pending => tokio::time::timeout(time, collected).await.unwrap_or(Arrived::TimedOut),
    }
}

async fn collect(body: &mut Incoming, limit: usize) -> Arrived {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Arrived::Broken };
        // Trailers say nothing here.
        let Ok(data) = frame.into_data() else { continue };
        if first.len() + all.len() + data.len() > limit {
            return Arrived::TooLarge;
        }
        // One frame is the rule, and is not copied.
        if first.is_empty() && all.is_empty() {
            first = data;
        } else {
            if all.is_empty() {
                // What the peer says it will send, within reason, so that growing does not copy it again and again.
                let said = usize::try_from(body.size_hint().lower()).unwrap_or(0);
                all.reserve(first.len() + data.len() + said.min(RESERVE));
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            all.extend_from_slice(&data);
        }
    }
    Arrived::Whole(if all.is_empty() { first } else { all.freeze() })
}

/// Reads on and throws away, so that a peer who writes all before it reads gets to see its answer. Gives up after as many
/// bytes as the limit allows again, and after this time.
pub(super) fn drain(mut body: Incoming, limit: usize, time: Duration) {
    let most = limit.saturating_mul(4);
    tokio::spawn(tokio::time::timeout(time, async move {
        let mut thrown_away = 0_usize;
        while let Some(Ok(frame)) = body.frame().await {
            thrown_away = thrown_away.saturating_add(frame.data_ref().map_or(0, Bytes::len));
            if thrown_away > most {
                return;
            }
        }
    }));
}
