//! `/__mock/clock`: the mock's time. When it moves, tokens expire and asynchronous operations advance.

use super::{Visit, form};
use crate::mock::calendar;
use crate::mock::reply::{self, object};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let clock = visit.session.clock();
    if visit.method == "POST" {
        match read(visit) {
            Err(refusal) => return refusal,
            Ok(Move::Advance(seconds)) => clock.advance(seconds.saturating_mul(1000)),
            Ok(Move::Set(now)) => clock.set(now),
        }
    }
    // What is due by now happens now, even if nobody asks for it before the clock is put back.
    let now = visit.session.current().1;
    reply::json(200, &object([("now", Value::from(now.to_string()))]))
}

enum Move {
    Advance(i64),
    Set(bulk_delete_core::time::Timestamp),
}

fn read(visit: &Visit<'_>) -> Result<Move, Response> {
    let mut form = form::read(visit.request, &["advance", "now"])?;
    let advance = form.optional("advance", "a whole number of seconds, 0 or more", |value| {
        value.as_i64().filter(|seconds| *seconds >= 0)
    });
    let now = form.optional("now", "a time in RFC 3339, such as 2026-11-21T22:03:00Z", |value| {
        calendar::rfc_3339(value.as_str()?)
    });
    form.finish(match (advance, now) {
        (Some(seconds), None) => Ok(Move::Advance(seconds)),
        (None, Some(now)) => Ok(Move::Set(now)),
        _ => Err("give either `advance` or `now`"),
    })
}
