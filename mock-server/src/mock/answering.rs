//! Answers requests: finds the session and what is asked for, has that answered, and notes the exchange.

use super::cors::{self, Asked};
use super::journal::{self, Exchanged, Noted};
use super::reply::{self, list, object};
use super::sessions::{Chosen, Unchosen};
use super::{Delivered, Mock, Options, Sending, Session, SessionName, calling, encoding};
use crate::control;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;
use bulk_delete_core::request::call::Request;

/// In which a request names the scenario that its session begins with.
const SCENARIO: &str = "x-mock-scenario";

impl Mock {
    /// Answers a request: a call of a contract, or of the control API under `/__mock/`. For those who have no wire on which
    /// an answer could come late or in part; what a fault drops is a 502 then.
    pub fn answer(&self, request: &Request<'_>) -> Response {
        let Delivered { response, delivery } = self.deliver(request, None);
        if delivery.sending == Sending::Dropped { calling::nobody_sees() } else { response }
    }

    /// Answers a request that came in at the port of this session, if it was one of a session's own, and says how the answer
    /// is to reach the client.
    pub fn deliver(&self, request: &Request<'_>, port: Option<&str>) -> Delivered {
        let asked = Asked::of(request);
        let mut delivered = self.respond(request, &asked, port);
        cors::allow(&asked, &mut delivered.response);
        delivered
    }

    /// Whether a request finds the control API or a path of a contract. What finds neither is answered with what there is, but
    /// whoever stands between a client and the world may want to let it pass.
    pub fn serves(&self, method: &str, path: &str) -> bool {
        control::path(path).is_some() || self.service.route(method, path).is_some()
    }

    fn respond(&self, request: &Request<'_>, asked: &Asked<'_>, port: Option<&str>) -> Delivered {
        if let Some(call) = control::path(request.path) {
            let response = match control::methods(call) {
                Some(methods) if request.method == "OPTIONS" => cors::options(asked, &methods.join(", ")),
                _ => control::answer(self, call, request, port),
            };
            return response.into();
        }
        let began = self.sessions.options().timer.now();
        let session = match self.choose(request, port) {
            Ok(session) => session,
            // A preflight says nothing that could name a session.
            Err(_) if request.method == "OPTIONS" => return self.elsewhere(request, asked).into(),
            Err(refusal) => return refusal.into(),
        };
        let encoding = encoding::of(request);
        let headers = encoding.as_deref().map(|encoding| encoding::instead(request.headers, encoding));
        let read_as = Request { headers: headers.as_deref().unwrap_or(request.headers), ..*request };
        let (delivered, noted) = match self.service.route(request.method, request.path) {
            Some(routed) if request.method != "OPTIONS" => self.call(&session, routed, request, &read_as),
            _ => (self.elsewhere(request, asked).into(), Noted::default()),
        };
        self.note(&session, request, &delivered, noted, began);
        delivered
    }

    /// Answers what is no call of a contract.
    fn elsewhere(&self, request: &Request<'_>, asked: &Asked<'_>) -> Response {
        let mut methods = self.service.methods(request.path);
        if methods.is_empty() || request.method != "OPTIONS" {
            return self.nothing_here(request.path);
        }
        methods.push("OPTIONS");
        cors::options(asked, &methods.join(", "))
    }

    /// Counts an exchange, and adds it to the session's journal.
    fn note(
        &self,
        session: &Session,
        request: &Request<'_>,
        delivered: &Delivered,
        mut noted: Noted,
        began: u64,
    ) {
        let Options { journal: limits, timer, .. } = self.sessions.options();
        let took_microseconds = timer.now().saturating_sub(began);
        self.metrics.count(&noted, delivered.response.status, took_microseconds);
        if limits.entries == 0 {
            return;
        }
        noted.about.sending = delivered.delivery.sending;
        let at = session.clock().now();
        let hidden;
        let response = if noted.secrets.is_empty() {
            &delivered.response
        } else {
            hidden = journal::without(&delivered.response, &noted.secrets);
            &hidden
        };
        let exchanged = Exchanged { request, response, at, took_microseconds };
        session.journal().add(&exchanged, noted, limits);
    }

    /// The session that a request is for, or the answer to one that has none.
    pub(crate) fn choose(&self, request: &Request<'_>, port: Option<&str>) -> Result<Chosen<'_>, Response> {
        let scenario = match request.header(SCENARIO) {
            None => None,
            Some(name) => Some(self.scenario(name.trim()).ok_or_else(|| {
                let names: Vec<&str> = self.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
                reply::error(
                    400,
                    &format!("X-Mock-Scenario names no scenario: take one of {}", names.join(", ")),
                )
            })?),
        };
        self.sessions.choose(request, port, &self.key, scenario).map_err(|why| {
            let form = SessionName::FORM;
            match why {
                Unchosen::Name => reply::error(400, &format!("the name of a session is {form}")),
                Unchosen::Nameless => reply::error(
                    400,
                    "this mock answers only requests that say which session they are for: by the header \
                     X-Mock-Session, a host NAME.localhost, a token that was made in the session, or the url that \
                     POST /__mock/sessions answers",
                ),
                Unchosen::TooMany => reply::error(
                    503,
                    "there are as many sessions as this mock keeps: end those that are not used any more with \
                     DELETE /__mock/sessions/NAME",
                ),
            }
        })
    }

    fn nothing_here(&self, path: &str) -> Response {
        let contracts = self.service.contracts().iter().map(|contract| {
            object([
                ("name", Value::from(&*contract.name)),
                ("method", Value::from(&*contract.operation.method)),
                ("path", Value::from(contract.operation.path.as_str())),
            ])
        });
        let message = format!("nothing is served at {path}: here is what there is");
        let error = object([
            ("message", Value::from(message)),
            ("contracts", list(contracts)),
            ("control", Value::from(control::ROOT)),
        ]);
        reply::json(404, &object([("error", error)]))
    }
}
