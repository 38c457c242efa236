//! A contract that is served to requests: what each of them is told, and what it changes.

use crate::common::{OPENAPI, try_load, world};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::request::call::{Body, Call, Request};
use bulk_delete_core::service::{Effect, Moment, Service, Settled};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::World;
use bulk_delete_core::world::facts::{Authentication, Scopes};

pub(crate) const PATH: &str = "/boxes/b1/notes/bulk-delete";

/// A service, a world, and ids that count.
pub(crate) struct Bench {
    pub(crate) service: Service,
    pub(crate) world: World,
    pub(crate) now: Timestamp,
    pub(crate) ids: u32,
}

/// A request's changing parts.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) content_type: &'a str,
    pub(crate) caller: Result<&'a str, Cause>,
    pub(crate) body: Body<'a>,
}

pub(crate) fn ask(body: &str) -> Asked<'_> {
    Asked {
        method: "POST",
        path: PATH,
        query: None,
        content_type: "application/json",
        caller: Ok("kim"),
        body: Body::Bytes(body.as_bytes()),
    }
}

impl Bench {
    pub(crate) fn new(policy: &str) -> Self {
        Self::of(OPENAPI, policy)
    }

    pub(crate) fn of(openapi: &str, policy: &str) -> Self {
        let contract = try_load(openapi, policy).unwrap_or_else(|problems| panic!("{problems:#?}"));
        Self::serving(contract)
    }

    pub(crate) fn serving(contract: Contract) -> Self {
        let service = Service::new(vec![contract]).expect("one contract has each route once");
        Self { service, world: world(), now: Timestamp(1000), ids: 0 }
    }

    pub(crate) fn answer(&mut self, asked: Asked<'_>) -> (Response, Effect) {
        self.with_call(asked, |service, call, authentication, world, moment| {
            let answered = service.answer(call, authentication, world, moment);
            (answered.response, answered.effect)
        })
    }

    /// Decides a request and carries it out, and looks at it before it is told.
    pub(crate) fn settled<T>(&mut self, asked: Asked<'_>, look: impl FnOnce(Settled<'_>) -> T) -> T {
        self.with_call(asked, |service, call, authentication, world, moment| {
            look(service.settle(call, authentication, world, moment))
        })
    }

    fn with_call<T>(
        &mut self,
        asked: Asked<'_>,
        then: impl for<'s> FnOnce(&'s Service, Call<'s>, &Authentication, &mut World, &mut Moment<'_>) -> T,
    ) -> T {
        let headers: [(&str, &[u8]); 1] = [("content-type", asked.content_type.as_bytes())];
        let Asked { method, path, query, body, .. } = asked;
        let request = Request { method, path, query, headers: &headers, body };
        let authentication = match asked.caller {
            Ok(id) => {
                let caller = self.world.caller_by_id(id).expect("the world has the caller");
                Authentication::Accepted { caller, scopes: Scopes::OfCaller }
            }
            Err(cause) => Authentication::Refused(cause),
        };
        let routed = self.service.route(method, path).expect("the path is a contract's");
        let call = self.service.call(routed, &request);
        let ids = &mut self.ids;
        let mut new_id = || {
            *ids += 1;
            format!("id-{ids}")
        };
        let mut moment = Moment { now: self.now, new_id: &mut new_id };
        then(&self.service, call, &authentication, &mut self.world, &mut moment)
    }

    /// Status and body of an answer, and what has changed in all.
    pub(crate) fn told(&mut self, asked: Asked<'_>) -> (u16, String) {
        let (response, _) = self.answer(asked);
        (response.status, String::from_utf8(response.body.unwrap_or_default()).expect("bodies are UTF-8"))
    }

    pub(crate) fn deleted(&self) -> Vec<String> {
        let changes = self.world.changes();
        let deleted = changes.get("deleted").and_then(|list| list.as_array()).unwrap_or_default();
        deleted.iter().filter_map(|gone| gone.get("id")?.as_str().map(str::to_owned)).collect()
    }
}
