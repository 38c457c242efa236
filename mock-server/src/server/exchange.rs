//! One request and its answer: from hyper's types to the mock's and back. Refuses what HTTP itself forbids here: other
//! hosts, pages of the web at the control API, and too many headers.

use super::body::{self, Arrived};
use super::current::Current;
use super::hosts::Hosts;
use super::limits::Limits;
use super::page::Page;
use super::ports::Port;
use super::sending::{Dropped, Outgoing};
use crate::control;
use crate::mock::{Delivered, Delivery, Sending, reply};
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::request::call::{Body, Request};
use bytes::Bytes;
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONTENT_LENGTH, EXPECT, HOST, HeaderName, HeaderValue, ORIGIN};
use hyper::{Method, StatusCode, Version};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

/// What every request of a server needs.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) mock: Arc<Current>,
    pub(super) limits: Limits,
    pub(super) hosts: Hosts,
    pub(super) page: Arc<Page>,
}

impl Exchange {
    /// Answers a request, which may have come in at the port of a session. What goes wrong is an answer
    /// too.
    ///
    /// # Errors
    ///
    /// Where a fault wants the connection to end without an answer.
    pub(super) async fn answer(
        &self,
        request: hyper::Request<Incoming>,
        port: Option<&Port>,
    ) -> Result<hyper::Response<Outgoing>, Dropped> {
        let (head, mut incoming) = request.into_parts();
        // The whole request is answered by one mock, even if another takes its place meanwhile.
        let mock = self.mock.get();
        let limit = match control::path(head.uri.path()) {
            Some(_) => self.limits.control_body,
            None => self.limits.body,
        };
        if let Some(refusal) = self.refuse(&head) {
            self.read_on(&head, incoming, limit);
            return Ok(outgoing(refusal.into(), &head.method));
        }
        // Contracts come first: one may have a path that the page has, too.
        if let Some(page) =
            self.page.answer(&head).filter(|_| !mock.serves(head.method.as_str(), head.uri.path()))
        {
            self.read_on(&head, incoming, limit);
            return Ok(page.map(Outgoing::Whole));
        }
        let arrived = body::read(&mut incoming, limit, self.limits.body_timeout).await;
        let body = match &arrived {
            Arrived::Whole(bytes) => Body::Bytes(bytes),
            Arrived::TooLarge => {
                self.read_on(&head, incoming, limit);
                Body::TooLarge
            }
            Arrived::TimedOut => Body::TimedOut,
            Arrived::Broken => Body::Broken,
        };
        // It may have ended while the body came.
        if let Some(refusal) = ended(&head, port) {
            return Ok(outgoing(refusal.into(), &head.method));
        }
        let mut headers = Vec::with_capacity(head.headers.len() + 1);
        if let Some(authority) = head.uri.authority().filter(|_| !head.headers.contains_key(HOST)) {
            headers.push((HOST.as_str(), authority.as_str().as_bytes()));
        }
        headers.extend(head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
        let request = Request {
            method: head.method.as_str(),
            path: head.uri.path(),
            query: head.uri.query(),
            headers: &headers,
            body,
        };
        // There should be no panic. Should there be one, it is told, and the connection goes on.
        let delivered = catch_unwind(AssertUnwindSafe(|| mock.deliver(&request, port.map(Port::session))))
            .unwrap_or_else(|_| reply::error(500, "the mock itself failed: this is a defect of it").into());
        if delivered.delivery == Delivery::default() {
            // Requests that have come at the same time are all answered before any answer is sent: who waits for several of
            // them is then woken once, and does not wake and sleep for each.
            tokio::task::yield_now().await;
        } else {
            tokio::time::sleep(Duration::from_millis(delivered.delivery.delay)).await;
            if delivered.delivery.sending == Sending::Dropped {
                return Err(Dropped);
            }
        }
        Ok(outgoing(delivered, &head.method))
    }

    /// Reads a body that nobody looks at: a connection on which it was left would be closed behind the answer, and what its peer
    /// sends next, who was not told so, would be lost.
    fn read_on(&self, head: &hyper::http::request::Parts, incoming: Incoming, limit: usize) {
        // A peer that waits to be told to go on is not: it has not sent anything yet.
        if !incoming.is_end_stream() && !head.headers.contains_key(EXPECT) {
            body::drain(incoming, limit, self.limits.body_timeout);
        }
    }

    fn refuse(&self, head: &hyper::http::request::Parts) -> Option<Response> {
        if head.headers.len() > self.limits.headers {
            return Some(reply::error(431, "the request has more headers than this server takes"));
        }
        let hosts = head.headers.get_all(HOST);
        if head.version == Version::HTTP_11 && hosts.iter().count() != 1 {
            return Some(reply::error(400, "a request in HTTP/1.1 must have one Host header"));
        }
        let authority = head.uri.authority();
        let admitted = hosts.iter().all(|host| self.hosts.admit(host.as_bytes()))
            && authority.is_none_or(|authority| self.hosts.admit(authority.as_str().as_bytes()));
        if !admitted {
            return Some(reply::error(
                403,
                "this mock listens on loopback and answers only to localhost, names that end in .localhost, and \
                 loopback addresses: start it with --host 0.0.0.0 to have it answer to others",
            ));
        }
        // A page of the web may call the APIs, as it would the real ones. What it must not do is look into worlds and change them.
        let mut pages = head.headers.get_all(ORIGIN).iter();
        if control::path(head.uri.path()).is_some()
            && !pages.all(|page| self.hosts.admit_page(page.as_bytes()))
        {
            return Some(reply::error(
                403,
                "this mock listens on loopback, and only pages of localhost, of names that end in .localhost, and of \
                 loopback addresses may use what is under /__mock/: start it with --host 0.0.0.0 to let others",
            ));
        }
        None
    }
}

/// Refuses what comes in at a port whose session has ended, over a connection from before: it would begin a session of that name
/// anew, unseen, while whoever asked means the one that is gone.
fn ended(head: &hyper::http::request::Parts, port: Option<&Port>) -> Option<Response> {
    let port = port.filter(|port| !port.is_open())?;
    let session = port.session();
    let message = format!(
        "the session `{session}` has ended, and this was its port: make one with POST /__mock/sessions"
    );
    let mut refusal = reply::error(421, &message);
    if head.version < Version::HTTP_2 {
        refusal.headers.push(("connection".into(), "close".to_owned()));
    }
    Some(refusal)
}

/// The answer as hyper sends it: headers and body are moved, not copied.
fn outgoing(delivered: Delivered, method: &Method) -> hyper::Response<Outgoing> {
    let Delivered { response, delivery } = delivered;
    let body = Bytes::from(response.body.unwrap_or_default());
    let length = body.len();
    let body = if method == Method::HEAD { Bytes::new() } else { body };
    let mut out = hyper::Response::new(Outgoing::new(body, delivery));
    *out.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        // A contract can only name headers that HTTP knows how to write; what a request has put into a value may not be.
        let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_maybe_shared(Bytes::from(value.into_bytes())),
        ) else {
            continue;
        };
        out.headers_mut().append(name, value);
    }
    // What hyper sees of a body that comes in pieces does not tell how long it is.
    if method == Method::HEAD || delivery.sending != Sending::Whole {
        out.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    out
}
