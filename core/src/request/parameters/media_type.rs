//! Whether a body's media type is one that the operation takes.

use crate::request::violation::{Rule, Violation};

/// The violation of a media type that is not accepted. A missing `Content-Type` is accepted: then the body
/// speaks for itself.
///
/// Parameters such as `charset` do not count on either side, nor does case. An accepted type may be a range, such
/// as `text/*`.
pub fn matches_media_type(sent: Option<&str>, accepted: &[String]) -> Option<Violation> {
    let sent = sent.map(str::trim).filter(|sent| !sent.is_empty())?;
    if accepted.iter().any(|range| fits(essence(range), essence(sent))) {
        return None;
    }
    let violation = Violation::new("/header/content-type", Rule::ContentType).with_property("content-type");
    Some(violation.with_limit(accepted.join(" or ")).with_actual(sent))
}

/// Whether a body of this type is one JSON value: not so one of lines or records that are JSON each.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence.rsplit(['/', '+']).next().is_some_and(|last| matches!(last, "json" | "x-json"))
}

/// The type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split_once(';').map_or(media_type, |(essence, _)| essence).trim()
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
    use super::{is_json, matches_media_type};

    #[test]
    fn json_is_one_value() {
        for one in [
            "application/json",
            "text/JSON; charset=utf-8",
            "application/vnd.api+json;v=1",
            "application/x-json",
        ] {
            assert!(is_json(one), "{one}");
        }
        for other in ["application/x-ndjson", "application/jsonl", "application/json-seq", "text/plain"] {
            assert!(!is_json(other), "{other}");
        }
    }

    #[test]
    fn parameters_of_what_is_accepted_do_not_count() {
        let accepted = ["application/json; charset=utf-8".to_owned()];
        for sent in ["application/json", "application/json;charset=UTF-8", "application/json; charset=utf-8"]
        {
            assert_eq!(matches_media_type(Some(sent), &accepted), None, "{sent}");
        }
        assert!(matches_media_type(Some("text/json; charset=utf-8"), &accepted).is_some());
    }

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
