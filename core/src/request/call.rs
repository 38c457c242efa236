//! A request that was routed and checked: what it asks for, and everything that is wrong with it. Whether it may be
//! looked at at all is left to `decision`.

use std::sync::Arc;

use super::checked::{Checked, Flag};
use super::ids::IdList;
use super::limits::Limits;
use super::line::RequestLine;
use super::parameters::{Given, ParameterPlace, check_parameter, matches_media_type};
use super::route::{End, Routed, Target};
use super::validate::{Captured, Wanted, check_body};
use super::violation::{Rule, Violation};
use crate::contract::Contract;
use crate::contract::companion::{Action, Companion};
use crate::contract::credential::Credential;
use crate::contract::effects::ChildrenRule;
use crate::contract::operation::{BodySpec, Operation, Presence};
use crate::contract::reads::Slot;

/// A request as it came from the wire.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The method as sent.
    pub method: &'a str,
    /// The path as sent, percent-encoded.
    pub path: &'a str,
    /// The query as sent, without its question mark.
    pub query: Option<&'a str>,
    /// The headers in order, names in lower case.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The body.
    pub body: Body<'a>,
}

/// A body, or why there is none.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// It arrived; empty if there was none.
    Bytes(&'a [u8]),
    /// It is larger than the server takes.
    TooLarge,
    /// It did not arrive in time.
    TimedOut,
    /// It broke off before its end, or its pieces are not well formed.
    Broken,
}

impl<'a> Request<'a> {
    /// The first header of this name (in lower case), as text; `None` where it is missing or no text.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.headers.iter().find(|(known, _)| *known == name)?;
        std::str::from_utf8(value).ok()
    }
}

/// A request that was routed and checked.
#[derive(Debug)]
pub struct Call<'c> {
    routed: Routed<'c, 'c>,
    line: RequestLine<'c>,
    body: Body<'c>,
    checked: Checked,
    /// What a companion asks for, in its order.
    taken: Vec<Captured>,
}

impl<'c> Call<'c> {
    /// Checks a routed request: parameters in the order of the document, then the body.
    pub fn read(routed: Routed<'c, 'c>, request: &Request<'c>) -> Self {
        let mut call = Self::new(routed, request);
        if let (End::Found(values), Body::Bytes(bytes)) = (&mut call.routed.end, request.body) {
            let path_values = std::mem::take(values);
            call.check(request, &path_values, bytes);
            call.routed.end = End::Found(path_values);
        }
        call.note_broken();
        call
    }

    /// What [`Self::read`] finds wrong with a routed request. It is told much sooner where nothing else is asked for, as no ids
    /// are picked out and compared.
    pub fn violations_of(routed: Routed<'c, 'c>, request: &Request<'c>) -> Vec<Violation> {
        let mut call = Self::new(routed, request);
        if let (End::Found(values), Body::Bytes(bytes)) = (&mut call.routed.end, request.body) {
            let path_values = std::mem::take(values);
            let Routed { contract, target, .. } = call.routed;
            let operation = target.operation(contract);
            call.check_parameters(request, operation, &path_values);
            if let Some(spec) = &operation.body {
                let instead = match target {
                    Target::BulkDelete => contract.empty_body.as_deref(),
                    Target::Companion(_) => None,
                };
                call.check_body(spec, instead, &[], bytes);
            }
        }
        call.note_broken();
        call.checked.violations
    }

    /// Of a request without its end nothing else is looked at: whoever sent it meant more than what is here.
    fn note_broken(&mut self) {
        if let (End::Found(_), Body::Broken) = (&self.routed.end, self.body) {
            let violation = Violation::new("/body", Rule::Json).with_actual("the body broke off");
            self.checked.violations.push(violation);
        }
    }

    fn new(routed: Routed<'c, 'c>, request: &Request<'c>) -> Self {
        let line = RequestLine {
            method: request.method,
            path: request.path,
            query: request.query,
            content_type: request.header("content-type"),
        };
        Self { routed, line, body: request.body, checked: Checked::default(), taken: Vec::new() }
    }

    fn check(&mut self, request: &Request<'c>, path_values: &[&'c str], bytes: &[u8]) {
        let Routed { contract, target, .. } = self.routed;
        let operation = target.operation(contract);
        let mut parameters = self.check_parameters(request, operation, path_values);
        if let Target::Companion(companion) = target {
            let in_body = match &companion.operation.body {
                Some(spec) => self.check_body(spec, None, &companion.asks.wanted, bytes),
                None => Vec::new(),
            };
            return self.take(companion, &parameters, &in_body);
        }
        let mut in_body = match &contract.operation.body {
            Some(spec) => {
                self.check_body(spec, contract.empty_body.as_deref(), &contract.reads.wanted, bytes)
            }
            None => Vec::new(),
        };
        let mut take = |slot: Slot| match slot {
            Slot::Nowhere => None,
            Slot::Parameter(index) => {
                parameters.get_mut(index).map(|found| std::mem::replace(found, Captured::Absent))
            }
            Slot::Body(index) => {
                in_body.get_mut(index).map(|found| std::mem::replace(found, Captured::Absent))
            }
        };
        let reads = &contract.reads;
        if let Some(Captured::List(ids)) = take(reads.ids) {
            self.checked.ids = Some(Arc::new(ids.into_distinct(contract.ids.compare)));
        }
        self.checked.container = take(reads.container).and_then(Captured::into_text);
        self.checked.children = match (&contract.effects.children, take(reads.children)) {
            (ChildrenRule::Deleted, _) | (ChildrenRule::DeletedIf(_), Some(Captured::Boolean(true))) => {
                Flag::Set
            }
            _ => Flag::NotSet,
        };
    }

    /// Takes out of a companion's request what it asks for.
    fn take(&mut self, companion: &Companion, parameters: &[Captured], in_body: &[Captured]) {
        let found = companion.asks.slots.iter().map(|slot| match *slot {
            Slot::Nowhere => None,
            Slot::Parameter(index) => parameters.get(index),
            Slot::Body(index) => in_body.get(index),
        });
        self.taken = found.map(|found| found.cloned().unwrap_or(Captured::Absent)).collect();
        self.checked.container =
            companion.container.and_then(|at| self.taken(at).as_text()).map(str::to_owned);
        if matches!(companion.action, Action::DeleteOne { .. })
            && let Some(Captured::Id(id)) = companion.id.map(|at| self.taken(at))
        {
            self.checked.ids = Some(Arc::new([id.as_id()].into_iter().collect()));
        }
        let goes = companion.children.is_none_or(|at| self.taken(at).as_bool() == Some(true));
        self.checked.children = if goes { Flag::Set } else { Flag::NotSet };
    }

    /// What a companion's request has at a place that it asks for.
    pub fn taken(&self, at: u8) -> &Captured {
        self.taken.get(usize::from(at)).unwrap_or(&Captured::Absent)
    }

    fn check_parameters(
        &mut self,
        request: &Request<'c>,
        operation: &Operation,
        path_values: &[&str],
    ) -> Vec<Captured> {
        let given = Given { query: request.query, headers: request.headers };
        let mut captured = Vec::with_capacity(operation.parameters.len());
        for spec in &operation.parameters {
            let path_value = match spec.place {
                ParameterPlace::Path => {
                    operation.path.position(&spec.name).and_then(|at| path_values.get(at)).copied()
                }
                _ => None,
            };
            let (violations, found) = check_parameter(spec, path_value, &given);
            self.checked.violations.extend(violations);
            captured.push(found);
        }
        captured
    }

    fn check_body(
        &mut self,
        spec: &BodySpec,
        empty_body: Option<&str>,
        wanted: &[Wanted],
        bytes: &[u8],
    ) -> Vec<Captured> {
        let bytes = match (bytes, empty_body) {
            ([], Some(instead)) => instead.as_bytes(),
            ([], None) => {
                if spec.presence == Presence::Required {
                    self.checked.violations.push(Violation::new("/body", Rule::Body));
                }
                return Vec::new();
            }
            (bytes, _) => {
                if let Some(violation) = matches_media_type(self.line.content_type, &spec.media_types) {
                    self.checked.violations.push(violation);
                    return Vec::new();
                }
                bytes
            }
        };
        let checked = check_body(bytes, &spec.schema, wanted, &Limits::default());
        self.checked.violations.extend(checked.violations);
        checked.captured
    }

    /// The contract.
    pub fn contract(&self) -> &'c Contract {
        self.routed.contract
    }

    /// What the operation is to the contract.
    pub fn target(&self) -> Target<'c> {
        self.routed.target
    }

    /// Where the route ended.
    pub fn end(&self) -> &End<'c> {
        &self.routed.end
    }

    /// The credentials by which the caller may prove who they are.
    pub fn credentials(&self) -> &'c [Credential] {
        match self.routed.target {
            Target::BulkDelete => &self.routed.contract.credentials,
            Target::Companion(companion) => {
                companion.credentials.as_ref().unwrap_or(&self.routed.contract.credentials)
            }
        }
    }

    /// The request's line.
    pub fn line(&self) -> RequestLine<'c> {
        self.line
    }

    /// The body, or why there is none.
    pub fn body(&self) -> Body<'c> {
        self.body
    }

    /// What was found in it, without the request itself.
    pub fn into_checked(self) -> Checked {
        self.checked
    }

    /// What was found in it.
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// What is wrong with it.
    pub fn violations(&self) -> &[Violation] {
        &self.checked.violations
    }

    /// Each text or integer that its list of ids names once, in request order, whatever else is wrong. None where
    /// something else is in the list, or there is none.
    pub fn ids(&self) -> &IdList {
        self.checked.ids()
    }

    /// The same, shared: for records that outlive the call.
    pub fn shared_ids(&self) -> Arc<IdList> {
        self.checked.ids.clone().unwrap_or_default()
    }

    /// The container's id as it names it.
    pub fn container(&self) -> Option<&str> {
        self.checked.container.as_deref()
    }

    /// Whether children go with what is deleted.
    pub fn deletes_children(&self) -> bool {
        self.checked.children == Flag::Set
    }
}
