#![no_main]
//! Requests, as bytes, to whole answers: whatever is asked, the mock answers, and what it refuses has changed nothing.
//!
//! An input is up to eight requests as on the wire (see `Sent::read`), with a line of three equals signs between them. They are
//! put to the same mock one after the other.

use bulk_delete_fuzz::{Sent, changes, check, mock};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let mock = mock();
    let mut rest = Some(input);
    for _ in 0..8 {
        let Some(current) = rest else { return };
        const RULE: &[u8] = b"\n===\n";
        let request = match current.windows(RULE.len()).position(|part| part == RULE) {
            Some(at) => {
                rest = Some(&current[at + RULE.len()..]);
                &current[..at]
            }
            None => {
                rest = None;
                current
            }
        };
        let Some(sent) = Sent::read(request) else { continue };
        let before = changes(mock);
        let response = sent.answer(mock);
        check(&response);
        if response.status >= 300 && !sent.is_control() {
            assert_eq!(changes(mock), before, "{sent:?} {response:?}");
        }
    }
});
