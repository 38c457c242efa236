//! Bodies that are encoded, compressed as a rule. They would be read as if they were not, and be told to be no JSON: to a contract they
//! are of another media type, so that it says so in its own words.

use bulk_delete_core::request::call::Request;

/// What stands in place of the media type of a body that is encoded.
pub(super) fn of(request: &Request<'_>) -> Option<String> {
    let encoding = request.header("content-encoding")?.trim();
    let is_plain = encoding.is_empty() || encoding.eq_ignore_ascii_case("identity");
    (!is_plain).then(|| format!("Content-Encoding: {encoding}"))
}

/// Headers with this in place of the media type.
pub(super) fn instead<'a>(headers: &[(&'a str, &'a [u8])], announced: &'a str) -> Vec<(&'a str, &'a [u8])> {
    let others = headers.iter().copied().filter(|(name, _)| *name != "content-type");
    others.chain([("content-type", announced.as_bytes())]).collect()
}
