//! Facts as somebody tells them, in JSON. A key that is not there is not known.

use super::fact::Fact;
use super::facts::{CallerFacts, Cause, ItemFacts};
use crate::json::Value;

/// What was told about a caller, and about the container.
///
/// | key | value |
/// |---|---|
/// | `authenticated` | `true`, or by which cause it is not: `"missing"`, `"expired"`, … |
/// | `scopes`, `roles`, `permissions` | all that the caller has, as a list of texts |
/// | `container-exists`, `container-accessible` | `true` or `false` |
#[derive(Clone, Copy, Debug)]
pub struct ToldCaller<'v>(pub &'v Value);

impl ToldCaller<'_> {
    fn flag(&self, key: &str) -> Fact<bool> {
        flag(self.0, key)
    }

    fn holds(&self, key: &str, name: &str) -> Fact<bool> {
        holds(self.0, key, name)
    }
}

impl CallerFacts for ToldCaller<'_> {
    fn authentication(&self) -> Fact<Result<(), Cause>> {
        match self.0.get("authenticated") {
            Some(Value::Bool(true)) => Fact::Known(Ok(())),
            Some(Value::String(cause)) => {
                let known = Cause::NAMES.iter().find(|(name, _)| name == cause);
                known.map_or(Fact::Unknown, |(_, cause)| Fact::Known(Err(*cause)))
            }
            _ => Fact::Unknown,
        }
    }

    fn scope(&self, name: &str) -> Fact<bool> {
        self.holds("scopes", name)
    }

    fn role(&self, name: &str) -> Fact<bool> {
        self.holds("roles", name)
    }

    fn permission(&self, name: &str) -> Fact<bool> {
        self.holds("permissions", name)
    }

    fn container_exists(&self) -> Fact<bool> {
        self.flag("container-exists")
    }

    fn container_accessible(&self) -> Fact<bool> {
        self.flag("container-accessible")
    }
}

/// What was told about an item: `null` where it does not exist.
///
/// | key | value |
/// |---|---|
/// | `exists`, `accessible` | `true` or `false` |
/// | `owned` | whether the caller owns it |
/// | `permissions` | all that the caller has on it, as a list of texts |
/// | `state`, `fail` | a text, or `null` for none |
/// | `attributes` | all its attributes, as an object |
#[derive(Clone, Copy, Debug)]
pub struct ToldItem<'v>(pub &'v Value);

impl ItemFacts for ToldItem<'_> {
    fn exists(&self) -> Fact<bool> {
        if matches!(self.0, Value::Null) { Fact::Known(false) } else { flag(self.0, "exists") }
    }

    fn accessible(&self) -> Fact<bool> {
        flag(self.0, "accessible")
    }

    fn owned(&self) -> Fact<bool> {
        flag(self.0, "owned")
    }

    fn permission(&self, name: &str) -> Fact<bool> {
        holds(self.0, "permissions", name)
    }

    fn state(&self) -> Fact<Option<&str>> {
        text(self.0, "state")
    }

    fn attribute(&self, pointer: &str) -> Fact<Option<&Value>> {
        match self.0.get("attributes") {
            Some(attributes @ Value::Object(_)) => Fact::Known(attributes.at(pointer)),
            _ => Fact::Unknown,
        }
    }

    fn fail(&self) -> Fact<Option<&str>> {
        text(self.0, "fail")
    }
}

fn flag(told: &Value, key: &str) -> Fact<bool> {
    told.get(key).and_then(Value::as_bool).map_or(Fact::Unknown, Fact::Known)
}

fn holds(told: &Value, key: &str, name: &str) -> Fact<bool> {
    match told.get(key) {
        Some(Value::Array(all)) => Fact::Known(all.iter().any(|own| own.as_str() == Some(name))),
        _ => Fact::Unknown,
    }
}

fn text<'v>(told: &'v Value, key: &str) -> Fact<Option<&'v str>> {
    match told.get(key) {
        Some(Value::Null) => Fact::Known(None),
        Some(Value::String(text)) => Fact::Known(Some(text)),
        _ => Fact::Unknown,
    }
}
