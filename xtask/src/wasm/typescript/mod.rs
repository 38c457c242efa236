//! Types of TypeScript, and how they are written. Which type a schema has is in [`schema`].

pub(crate) mod schema;

use bulk_delete_core::json::Value;
use std::fmt;

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// One that has a name, or a literal.
    Name(String),
    Array(Box<Type>),
    /// Any one of these, more than one of them.
    Union(Vec<Type>),
    /// All of these together, more than one of them.
    Both(Vec<Type>),
    Object(Vec<Property>, Rest),
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) presence: Presence,
    pub(crate) value: Type,
}

/// Whether a property may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
}

/// What other properties an object may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    Nothing,
    Any(Box<Type>),
}

impl Type {
    pub(crate) fn name(name: &str) -> Type {
        Type::Name(name.to_owned())
    }

    pub(crate) fn unknown() -> Type {
        Type::name("unknown")
    }

    /// A value by itself. A text of JSON is one of TypeScript too.
    pub(crate) fn literal(value: &Value) -> Type {
        match value {
            Value::Array(_) | Value::Object(_) => Type::unknown(),
            other => Type::Name(other.to_text()),
        }
    }

    /// Any one of these. Each is named once; of none there is no value.
    pub(crate) fn union(types: impl IntoIterator<Item = Type>) -> Type {
        let mut all = Vec::new();
        for one in types {
            match one {
                Type::Union(inner) => all.extend(inner),
                other => all.push(other),
            }
        }
        if all.contains(&Type::unknown()) { Type::unknown() } else { join(all, "never", Type::Union) }
    }

    /// All of these together; `unknown` adds nothing.
    pub(crate) fn both(types: impl IntoIterator<Item = Type>) -> Type {
        join(types.into_iter().filter(|one| *one != Type::unknown()), "unknown", Type::Both)
    }
}

fn join(types: impl IntoIterator<Item = Type>, none: &str, several: fn(Vec<Type>) -> Type) -> Type {
    let mut all: Vec<Type> = Vec::new();
    for one in types {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    match (all.pop(), all.is_empty()) {
        (None, _) => Type::name(none),
        (Some(only), true) => only,
        (Some(last), false) => {
            all.push(last);
            several(all)
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Name(name) => f.write_str(name),
            Type::Array(items) => match **items {
                Type::Union(_) | Type::Both(_) => write!(f, "({items})[]"),
                _ => write!(f, "{items}[]"),
            },
            Type::Union(types) => write_joined(f, types, " | "),
            Type::Both(types) => write_joined(f, types, " & "),
            Type::Object(properties, rest) => write_object(f, properties, rest),
        }
    }
}

fn write_joined(f: &mut fmt::Formatter<'_>, types: &[Type], between: &str) -> fmt::Result {
    for (place, one) in types.iter().enumerate() {
        let before = if place == 0 { "" } else { between };
        match one {
            Type::Union(_) | Type::Both(_) => write!(f, "{before}({one})")?,
            _ => write!(f, "{before}{one}")?,
        }
    }
    Ok(())
}

fn write_object(f: &mut fmt::Formatter<'_>, properties: &[Property], rest: &Rest) -> fmt::Result {
    let own = properties.iter().map(|property| {
        let mark = if property.presence == Presence::Optional { "?" } else { "" };
        format!("{}{mark}: {}", key(&property.name), property.value)
    });
    let others = match rest {
        Rest::Nothing => None,
        Rest::Any(value) => Some(format!("[name: string]: {value}")),
    };
    let members: Vec<String> = own.chain(others).collect();
    if members.is_empty() { f.write_str("{}") } else { write!(f, "{{ {} }}", members.join("; ")) }
}

/// The name of a property: as it is where that is a word, and else in quotes.
fn key(name: &str) -> String {
    let is_word = name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$'))
        && name.chars().next().is_some_and(|first| !first.is_ascii_digit());
    if is_word { name.to_owned() } else { Value::from(name).to_text() }
}

#[cfg(test)]
mod tests {
    use super::{Presence, Property, Rest, Type};

    #[test]
    fn writes_what_binds_weaker_in_brackets() {
        let id = Type::union([Type::name("number"), Type::name("bigint"), Type::name("number")]);
        assert_eq!(Type::Array(Box::new(id.clone())).to_string(), "(number | bigint)[]");
        assert_eq!(Type::both([id, Type::unknown(), Type::name("A")]).to_string(), "(number | bigint) & A");
        assert_eq!(Type::both([]).to_string(), "unknown");
        assert_eq!(Type::union([]).to_string(), "never");
    }

    #[test]
    fn quotes_names_that_are_no_words() {
        let property = |name: &str| Property {
            name: name.to_owned(),
            presence: Presence::Optional,
            value: Type::unknown(),
        };
        let object = Type::Object(vec![property("X-Flag"), property("flag_1"), property("1")], Rest::Nothing);
        assert_eq!(object.to_string(), r#"{ "X-Flag"?: unknown; flag_1?: unknown; "1"?: unknown }"#);
        assert_eq!(Type::Object(Vec::new(), Rest::Nothing).to_string(), "{}");
    }
}
