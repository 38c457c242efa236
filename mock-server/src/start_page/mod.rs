//! What is printed when a server is ready: for people a page with a command for each contract, for programs one line. Where
//! it is printed, and what the server's URL is, is left to the shells.

mod curl;

use crate::folder::Folder;
use crate::mock::{Mock, first_bearer, reply};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::credential::Credential;
use bulk_delete_core::json::Value;
use curl::Shown;
use std::fmt::Write;

/// How long the credentials on the page are good where they have to be made: 30 days, in milliseconds.
const LIFETIME: i64 = 30 * 86_400_000;

/// One line of JSON: `{"ready":true,"url":…,"contracts":[…]}`.
#[must_use]
pub fn line(url: &str, mock: &Mock) -> String {
    let contracts = reply::list(mock.contracts().iter().map(|contract| Value::from(&*contract.name)));
    let ready =
        reply::object([("ready", Value::from(true)), ("url", Value::from(url)), ("contracts", contracts)]);
    ready.to_text() + "\n"
}

/// What there is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Only commands to paste.
    Commands,
    /// A page to open, too.
    Page,
}

/// A page for people. The folders are those of the mock's contracts: their start examples are shown as commands.
#[must_use]
pub fn page(url: &str, mock: &Mock, folders: &[Folder], shows: Shows) -> String {
    let count = mock.contracts().len();
    let mut page = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(page, "Serving {count} {} on {url}", if count == 1 { "contract" } else { "contracts" });
    if shows == Shows::Page {
        let _ = writeln!(page, "Open it in a browser: {url}/");
    }
    for contract in mock.contracts() {
        let operation = &contract.operation;
        let _ = writeln!(page, "\n{}  {} {}", contract.name, &*operation.method, operation.path.as_str());
        let start = folders
            .iter()
            .find(|folder| folder.name == *contract.name)
            .and_then(|folder| folder.start.as_deref());
        if let Some(command) = start.and_then(|start| command(url, mock, contract, start)) {
            let _ = writeln!(page, "  {command}");
        }
    }
    let _ = writeln!(
        page,
        "\nWhat was deleted stays deleted until\n  curl -X POST {url}/__mock/reset\nThe rest of the control API\n  curl {url}/__mock/"
    );
    page
}

/// The exchange of an example as a command, with a credential for its caller. `None` where the example does not say enough;
/// the page is then shorter.
fn command(url: &str, mock: &Mock, contract: &Contract, start: &[u8]) -> Option<String> {
    let example = Value::parse(start).ok()?;
    let request = example.get("request")?;
    let mut target = format!("{url}{}", request.get("path")?.as_str()?);
    if let Some(query) = request.get("query").and_then(Value::as_str) {
        target.push('?');
        target.push_str(query);
    }
    let mut headers = Vec::new();
    if let Some(caller) = example.get("caller").and_then(Value::as_str) {
        headers.push(credential(mock, contract, caller)?);
    }
    let given = request.get("headers").and_then(Value::as_object);
    for (name, value) in given.into_iter().flat_map(|headers| headers.iter()) {
        headers.push((name.to_owned(), value.as_str()?.to_owned()));
    }
    let body = curl::body(request);
    let typed = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if body.is_some() && !typed {
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    let method = request.get("method")?.as_str()?;
    Some(curl::line(&Shown { method, url: target, headers, body }))
}

/// The header that proves to this contract that the caller calls: a token of the world's where it has one and the contract
/// takes it, else one that is made here.
fn credential(mock: &Mock, contract: &Contract, caller: &str) -> Option<(String, String)> {
    let credential = first_bearer(contract)?;
    let (Credential::Token { header, scheme } | Credential::Jwt { header, scheme }) = credential else {
        return None;
    };
    let of_the_world = || {
        let state = mock.sessions().shared().state();
        let index = state.world.caller_by_id(caller)?;
        state.world.caller(index)?.tokens().first().map(|token| token.to_string())
    };
    let made = || mock.mint(contract, caller, None, mock.clock().now().plus_milliseconds(LIFETIME)).ok();
    let token = match credential {
        Credential::Token { .. } => of_the_world().or_else(made)?,
        _ => made()?,
    };
    let value = scheme.as_ref().map_or_else(|| token.clone(), |scheme| format!("{scheme} {token}"));
    Some((header_case(header), value))
}

/// `x-auth-token` as `X-Auth-Token`: only for the eye.
fn header_case(name: &str) -> String {
    let mut begins = true;
    name.chars()
        .map(|letter| {
            let shown = if begins { letter.to_ascii_uppercase() } else { letter };
            begins = letter == '-';
            shown
        })
        .collect()
}
