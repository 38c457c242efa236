//! `GET /__mock/metrics`: what was counted since the mock began, for Prometheus.

use super::Visit;
use crate::mock::metrics::Present;
use bulk_delete_core::answer::render::Response;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    let sessions = visit.mock.sessions();
    let present = Present { sessions: sessions.all().len(), journal_bytes: sessions.journal_bytes() };
    visit.mock.metrics().tell(visit.mock.contracts(), present)
}
