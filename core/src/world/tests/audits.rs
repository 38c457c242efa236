//! Who deleted what: told row by row, and bounded.

use std::sync::Arc;

use super::integer;
use crate::contract::outcome::OutcomeIndex;
use crate::json::Value;
use crate::request::ids::{Id, IdList};
use crate::time::Timestamp;
use crate::world::{AuditEntry, AuditLog, REMEMBERED_ITEMS};

fn record(log: &mut AuditLog, request_id: &str, ids: &IdList, outcomes: &[u8]) {
    let outcomes: Vec<OutcomeIndex> = outcomes.iter().copied().map(OutcomeIndex).collect();
    log.record(AuditEntry {
        at: Timestamp(0),
        caller: Arc::from("ada"),
        contract: Arc::from("models"),
        container: None,
        request_id,
        ids,
        outcomes: &outcomes,
        codes: Arc::from(vec![Box::from("deleted"), Box::from("unknown")]),
    });
}

fn numbers(count: usize) -> IdList {
    let texts: Vec<String> = (0..count).map(|number| number.to_string()).collect();
    texts.iter().map(|text| Id::text(text)).collect()
}

fn items(log: &AuditLog) -> Vec<String> {
    log.rows()
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                row.get("request-id").and_then(Value::as_str).unwrap(),
                row.get("item").unwrap().to_text()
            )
        })
        .collect()
}

#[test]
fn every_item_is_a_row() {
    let mut log = AuditLog::default();
    assert!(log.is_empty() && log.rows().to_text() == "[]");
    let ids: IdList = [Id::text("a"), integer("7"), Id::text("b")].into_iter().collect();
    // An outcome that has no name, or is missing, is told as null.
    record(&mut log, "r-1", &ids, &[0, 9]);
    let row = |item: &str, outcome: &str| {
        format!(
            r#"{{"time":"1970-01-01T00:00:00.000Z","caller":"ada","contract":"models","request-id":"r-1","item":{item},"outcome":{outcome}}}"#
        )
    };
    let expected = [row("\"a\"", "\"deleted\""), row("7", "null"), row("\"b\"", "null")].join(",");
    assert_eq!(log.rows().to_text(), format!("[{expected}]"));
    assert_eq!((log.len(), log.dropped()), (3, 0));
    record(&mut log, "r-2", &IdList::new(), &[]);
    assert_eq!(log.len(), 3);
}

#[test]
fn the_last_items_are_remembered() {
    for (limit, calls, remembered, dropped) in [
        (3, &[2, 1][..], &["0 \"0\"", "0 \"1\"", "1 \"0\""][..], 0),
        (3, &[2, 2], &["0 \"1\"", "1 \"0\"", "1 \"1\""], 1),
        (3, &[2, 1, 2], &["1 \"0\"", "2 \"0\"", "2 \"1\""], 2),
        (3, &[5], &["0 \"2\"", "0 \"3\"", "0 \"4\""], 2),
        (3, &[5, 1], &["0 \"3\"", "0 \"4\"", "1 \"0\""], 3),
        (3, &[1, 5, 3], &["2 \"0\"", "2 \"1\"", "2 \"2\""], 6),
        (0, &[2, 1], &[], 3),
    ] {
        let mut log = AuditLog::with_limit(limit);
        for (at, count) in calls.iter().enumerate() {
            record(&mut log, &at.to_string(), &numbers(*count), &vec![0; *count]);
        }
        assert_eq!(items(&log), remembered, "{limit} {calls:?}");
        assert_eq!((log.len(), log.dropped()), (remembered.len(), dropped), "{limit} {calls:?}");
    }
    let mut log = AuditLog::default();
    let two = numbers(2);
    for _ in 0..REMEMBERED_ITEMS {
        record(&mut log, "r", &two, &[0, 1]);
    }
    assert_eq!((log.len(), log.dropped()), (REMEMBERED_ITEMS, 20_000));
}
