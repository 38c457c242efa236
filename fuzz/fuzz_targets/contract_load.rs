#![no_main]
//! A contract folder, as bytes: it is refused with reasons, or what it says can be carried out.
//!
//! An input is a number from 0 to 4, a line break, and the policy of that contract; or `openapi`, and an OpenAPI document
//! and a policy with a line of three dashes between them.

use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::service::Service;
use bulk_delete_fuzz::{NOW, Sent, check, folders};
use bulk_delete_mock::folder::{Folder, Loaded, load};
use bulk_delete_mock::mock::{Chance, Clock, Mock};
use libfuzzer_sys::fuzz_target;
use std::borrow::Cow;

fuzz_target!(|input: &[u8]| {
    let Some(line) = input.iter().position(|byte| *byte == b'\n') else { return };
    let (first, rest) = (&input[..line], &input[line + 1..]);
    match first {
        b"openapi" => {
            const RULE: &[u8] = b"\n---\n";
            let Some(at) = rest.windows(RULE.len()).position(|part| part == RULE) else { return };
            carry_out(&rest[..at], &rest[at + RULE.len()..], None);
        }
        [digit @ b'0'..=b'4'] => {
            let folder = &folders()[usize::from(digit - b'0')];
            carry_out(&folder.openapi, rest, Some(folder));
        }
        _ => {}
    }
});

fn carry_out(openapi: &[u8], policy: &[u8], folder: Option<&Folder>) {
    let contract = match Contract::load(Documents { name: "fuzzed", openapi, policy }) {
        Ok(contract) => contract,
        Err(problems) => {
            assert!(!problems.is_empty());
            return;
        }
    };
    let path = contract.operation.path.as_str().replace(['{', '}'], "");
    let method = contract.operation.method.clone();
    let Ok(service) = Service::new(vec![contract]) else { return };
    assert!(service.route(&method, &path).is_some(), "{method} {path}");
    let Some(folder) = folder else { return };
    // Where the built-in world fits, the contract's own first exchange must be answered.
    let folder = Folder { policy: Cow::Owned(policy.to_vec()), ..folder.clone() };
    let Ok(Loaded { contracts, seed }) = load(&[folder], None) else { return };
    let Ok(mock) = Mock::new(contracts, seed, Clock::frozen(NOW), Chance::new([1; 32])) else { return };
    for request in [
        "POST /2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels\nauthorization: AnaplanAuthToken ada-token\ncontent-type: application/json\n\n{\"modelIdsToDelete\":[\"2D0E3F8051B25C6D9E7F403B2C1D0E9F\",\"BC24B51B39CF4701ACF7CBFD2ED93C36\",\"x\"]}",
        "POST /api/v1/experiences/bulk-delete/\nauthorization: Bearer ada-token\ncontent-type: application/json\n\n{\"ids\":[1024,2050,3001,4096]}",
        "POST /v2/applications/batch-delete\nx-auth-token: ada-token\ncontent-type: application/json\n\n{\"application_ids\":[\"eac65c10c5c34df1824af96ec93a9eea\",\"3e6f90b2d4c7418bafa07e3d2cb1a09f\",\"x\"],\"project_id\":\"0a38ce9ba3c740c199a0f872b6163661\"}",
        "POST /v2/0a38ce9ba3c740c199a0f872b6163661/scheduled-tasks/batch-delete\nx-auth-token: ada-token\ncontent-type: application/json\n\n{\"task_ids\":[\"0d5c1b3e-7a42-4f0e-9b68-2f1c6a7d8e90\"]}",
        "DELETE /programs/v2/spaces/default/programs?ids=summer-roadshow-2025,x&deleteTasks=true\nauthorization: Bearer ada-token\n\n",
    ] {
        let sent = Sent::read(request.as_bytes()).expect("it is a request");
        let response = sent.answer(&mock);
        // The policy may say any status, 500 among them.
        if response.status != 500 && (200..600).contains(&response.status) {
            check(&response);
        }
    }
}
