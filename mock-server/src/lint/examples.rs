//! Carries the examples of a contract out, and holds the answers against what they say. The caller of an example is taken at
//! their word; only an example that brings credentials of its own is put to a whole mock, which checks them.

use super::Example;
use super::finding::{Finding, Severity};
use crate::case::matching::{Answer, Difference, row, shown, told, walk};
use crate::case::{Case, CaseRequest, Fault, Step};
use crate::folder::Folder;
use crate::mock::{Chance, Clock, Mock};
use bulk_delete_core::answer::interpret::{Received, interpret};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::answers::Reserved;
use bulk_delete_core::contract::credential::Credential;
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::problem::Problem;
use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_core::request::line::RequestLine;
use bulk_delete_core::request::route::{End, Target};
use bulk_delete_core::service::{Moment, Service};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::facts::{Authentication, Scopes};
use bulk_delete_core::world::{Seed, World};
use std::sync::Arc;

/// When every example begins: 2026-11-21T22:03:00Z.
const BEGINNING: Timestamp = Timestamp(1_795_298_580_000);

/// An example that cannot be read.
pub(super) fn unreadable(example: &Example) -> Option<Finding> {
    let wrong = Case::parse(&example.bytes).err()?;
    Some(Finding::new(Severity::Error, &example.path, &example.bytes, &wrong.pointer, &wrong.message))
}

/// Everything in which the contract does not answer as its examples say.
pub(super) fn run(
    folder: &Folder,
    contracts: Vec<Contract>,
    seed: &Arc<Seed>,
    examples: &[Example],
) -> Vec<Finding> {
    let mut found = Vec::new();
    let service = match Service::new(contracts) {
        Ok(service) => service,
        Err(problems) => {
            let path = format!("{}/openapi.json", folder.place);
            let finding = |pointer: &str, message: &str| {
                Finding::new(Severity::Error, &path, &folder.openapi, pointer, message)
            };
            return problems.iter().map(|problem| finding(&problem.pointer, &problem.message)).collect();
        }
    };
    for example in examples {
        match Case::parse(&example.bytes) {
            Ok(case) => {
                for (pointer, message, help) in differences(folder, &service, seed, &case) {
                    let finding =
                        Finding::new(Severity::Error, &example.path, &example.bytes, &pointer, &message);
                    found.push(match help {
                        Some(help) => finding.helped(help),
                        None => finding,
                    });
                }
            }
            Err(_) => found.extend(unreadable(example)),
        }
    }
    found
}

/// What is answered to the first exchange of an example.
pub(super) fn answer(
    folder: &Folder,
    contracts: Vec<Contract>,
    seed: Arc<Seed>,
    example: &[u8],
) -> Result<Answer, String> {
    let told =
        |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let service = Service::new(contracts).map_err(told)?;
    let case = Case::parse(example).map_err(|wrong| wrong.to_string())?;
    let mut stage = Stage::new(folder, &service, seed, &case)?;
    let step = case.steps.first().ok_or("the example has no exchange")?;
    stage.answer(step, None).map_err(|(_, message)| message)
}

/// A pointer, what is wrong there, and what helps.
type Told = (String, String, Option<String>);

fn differences(folder: &Folder, service: &Service, seed: &Arc<Seed>, case: &Case) -> Vec<Told> {
    if let Some(other) = case.contract.as_ref().filter(|other| **other != folder.name) {
        let message =
            format!("this is the folder of `{}`, not of `{other}`: leave `contract` out", folder.name);
        return vec![("/contract".to_owned(), message, None)];
    }
    let seed = match &case.world {
        None => Arc::clone(seed),
        Some(world) => match Seed::from_value("world.json", world) {
            Ok(seed) => Arc::new(seed),
            Err(problems) => {
                let told = |problem: Problem| (format!("/world{}", problem.pointer), problem.message, None);
                return problems.into_iter().map(told).collect();
            }
        },
    };
    let mut stage = match Stage::new(folder, service, seed, case) {
        Ok(stage) => stage,
        Err(message) => return vec![(String::new(), message, None)],
    };
    for (index, step) in case.steps.iter().enumerate() {
        let at = if index == 0 { String::new() } else { format!("/then/{}", index - 1) };
        let found = stage.step(step, case.fault);
        if !found.is_empty() {
            // What follows builds on this.
            return found
                .into_iter()
                .map(|(pointer, what, help)| (at.clone() + &pointer, what, help))
                .collect();
        }
    }
    Vec::new()
}

/// Where an example is carried out.
struct Stage<'s> {
    service: &'s Service,
    kind: Kind,
    made: u64,
    now: Timestamp,
}

/// Who finds out who calls.
enum Kind {
    /// Nobody: the example says so.
    Told(Box<World>),
    /// A mock.
    Checked(Box<Mock>),
}

impl<'s> Stage<'s> {
    fn new(folder: &Folder, service: &'s Service, seed: Arc<Seed>, case: &Case) -> Result<Self, String> {
        let own = |request: &CaseRequest| {
            service.contracts().iter().flat_map(|contract| &contract.credentials).any(|credential| {
                request.has_header(match credential {
                    Credential::Token { header, .. }
                    | Credential::Jwt { header, .. }
                    | Credential::Basic { header, .. } => header,
                    Credential::SdkHmacSha256 => "authorization",
                })
            })
        };
        let kind = if case.steps.iter().any(|step| own(&step.request)) {
            let documents =
                Documents { name: &folder.name, openapi: &folder.openapi, policy: &folder.policy };
            let told = |problems: Vec<Problem>| {
                problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            };
            let contract = Contract::load(documents).map_err(told)?;
            let (clock, chance) = (Clock::frozen(BEGINNING), Chance::new([7; 32]));
            Kind::Checked(Box::new(Mock::new(vec![contract], seed, clock, chance).map_err(told)?))
        } else {
            Kind::Told(Box::new(World::new(seed)))
        };
        Ok(Self { service, kind, made: 0, now: BEGINNING })
    }

    /// Carries one exchange out; everything that is not as it says.
    fn step(&mut self, step: &Step, fault: Option<Fault>) -> Vec<Told> {
        let milliseconds = i64::try_from(step.advance_seconds).unwrap_or(i64::MAX).saturating_mul(1000);
        self.now = self.now.plus_milliseconds(milliseconds);
        match &mut self.kind {
            Kind::Told(world) => world.advance(self.now),
            Kind::Checked(mock) => mock.clock().set(self.now),
        }
        let answer = match self.answer(step, fault) {
            Ok(answer) => answer,
            Err((pointer, message)) => return vec![(pointer.to_owned(), message, None)],
        };
        let whole = format!("the whole answer is {} {}", answer.status, shown(&answer.body));
        let mut found = told(&step.response, &answer);
        for difference in &mut found {
            difference.pointer.insert_str(0, "/response");
        }
        if let Some(changes) = &step.changes {
            let now = self.changes();
            for (list, expected) in [("deleted", &changes.deleted), ("orphaned", &changes.orphaned)] {
                let Some(expected) = expected else { continue };
                let rows = now.get(list).and_then(Value::as_array).unwrap_or_default();
                let got = rows.iter().filter_map(|row| row.get("id").cloned()).collect();
                let pointer = format!("/changes/{list}");
                walk(&pointer, &Value::Array(expected.clone()), &Value::Array(got), &mut found);
            }
        }
        self.report(step, &answer, &mut found);
        let tell = |Difference { pointer, message }| {
            (pointer, format!("the contract does otherwise than this says: {message}"), Some(whole.clone()))
        };
        found.into_iter().map(tell).collect()
    }

    fn answer(&mut self, step: &Step, fault: Option<Fault>) -> Result<Answer, (&'static str, String)> {
        let asked = &step.request;
        let headers = headers(asked);
        let headers: Vec<(&str, &[u8])> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let request = request(asked, &headers);
        let Some(routed) = self.service.route(&asked.method, &asked.path) else {
            return Err(("/request/path", "the contract has no such path: see openapi.json".to_owned()));
        };
        let made = &mut self.made;
        let mut new_id = || {
            *made += 1;
            format!("00000000-0000-4000-8000-{made:012x}")
        };
        let mut moment = Moment { now: self.now, new_id: &mut new_id };
        let response = match (fault, &mut self.kind, self.service.contracts().first()) {
            (Some(Fault::Internal), _, Some(contract)) => {
                let line = RequestLine {
                    method: &asked.method,
                    path: &asked.path,
                    query: asked.query.as_deref(),
                    content_type: None,
                };
                self.service.reserved(contract, Reserved::Internal, line, &mut moment)
            }
            (_, Kind::Checked(mock), _) => mock.answer(&request),
            (_, Kind::Told(world), _) => {
                let authentication = match &step.caller {
                    None => Authentication::Refused(Cause::Missing),
                    Some(id) => {
                        let caller = world.caller_by_id(id);
                        let caller = caller.ok_or_else(|| {
                            ("/caller", format!("the world has no caller `{id}`: add it to world.json"))
                        })?;
                        let scopes = step.scopes.clone().map_or(Scopes::OfCaller, Scopes::Listed);
                        Authentication::Accepted { caller, scopes }
                    }
                };
                let call = self.service.call(routed, &request);
                self.service.answer(call, &authentication, world, &mut moment).response
            }
        };
        Ok(arrived(response))
    }

    fn changes(&self) -> Value {
        match &self.kind {
            Kind::Told(world) => world.changes(),
            Kind::Checked(mock) => {
                let (method, path) = ("GET", "/__mock/changes");
                let request = Request { method, path, query: None, headers: &[], body: Body::Bytes(&[]) };
                let body = mock.answer(&request).body.unwrap_or_default();
                Value::parse(&body).unwrap_or(Value::Null)
            }
        }
    }

    /// What a reader of the answer concludes, held against what the example expects of it.
    fn report(&self, step: &Step, answer: &Answer, found: &mut Vec<Difference>) {
        let headers = headers(&step.request);
        let headers: Vec<(&str, &[u8])> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let request = request(&step.request, &headers);
        let Some(routed) = self.service.route(request.method, request.path) else { return };
        let call = self.service.call(routed, &request);
        if !matches!((call.target(), call.end()), (Target::BulkDelete, End::Found(_))) {
            return;
        }
        let received = Received { status: answer.status, body: &answer.body };
        let report = interpret(call.contract(), call.ids(), received);
        for what in &report.contradictions {
            let message = format!("the answer reads back with a contradiction: {what}");
            found.push(Difference { pointer: "/response".to_owned(), message });
        }
        let Some(expected) = &step.report else { return };
        if report.items.len() != expected.len() {
            let message = format!("expected {} items, got {}", expected.len(), report.items.len());
            found.push(Difference { pointer: "/report/items".to_owned(), message });
        }
        for (index, (expected, item)) in expected.iter().zip(&report.items).enumerate() {
            let got = row(item);
            for (key, value) in expected.as_object().into_iter().flat_map(Object::iter) {
                let pointer = format!("/report/items/{index}/{key}");
                walk(&pointer, value, got.get(key).unwrap_or(&Value::Null), found);
            }
        }
    }
}

/// The headers of a request as a server sees them: names in lower case, and a host.
fn headers(asked: &CaseRequest) -> Vec<(String, Vec<u8>)> {
    let own =
        asked.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone().into_bytes()));
    std::iter::once(("host".to_owned(), b"localhost".to_vec())).chain(own).collect()
}

fn request<'a>(asked: &'a CaseRequest, headers: &'a [(&'a str, &'a [u8])]) -> Request<'a> {
    Request {
        method: &asked.method,
        path: &asked.path,
        query: asked.query.as_deref(),
        headers,
        body: Body::Bytes(asked.body.as_deref().unwrap_or_default()),
    }
}

fn arrived(response: Response) -> Answer {
    let headers = response.headers.into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
    Answer { status: response.status, headers, body: response.body.unwrap_or_default() }
}
