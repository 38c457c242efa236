//! A mock in this process, without a wire: the core and the credentials, and no HTTP.

use super::direct::{Headers, answer, request};
use super::served::Transport;
use super::{Ask, BEGINNING};
use crate::case::CaseRequest;
use crate::matching::Answer;
use bulk_delete_core::time::Timestamp;
use bulk_delete_mock::mock::{Chance, Clock, Mock};
use bulk_delete_mock::{builtin, folder};
use std::sync::Arc;

/// A mock of the built-in contracts with its clock frozen at [`BEGINNING`].
///
/// # Panics
/// Where the built-in contracts cannot be served.
pub fn mock() -> Mock {
    let loaded = folder::load(&builtin::folders(), None).unwrap_or_else(|findings| {
        let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
        panic!("the built-in contracts are not right:\n{}", findings.join("\n"))
    });
    Mock::new(loaded.contracts, loaded.seed, Clock::frozen(Timestamp(BEGINNING)), Chance::new([7; 32]))
        .unwrap_or_else(|problems| panic!("the built-in contracts cannot be served together: {problems:?}"))
}

/// Hands requests to a mock in this process.
#[derive(Clone, Debug)]
pub struct Wireless(Arc<Mock>);

impl Wireless {
    /// A mock of its own.
    #[expect(clippy::new_without_default, reason = "it loads every contract, which a default should not")]
    pub fn new() -> Self {
        Self(Arc::new(mock()))
    }
}

impl Transport for Wireless {
    fn send(&mut self, asked: &CaseRequest) -> Result<Answer, String> {
        let ask = Ask { contract: "", caller: None, scopes: None, request: asked };
        let headers = Headers::of(&ask);
        let headers = headers.borrowed();
        Ok(answer(self.0.answer(&request(&ask, &headers))))
    }
}
