//! What browsers need to know before a page of another origin may call the mock: answers to preflights, and headers on all
//! other answers. Credentials of the browser itself (cookies) are never allowed: the mock has no use for them.

use super::reply;
use bulk_delete_core::answer::render::Response;
use bulk_delete_core::request::call::Request;
use std::borrow::Cow;

/// For how many seconds a browser may remember a preflight.
const REMEMBER: &str = "600";

/// What a page may read without being told so (the Fetch standard's safelist).
const ALWAYS_READABLE: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// What a request says about where it comes from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'r> {
    origin: Option<&'r str>,
    preflight: bool,
    headers: Option<&'r str>,
}

impl<'r> Asked<'r> {
    /// Reads the headers that matter here.
    pub(super) fn of(request: &Request<'r>) -> Self {
        let mut asked = Self::default();
        for (name, value) in request.headers {
            match *name {
                "origin" => asked.origin = std::str::from_utf8(value).ok(),
                "access-control-request-method" => asked.preflight = true,
                "access-control-request-headers" => asked.headers = std::str::from_utf8(value).ok(),
                _ => {}
            }
        }
        asked
    }
}

/// Answers `OPTIONS` on a path that has these methods.
pub(super) fn options(asked: &Asked<'_>, methods: &str) -> Response {
    let mut response = reply::empty(204);
    if asked.origin.is_none() || !asked.preflight {
        response.headers.push((Cow::Borrowed("allow"), methods.to_owned()));
        return response;
    }
    response.headers.push((Cow::Borrowed("access-control-allow-methods"), methods.to_owned()));
    if let Some(headers) = asked.headers {
        response.headers.push((Cow::Borrowed("access-control-allow-headers"), headers.to_owned()));
    }
    response.headers.push((Cow::Borrowed("access-control-max-age"), REMEMBER.to_owned()));
    let vary = "Access-Control-Request-Method, Access-Control-Request-Headers";
    response.headers.push((Cow::Borrowed("vary"), vary.to_owned()));
    response
}

/// Lets the page that asked read the answer and its headers. Does nothing where no page asked.
pub(super) fn allow(asked: &Asked<'_>, response: &mut Response) {
    let Some(origin) = asked.origin else { return };
    if !asked.preflight {
        let mut readable = String::new();
        for (name, _) in &response.headers {
            if ALWAYS_READABLE.iter().any(|always| always.eq_ignore_ascii_case(name)) {
                continue;
            }
            if !readable.is_empty() {
                readable.push_str(", ");
            }
            readable.push_str(name);
        }
        if !readable.is_empty() {
            response.headers.push((Cow::Borrowed("access-control-expose-headers"), readable));
        }
    }
    response.headers.push((Cow::Borrowed("access-control-allow-origin"), origin.to_owned()));
    response.headers.push((Cow::Borrowed("vary"), "Origin".to_owned()));
}
