//! A request's head as JavaScript writes it, and the checks of the whole request.

use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::path::Fit;
use bulk_delete_core::request::call::{Body, Call, Request};
use bulk_delete_core::request::checked::Checked;
use bulk_delete_core::request::limits::Limits;
use bulk_delete_core::request::route::{End, Routed, Target};
use bulk_delete_core::request::validate::{BODY, check_body};
use bulk_delete_core::request::violation::{Rule, Violation};

/// A body in which there are no ids, and little else.
const NO_IDS: &[u8] = b"[]";

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
        let Fit::Whole(values) = contract.operation.path.fit(self.path) else { return None };
        let request = Request {
            method: &contract.operation.method,
            path: self.path,
            query: self.query,
            headers: &self.headers,
            body: Body::Bytes(body),
        };
        let routed = Routed { contract, target: Target::BulkDelete, end: End::Found(values) };
        Some(Call::read(routed, &request).into_checked())
    }

    /// The violations that [`Self::check`] finds. The body is checked by itself, so that nothing is picked out of it.
    pub(crate) fn validate(&self, contract: &Contract, body: &[u8]) -> Option<Vec<Violation>> {
        let Some(spec) = contract.operation.body.as_ref().filter(|_| !body.is_empty()) else {
            return self.check(contract, body).map(|checked| checked.violations().to_vec());
        };
        let checked = self.check(contract, NO_IDS)?;
        let mut found: Vec<Violation> =
            checked.violations().iter().filter(|violation| !is_in_body(violation)).cloned().collect();
        // What is said to be of another kind is not read.
        if found.iter().all(|violation| violation.rule != Rule::ContentType) {
            found.extend(check_body(body, &spec.schema, &[], &Limits::default()).violations);
        }
        Some(found)
    }
}

fn is_in_body(violation: &Violation) -> bool {
    violation.pointer.strip_prefix(BODY).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
