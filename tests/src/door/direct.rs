//! The core as a function: no wire, no keys. Who calls is given; the clock and the ids are counted. At each answer that tells
//! of items, it also reads the answer backwards and holds that against what was decided.

use super::{Ask, BEGINNING, Door};
use crate::matching::Answer;
use crate::round_trip;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::answers::Reserved;
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::json::Value;
use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_core::request::line::RequestLine;
use bulk_delete_core::service::{Moment, Service};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::facts::{Authentication, Scopes};
use bulk_delete_core::world::{Seed, World};
use std::sync::Arc;

/// The core.
#[derive(Debug)]
pub struct Direct<'s> {
    service: &'s Service,
    world: World,
    now: Timestamp,
    made: u64,
}

impl<'s> Direct<'s> {
    /// The core with these contracts, and nobody and nothing in the world yet.
    pub fn new(service: &'s Service) -> Self {
        Self { service, world: World::new(Arc::new(Seed::empty())), now: Timestamp(BEGINNING), made: 0 }
    }

    /// Who the core is told is calling.
    ///
    /// # Errors
    /// The world does not know them.
    pub fn authentication(&self, ask: &Ask<'_>) -> Result<Authentication, String> {
        let Some(id) = ask.caller else { return Ok(Authentication::Refused(Cause::Missing)) };
        let caller = self.world.caller_by_id(id).ok_or_else(|| format!("the world has no caller `{id}`"))?;
        let scopes = ask.scopes.map_or(Scopes::OfCaller, |scopes| Scopes::Listed(scopes.to_vec()));
        Ok(Authentication::Accepted { caller, scopes })
    }

    /// The world, to be looked at.
    pub fn living(&self) -> &World {
        &self.world
    }
}

impl Door for Direct<'_> {
    fn begin(&mut self, world: &Value) -> Result<(), String> {
        let seed = Seed::from_value("world.json", world).map_err(|problems| told(&problems))?;
        *self = Self { world: World::new(Arc::new(seed)), ..Self::new(self.service) };
        Ok(())
    }

    fn exchange(&mut self, ask: &Ask<'_>) -> Result<Answer, String> {
        let authentication = self.authentication(ask)?;
        let headers = Headers::of(ask);
        let headers = headers.borrowed();
        let request = request(ask, &headers);
        let Some(routed) = self.service.route(request.method, request.path) else {
            return Err(format!("no contract has the path {}", request.path));
        };
        let call = self.service.call(routed, &request);
        let decided = round_trip::decide(&call, &authentication, &self.world);
        let made = &mut self.made;
        let mut new_id = || next_id(made);
        let mut moment = Moment { now: self.now, new_id: &mut new_id };
        let answered = self.service.answer(call, &authentication, &mut self.world, &mut moment);
        let answer = answer(answered.response);
        match decided {
            Some(decided) => decided.check(&answer).map(|()| answer),
            None => Ok(answer),
        }
    }

    fn fail(&mut self, ask: &Ask<'_>) -> Result<Answer, String> {
        let contracts = self.service.contracts();
        let contract = contracts.iter().find(|contract| &*contract.name == ask.contract);
        let contract = contract.ok_or_else(|| format!("there is no contract `{}`", ask.contract))?;
        let made = &mut self.made;
        let mut new_id = || next_id(made);
        let mut moment = Moment { now: self.now, new_id: &mut new_id };
        let line = RequestLine {
            method: &ask.request.method,
            path: &ask.request.path,
            query: ask.request.query.as_deref(),
            content_type: None,
        };
        Ok(answer(self.service.reserved(contract, Reserved::Internal, line, &mut moment)))
    }

    fn advance(&mut self, seconds: u64) -> Result<(), String> {
        let milliseconds = i64::try_from(seconds).map_or(i64::MAX, |seconds| seconds.saturating_mul(1000));
        self.now = self.now.plus_milliseconds(milliseconds);
        self.world.advance(self.now);
        Ok(())
    }

    fn changes(&mut self) -> Result<Value, String> {
        Ok(self.world.changes())
    }

    fn audit(&mut self) -> Result<Vec<Value>, String> {
        Ok(self.world.audit().rows().as_array().unwrap_or_default().to_vec())
    }

    fn world(&mut self) -> Result<Value, String> {
        Ok(self.world.to_value(None))
    }
}

/// The headers of a request as a server would see them: names in lower case, and a host.
pub(crate) struct Headers(Vec<(String, Vec<u8>)>);

impl Headers {
    pub(crate) fn of(ask: &Ask<'_>) -> Self {
        let own = ask
            .request
            .headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone().into_bytes()));
        Self([("host".to_owned(), b"localhost".to_vec())].into_iter().chain(own).collect())
    }

    pub(crate) fn borrowed(&self) -> Vec<(&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
    }
}

pub(crate) fn request<'a>(ask: &Ask<'a>, headers: &'a [(&'a str, &'a [u8])]) -> Request<'a> {
    Request {
        method: &ask.request.method,
        path: &ask.request.path,
        query: ask.request.query.as_deref(),
        headers,
        body: Body::Bytes(ask.request.body.as_deref().unwrap_or_default()),
    }
}

pub(crate) fn answer(response: Response) -> Answer {
    let headers = response.headers.into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
    Answer { status: response.status, headers, body: response.body.unwrap_or_default() }
}

pub(crate) fn told(problems: &[bulk_delete_core::problem::Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn next_id(made: &mut u64) -> String {
    *made += 1;
    format!("00000000-0000-4000-8000-{made:012x}")
}
