//! Writes a request as a `curl` command that a shell takes as it is pasted.

use bulk_delete_core::json::Value;
use std::fmt::Write;

/// A request as it is shown.
#[derive(Debug)]
pub(super) struct Shown<'s> {
    pub(super) method: &'s str,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<String>,
}

/// One line. `-i` shows status and headers, as an answer may have no body.
pub(super) fn line(request: &Shown<'_>) -> String {
    let mut line = "curl -i".to_owned();
    if request.url.contains(['[', ']', '{', '}']) {
        // Otherwise curl reads these as patterns.
        line.push_str(" -g");
    }
    // Writing to a string does not fail.
    let _ = write!(line, " -X {} {}", request.method, quoted(&request.url));
    for (name, value) in &request.headers {
        let _ = write!(line, " -H {}", quoted(&format!("{name}: {value}")));
    }
    if let Some(body) = &request.body {
        let _ = write!(line, " --data-binary {}", quoted(body));
    }
    line
}

/// A word for a POSIX shell: within single quotes nothing has a meaning but the quote itself.
fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/:=,@%+".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The body of a request of an example: JSON as `body`, or any other text as `text`.
pub(super) fn body(request: &Value) -> Option<String> {
    match (request.get("body"), request.get("text")) {
        (Some(body), _) => Some(body.to_text()),
        (None, Some(text)) => text.as_str().map(str::to_owned),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_it_as_it_was_meant() {
        let shown = Shown {
            method: "DELETE",
            url: "http://127.0.0.1:4010/a?ids[]=b&c=d".to_owned(),
            headers: vec![("Authorization".to_owned(), "Bearer it's".to_owned())],
            body: Some(r#"{"a":"$b"}"#.to_owned()),
        };
        assert_eq!(
            line(&shown),
            r#"curl -i -g -X DELETE 'http://127.0.0.1:4010/a?ids[]=b&c=d' -H 'Authorization: Bearer it'\''s' --data-binary '{"a":"$b"}'"#
        );
    }
}
