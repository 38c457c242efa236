//! `POST /__mock/reset`: the world back to the seed that the process started with, and the clock back to its own time. The
//! audit trail, operations and changes are empty then, and so is the journal, and
//! there are no faults. Tokens that were made stay good.

use super::{Visit, form};
use crate::mock::reply;
use bulk_delete_core::answer::render::Response;
use std::sync::Arc;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    if let Err(refusal) = form::nothing(visit.request) {
        return refusal;
    }
    visit.session.clock().reset();
    visit.session.journal().clear();
    let mut state = visit.session.state();
    let start = Arc::clone(&state.start);
    state.begin(start);
    state.faults.clear();
    reply::empty(204)
}
