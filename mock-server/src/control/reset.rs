//! `POST /__mock/reset`: the world back to the seed that the process started with, and the clock back to its own time. The
//! audit trail, operations, changes and the journal are empty then, and there are no faults but those of the scenario that it
//! started with, if it did. Tokens that were made stay good.

use super::{Visit, form};
use crate::mock::reply;
use bulk_delete_core::answer::render::Response;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    if let Err(refusal) = form::nothing(visit.request) {
        return refusal;
    }
    visit.session.clock().reset();
    visit.session.journal().clear();
    visit.session.state().reset();
    reply::empty(204)
}
