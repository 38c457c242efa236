//! Counts of what was asked and decided, in the text format of Prometheus. Written by hand: the format is a line for each
//! number, and a library would bring a registry and labels in strings to a path where a few additions are all there is time
//! for.

use super::journal::Noted;
use super::reply;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use std::borrow::Cow;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// Statuses from 100 to 599.
const STATUSES: usize = 500;
/// How many outcomes are added up before they are counted; contracts have fewer.
const OUTCOMES: usize = 32;

/// What was counted since the mock began. All sessions count together, and no reset takes it back.
#[derive(Debug)]
pub(crate) struct Metrics {
    /// In the order of the contracts; the last is for what no contract answered.
    contracts: Box<[Counted]>,
    faults: AtomicU64,
    microseconds: AtomicU64,
}

#[derive(Debug)]
struct Counted {
    /// By status.
    requests: Box<[AtomicU64]>,
    /// By outcome.
    items: Box<[AtomicU64]>,
}

/// What is not counted but there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Present {
    pub(crate) sessions: usize,
    pub(crate) journal_bytes: usize,
}

fn zeros(count: usize) -> Box<[AtomicU64]> {
    (0..count).map(|_| AtomicU64::new(0)).collect()
}

impl Metrics {
    /// Nothing is counted yet.
    pub(super) fn new(contracts: &[Contract]) -> Self {
        let of = |outcomes| Counted { requests: zeros(STATUSES), items: zeros(outcomes) };
        let contracts = contracts.iter().map(|contract| of(contract.outcomes.len())).chain([of(0)]).collect();
        Self { contracts, faults: AtomicU64::new(0), microseconds: AtomicU64::new(0) }
    }

    /// Counts a request.
    pub(super) fn count(&self, noted: &Noted, status: u16, microseconds: u64) {
        let place = noted.about.contract.map_or(self.contracts.len().saturating_sub(1), usize::from);
        let Some(counted) = self.contracts.get(place) else { return };
        let add = |number: Option<&AtomicU64>, by: u64| {
            if let Some(number) = number.filter(|_| by > 0) {
                number.fetch_add(by, Ordering::Relaxed);
            }
        };
        add(counted.requests.get(usize::from(status).wrapping_sub(100)), 1);
        add(Some(&self.microseconds), microseconds);
        add(Some(&self.faults), u64::from(noted.about.fault.is_some()));
        if noted.outcomes.is_empty() {
            return;
        }
        let mut items = [0; OUTCOMES];
        for outcome in &noted.outcomes {
            match items.get_mut(usize::from(outcome.0)) {
                Some(count) => *count += 1,
                None => add(counted.items.get(usize::from(outcome.0)), 1),
            }
        }
        for (number, count) in counted.items.iter().zip(items) {
            add(Some(number), count);
        }
    }

    /// Tells everything.
    pub(crate) fn tell(&self, contracts: &[Contract], present: Present) -> Response {
        let mut out = String::new();
        let begin = |out: &mut String, name: &str, kind: &str, help: &str| {
            // Writing to a string does not fail.
            let _ =
                writeln!(out, "# HELP bulk_delete_mock_{name} {help}\n# TYPE bulk_delete_mock_{name} {kind}");
        };
        let now = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let names = contracts.iter().map(|contract| &*contract.name).chain([""]);
        begin(
            &mut out,
            "requests_total",
            "counter",
            "Requests, by contract (none where no contract has the path) and status.",
        );
        let mut requests = 0;
        for (name, counted) in names.zip(&self.contracts) {
            for (status, count) in
                (100..).zip(counted.requests.iter().map(now)).filter(|(_, count)| *count > 0)
            {
                requests += count;
                let name = escaped(name);
                let _ = writeln!(
                    out,
                    "bulk_delete_mock_requests_total{{contract=\"{name}\",status=\"{status}\"}} {count}"
                );
            }
        }
        begin(&mut out, "items_total", "counter", "Items that were decided, by contract and outcome.");
        for (contract, counted) in contracts.iter().zip(&self.contracts) {
            for (outcome, count) in
                contract.outcomes.iter().zip(counted.items.iter().map(now)).filter(|(_, count)| *count > 0)
            {
                let (name, code) = (escaped(&contract.name), escaped(&outcome.code));
                let _ = writeln!(
                    out,
                    "bulk_delete_mock_items_total{{contract=\"{name}\",outcome=\"{code}\"}} {count}"
                );
            }
        }
        begin(&mut out, "faults_total", "counter", "Requests that a fault has struck.");
        let _ = writeln!(out, "bulk_delete_mock_faults_total {}", now(&self.faults));
        begin(
            &mut out,
            "request_seconds",
            "summary",
            "How long it took to answer, without what faults added.",
        );
        let micros = now(&self.microseconds);
        let _ = writeln!(
            out,
            "bulk_delete_mock_request_seconds_sum {}.{:06}",
            micros / 1_000_000,
            micros % 1_000_000
        );
        let _ = writeln!(out, "bulk_delete_mock_request_seconds_count {requests}");
        begin(&mut out, "sessions", "gauge", "Sessions with a name.");
        let _ = writeln!(out, "bulk_delete_mock_sessions {}", present.sessions);
        begin(&mut out, "journal_bytes", "gauge", "Bytes that all journals have together.");
        let _ = writeln!(out, "bulk_delete_mock_journal_bytes {}", present.journal_bytes);
        let mut response = reply::empty(200);
        response
            .headers
            .push((Cow::Borrowed("content-type"), "text/plain; version=0.0.4; charset=utf-8".to_owned()));
        response.body = Some(out.into_bytes());
        response
    }
}

/// A label's value as the format wants it.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n")
}
