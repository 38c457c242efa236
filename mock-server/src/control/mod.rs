//! The control API under `/__mock/`: what a test does to the mock beside calling it. One file for each group of calls.
//!
//! A call is answered whole or not at all: what cannot be read is a 400 that names every problem, and changes nothing.
//! Calls take any `Content-Type`, or none.

mod audit;
mod changes;
mod clock;
mod contracts;
mod faults;
mod form;
mod health;
mod journal;
mod jwks;
mod metrics;
mod narrow;
mod operations;
mod pact;
mod reset;
mod scenarios;
mod sessions;
mod tokens;
mod world;

use crate::mock::reply::{self, list, object};
use crate::mock::{Mock, Session};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;
use bulk_delete_core::request::call::{Body, Request};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Where the control API begins.
pub(crate) const ROOT: &str = "/__mock/";

/// One path, its methods, and who answers them.
struct Group {
    /// Behind [`ROOT`]; a last segment `{id}` stands for any one segment.
    path: &'static str,
    /// For `Allow`.
    methods: &'static [&'static str],
    /// Says what the call does, in the list of calls.
    does: &'static str,
    /// What it is about.
    of: Of,
    answer: fn(&Visit<'_>) -> Response,
}

/// What a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// One session: the one that the request is for.
    Session,
    /// The whole mock. It needs no session, and begins none.
    Mock,
}

/// A call that has found its group.
struct Visit<'v> {
    mock: &'v Mock,
    /// The session that the request is for; the shared one where the call is about the whole mock.
    session: &'v Session,
    /// The session whose port the request came in at.
    port: Option<&'v str>,
    request: &'v Request<'v>,
    /// One of the group's methods; `GET` where the request has `HEAD`.
    method: &'v str,
    /// The last segment where the path has `{id}`, decoded.
    id: Cow<'v, str>,
}

const READ: &[&str] = &["GET", "HEAD", "OPTIONS"];
const DO: &[&str] = &["POST", "OPTIONS"];

const GROUPS: &[Group] = &[
    Group {
        path: "health",
        methods: READ,
        does: "says that the mock runs",
        of: Of::Mock,
        answer: health::answer,
    },
    Group {
        path: "contracts",
        methods: READ,
        does: "lists what is served",
        of: Of::Session,
        answer: contracts::answer,
    },
    Group {
        path: "contracts/{id}",
        methods: READ,
        does: "the documents of one, as it was loaded from them",
        of: Of::Mock,
        answer: contracts::documents,
    },
    Group {
        path: "world",
        methods: &["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"],
        does: "reads the world, replaces it, adds to it, puts it back to the seed; ?contract=NAME narrows",
        of: Of::Session,
        answer: world::answer,
    },
    Group {
        path: "changes",
        methods: READ,
        does: "what was deleted, orphaned and changed since the seed",
        of: Of::Session,
        answer: changes::answer,
    },
    Group {
        path: "sessions",
        methods: &["GET", "HEAD", "POST", "DELETE", "OPTIONS"],
        does: r#"lists worlds of one's own, makes one: {"name"?, "scenario"?}, ends the one it is sent in, or all"#,
        of: Of::Mock,
        answer: sessions::answer,
    },
    Group {
        path: "sessions/{id}",
        methods: &["GET", "HEAD", "DELETE", "OPTIONS"],
        does: "reads a session, ends it",
        of: Of::Mock,
        answer: sessions::one,
    },
    Group {
        path: "faults",
        methods: &["GET", "HEAD", "POST", "DELETE", "OPTIONS"],
        does: r#"lists what is to go wrong, adds to it: {"status"?, "latency"?, "connection"?, "body"?, "times"?, …}, ends it"#,
        of: Of::Session,
        answer: faults::answer,
    },
    Group {
        path: "faults/{id}",
        methods: &["DELETE", "OPTIONS"],
        does: "takes one fault away",
        of: Of::Session,
        answer: faults::remove,
    },
    Group {
        path: "journal",
        methods: &["GET", "HEAD", "DELETE", "OPTIONS"],
        does: "every request and its answer, with what was decided; ?contract=, operation=, caller=, status=, id=, since=, limit= narrow",
        of: Of::Session,
        answer: journal::answer,
    },
    Group {
        path: "journal/verify",
        methods: DO,
        does: r#"asserts what was asked: {"contract"?, "caller"?, "status"?, "deleted"?, "count"?, …}; 422 tells the difference"#,
        of: Of::Session,
        answer: journal::assert,
    },
    Group {
        path: "metrics",
        methods: READ,
        does: "counts since the mock began, for Prometheus",
        of: Of::Mock,
        answer: metrics::answer,
    },
    Group {
        path: "scenarios",
        methods: READ,
        does: "lists named starting points",
        of: Of::Mock,
        answer: scenarios::answer,
    },
    Group {
        path: "scenarios/{id}",
        methods: DO,
        does: "has the world begin there, until a reset",
        of: Of::Session,
        answer: scenarios::begin,
    },
    Group {
        path: "pact/provider-states",
        methods: DO,
        does: r#"the states of Pact: {"state","params"?,"action"?}; a state is a scenario's name, or one that it stands for"#,
        of: Of::Session,
        answer: pact::answer,
    },
    Group {
        path: "reset",
        methods: DO,
        does: "puts the world and the clock back, ends all faults, empties the journal",
        of: Of::Session,
        answer: reset::answer,
    },
    Group {
        path: "audit",
        methods: READ,
        does: "who deleted what, when, and what came of it",
        of: Of::Session,
        answer: audit::answer,
    },
    Group {
        path: "operations",
        methods: READ,
        does: "lists asynchronous operations",
        of: Of::Session,
        answer: operations::answer,
    },
    Group {
        path: "operations/{id}",
        methods: DO,
        does: r#"ends one: {"state":"succeeded"} or {"state":"failed","fail":"why"}"#,
        of: Of::Session,
        answer: operations::end,
    },
    Group {
        path: "tokens",
        methods: DO,
        does: r#"makes a token: {"caller","contract","scopes"?,"expires-in"? (seconds)}"#,
        of: Of::Session,
        answer: tokens::answer,
    },
    Group {
        path: "jwks.json",
        methods: READ,
        does: "the key that signs JSON Web Tokens",
        of: Of::Mock,
        answer: jwks::answer,
    },
    Group {
        path: "clock",
        methods: &["GET", "HEAD", "POST", "OPTIONS"],
        does: r#"reads the mock's time, or moves it: {"advance": seconds} or {"now": "2026-11-21T22:03:00Z"}"#,
        of: Of::Session,
        answer: clock::answer,
    },
];

/// What stands behind [`ROOT`], where the path is one of the control API's.
pub(crate) fn path(path: &str) -> Option<&str> {
    path.strip_prefix("/__mock")
        .and_then(|rest| if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') })
}

/// The methods of a call, where there is such a call.
pub(crate) fn methods(call: &str) -> Option<&'static [&'static str]> {
    find(call).map(|(group, _)| group.methods)
}

/// Answers a call of the control API.
pub(crate) fn answer(mock: &Mock, call: &str, request: &Request<'_>, port: Option<&str>) -> Response {
    let Some((group, id)) = find(call) else { return listing(call) };
    if !group.methods.contains(&request.method) {
        let methods = group.methods.join(", ");
        let mut response =
            reply::error(405, &format!("{ROOT}{} takes {methods}, and not {}", group.path, request.method));
        response.headers.push((Cow::Borrowed("allow"), methods));
        return response;
    }
    // Also where a call has no use for a body: what was meant is not all here.
    if let Body::Broken = request.body {
        return form::broken();
    }
    let method = if request.method == "HEAD" { "GET" } else { request.method };
    let chosen;
    let session = match group.of {
        Of::Mock => mock.sessions().shared(),
        Of::Session => match mock.choose(request, port) {
            Ok(session) => {
                chosen = session;
                &*chosen
            }
            Err(refusal) => return refusal,
        },
    };
    let id = percent_decode_str(id).decode_utf8_lossy();
    (group.answer)(&Visit { mock, session, port, request, method, id })
}

fn find(call: &str) -> Option<(&'static Group, &str)> {
    GROUPS.iter().find_map(|group| match group.path.strip_suffix("{id}") {
        None => (group.path == call).then_some((group, "")),
        Some(before) => {
            let id = call.strip_prefix(before)?;
            (!id.is_empty() && !id.contains('/')).then_some((group, id))
        }
    })
}

fn listing(call: &str) -> Response {
    let calls = list(GROUPS.iter().map(|group| {
        object([
            ("path", Value::from(format!("{ROOT}{}", group.path))),
            ("methods", list(group.methods.iter().map(|method| Value::from(*method)))),
            ("does", Value::from(group.does)),
        ])
    }));
    // The root itself is where one looks for the list.
    if call.is_empty() {
        return reply::json(200, &object([("calls", calls)]));
    }
    let message = format!("the control API has no call {ROOT}{call}: here are those it has");
    reply::json(404, &object([("error", object([("message", Value::from(message)), ("calls", calls)]))]))
}
