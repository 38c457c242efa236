//! What a draft is made of, once it has been gathered and guessed, and the ids and values in it.

use super::credentials::Credential;
use super::gather::{Documented, Gathered, Parameter};
use super::ids::Ids;
use super::sample::{self, Style};
use super::schemas::Schemas;
use super::shape::{Done, Success};
use bulk_delete_core::json::Value;

/// How much of what the answers could tell is used; what reads backwards is tried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// Items may be unknown, or fail for a reason of their own.
    Reasons,
    /// Items may be unknown.
    Unknown,
    /// One unknown item refuses all.
    AllOrNothing,
    /// The answer does not tell an unknown item from a deleted one.
    Silent,
}

/// What a draft is made of.
#[derive(Debug)]
pub(super) struct Plan<'p, 'd> {
    pub(super) gathered: &'p Gathered,
    pub(super) schemas: &'p Schemas<'d>,
    pub(super) ids: &'p Ids,
    /// The name of the path's parameter, and the container's kind.
    pub(super) container: &'p Option<(String, String)>,
    pub(super) resource: &'p str,
    pub(super) credentials: &'p [Credential],
    pub(super) scopes: &'p [String],
    /// The status of the answer to a request that was carried out.
    pub(super) status: u16,
    pub(super) done: &'p Done,
    pub(super) success: Success,
    pub(super) source: &'p str,
}

pub(super) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

pub(super) fn text(text: impl Into<String>) -> Value {
    Value::String(text.into())
}

impl Plan<'_, '_> {
    pub(super) fn documented(&self, status: u16) -> Option<&Documented> {
        self.gathered.answers.iter().find(|answer| answer.code() == Some(status))
    }

    /// Whether the document knows an answer for what does not exist.
    pub(super) fn knows_not_found(&self) -> bool {
        self.documented(404).is_some()
    }

    pub(super) fn container_id(&self, style: Style) -> Option<(String, String)> {
        let (name, kind) = self.container.as_ref()?;
        let of_path = |name: &str| {
            self.gathered
                .parameters
                .iter()
                .find(|parameter| parameter.place == "path" && parameter.name == name)
        };
        let parameter = of_path(name)?;
        let made = match style {
            Style::Given | Style::Named | Style::Email => format!("{kind}-1"),
            // Where ids have a form, those of containers mostly have it as well.
            other => other.id(5, kind, &Value::Null, &[])?.as_str()?.to_owned(),
        };
        Some((kind.clone(), self.of_parameter(parameter, &made)))
    }

    pub(super) fn of_parameter(&self, parameter: &Parameter, otherwise: &str) -> String {
        let value = match &parameter.example {
            Some(example) => example.clone(),
            None => sample::value(self.schemas, &parameter.schema),
        };
        match value {
            Value::String(text) if text == "text" => otherwise.to_owned(),
            Value::String(text) => text,
            Value::Number(number) if number.as_u64() == Some(1) && parameter.place == "path" => {
                "1001".to_owned()
            }
            other => other.to_text(),
        }
    }

    pub(super) fn id(&self, style: Style, number: u32) -> Option<Value> {
        style.id(number, self.resource, &self.ids.list, &self.ids.examples)
    }
}
