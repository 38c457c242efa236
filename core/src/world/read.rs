//! Reads closed objects: every key is known and of its type, or there is a problem that says so. Goes on
//! after a problem, so that all are told at once. What the values mean is left to `format`.

use crate::json::{Object, Seen, Value};
use crate::problem::Problems;
use crate::request::ids::{Id, IdKind, OwnedId};

use super::place::Place;

/// A value with the place of its object and its key, for readers of members.
#[derive(Clone, Copy)]
pub(super) struct Fields<'v, 'p> {
    object: &'v Object,
    pub(super) place: &'p Place<'p>,
}

/// A text in a list, with its position there.
pub(super) type Listed<'v> = (usize, &'v str);

/// The value as an object that has no other keys than these.
pub(super) fn closed<'v, 'p>(
    value: &'v Value,
    place: &'p Place<'p>,
    known: &[&str],
    problems: &mut Problems,
) -> Option<Fields<'v, 'p>> {
    let Some(object) = value.as_object() else {
        problems.push(place.to_string(), format!("must be an object, and is {}", described(value)));
        return None;
    };
    for key in object.keys() {
        if !known.contains(&key) {
            let known = known.join("`, `");
            problems
                .push(place.key(key).to_string(), format!("`{key}` is not known here; known are `{known}`"));
        }
    }
    Some(Fields { object, place })
}

impl<'v> Fields<'v, '_> {
    /// The member of this name, if there is one.
    pub(super) fn get(&self, key: &str) -> Option<&'v Value> {
        self.object.get(key)
    }

    /// Tells a problem with the member of this name.
    pub(super) fn problem(&self, key: &str, message: impl Into<String>, problems: &mut Problems) {
        problems.push(self.place.key(key).to_string(), message);
    }

    /// A text that may be absent.
    pub(super) fn text(&self, key: &str, problems: &mut Problems) -> Option<&'v str> {
        let value = self.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            self.problem(key, format!("must be a string, and is {}", described(value)), problems);
        }
        text
    }

    /// A text that may be absent, but not empty.
    pub(super) fn word(&self, key: &str, problems: &mut Problems) -> Option<&'v str> {
        let text = self.text(key, problems)?;
        if text.is_empty() {
            self.problem(key, "must not be empty", problems);
            return None;
        }
        Some(text)
    }

    /// A text that must be there and not be empty.
    pub(super) fn required_word(&self, key: &str, problems: &mut Problems) -> Option<&'v str> {
        self.require(key, problems)?;
        self.word(key, problems)
    }

    /// An id that must be there: a string that is not empty, or an integer of any size.
    pub(super) fn required_id(&self, key: &str, problems: &mut Problems) -> Option<OwnedId> {
        match self.require(key, problems)? {
            Value::String(text) if text.is_empty() => self.problem(key, "must not be empty", problems),
            Value::String(text) => return Some(Id::text(text).to_owned_id()),
            Value::Number(number) if number.is_integer() => {
                return Some(OwnedId { text: number.to_string(), kind: IdKind::Integer });
            }
            other => {
                self.problem(
                    key,
                    format!("must be a string or an integer, and is {}", described(other)),
                    problems,
                );
            }
        }
        None
    }

    /// The items of an array; none when it is absent.
    pub(super) fn list(&self, key: &str, problems: &mut Problems) -> &'v [Value] {
        let Some(value) = self.get(key) else { return &[] };
        value.as_array().unwrap_or_else(|| {
            self.problem(key, format!("must be an array, and is {}", described(value)), problems);
            &[]
        })
    }

    /// The texts of an array, none of them empty or listed twice; none when it is absent.
    pub(super) fn words(&self, key: &str, problems: &mut Problems) -> Vec<Listed<'v>> {
        let mut words: Vec<Listed<'v>> = Vec::new();
        for (at, value) in self.list(key, problems).iter().enumerate() {
            let message = match value {
                Value::String(text) if text.is_empty() => "must not be empty".to_owned(),
                Value::String(text) => {
                    words.push((at, text));
                    continue;
                }
                other => format!("must be a string, and is {}", described(other)),
            };
            problems.push(self.place.key(key).item(at).to_string(), message);
        }
        let mut seen = Seen::default();
        for (at, text) in words.iter().filter(|(_, text)| seen.insert(text.as_bytes()).is_err()) {
            problems.push(
                self.place.key(key).item(*at).to_string(),
                format!("`{text}` is listed twice; list it once"),
            );
        }
        words
    }

    fn require(&self, key: &str, problems: &mut Problems) -> Option<&'v Value> {
        let value = self.get(key);
        if value.is_none() {
            problems.push(self.place.to_string(), format!("`{key}` is missing"));
        }
        value
    }
}

/// What kind of value it is, for messages.
fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "null (leave the key out instead)",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
