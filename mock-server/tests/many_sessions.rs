//! Very many sessions on one seed: what they cost, how many there may be, and when they are forgotten. One test in a process of
//! its own, as it reads how much memory that has.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_core::time::Timestamp;
use bulk_delete_mock::builtin;
use bulk_delete_mock::folder::{self, Loaded};
use bulk_delete_mock::mock::{Chance, Clock, Mock, Options, Timer};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const MODELS: &str = "/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels";
const BODY: &str = r#"{"modelIdsToDelete":["2D0E3F8051B25C6D9E7F403B2C1D0E9F"]}"#;

fn mock(options: Options) -> Mock {
    let Loaded { contracts, seed, .. } = folder::load(&builtin::folders(), None).unwrap();
    Mock::with(contracts, seed, Clock::frozen(Timestamp(0)), Chance::new([7; 32]), options).unwrap()
}

/// The answer's status, and whether a model was deleted.
fn delete(mock: &Mock, session: &str) -> (u16, bool) {
    let headers: [(&str, &[u8]); 3] = [
        ("authorization", b"AnaplanAuthToken ada-token"),
        ("content-type", b"application/json"),
        ("x-mock-session", session.as_bytes()),
    ];
    let body = Body::Bytes(BODY.as_bytes());
    let answer = mock.answer(&Request { method: "POST", path: MODELS, query: None, headers: &headers, body });
    let text = String::from_utf8(answer.body.unwrap_or_default()).unwrap();
    (answer.status, text.contains(r#""modelsDeleted":1"#))
}

#[cfg(target_os = "linux")]
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() * 1024
}

#[test]
#[cfg(target_os = "linux")]
fn ten_thousand_sessions_cost_little_more_than_their_differences() {
    let mock = mock(Options::default());
    assert_eq!(delete(&mock, "first"), (200, true));
    let before = memory();
    let mut slowest_half = Vec::new();
    for number in 0..10_000 {
        let name = format!("worker-{number}");
        let began = Instant::now();
        assert_eq!(delete(&mock, &name), (200, true), "{name}");
        slowest_half.push(began.elapsed());
    }
    let grown = memory().saturating_sub(before);
    slowest_half.sort();
    println!("10,000 sessions, each with a deletion: {} KB, {:?} each", grown / 1024, slowest_half[5_000]);
    assert!(grown < 200 << 20, "{} MB", grown >> 20);
    // With the request that begins it; half of them are faster.
    assert!(slowest_half[5_000] < Duration::from_millis(1), "{:?}", slowest_half[5_000]);
    for number in [0, 5_000, 9_999] {
        assert_eq!(delete(&mock, &format!("worker-{number}")), (200, false));
    }
}

#[test]
fn there_are_only_so_many() {
    let mock = mock(Options { sessions: 3, ..Options::default() });
    for name in ["a", "b", "c"] {
        assert_eq!(delete(&mock, name), (200, true));
    }
    assert_eq!(delete(&mock, "d"), (503, false));
    assert_eq!(delete(&mock, "a"), (200, false));
}

#[test]
fn what_is_left_alone_for_too_long_is_forgotten() {
    let seconds = Arc::new(AtomicU64::new(0));
    let read = Arc::clone(&seconds);
    let timer = Timer::new(move || read.load(Ordering::Relaxed) * 1_000_000);
    let mock = mock(Options { idle_seconds: 60, sessions: 2, timer, ..Options::default() });
    let at = |now: u64| seconds.store(now, Ordering::Relaxed);
    assert_eq!(delete(&mock, "a"), (200, true));
    at(50);
    assert_eq!(delete(&mock, "a"), (200, false), "it is there, and was used just now");
    assert_eq!(delete(&mock, "b"), (200, true));
    at(105);
    assert_eq!(delete(&mock, "b"), (200, false));
    at(115);
    assert_eq!(delete(&mock, "c"), (200, true), "a has gone, and makes room");
    assert_eq!(delete(&mock, "b"), (200, false));
    at(200);
    assert_eq!(delete(&mock, "b"), (200, true), "it has begun anew");
}
