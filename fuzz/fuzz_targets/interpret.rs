#![no_main]
//! Any answer to any ids, read backwards: each id asked for has one outcome, in the order asked.
//!
//! An input is a line with the number of a contract, a status and the ids, with spaces between them (an id of digits is an
//! integer), and the body.

use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::answer::report::{ItemReport, Reported};
use bulk_delete_core::json::Number;
use bulk_delete_core::request::ids::{Id, IdKind, IdList};
use bulk_delete_fuzz::contracts;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let line = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let Ok(first) = std::str::from_utf8(&input[..line]) else { return };
    let body = input.get(line + 1..).unwrap_or_default();
    let mut words = first.split(' ');
    let Some(contract) = words.next().and_then(|word| contracts().get(word.parse::<usize>().ok()?)) else {
        return;
    };
    let Some(status) = words.next().and_then(|word| word.parse().ok()) else { return };
    let mut asked = IdList::default();
    for word in words {
        let integer = Number::parse(word).filter(Number::is_integer).map(|number| number.to_string());
        match &integer {
            Some(text) => asked.push(Id { text, kind: IdKind::Integer }),
            None => asked.push(Id { text: word, kind: IdKind::Text }),
        }
    }
    let ids = asked.into_distinct(contract.ids.compare);
    let report = interpret(contract, &ids, Received { status, body });
    assert_eq!(report.items.len(), ids.len());
    for (item, id) in report.items.iter().zip(ids.iter()) {
        assert_eq!(item.id.as_id().text, id.text);
    }
    // A request that was refused has deleted nothing, whatever its body says. That something is not there it may say.
    if (400..500).contains(&status) {
        let deleted = |item: &ItemReport| matches!(item.outcome, Reported::Deleted | Reported::Accepted);
        assert!(!report.items.iter().any(deleted), "{report:?}");
    }
});
