//! Request signatures: an HMAC-SHA-256 by the caller's secret key over a canonical form of the request. Which caller has
//! which key is left to the world.

use crate::mock::calendar;
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::order::sort;
use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_core::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use sha2::{Digest, Sha256};
use std::fmt;

/// The name that the header begins with.
pub const ALGORITHM: &str = "SDK-HMAC-SHA256";

/// How far the signature's date may be from the mock's time, either way: 15 minutes, in milliseconds.
pub const SKEW: i64 = 15 * 60_000;

/// What stays as it is in a canonical path or query: RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What an `Authorization` header of this algorithm says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed<'h> {
    /// The access key: who claims to have signed.
    pub access: &'h str,
    /// Names of the signed headers: lower case, each once, `host` and `x-sdk-date` among them, sorted.
    pub headers: Vec<&'h str>,
    /// The signature itself.
    pub signature: [u8; 32],
}

/// Why a header is not a signature of this algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseError {
    /// A part is not `Name=value`, is unknown, or stands twice.
    Part,
    /// `Access`, `SignedHeaders` or `Signature` is missing.
    Missing,
    /// The list of signed headers is empty, repeats one, or lacks `host` or `x-sdk-date`.
    SignedHeaders,
    /// The signature is not 64 hexadecimal digits.
    Signature,
}

impl fmt::Display for ParseError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Part => "a part is not one of Access=, SignedHeaders= and Signature=, each once",
            Self::Missing => "Access=, SignedHeaders= and Signature= are all needed",
            Self::SignedHeaders => {
                "the signed headers must name host and x-sdk-date, in lower case, each once"
            }
            Self::Signature => "the signature must be 64 hexadecimal digits",
        })
    }
}

impl std::error::Error for ParseError {}

/// Reads what stands behind the algorithm's name: `Access=…, SignedHeaders=a;b, Signature=…`, in any order.
///
/// # Errors
///
/// Says what keeps the text from being such a header; whether the signature is right is not looked at.
pub fn parse(parts: &str) -> Result<Signed<'_>, ParseError> {
    let (mut access, mut names, mut signature) = (None, None, None);
    for part in parts.split(',') {
        let (name, value) = part.trim_ascii().split_once('=').ok_or(ParseError::Part)?;
        let slot = match name {
            "Access" => &mut access,
            "SignedHeaders" => &mut names,
            "Signature" => &mut signature,
            _ => return Err(ParseError::Part),
        };
        if value.is_empty() || slot.replace(value).is_some() {
            return Err(ParseError::Part);
        }
    }
    let (Some(access), Some(names), Some(signature)) = (access, names, signature) else {
        return Err(ParseError::Missing);
    };
    Ok(Signed {
        access,
        headers: signed_headers(names)?,
        signature: digits(signature).ok_or(ParseError::Signature)?,
    })
}

fn signed_headers(list: &str) -> Result<Vec<&str>, ParseError> {
    let mut names: Vec<&str> = list.split(';').collect();
    sort(&mut names, Ord::cmp);
    let proper =
        names.iter().all(|name| !name.is_empty() && !name.bytes().any(|byte| byte.is_ascii_uppercase()));
    let twice = names.iter().zip(names.iter().skip(1)).any(|(one, next)| one == next);
    let needed = names.contains(&"host") && names.contains(&"x-sdk-date");
    if proper && !twice && needed { Ok(names) } else { Err(ParseError::SignedHeaders) }
}

fn digits(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        for digit in pair {
            *byte = *byte << 4 | u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
        }
    }
    Some(bytes)
}

/// Checks the date and the signature. Compares in constant time.
///
/// # Errors
///
/// `Malformed` where the date is missing or is no date, `Skew` where it is further than [`SKEW`] from now, `Signature`
/// where the signature is another.
pub fn verify(
    signed: &Signed<'_>,
    request: &Request<'_>,
    secret: &[u8],
    now: Timestamp,
) -> Result<(), Cause> {
    let date = values(request, "x-sdk-date").next().and_then(|value| std::str::from_utf8(value).ok());
    let date = date.map(str::trim_ascii).ok_or(Cause::Malformed)?;
    let at = calendar::basic(date).ok_or(Cause::Malformed)?;
    if now.0.abs_diff(at.0) > SKEW.unsigned_abs() {
        return Err(Cause::Skew);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| Cause::Signature)?;
    mac.update(ALGORITHM.as_bytes());
    mac.update(b"\n");
    mac.update(date.as_bytes());
    mac.update(b"\n");
    mac.update(crate::mock::chance::hex(&Sha256::digest(canonical(signed, request))).as_bytes());
    mac.verify_slice(&signed.signature).map_err(|_| Cause::Signature)
}

/// The text that is hashed: method, path, query, headers, their names, and the hash of the body, a line each.
fn canonical(signed: &Signed<'_>, request: &Request<'_>) -> Vec<u8> {
    let mut text = Vec::with_capacity(512);
    text.extend(request.method.bytes().map(|byte| byte.to_ascii_uppercase()));
    text.push(b'\n');
    path(&mut text, request.path);
    text.push(b'\n');
    query(&mut text, request.query.unwrap_or_default());
    text.push(b'\n');
    for name in &signed.headers {
        for value in values(request, name) {
            text.extend_from_slice(name.as_bytes());
            text.push(b':');
            text.extend_from_slice(value.trim_ascii());
            text.push(b'\n');
        }
    }
    text.push(b'\n');
    text.extend_from_slice(signed.headers.join(";").as_bytes());
    text.push(b'\n');
    let body = match request.body {
        Body::Bytes(bytes) => bytes,
        Body::TooLarge | Body::TimedOut | Body::Broken => b"",
    };
    text.extend_from_slice(crate::mock::chance::hex(&Sha256::digest(body)).as_bytes());
    text
}

/// Each segment decoded and encoded again, and a slash at the end, whatever the request had.
fn path(text: &mut Vec<u8>, raw: &str) {
    let decoded: Vec<u8> = percent_decode_str(raw).collect();
    for (index, segment) in decoded.split(|byte| *byte == b'/').enumerate() {
        if index > 0 {
            text.push(b'/');
        }
        text.extend(percent_encode(segment, RESERVED).flat_map(str::bytes));
    }
    if decoded.last() != Some(&b'/') {
        text.push(b'/');
    }
}

/// The parameters sorted by name, then by value, each encoded again.
fn query(text: &mut Vec<u8>, raw: &str) {
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = raw
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    sort(&mut pairs, Ord::cmp);
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            text.push(b'&');
        }
        text.extend(percent_encode(name, RESERVED).flat_map(str::bytes));
        text.push(b'=');
        text.extend(percent_encode(value, RESERVED).flat_map(str::bytes));
    }
}

/// Decodes a part of a query, where `+` stands for a space, as the rest of the mock reads it.
fn decode(part: &str) -> Vec<u8> {
    percent_decode_str(&part.replace('+', " ")).collect()
}

/// Every value of a header, in the order of the request.
fn values<'r>(request: &Request<'r>, name: &str) -> impl Iterator<Item = &'r [u8]> {
    request.headers.iter().filter(move |(other, _)| *other == name).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &[u8] = b"20261121T220300Z";
    const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

    /// The moment of [`DATE`].
    const NOW: Timestamp = Timestamp(1_795_298_580_000);

    fn check(request: &Request<'_>, signature: &str, secret: &str, now: Timestamp) -> Result<(), Cause> {
        let mut names: Vec<_> = request.headers.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        let header = format!("Access=A, SignedHeaders={}, Signature={signature}", names.join(";"));
        verify(&parse(&header).unwrap(), request, secret.as_bytes(), now)
    }

    fn request<'r>(
        method: &'r str,
        path: &'r str,
        query: Option<&'r str>,
        headers: &'r [(&'r str, &'r [u8])],
        body: &'r [u8],
    ) -> Request<'r> {
        Request { method, path, query, headers, body: Body::Bytes(body) }
    }

    /// The signatures were made by another program, with another library, from a canonical form written by hand.
    #[test]
    fn agrees_with_others() {
        let plain: &[(&str, &[u8])] = &[("host", b"h"), ("x-sdk-date", DATE)];
        let call: &[(&str, &[u8])] =
            &[("x-sdk-date", DATE), ("content-type", b"application/json"), ("host", b"127.0.0.1:4010")];
        let empty: &[(&str, &[u8])] = &[("host", b"127.0.0.1:4010"), ("x-sdk-date", DATE)];
        let blanks: &[(&str, &[u8])] = &[("host", b"h"), ("x-note", b"  two  words "), ("x-sdk-date", DATE)];
        let body = br#"{"project_id":"p","application_ids":["a"]}"#;
        for (request, signature) in [
            (
                request("POST", "/v2/applications/batch-delete", None, call, body),
                "0158967165c8498c236b4185eac7ee251097799c6e4b8f078b2a85c3e29f0168",
            ),
            (
                request("POST", "/v2/p/scheduled-tasks/batch-delete", None, empty, b""),
                "a6a8b5a708d490eba66dba468cd736dc8ea83f783b9419120aeca45d6f3e8d19",
            ),
            (
                request("GET", "/v2/p/", None, plain, b""),
                "ea98b2a0a2b48ea9fa0adf0b560b066782679e56365a4279311c5a8963f6331c",
            ),
            (
                request("GET", "/v2/p", Some("b=2&a=z&a=%C3%A4&c&d=x%20y%2Bz"), plain, b""),
                "525b8f7eb2911a6e71695da0c4cec41d4d4314b7e6762992d77e06b51ef89276",
            ),
            (
                request("GET", "/v2/a%20b/~c/%E4%BD%A0", None, blanks, b""),
                "5063a8a942d749bdf85323306769df32213552dc82babf4b36f61e80c436f787",
            ),
        ] {
            let upper = signature.to_ascii_uppercase();
            assert_eq!(check(&request, signature, "ada-secret", NOW), Ok(()), "{}", request.path);
            assert_eq!(check(&request, &upper, "ada-secret", NOW), Ok(()), "{}", request.path);
            assert_eq!(
                check(&request, signature, "bob-secret", NOW),
                Err(Cause::Signature),
                "{}",
                request.path
            );
            assert_eq!(check(&request, ZEROS, "ada-secret", NOW), Err(Cause::Signature), "{}", request.path);
        }
    }

    #[test]
    fn every_part_of_the_request_counts() {
        let headers: &[(&str, &[u8])] = &[("host", b"127.0.0.1:4010"), ("x-sdk-date", DATE)];
        let other_host: &[(&str, &[u8])] = &[("host", b"127.0.0.1:4011"), ("x-sdk-date", DATE)];
        let path = "/v2/p/scheduled-tasks/batch-delete";
        let signature = "a6a8b5a708d490eba66dba468cd736dc8ea83f783b9419120aeca45d6f3e8d19";
        for changed in [
            request("PUT", path, None, headers, b""),
            request("POST", "/v2/q/scheduled-tasks/batch-delete", None, headers, b""),
            request("POST", path, Some("a"), headers, b""),
            request("POST", path, None, other_host, b""),
            request("POST", path, None, headers, b"{}"),
        ] {
            assert_eq!(check(&changed, signature, "ada-secret", NOW), Err(Cause::Signature));
        }
        // A signed header that the request does not have, and a body that never came, are another request too.
        let whole = request("POST", path, None, headers, b"");
        let header = format!("Access=A, SignedHeaders=host;x-note;x-sdk-date, Signature={signature}");
        assert_eq!(verify(&parse(&header).unwrap(), &whole, b"ada-secret", NOW), Err(Cause::Signature));
    }

    #[test]
    fn the_date_must_be_near() {
        let headers: &[(&str, &[u8])] = &[("host", b"127.0.0.1:4010"), ("x-sdk-date", DATE)];
        let request = request("POST", "/v2/p/scheduled-tasks/batch-delete", None, headers, b"");
        let signature = "a6a8b5a708d490eba66dba468cd736dc8ea83f783b9419120aeca45d6f3e8d19";
        for (away, result) in [
            (0, Ok(())),
            (SKEW, Ok(())),
            (-SKEW, Ok(())),
            (SKEW + 1, Err(Cause::Skew)),
            (-SKEW - 1, Err(Cause::Skew)),
        ] {
            assert_eq!(
                check(&request, signature, "ada-secret", NOW.plus_milliseconds(away)),
                result,
                "{away}"
            );
        }
        assert_eq!(check(&request, signature, "ada-secret", Timestamp(i64::MIN)), Err(Cause::Skew));
        for date in [&b""[..], b"yesterday", b"2026-11-21T22:03:00Z", b"\xff"] {
            let headers: &[(&str, &[u8])] = &[("host", b"127.0.0.1:4010"), ("x-sdk-date", date)];
            let request = Request { headers, ..request };
            assert_eq!(check(&request, signature, "ada-secret", NOW), Err(Cause::Malformed), "{date:?}");
        }
        let header = format!("Access=A, SignedHeaders=host;x-sdk-date, Signature={signature}");
        let request = Request { headers: &headers[..1], ..request };
        assert_eq!(verify(&parse(&header).unwrap(), &request, b"ada-secret", NOW), Err(Cause::Malformed));
    }

    #[test]
    fn reads_the_header() {
        let zeros = [0; 32];
        let expected = Signed { access: "A K", headers: vec!["a", "host", "x-sdk-date"], signature: zeros };
        for text in [
            format!("Access=A K, SignedHeaders=a;host;x-sdk-date, Signature={ZEROS}"),
            format!("  Signature={ZEROS},Access=A K ,\tSignedHeaders=x-sdk-date;host;a "),
        ] {
            assert_eq!(parse(&text).as_ref(), Ok(&expected), "{text}");
        }
        let names = "SignedHeaders=host;x-sdk-date";
        for (text, error) in [
            (String::new(), ParseError::Part),
            ("Access".to_owned(), ParseError::Part),
            ("Access=".to_owned(), ParseError::Part),
            ("Access=A".to_owned(), ParseError::Missing),
            (format!("Access=A, {names}"), ParseError::Missing),
            (format!("Access=A, Access=B, {names}, Signature={ZEROS}"), ParseError::Part),
            (format!("Access=A, Credential=B, {names}, Signature={ZEROS}"), ParseError::Part),
            (format!("Access=A, {names}, Signature={ZEROS},"), ParseError::Part),
            (format!("Access=A, {names}, Signature={}", ZEROS.split_at(1).1), ParseError::Signature),
            (format!("Access=A, {names}, Signature=g{}", ZEROS.split_at(1).1), ParseError::Signature),
            (format!("Access=A, {names}, Signature=ä{}", ZEROS.split_at(2).1), ParseError::Signature),
            (format!("Access=A, SignedHeaders=host, Signature={ZEROS}"), ParseError::SignedHeaders),
            (format!("Access=A, SignedHeaders=x-sdk-date, Signature={ZEROS}"), ParseError::SignedHeaders),
            (
                format!("Access=A, SignedHeaders=Host;X-Sdk-Date, Signature={ZEROS}"),
                ParseError::SignedHeaders,
            ),
            (
                format!("Access=A, SignedHeaders=host;host;x-sdk-date, Signature={ZEROS}"),
                ParseError::SignedHeaders,
            ),
            (
                format!("Access=A, SignedHeaders=host;;x-sdk-date, Signature={ZEROS}"),
                ParseError::SignedHeaders,
            ),
        ] {
            assert_eq!(parse(&text), Err(error), "{text}");
        }
    }
}
