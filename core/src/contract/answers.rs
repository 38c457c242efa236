//! The answers that a policy can give, and the envelopes that they share.

use crate::code::{Code, Reader};
use std::sync::{Arc, OnceLock};

use super::outcome::{Outcome, Retry};
use super::place::Place;
use crate::contract::template::at_hand::AtHand;
use crate::contract::template::compile::{Context, compile, compile_text};
use crate::contract::template::name::ItemName;
use crate::contract::template::program::Program;
use crate::contract::template::shape::{Template, Words};
use crate::contract::template::specialise::specialise;
use crate::names::Names;

/// One answer: a status, headers, and a body if it has one.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its name in the policy.
    pub name: String,
    /// The HTTP status, 200 to 599.
    pub status: u16,
    /// Headers as templates of texts, names as written.
    pub headers: Vec<(String, Template)>,
    /// The body; `None` for an answer without one. What reads an answer goes by it.
    pub body: Option<Template>,
    /// The body as things to write, worked out when it is first written.
    program: OnceLock<Program>,
    /// What it tells of items beyond what was decided: looked up while the world is at hand.
    pub details: Vec<ItemName>,
    /// Whether the request may be tried again after it.
    pub retry: Retry,
}

/// The parts of an item that the world knows and the decision does not.
const LOOKED_UP: [ItemName; 4] = [ItemName::Name, ItemName::State, ItemName::Owner, ItemName::Fail];

impl Answer {
    pub(super) fn new(
        name: &str,
        status: u16,
        headers: Vec<(String, Template)>,
        body: Option<Template>,
        retry: Retry,
    ) -> Self {
        let program = OnceLock::new();
        Self { name: name.to_owned(), status, headers, body, program, details: Vec::new(), retry }
    }

    /// The body as things to write.
    pub fn program(&self) -> Option<&Program> {
        let body = self.body.as_ref()?;
        Some(self.program.get_or_init(|| Program::of(body)))
    }

    /// Fills outcomes into the lists of items; `refused_by` is this answer's name where it refuses all.
    pub(super) fn specialise(&mut self, outcomes: &[Outcome], refused_by: Option<&str>) {
        if let Some(body) = &mut self.body {
            specialise(body, outcomes, refused_by);
            let program = Program::of(body);
            // A reason that is told of one thing alone is filled in when it is told, and may hold what the thing says.
            let asks = |part| program.asks(part) || part == ItemName::Fail && program.asks(ItemName::Reason);
            self.details = LOOKED_UP.into_iter().filter(|part| asks(*part)).collect();
            self.program = program.into();
        }
    }
}

/// The answers that every contract has, for what happens to any request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// The path is known, the method is not.
    Method,
    /// The body is larger than the server takes.
    TooLarge,
    /// Too many requests.
    TooMany,
    /// The server failed.
    Internal,
    /// The body did not arrive in time.
    Timeout,
    /// The path lacks a final slash.
    Moved,
}

impl Reserved {
    /// Its name in `answers`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::TooLarge => "too-large",
            Self::TooMany => "too-many",
            Self::Internal => "internal",
            Self::Timeout => "timeout",
            Self::Moved => "moved",
        }
    }

    /// Those that a policy may not leave out.
    pub(super) const REQUIRED: [Self; 4] = [Self::Method, Self::TooLarge, Self::TooMany, Self::Internal];
}

/// The answer to a request that was carried out has this name.
pub const DONE: &str = "done";
/// The answer to an invalid request has this name.
pub const VIOLATIONS: &str = "violations";

/// An answer's headers and its body.
pub(super) type Parts = (Vec<(String, Template)>, Option<Template>);

/// What all answers of a policy are read with: words, and envelopes by name (`""` is `error`).
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) words: &'a Names<Arc<Words>>,
    pub(super) envelopes: Names<Place<'a>>,
}

impl<'a> Frame<'a> {
    /// Reads `error` and `envelopes` of a policy.
    pub(super) fn read(policy: &Place<'a>, words: &'a Names<Arc<Words>>) -> Self {
        let mut envelopes = Names::new();
        if let Some(error) = policy.field("error") {
            envelopes.insert(String::new(), error);
        }
        if let Some(others) = policy.field("envelopes") {
            for (name, place) in others.members() {
                envelopes.insert(name.to_owned(), place);
            }
        }
        for envelope in envelopes.values() {
            envelope.closed(&["headers", "body"]);
        }
        Self { words, envelopes }
    }

    /// Reads one answer.
    pub(super) fn answer(&self, name: &str, place: &Place<'a>, at_hand: AtHand) -> Option<Answer> {
        if !place.closed(&["status", "headers", "body", "say", "like", "retry"]) {
            return None;
        }
        let status = status(place)?;
        let retry = Retry::told(place).unwrap_or_else(|| retry_of_status(status));
        let (headers, body) = self.parts(place, place.field("say").as_ref(), status, at_hand)?;
        Some(Answer::new(name, status, headers, body, retry))
    }

    /// Headers and body: the answer's own, and where it only says something, its envelope's.
    pub(super) fn parts(
        &self,
        place: &Place<'a>,
        say: Option<&Place<'a>>,
        status: u16,
        at_hand: AtHand,
    ) -> Option<Parts> {
        let plain = Context { words: self.words, say: None, status, at_hand };
        let mut headers = Vec::new();
        let own_body = place.field("body");
        let said;
        let (context, body) = match (say, own_body) {
            (Some(say), None) => {
                said = say
                    .members()
                    .into_iter()
                    .map(|(key, value)| Some((key.to_owned(), compile(&value, &plain)?)))
                    .collect::<Option<Names<_>>>()?;
                let like = place.field("like");
                let wanted = match &like {
                    Some(like) => like.name()?,
                    None => "",
                };
                let Some(envelope) = self.envelopes.get(wanted) else {
                    like.as_ref().unwrap_or(place).problem(if wanted.is_empty() {
                        "this answer says something, but the policy has no `error` to say it in: add `error`"
                            .to_owned()
                    } else {
                        format!("there is no `{wanted}` in `envelopes`: add it")
                    });
                    return None;
                };
                let context = Context { say: Some(&said), ..plain };
                read_headers(envelope, &context, &mut headers)?;
                (context, envelope.field("body"))
            }
            (None, body) => {
                if let Some(like) = place.field("like") {
                    like.problem(
                        "an answer that says nothing has no envelope: add `say`, or leave `like` out",
                    );
                }
                (plain, body)
            }
            (Some(say), Some(_)) => {
                say.problem(
                    "an answer has a `body` or says something to its envelope, not both: leave one out",
                );
                return None;
            }
        };
        read_headers(place, &context, &mut headers)?;
        let body = match body {
            Some(body) => Some(compile(&body, &context)?),
            None => None,
        };
        if body.is_some() && WITHOUT_BODY.contains(&status) {
            place.problem(format!("an answer with the status {status} has no body: take another status, or leave `body` and `say` out"));
        }
        Some((headers, body))
    }
}

/// Reads the status of an answer.
pub(super) fn status(place: &Place<'_>) -> Option<u16> {
    let place = place.required("status")?;
    let status = place.whole(599)?;
    if status < 200 {
        place.problem("must be an HTTP status from 200 to 599");
        return None;
    }
    u16::try_from(status).ok()
}

/// Headers that say how an answer is sent, and not what it is.
const OF_THE_CONNECTION: [&str; 7] =
    ["connection", "content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];

/// Statuses whose answers never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
const WITHOUT_BODY: [u16; 3] = [204, 205, 304];

/// Whether all of a name may stand in the name of a header (RFC 9110, section 5.6.2).
pub(super) fn is_header_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn read_headers(
    place: &Place<'_>,
    context: &Context<'_>,
    headers: &mut Vec<(String, Template)>,
) -> Option<()> {
    let Some(given) = place.field("headers") else { return Some(()) };
    for (name, value) in given.members() {
        if name.is_empty() || !is_header_name(name) {
            value.problem(format!("`{name}` is no header name"));
        }
        if OF_THE_CONNECTION.iter().any(|own| own.eq_ignore_ascii_case(name)) {
            value.problem(format!("`{name}` is said by whoever sends the answer: leave it out"));
        }
        let template = compile_text(&value, context)?;
        headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        headers.push((name.to_owned(), template));
    }
    Some(())
}

/// Whether a refused request may be tried again, where the policy does not say so of the answer.
///
/// ASSUMED: no document says it. A server that is busy or failed may be asked again as it is; everything else about a
/// request must be changed first.
pub(crate) fn retry_of_status(status: u16) -> Retry {
    match status {
        408 | 429 | 500..=599 => Retry::Now,
        _ => Retry::AfterChange,
    }
}

impl Code for Answer {
    fn write(&self, out: &mut Vec<u8>) {
        self.name.write(out);
        self.status.write(out);
        self.headers.write(out);
        self.body.write(out);
        self.details.write(out);
        self.retry.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let name = String::read(from);
        let status = u16::read(from);
        let headers = Vec::read(from);
        let body = Option::read(from);
        let details = Vec::read(from);
        Self { name, status, headers, body, program: OnceLock::new(), details, retry: Code::read(from) }
    }
}
