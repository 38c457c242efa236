use super::{HEAD, NotCompiled};
use crate::answer::interpret::{Received, interpret};
use crate::contract::{Contract, Documents};
use crate::request::call::{Body, Call, Request};
use crate::request::route::Routes;
use std::path::Path;

/// Every contract that there is.
#[expect(clippy::disallowed_methods, reason = "the core has no input; its tests read what there is")]
fn all() -> Vec<Contract> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut folders: Vec<_> = schemas.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    assert!(folders.len() > 1, "there are no contracts in {}", schemas.display());
    let loaded = folders.iter().map(|folder| {
        let [openapi, policy] =
            ["openapi.json", "policy.json"].map(|name| std::fs::read(folder.join(name)).unwrap());
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap();
        Contract::load(Documents { name, openapi: &openapi, policy: &policy }).unwrap()
    });
    loaded.collect()
}

#[test]
fn a_contract_is_the_same_when_it_is_decoded() {
    for contract in all() {
        let bytes = contract.encode();
        let decoded = Contract::decode(&bytes).unwrap();
        assert_eq!(decoded.encode(), bytes, "{}", contract.name);
        // Once more, and with what is worked out besides. What answers write is worked out when it is first asked for.
        let own = |contract: &Contract| {
            let of_companions = contract.companions.iter().flat_map(|companion| companion.answers.values());
            of_companions.chain(contract.answers.values()).chain(contract.violations.own()).for_each(
                |answer| {
                    let _ = answer.program();
                },
            );
            format!("{contract:?}")
        };
        assert_eq!(own(&decoded), own(&contract), "{}", contract.name);
    }
}

#[test]
fn cut_and_changed_bytes_give_a_contract_or_none() {
    let mut state = 7_u32;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % bound
    };
    let (mut read, mut refused) = (0, 0);
    for contract in all() {
        let bytes = contract.encode();
        for length in (0..bytes.len()).step_by(7) {
            assert!(Contract::decode(&bytes[..length]).is_err(), "{length}");
        }
        assert!(Contract::decode(&[&bytes[..], b"\0"].concat()).is_err());
        for _ in 0..2000 {
            let mut changed = bytes.clone();
            for _ in 0..=below(3) {
                let place = below(changed.len());
                changed[place] = u8::try_from(below(256)).unwrap();
            }
            match Contract::decode(&changed) {
                Ok(contract) => {
                    read += 1;
                    used(&contract);
                }
                Err(NotCompiled) => refused += 1,
            }
        }
        for _ in 0..500 {
            let mut random = HEAD.to_vec();
            random.extend((0..below(200)).map(|_| u8::try_from(below(256)).unwrap() >> below(8)));
            assert!(Contract::decode(&random).is_err());
        }
    }
    assert!(read > 100 && refused > 100, "{read} read, {refused} refused");
}

/// A contract that is not as anybody wrote it stops nothing.
fn used(contract: &Contract) {
    let operation = &contract.operation;
    let path: String =
        operation.path.as_str().chars().filter(|character| !"{}".contains(*character)).collect();
    let body = br#"{"modelIds":["a","b"],"ids":[1,2],"task_ids":["x"],"experience_ids":[7],"application_ids":["y"]}"#;
    let contracts = [Contract::decode(&contract.encode()).unwrap()];
    let Ok(routes) = Routes::new(&contracts) else { return };
    let query = Some("ids=1&ids[]=2&ids[0]=3&deleteTasks=true");
    for (method, path) in [(operation.method.as_str(), path.as_str()), ("POST", "/")] {
        let Some(routed) = routes.find(&contracts, method, path) else { continue };
        let request = Request { method, path, query, headers: &[], body: Body::Bytes(body) };
        let call = Call::read(routed, &request);
        for status in [200, 202, 400, 403] {
            interpret(contract, call.ids(), Received { status, body });
        }
    }
}
