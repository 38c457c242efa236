//! A request's head as JavaScript writes it, and the checks of the whole request.

use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::path::Fit;
use bulk_delete_core::request::call::{Body, Call, Request};
use bulk_delete_core::request::checked::Checked;
use bulk_delete_core::request::route::{End, Routed, Target};
use bulk_delete_core::request::violation::Violation;

/// The path, the query and the headers.
pub(crate) struct Head<'a> {
    path: &'a str,
    query: Option<&'a str>,
    headers: Vec<(&'a str, &'a [u8])>,
}

impl<'a> Head<'a> {
    /// Reads the lines of a head: the path, the query, a single question mark where there is none, and the headers.
    pub(crate) fn read(head: &'a [u8]) -> Self {
        let mut lines = std::str::from_utf8(head).unwrap_or_default().split('\n');
        Self {
            path: lines.next().unwrap_or_default(),
            query: lines.next().filter(|query| *query != "?"),
            headers: lines
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name, value.as_bytes()))
                .collect(),
        }
    }

    /// Checks the request. Nothing where the path is not the contract's.
    pub(crate) fn check(&self, contract: &Contract, body: &[u8]) -> Option<Checked> {
        let routed = self.route(contract)?;
        Some(Call::read(routed, &self.request(contract, body)).into_checked())
    }

    /// The violations that [`Self::check`] finds.
    pub(crate) fn validate(&self, contract: &Contract, body: &[u8]) -> Option<Vec<Violation>> {
        let routed = self.route(contract)?;
        Some(Call::violations_of(routed, &self.request(contract, body)))
    }

    fn route<'r>(&'r self, contract: &'r Contract) -> Option<Routed<'r, 'r>> {
        let Fit::Whole(values) = contract.operation.path.fit(self.path) else { return None };
        Some(Routed { contract, target: Target::BulkDelete, end: End::Found(values) })
    }

    fn request<'r>(&'r self, contract: &'r Contract, body: &'r [u8]) -> Request<'r> {
        Request {
            method: &contract.operation.method,
            path: self.path,
            query: self.query,
            headers: &self.headers,
            body: Body::Bytes(body),
        }
    }
}
