//! A JSON object in document order. Small objects are the rule, so that looking up walks along.

use super::Value;
use crate::order::sorted;

/// Properties in the order in which they were read or added; names are unique.
#[derive(Clone, Debug, Default)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// An object without properties.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value of the property of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// Whether there is a property of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Value)> + ExactSizeIterator {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Names in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// How many properties there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no properties.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets a property: in its place where it exists, else behind the others. Gives the former value back.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) -> Option<Value> {
        let name = name.into();
        match self.0.iter_mut().find(|(own, _)| *own == name) {
            Some((_, old)) => Some(std::mem::replace(old, value)),
            None => {
                self.0.push((name, value));
                None
            }
        }
    }

    /// Adds a property behind the others without looking whether its name is there already: for builders who
    /// know, as the names would no longer be unique otherwise.
    pub fn push(&mut self, name: impl Into<String>, value: Value) {
        self.0.push((name.into(), value));
    }

    /// Takes a property out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let place = self.0.iter().position(|(own, _)| own == name)?;
        Some(self.0.remove(place).1)
    }

    /// Properties sorted by the bytes of their names.
    pub(crate) fn sorted(&self) -> Vec<(&str, &Value)> {
        let name = |place: usize| self.0.get(place).map(|(name, _)| name);
        let places = sorted(self.len(), &|one, two| name(one).cmp(&name(two)));
        places
            .iter()
            .filter_map(|place| self.0.get(*place))
            .map(|(name, value)| (name.as_str(), value))
            .collect()
    }
}

impl PartialEq for Object {
    /// Equal names and values; the order does not count, as JSON gives it no meaning.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (self.0 == other.0 || self.sorted() == other.sorted())
    }
}

impl FromIterator<(String, Value)> for Object {
    /// Later properties replace earlier ones of the same name.
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(properties: I) -> Self {
        let mut object = Self::new();
        for (name, value) in properties {
            object.insert(name, value);
        }
        object
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
