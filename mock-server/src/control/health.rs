//! `GET /__mock/health`: that the mock runs and answers.

use super::Visit;
use crate::mock::reply::{self, object};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;

pub(super) fn answer(_: &Visit<'_>) -> Response {
    reply::json(200, &object([("status", Value::from("ok"))]))
}
