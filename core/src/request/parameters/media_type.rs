//! Whether a body's media type is one that the operation takes.

use crate::request::violation::{Rule, Violation};

/// The violation of a media type that is not accepted. A missing `Content-Type` is accepted: then the body
/// speaks for itself.
///
/// Parameters such as `charset` do not count, nor does case. An accepted type may be a range, such as
/// `text/*`.
pub fn matches_media_type(sent: Option<&str>, accepted: &[String]) -> Option<Violation> {
    let sent = sent.map(str::trim).filter(|sent| !sent.is_empty())?;
    let essence = sent.split_once(';').map_or(sent, |(essence, _)| essence).trim();
    if accepted.iter().any(|range| fits(range, essence)) {
        return None;
    }
    let violation = Violation::new("/header/content-type", Rule::ContentType).with_property("content-type");
    Some(violation.with_limit(accepted.join(" or ")).with_actual(sent))
}

fn fits(range: &str, essence: &str) -> bool {
    match range.strip_suffix("/*") {
        Some("*") => essence.contains('/'),
        Some(kind) => essence.split_once('/').is_some_and(|(own, _)| own.eq_ignore_ascii_case(kind)),
        None => range.eq_ignore_ascii_case(essence),
    }
}

#[cfg(test)]
mod tests {
    use super::matches_media_type;

    #[test]
    fn compares_types_without_case_and_parameters() {
        let accepted = ["application/json".to_owned(), "text/*".to_owned()];
        for sent in [
            None,
            Some(""),
            Some("application/json"),
            Some("APPLICATION/Json ; charset=utf-8"),
            Some(" application/json"),
            Some("text/plain;x"),
        ] {
            assert_eq!(matches_media_type(sent, &accepted), None, "{sent:?}");
        }
        for sent in [
            "application/problem+json",
            "application/jsonp",
            "application",
            "json",
            "multipart/form-data",
            ";",
        ] {
            let violation = matches_media_type(Some(sent), &accepted).expect(sent);
            assert_eq!(violation.message(), format!("must be application/json or text/*, is {sent}"));
        }
    }
}
