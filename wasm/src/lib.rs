//! The core behind a boundary of numbers. What goes in is written into [`Engine::input`]; what comes out is JSON in the
//! engine's output. The JavaScript that does both is in `js/`; everything that is decided is decided in the core.
//!
//! An engine holds contracts and checked requests, each by a number, until they are forgotten.

// What is written for those who mend it is left out of modules for browsers.
#![cfg_attr(not(test), deny(clippy::use_debug))]

mod describe;
mod head;
mod slots;
mod tell;

use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::contract::Contract;
#[cfg(feature = "loader")]
use bulk_delete_core::contract::Documents;
#[cfg(feature = "loader")]
use bulk_delete_core::contract::following::Following;
use bulk_delete_core::decision::forecast::{Occurs, forecast};
use bulk_delete_core::decision::told::{ToldCaller, ToldItem};
use bulk_delete_core::json::Value;
use bulk_delete_core::request::checked::Checked;
use bulk_delete_core::request::limits::Limits;
use bulk_delete_core::request::validate::check_body;
use head::Head;
use slots::Slots;
use wasm_bindgen::prelude::wasm_bindgen;

/// What a buffer keeps when it is used again, in bytes: one large request is not paid for as long as a page lives.
const KEPT: usize = 1 << 20;

/// The number of nothing.
const NONE: u32 = u32::MAX;

/// Contracts, requests to them, and the two buffers through which it is talked to.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Engine {
    input: Vec<u8>,
    output: Vec<u8>,
    contracts: Slots<Contract>,
    requests: Slots<Checked>,
}

#[wasm_bindgen]
impl Engine {
    /// An engine that holds nothing.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for so many bytes, and tells where. Views of the memory are stale after it.
    pub fn input(&mut self, length: usize) -> *const u8 {
        if self.input.capacity() > KEPT && length <= KEPT {
            self.input = Vec::new();
        }
        self.input.resize(length, 0);
        self.input.as_ptr()
    }

    /// Where the output stands.
    pub fn output(&self) -> *const u8 {
        self.output.as_ptr()
    }

    /// How long the output is, in bytes.
    pub fn length(&self) -> usize {
        self.output.len()
    }

    /// Takes a contract that was compiled, which is the whole input. Tells its number and outputs its description; or tells
    /// nothing's number where it was compiled by another version.
    #[cfg(not(feature = "loader"))]
    pub fn decode(&mut self) -> u32 {
        self.fresh();
        let Ok(contract) = Contract::decode_alone(&self.input) else { return NONE };
        describe::contract(&contract).write(&mut self.output);
        self.contracts.put(contract)
    }

    /// Loads a contract. The input is its name and its two documents, one behind the other, of these lengths. Tells its
    /// number and outputs its description, with how operations are followed if the documents say that; or tells nothing's number and outputs the problems.
    #[cfg(feature = "loader")]
    pub fn load(&mut self, name: usize, openapi: usize, policy: usize) -> u32 {
        self.fresh();
        let (name, rest) = split(&self.input, name);
        let (openapi, rest) = split(rest, openapi);
        let (policy, _) = split(rest, policy);
        let name = std::str::from_utf8(name).unwrap_or_default();
        let documents = Documents { name, openapi, policy };
        match Contract::load_alone(documents) {
            Ok(contract) => {
                let mut told = describe::contract(&contract);
                if let (Value::Object(told), Some(following)) = (&mut told, Following::read(documents)) {
                    told.push("following", following.to_value());
                }
                told.write(&mut self.output);
                self.contracts.put(contract)
            }
            Err(problems) => {
                tell::problems(&problems).write(&mut self.output);
                NONE
            }
        }
    }

    /// Checks a request. The input is its head, of this length, and behind it its body. The head is the path, the query and the
    /// headers, each ended by a line feed; a query that is not there is a single question mark, and a header is its name in
    /// lower case, a colon and its value. Tells the request's number and outputs what was found; tells nothing's number where
    /// the path is not the contract's.
    pub fn check(&mut self, contract: u32, head: usize) -> u32 {
        self.fresh();
        let Some(contract) = self.contracts.get(contract) else { return NONE };
        let (head, body) = split(&self.input, head);
        let Some(checked) = Head::read(head).check(contract, body) else { return NONE };
        tell::checked(&checked, &mut self.output);
        self.requests.put(checked)
    }

    /// As [`Engine::check`], but keeps nothing of the request: tells how many violations there are, and outputs them where there
    /// are any. Who only wants to know is told much sooner, as no ids are picked out and compared.
    pub fn validate(&mut self, contract: u32, head: usize) -> u32 {
        self.fresh();
        let Some(contract) = self.contracts.get(contract) else { return NONE };
        let (head, body) = split(&self.input, head);
        let Some(found) = Head::read(head).validate(contract, body) else { return NONE };
        if !found.is_empty() {
            tell::violations(&found).write(&mut self.output);
        }
        u32::try_from(found.len()).unwrap_or(NONE)
    }

    /// Checks a body by itself, which is the whole input; tells how many violations there are and outputs them.
    pub fn check_body(&mut self, contract: u32) -> u32 {
        self.output.clear();
        let Some(contract) = self.contracts.get(contract) else { return NONE };
        let Some(spec) = &contract.operation.body else { return NONE };
        let checked = check_body(&self.input, &spec.schema, &[], &Limits::default());
        if !checked.violations.is_empty() {
            tell::violations(&checked.violations).write(&mut self.output);
        }
        u32::try_from(checked.violations.len()).unwrap_or(NONE)
    }

    /// Outputs the ids of a request, each once: texts, and integers as `[text]`.
    pub fn ids(&mut self, request: u32) {
        self.fresh();
        if let Some(checked) = self.requests.get(request) {
            tell::ids(checked.ids(), &mut self.output);
        }
    }

    /// Forecasts a request. The input is JSON: `{"caller": facts, "items": [[facts, how many], …]}`, an element for each sort of
    /// item. Outputs what is foretold; nothing where the input is not that.
    pub fn forecast(&mut self, contract: u32, request: u32) {
        self.fresh();
        let (Some(contract), Some(checked)) = (self.contracts.get(contract), self.requests.get(request))
        else {
            return;
        };
        let Ok(told) = Value::parse(&self.input) else { return };
        let nothing = Value::Null;
        let caller = ToldCaller(told.get("caller").unwrap_or(&nothing));
        let sorts = told.get("items").and_then(Value::as_array).unwrap_or_default();
        let sorts = sorts.iter().filter_map(|sort| {
            let [facts, count] = sort.as_array()? else { return None };
            let occurs = if count.as_u64() == Some(1) { Occurs::Once } else { Occurs::Repeatedly };
            Some((ToldItem(facts), occurs))
        });
        tell::forecast(&forecast(contract, checked, &caller, sorts.collect())).write(&mut self.output);
    }

    /// Reads the answer to a request: the input is its body. Outputs the report.
    pub fn interpret(&mut self, contract: u32, request: u32, status: u16) {
        self.fresh();
        let (Some(contract), Some(checked)) = (self.contracts.get(contract), self.requests.get(request))
        else {
            return;
        };
        let report = interpret(contract, checked.ids(), Received { status, body: &self.input });
        tell::report(&report).write(&mut self.output);
    }

    /// Forgets a contract.
    pub fn forget_contract(&mut self, contract: u32) {
        self.contracts.remove(contract);
    }

    /// Forgets a request.
    pub fn forget_request(&mut self, request: u32) {
        self.requests.remove(request);
    }
}

impl Engine {
    fn fresh(&mut self) {
        if self.output.capacity() > KEPT {
            self.output = Vec::new();
        }
        self.output.clear();
    }
}

/// The first so many bytes, or all there are, and the rest.
fn split(bytes: &[u8], length: usize) -> (&[u8], &[u8]) {
    bytes.split_at_checked(length).unwrap_or((bytes, &[]))
}
