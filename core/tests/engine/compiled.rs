//! Contracts in bytes: what is decoded answers as what was encoded, and other bytes are refused.

use crate::bench::{Bench, ask};
use crate::common::{EACH, OPENAPI, load, replaced, try_load};
use crate::companions::{DELETE_NOTE, beside, openapi};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::compiled::NotCompiled;

#[test]
fn a_contract_without_companions_may_be_decoded_alone() {
    let bytes = load(EACH).encode();
    let alone = Contract::decode_alone(&bytes).expect("it has no companions");
    assert_eq!(alone.encode(), bytes);
    let (_, shorter) = bytes.split_last().expect("there are bytes");
    assert!(Contract::decode_alone(shorter).is_err());
    assert!(Contract::decode_alone(&[bytes.as_slice(), b"\0"].concat()).is_err());
    let accompanied =
        try_load(&openapi(), &beside(EACH, &[("deleteNote", DELETE_NOTE)])).expect("this loads").encode();
    assert!(Contract::decode(&accompanied).is_ok());
    assert_eq!(Contract::decode_alone(&accompanied).err(), Some(NotCompiled));
}

#[test]
fn bytes_of_something_else_are_refused_in_words() {
    let Err(error) = Contract::decode(b"bdc0") else { panic!("these are no contract's") };
    assert!(error.to_string().contains("compile it again from its documents"), "{error}");
}

#[test]
fn a_contract_of_many_parts_is_decoded_whole() {
    let answers: Vec<String> = (0..600)
        .map(|number| {
            format!("\"more-{number}\": {{ \"status\": 418, \"headers\": {{ \"X-More\": \"{number}\" }} }},")
        })
        .collect();
    let contract = load(&replaced(EACH, "\"answers\": {", &format!("\"answers\": {{ {}", answers.concat())));
    let decoded = Contract::decode(&contract.encode()).expect("it was encoded");
    assert_eq!(decoded.answers.len(), contract.answers.len());
}

#[test]
fn patterns_mean_the_same_when_they_are_decoded() {
    let pattern = r#""items": { "type": "string", "pattern": "^(n|note-)+[0-9]{1,3}(x|yz)*$" }"#;
    let openapi = replaced(OPENAPI, r#""items": { "type": "string" }"#, pattern);
    let contract = try_load(&openapi, EACH).expect("this loads");
    let mut bench = Bench::serving(Contract::decode(&contract.encode()).expect("it was encoded"));
    for (id, status) in
        [("n2", 200), ("nnote-n12xyzx", 200), ("12", 400), ("n", 400), ("n1234", 400), ("n1y", 400)]
    {
        assert_eq!(bench.told(ask(&format!(r#"{{"noteIds":["{id}"]}}"#))).0, status, "{id}");
    }
}
