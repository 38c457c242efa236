//! `GET /__mock/jwks.json`: the public key, for programs that check tokens themselves.

use super::Visit;
use crate::mock::reply;
use bulk_delete_core::answer::render::Response;

pub(super) fn answer(visit: &Visit<'_>) -> Response {
    reply::json(200, &visit.mock.key().public())
}
