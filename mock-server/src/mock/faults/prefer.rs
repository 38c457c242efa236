//! A fault for one request, in its own header: `Prefer: code=503`, `Prefer: delay=2` (RFC 7240; seconds, as there). What is
//! not known there, or cannot be done, is passed over, as the standard wants it.

use super::{BodyFault, End, Struck};
use bulk_delete_core::request::call::Request;

/// The longest delay, in seconds: ten minutes.
const LONGEST: u64 = 600;

/// What a request wishes for itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Preferred {
    pub(crate) struck: Struck,
    /// For the answer's `Preference-Applied`.
    pub(crate) applied: String,
}

/// Reads `Prefer`. The first mention of a preference counts.
pub(crate) fn read(request: &Request<'_>) -> Option<Preferred> {
    let (mut code, mut delay) = (None, None);
    for (_, value) in request.headers.iter().filter(|(name, _)| *name == "prefer") {
        for preference in std::str::from_utf8(value).unwrap_or_default().split(',') {
            let preference = preference.split(';').next().unwrap_or_default();
            let Some((name, value)) = preference.split_once('=') else { continue };
            let value = value.trim().trim_matches('"');
            let name = name.trim();
            if name.eq_ignore_ascii_case("code") {
                code = code.or(value.parse::<u16>().ok().filter(|code| (400..=599).contains(code)));
            } else if name.eq_ignore_ascii_case("delay") {
                delay = delay.or(value.parse::<u64>().ok().filter(|delay| *delay <= LONGEST));
            }
        }
    }
    if code.is_none() && delay.is_none() {
        return None;
    }
    let applied = code
        .map(|code| format!("code={code}"))
        .into_iter()
        .chain(delay.map(|delay| format!("delay={delay}")))
        .collect::<Vec<_>>()
        .join(", ");
    let end = code.map_or(End::Answered, |status| End::Status { status, wait: 1 });
    let delay = delay.unwrap_or_default() * 1000;
    Some(Preferred { struck: Struck { fault: None, delay, end, body: BodyFault::None }, applied })
}

#[cfg(test)]
mod tests {
    use super::*;
    use bulk_delete_core::request::call::Body;

    #[test]
    fn preferences_are_read_as_the_standard_writes_them() {
        for (header, found) in [
            ("code=503", Some((Some(503), 0, "code=503"))),
            ("delay=2", Some((None, 2000, "delay=2"))),
            ("respond-async, Delay = \"2\" ; x=y ,CODE=429", Some((Some(429), 2000, "code=429, delay=2"))),
            ("code=503, code=500", Some((Some(503), 0, "code=503"))),
            ("code=200", None),
            ("code=abc", None),
            ("delay=-1", None),
            ("delay=601", None),
            ("return=minimal", None),
            ("", None),
        ] {
            let headers: [(&str, &[u8]); 1] = [("prefer", header.as_bytes())];
            let request =
                Request { method: "GET", path: "/", query: None, headers: &headers, body: Body::Bytes(b"") };
            let read = read(&request);
            let read = read.as_ref().map(|preferred| {
                let code = match preferred.struck.end {
                    End::Status { status, .. } => Some(status),
                    _ => None,
                };
                (code, preferred.struck.delay, preferred.applied.as_str())
            });
            assert_eq!(read, found, "{header}");
        }
    }
}
