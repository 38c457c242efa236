//! A mock as its clients see it: calls, and the control API to set things up. Whether a wire lies between is left to the
//! [`Transport`].

use super::{Ask, Door};
use crate::case::CaseRequest;
use crate::corpus;
use crate::matching::{Answer, shown};
use bulk_delete_core::json::{Object, Value};
use std::collections::BTreeMap;

/// Carries requests to a mock.
pub trait Transport {
    /// Sends a request with exactly these headers beside those that the transport itself needs.
    ///
    /// # Errors
    /// There is no answer.
    fn send(&mut self, request: &CaseRequest) -> Result<Answer, String>;
}

/// A mock behind a transport.
#[derive(Debug)]
pub struct Served<T> {
    transport: T,
    /// The first token or JWT credential of each contract.
    bearers: BTreeMap<String, Bearer>,
    /// The first token that the present world gives each caller.
    tokens: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Bearer {
    opaque: bool,
    header: String,
    scheme: Option<String>,
}

impl<T: Transport> Served<T> {
    /// The mock of all contracts behind this transport.
    pub fn new(transport: T) -> Self {
        let bearers = corpus::contracts().into_iter().filter_map(|name| {
            let policy = Value::parse(&corpus::contract_document(&name, "policy.json")).ok()?;
            let credentials = policy.get("credentials")?.as_array()?.to_vec();
            let text =
                |credential: &Value, key| credential.get(key).and_then(Value::as_str).map(str::to_owned);
            let bearer = credentials.iter().find_map(|credential| {
                let kind = text(credential, "kind")?;
                let (header, scheme) = (text(credential, "header")?, text(credential, "scheme"));
                matches!(kind.as_str(), "token" | "jwt").then(|| Bearer {
                    opaque: kind == "token",
                    header,
                    scheme,
                })
            })?;
            Some((name, bearer))
        });
        Self { transport, bearers: bearers.collect(), tokens: BTreeMap::new() }
    }

    fn control(&mut self, method: &str, call: &str, body: Option<&Value>) -> Result<Value, String> {
        let request = CaseRequest {
            method: method.to_owned(),
            path: format!("/__mock/{call}"),
            query: None,
            headers: Vec::new(),
            body: body.map(|body| body.to_text().into_bytes()),
        };
        let answer = self.transport.send(&request)?;
        if !(200..300).contains(&answer.status) {
            return Err(format!("{method} /__mock/{call}: {} {}", answer.status, shown(&answer.body)));
        }
        if answer.body.is_empty() {
            return Ok(Value::Null);
        }
        Value::parse(&answer.body).map_err(|error| format!("{method} /__mock/{call}: {error}"))
    }

    /// The header by which the contract knows the caller.
    fn credential(&mut self, ask: &Ask<'_>, caller: &str) -> Result<(String, String), String> {
        let bearer =
            self.bearers.get(ask.contract).ok_or_else(|| format!("`{}` takes no token", ask.contract))?;
        let (header, scheme) = (bearer.header.clone(), bearer.scheme.clone());
        let known = self.tokens.get(caller).filter(|_| bearer.opaque && ask.scopes.is_none()).cloned();
        let token = match known {
            Some(token) => token,
            None => {
                let mut form = Object::new();
                form.push("caller", Value::from(caller));
                form.push("contract", Value::from(ask.contract));
                if let Some(scopes) = ask.scopes {
                    form.push(
                        "scopes",
                        Value::Array(scopes.iter().map(|scope| Value::from(scope.as_str())).collect()),
                    );
                }
                let made = self.control("POST", "tokens", Some(&Value::Object(form)))?;
                made.get("token").and_then(Value::as_str).ok_or("a token was not given")?.to_owned()
            }
        };
        Ok((header, scheme.map_or_else(|| token.clone(), |scheme| format!("{scheme} {token}"))))
    }
}

impl<T: Transport> Door for Served<T> {
    fn begin(&mut self, world: &Value) -> Result<(), String> {
        self.control("POST", "reset", None)?;
        self.control("PUT", "world", Some(world))?;
        let callers = world.get("callers").and_then(Value::as_array).unwrap_or_default();
        let token = |caller: &Value| {
            let id = caller.get("id")?.as_str()?;
            let token = caller.get("tokens")?.as_array()?.first()?.as_str()?;
            Some((id.to_owned(), token.to_owned()))
        };
        self.tokens = callers.iter().filter_map(token).collect();
        Ok(())
    }

    fn exchange(&mut self, ask: &Ask<'_>) -> Result<Answer, String> {
        let mut request = ask.request.clone();
        if let Some(caller) = ask.caller.filter(|_| !request.has_credentials()) {
            request.headers.push(self.credential(ask, caller)?);
        }
        self.transport.send(&request)
    }

    fn fail(&mut self, ask: &Ask<'_>) -> Result<Answer, String> {
        let mut fault = Object::new();
        fault.push("contract", Value::from(ask.contract));
        fault.push("status", Value::from(500_u64));
        fault.push("times", Value::from(1_u64));
        self.control("POST", "faults", Some(&Value::Object(fault)))?;
        self.exchange(ask)
    }

    fn advance(&mut self, seconds: u64) -> Result<(), String> {
        let mut form = Object::new();
        form.push("advance", Value::from(seconds));
        self.control("POST", "clock", Some(&Value::Object(form))).map(|_| ())
    }

    fn changes(&mut self) -> Result<Value, String> {
        self.control("GET", "changes", None)
    }

    fn audit(&mut self) -> Result<Vec<Value>, String> {
        let told = self.control("GET", "audit", None)?;
        Ok(told.get("entries").and_then(Value::as_array).unwrap_or_default().to_vec())
    }

    fn world(&mut self) -> Result<Value, String> {
        self.control("GET", "world", None)
    }
}
