//! Hides what proves who somebody is: what a journal shows ends up in logs and bug reports.

use bulk_delete_core::answer::render::Response;
use bulk_delete_core::json::Value;

/// Stands for what is hidden.
const MASK: &str = "***";

/// What is in the name of a secret, in lower case.
const TELLTALES: [&str; 8] =
    ["token", "password", "passwd", "secret", "signature", "credential", "cookie", "authorization"];

/// Whether what has this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TELLTALES.iter().any(|telltale| name.contains(telltale))
}

/// A header's value without its secret: the scheme stays.
pub(super) fn header(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, _)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => {
            format!("{scheme} {MASK}")
        }
        _ => MASK.to_owned(),
    }
}

/// A query without its secrets.
pub(super) fn query(query: &str) -> String {
    let parts = query.split('&').map(|part| match part.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={MASK}"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("&")
}

/// A JSON text, or the beginning of one, without the texts of properties that are secrets. Text that is no JSON stays as it is
/// where nothing in it looks like such a property.
pub(super) fn body(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, opened)) = rest.split_once('"') {
        let (string, after) = string(opened);
        out.push_str(before);
        out.push('"');
        out.push_str(string);
        let Some(after) = after else { return out };
        out.push('"');
        rest = after;
        let value = after.trim_start();
        let Some(value) = value.strip_prefix(':').filter(|_| is_secret(string)) else { continue };
        if let Some(secret) = value.trim_start().strip_prefix('"') {
            let (_, after) = self::string(secret);
            out.push_str(":\"");
            out.push_str(MASK);
            out.push('"');
            rest = after.unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// An answer as the journal keeps it: these secrets are in neither its headers nor its body, whatever the names they stand under.
pub(crate) fn without(response: &Response, secrets: &[String]) -> Response {
    let mut kept = response.clone();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        for (_, value) in &mut kept.headers {
            *value = value.replace(secret, MASK);
        }
        // In JSON, something in it may be escaped.
        let quoted = Value::from(secret.as_str()).to_text();
        let Some(escaped) = quoted.get(1..quoted.len().saturating_sub(1)) else { continue };
        if let Some(body) = kept.body.as_mut().filter(|body| contains(body, escaped)) {
            *body = String::from_utf8_lossy(body).replace(escaped, MASK).into_bytes();
        }
    }
    kept
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A JSON string up to its closing quote, and what follows that.
fn string(text: &str) -> (&str, Option<&str>) {
    let mut escaped = false;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => {
                return text
                    .split_at_checked(place)
                    .map_or((text, None), |(string, rest)| (string, rest.get(1..)));
            }
            _ => {}
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_keep_all_but_their_secrets() {
        for (text, masked) in [
            (r#"{"a":1,"tokenValue": "abc","b":"c"}"#, r#"{"a":1,"tokenValue":"***","b":"c"}"#),
            (r#"{"Password":"a\"b","x":["y"]}"#, r#"{"Password":"***","x":["y"]}"#),
            (
                r#"{"tokenInfo":{"tokenId":"7","expiresAt":5}}"#,
                r#"{"tokenInfo":{"tokenId":"***","expiresAt":5}}"#,
            ),
            (r#"{"client_secret":"cut of"#, r#"{"client_secret":"***""#),
            (r#"{"secret":7,"a":"token"}"#, r#"{"secret":7,"a":"token"}"#),
            (r#"["token","b"]"#, r#"["token","b"]"#),
            ("no JSON \" at all", "no JSON \" at all"),
            ("", ""),
        ] {
            assert_eq!(body(text), masked);
        }
    }

    #[test]
    fn a_secret_that_is_known_is_hidden_under_any_name() {
        let response = Response {
            status: 200,
            headers: vec![("X-Go".into(), "on with a\"b".to_owned()), ("X-Other".into(), "c".to_owned())],
            body: Some(br#"{"tok":"a\"b","also":["a\"b","ab"]}"#.to_vec()),
        };
        let kept = without(&response, &["a\"b".to_owned(), String::new()]);
        assert_eq!(kept.body.as_deref(), Some(&br#"{"tok":"***","also":["***","ab"]}"#[..]));
        assert_eq!(kept.header("x-go"), Some("on with ***"));
        assert_eq!(kept.header("x-other"), Some("c"));
        assert_eq!(without(&response, &["other".to_owned()]), response);
        // One that is escaped at its end.
        let last = Response { body: Some(br#"["a\""]"#.to_vec()), ..response };
        assert_eq!(without(&last, &["a\"".to_owned()]).body.as_deref(), Some(&br#"["***"]"#[..]));
    }

    #[test]
    fn headers_keep_their_scheme() {
        assert_eq!(header("Bearer abc"), "Bearer ***");
        assert_eq!(header("SDK-HMAC-SHA256 Access=A, Signature=b"), "SDK-HMAC-SHA256 ***");
        assert_eq!(header("abc"), "***");
        assert_eq!(header("a=b; c=d"), "***");
        assert_eq!(query("ids=a&access_token=b&Signature=c&d"), "ids=a&access_token=***&Signature=***&d");
    }
}
