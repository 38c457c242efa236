//! Reading a document with a finger on the line: every value is read together with its JSON Pointer, so that what is
//! wrong is told with its place, and everything that is wrong is told at once. What the values mean is left to others.

use std::cell::RefCell;

use crate::json::Value;
use crate::problem::Problems;

/// A value in a document, where it stands, and where problems are told.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The value.
    pub value: &'a Value,
    /// Its JSON Pointer.
    pub pointer: String,
    problems: &'a RefCell<Problems>,
}

impl<'a> Place<'a> {
    /// The root of a document.
    pub fn root(value: &'a Value, problems: &'a RefCell<Problems>) -> Self {
        Self { value, pointer: String::new(), problems }
    }

    /// The collector, for readers that push their own pointers.
    pub fn problems(&self) -> &'a RefCell<Problems> {
        self.problems
    }

    /// Tells a problem at this place.
    pub fn problem(&self, message: impl Into<String>) {
        self.problems.borrow_mut().push(self.pointer.clone(), message);
    }

    /// The member of this name, if this is an object that has it.
    pub fn field(&self, key: &str) -> Option<Place<'a>> {
        self.value.get(key).map(|value| self.child(key, value))
    }

    /// The member of this name; tells a problem if it is missing, or if this is no object.
    pub fn required(&self, key: &str) -> Option<Place<'a>> {
        let found = self.field(key);
        if found.is_none() {
            match self.value.as_object() {
                Some(_) => self.problem(format!("`{key}` is missing: add it")),
                None => self.problem(format!("must be an object, is {}", article(self.value.type_name()))),
            }
        }
        found
    }

    /// The place of a JSON Pointer below this one.
    pub fn at(&self, pointer: &str) -> Option<Place<'a>> {
        let value = self.value.at(pointer)?;
        Some(Place { value, pointer: format!("{}{pointer}", self.pointer), problems: self.problems })
    }

    /// Tells every member that is not among these names. Tells a problem, and answers false, if this is no object.
    pub fn closed(&self, allowed: &[&str]) -> bool {
        let Some(object) = self.value.as_object() else {
            self.problem(format!("must be an object, is {}", article(self.value.type_name())));
            return false;
        };
        for (key, value) in object.iter() {
            if !allowed.contains(&key) {
                let place = self.child(key, value);
                place.problem(format!("`{key}` is not known here: use one of {}", list(allowed)));
            }
        }
        true
    }

    /// This text; tells a problem if it is none.
    pub fn text(&self) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.problem(format!("must be a string, is {}", article(self.value.type_name())));
        }
        text
    }

    /// This text; tells a problem if it is none, or empty.
    pub fn name(&self) -> Option<&'a str> {
        let text = self.text()?;
        if text.is_empty() {
            self.problem("must not be empty");
        }
        Some(text)
    }

    /// This whole number, at most `most`; tells a problem if it is none.
    pub fn whole(&self, most: u64) -> Option<u64> {
        let number = self.value.as_u64().filter(|number| *number <= most);
        if number.is_none() {
            self.problem(format!("must be a whole number from 0 to {most}"));
        }
        number
    }

    /// What this text stands for in a closed table; tells a problem if it is not in it.
    pub fn one_of<T: Copy>(&self, table: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = table.iter().find(|(name, _)| *name == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let names: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
            self.problem(format!("`{text}` is not known here: use one of {}", list(&names)));
        }
        found
    }

    /// The JSON Pointer inside a thing's attributes that this text, `/attributes/NAME`, leads to; tells a problem if it is none.
    pub fn attribute(&self) -> Option<&'a str> {
        let pointer =
            self.text()?.strip_prefix("/attributes").filter(|rest| rest.len() > 1 && rest.starts_with('/'));
        if pointer.is_none() {
            self.problem("must name an attribute: `/attributes/NAME`");
        }
        pointer
    }

    /// The names in this array: at least one, and none empty; tells a problem otherwise.
    pub fn names(&self) -> Vec<String> {
        self.some().iter().filter_map(|place| place.name().map(str::to_owned)).collect()
    }

    /// The elements of this array, of which there is to be one at least, and each once; tells a problem otherwise.
    pub fn distinct(&self) -> Vec<Place<'a>> {
        let elements = self.some();
        for (index, place) in elements.iter().enumerate() {
            if elements.iter().take(index).any(|before| before.value == place.value) {
                place.problem("stands here twice: leave one out");
            }
        }
        elements
    }

    /// The elements of this array; tells a problem if there is none.
    fn some(&self) -> Vec<Place<'a>> {
        if self.value.as_array().is_some_and(|elements| elements.is_empty()) {
            self.problem("is empty: name at least one, or leave this out");
        }
        self.elements()
    }

    /// The elements of this array; tells a problem if it is none.
    pub fn elements(&self) -> Vec<Place<'a>> {
        let Some(array) = self.value.as_array() else {
            self.problem(format!("must be an array, is {}", article(self.value.type_name())));
            return Vec::new();
        };
        array.iter().enumerate().map(|(index, value)| self.child(&index.to_string(), value)).collect()
    }

    /// The members of this object in document order; tells a problem if it is none.
    pub fn members(&self) -> Vec<(&'a str, Place<'a>)> {
        let Some(object) = self.value.as_object() else {
            self.problem(format!("must be an object, is {}", article(self.value.type_name())));
            return Vec::new();
        };
        object.iter().map(|(key, value)| (key, self.child(key, value))).collect()
    }

    fn child(&self, key: &str, value: &'a Value) -> Place<'a> {
        let key = key.replace('~', "~0").replace('/', "~1");
        Place { value, pointer: format!("{}/{key}", self.pointer), problems: self.problems }
    }
}

/// Names in backticks, separated by commas.
pub fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn article(type_name: &str) -> String {
    match type_name {
        "null" => "null".to_owned(),
        "array" | "object" | "integer" => format!("an {type_name}"),
        other => format!("a {other}"),
    }
}
