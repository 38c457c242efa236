#![no_main]
//! A compiled contract, as bytes: whatever they are, there is a contract or none. One that there is has bytes of its own that
//! give it again, and answers requests and reads their answers without an end of the program, though nobody would write it.
//!
//! An input is a number from 0 to 4, a line break, and changes to the bytes of that contract, four bytes for each: where (two
//! bytes), what (put, insert, take out; the rest of a division by three), and a byte. Or `raw`, a line break, and the bytes.

use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::service::{Moment, Service};
use bulk_delete_core::world::World;
use bulk_delete_core::world::facts::{Authentication, Scopes};
use bulk_delete_fuzz::{NOW, Sent, contracts, firsts, seed};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fuzz_target!(|input: &[u8]| {
    let Some(line) = input.iter().position(|byte| *byte == b'\n') else { return };
    let (first, rest) = (&input[..line], &input[line + 1..]);
    match first {
        b"raw" => decode(rest, &firsts()[0]),
        [digit @ b'0'..=b'4'] => {
            let number = usize::from(digit - b'0');
            let mut bytes = contracts()[number].encode();
            for change in rest.chunks_exact(4) {
                let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % bytes.len().max(1);
                match change[2] % 3 {
                    0 if !bytes.is_empty() => bytes[at] = change[3],
                    1 => bytes.insert(at, change[3]),
                    2 if !bytes.is_empty() => {
                        bytes.remove(at);
                    }
                    _ => {}
                }
            }
            decode(&bytes, &firsts()[number]);
        }
        _ => {}
    }
});

fn decode(bytes: &[u8], first: &Sent) {
    // A browser's way in: the same contract, or none where it has companions.
    let alone = Contract::decode_alone(bytes).ok().map(|contract| contract.encode());
    let Ok(contract) = Contract::decode(bytes) else {
        assert!(alone.is_none());
        return;
    };
    let again = contract.encode();
    let twin = Contract::decode(&again).expect("what a contract is written as is one");
    assert_eq!(twin.encode(), again);
    if let Some(alone) = alone {
        assert_eq!(alone, again);
    }
    let Ok(service) = Service::new(vec![contract]) else { return };
    first.with(|request| {
        let Some(routed) = service.route(request.method, request.path) else { return };
        let call = service.call(routed, request);
        let ids = call.ids().clone();
        let mut world = World::new(Arc::clone(seed()));
        let caller = world.caller_by_id("ada").expect("ada is known");
        let authentication = Authentication::Accepted { caller, scopes: Scopes::OfCaller };
        let mut made = 0;
        let mut new_id = || {
            made += 1;
            format!("id-{made}")
        };
        let mut moment = Moment { now: NOW, new_id: &mut new_id };
        let response = service.answer(call, &authentication, &mut world, &mut moment).response;
        let body = response.body.unwrap_or_default();
        let report =
            interpret(&service.contracts()[0], &ids, Received { status: response.status, body: &body });
        assert_eq!(report.items.len(), ids.len());
    });
}
