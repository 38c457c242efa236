//! What every operation answers to a request that is not whole: in its contract's words, as its document describes, and
//! without a change.

use bulk_delete_core::json::Value as Exact;
use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_tests::corpus::{contract_document, contracts};
use bulk_delete_tests::described::Described;
use bulk_delete_tests::door::wireless;
use bulk_delete_tests::matching::Answer;
use serde_json::Value;

/// Stands for every parameter of a path; nothing that is not whole is looked at so closely.
const PARAMETER: &str = "default";

#[test]
fn a_request_that_is_not_whole_has_an_answer_that_is_described() {
    let mock = wireless::mock();
    let world = || {
        let asked = Request {
            method: "GET",
            path: "/__mock/world",
            query: None,
            headers: &[],
            body: Body::Bytes(b""),
        };
        mock.answer(&asked).body
    };
    let before = world();
    let (mut asked, mut wrong) = (0, Vec::new());
    for contract in contracts() {
        let described = Described::read(&contract);
        for (method, path) in operations(&contract) {
            for (body, status) in [(Body::Broken, 400), (Body::TimedOut, 408), (Body::TooLarge, 413)] {
                let response =
                    mock.answer(&Request { method: &method, path: &path, query: None, headers: &[], body });
                let headers =
                    response.headers.into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
                let answer =
                    Answer { status: response.status, headers, body: response.body.unwrap_or_default() };
                asked += 1;
                if answer.status != status {
                    wrong.push(format!("{method} {path} answers {} and not {status}", answer.status));
                }
                let found = described.check(&method, &path, &answer);
                wrong.extend(found.into_iter().map(|found| format!("{method} {path}, {status}: {found}")));
            }
        }
    }
    assert!(asked > 0 && wrong.is_empty(), "of {asked}:\n  {}", wrong.join("\n  "));
    assert_eq!(world().as_deref().map(Exact::parse), before.as_deref().map(Exact::parse));
}

/// The methods and paths of a contract's document.
fn operations(contract: &str) -> Vec<(String, String)> {
    let document: Value = serde_json::from_slice(&contract_document(contract, "openapi.json")).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path.split('/').map(|part| if part.starts_with('{') { PARAMETER } else { part });
        let path = path.collect::<Vec<_>>().join("/");
        let methods =
            item.as_object().unwrap().iter().filter(|(_, operation)| operation.get("responses").is_some());
        operations.extend(methods.map(|(method, _)| (method.to_ascii_uppercase(), path.clone())));
    }
    operations
}
