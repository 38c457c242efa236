//! What a pruned document describes of its one operation, as types.

use crate::typescript::schema::Schemas;
use crate::typescript::{Presence, Property, Type};
use bulk_delete_core::json::Value;

/// The operation's parameters and the schema of its body.
#[derive(Debug)]
pub(super) struct Described<'a> {
    schemas: Schemas<'a>,
    parameters: Vec<&'a Value>,
    body: Option<&'a Value>,
}

impl<'a> Described<'a> {
    pub(super) fn find(openapi: &'a Value) -> Option<Self> {
        let (_, item) = openapi.get("paths")?.as_object()?.iter().next()?;
        let mut methods = item.as_object()?.iter();
        let (_, operation) = methods.find(|(_, value)| value.get("operationId").is_some())?;
        let mut parameters: Vec<&Value> = Vec::new();
        for list in [item, operation].into_iter().filter_map(|holder| holder.get("parameters")?.as_array()) {
            for parameter in list {
                // An operation's own parameter stands for one of the same name of its path.
                parameters.retain(|other| key(other) != key(parameter));
                parameters.push(parameter);
            }
        }
        let content = operation.get("requestBody").and_then(|body| body.get("content")?.as_object());
        let mut content = content.iter().flat_map(|content| content.iter());
        let body = content.find_map(|(media_type, described)| {
            described.get("schema").filter(|_| media_type.to_ascii_lowercase().contains("json"))
        });
        Some(Self { schemas: Schemas(openapi), parameters, body })
    }

    /// The type of the body; `undefined` where there is none.
    pub(super) fn body_type(&self) -> Type {
        self.body.map_or_else(|| Type::name("undefined"), |body| self.schemas.of(body))
    }

    /// The type of the items of a parameter.
    pub(super) fn parameter_item(&self, place: &str, name: &str) -> Type {
        let found = self.parameters.iter().find(|parameter| key(parameter) == (Some(place), Some(name)));
        self.item(found.and_then(|parameter| parameter.get("schema")).into_iter().collect())
    }

    /// The type of the items of what stands in the body beneath these names.
    pub(super) fn body_item(&self, names: &[String]) -> Type {
        let below = |here: Vec<&'a Value>, name: &String| {
            here.into_iter().flat_map(|schema| self.schemas.property(schema, name)).collect()
        };
        self.item(names.iter().fold(self.body.into_iter().collect(), below))
    }

    fn item(&self, lists: Vec<&'a Value>) -> Type {
        let items = lists.into_iter().flat_map(|list| self.schemas.items(list));
        Type::both(items.map(|items| self.schemas.of(items)))
    }

    /// Every parameter and every property of the body, with the place: `path`, `query`, `header` or `body`.
    pub(super) fn given(&self) -> Vec<(&'a str, Property)> {
        let parameters = self.parameters.iter().filter_map(|parameter| {
            let (Some(place), Some(name)) = key(parameter) else { return None };
            let required = parameter.get("required").and_then(Value::as_bool) == Some(true);
            let presence = if required { Presence::Required } else { Presence::Optional };
            let value = parameter.get("schema").map_or_else(Type::unknown, |schema| self.schemas.of(schema));
            Some((place, Property { name: name.to_owned(), presence, value }))
        });
        let names = self
            .body
            .into_iter()
            .flat_map(|body| self.schemas.names(body).into_iter().zip(std::iter::repeat(body)));
        let properties = names.map(|(name, body)| {
            let presence = self.schemas.presence(body, name);
            let values = self.schemas.property(body, name).into_iter().map(|value| self.schemas.of(value));
            ("body", Property { name: name.to_owned(), presence, value: Type::both(values) })
        });
        parameters.chain(properties).collect()
    }
}

/// A parameter's place and name.
fn key(parameter: &Value) -> (Option<&str>, Option<&str>) {
    let text = |name| parameter.get(name).and_then(Value::as_str);
    (text("in"), text("name"))
}
