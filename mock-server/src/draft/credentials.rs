//! How callers prove who they are, as the document's security schemes say it.

use super::Note;
use super::select::follow;
use bulk_delete_core::json::{Object, Value};

/// How callers prove who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Credential {
    /// `token`, `jwt` or `basic`.
    pub(super) kind: &'static str,
    pub(super) header: String,
    pub(super) scheme: Option<&'static str>,
}

impl Credential {
    /// As a policy writes it.
    pub(super) fn to_value(&self) -> Value {
        let mut value = Object::from_iter([
            ("kind".to_owned(), Value::from(self.kind)),
            ("header".to_owned(), Value::from(&*self.header)),
        ]);
        if let Some(scheme) = self.scheme {
            value.push("scheme", Value::from(scheme));
        }
        Value::Object(value)
    }
}

/// How callers prove who they are, and the scopes they need.
pub(super) fn read(
    document: &Value,
    operation: &Value,
    notes: &mut Vec<Note>,
) -> (Vec<Credential>, Vec<String>) {
    let (mut found, mut scopes): (Vec<Credential>, Vec<String>) = (Vec::new(), Vec::new());
    let schemes = document.at("/components/securitySchemes");
    let wanted = operation.get("security").or_else(|| document.get("security")).and_then(Value::as_array);
    let wanted = wanted.unwrap_or_default();
    let mut note = |pointer: String, message: String| notes.push(Note { pointer, message });
    for requirement in wanted.iter().filter_map(Value::as_object) {
        if requirement.len() > 1 {
            let names = requirement.keys().collect::<Vec<_>>().join("`, `");
            note(
                "/security".to_owned(),
                format!("`{names}` are needed together: here any one of them suffices"),
            );
        }
        for (name, needed) in requirement.iter() {
            let Some(scheme) = schemes.and_then(|schemes| follow(document, schemes.get(name)?)) else {
                continue;
            };
            let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
            let bearer =
                |kind| Credential { kind, header: "Authorization".to_owned(), scheme: Some("Bearer") };
            let credential = match (text("type"), text("scheme").to_ascii_lowercase().as_str(), text("in")) {
                ("http", "bearer", _) if text("bearerFormat").eq_ignore_ascii_case("jwt") => bearer("jwt"),
                ("http", "basic", _) => {
                    Credential { kind: "basic", scheme: Some("Basic"), ..bearer("basic") }
                }
                ("http", "bearer", _) => bearer("token"),
                ("oauth2" | "openIdConnect", _, _) => {
                    if requirement.len() == 1 && wanted.len() == 1 {
                        scopes.extend(
                            needed
                                .as_array()
                                .into_iter()
                                .flatten()
                                .filter_map(Value::as_str)
                                .map(str::to_owned),
                        );
                    }
                    bearer("token")
                }
                ("apiKey", _, "header") if text("name").eq_ignore_ascii_case("authorization") => {
                    Credential { kind: "token", header: "Authorization".to_owned(), scheme: None }
                }
                ("apiKey", _, "header") => {
                    Credential { kind: "token", header: text("name").to_owned(), scheme: None }
                }
                (kind, other, place) => {
                    let what = [kind, other, place]
                        .into_iter()
                        .filter(|word| !word.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ");
                    let message = format!(
                        "a credential of the kind `{what}` is not understood: a Bearer token is taken instead"
                    );
                    note(format!("/components/securitySchemes/{name}"), message);
                    bearer("token")
                }
            };
            if !found.contains(&credential) {
                found.push(credential);
            }
        }
    }
    if found.is_empty() {
        let message = "it names no credentials: a Bearer token is assumed; see `credentials` in policy.json";
        note("/components/securitySchemes".to_owned(), message.to_owned());
        found.push(Credential { kind: "token", header: "Authorization".to_owned(), scheme: Some("Bearer") });
    }
    (found, scopes)
}
