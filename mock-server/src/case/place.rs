//! A value and where it stands, read strictly: what is missing, unknown or of another type is told with its pointer.

use bulk_delete_core::json::{Object, Value, push_index, push_segment};
use std::fmt;

/// What is wrong with a case, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// JSON Pointer to the place; empty for the whole case.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the case" } else { &self.pointer };
        write!(out, "{place}: {}", self.message)
    }
}

impl std::error::Error for Wrong {}

/// A value and where it stands.
pub(super) struct Place<'v> {
    pub(super) value: &'v Value,
    pointer: String,
}

impl<'v> Place<'v> {
    pub(super) fn whole(value: &'v Value) -> Self {
        Self { value, pointer: String::new() }
    }

    pub(super) fn wrong(&self, what: &str) -> Wrong {
        Wrong { pointer: self.pointer.clone(), message: what.to_owned() }
    }

    fn below(&self, key: &str) -> String {
        let mut pointer = self.pointer.clone();
        push_segment(&mut pointer, key);
        pointer
    }

    fn object(&self) -> Result<&'v Object, Wrong> {
        self.value
            .as_object()
            .ok_or_else(|| self.wrong(&format!("must be an object, is {}", self.value.type_name())))
    }

    pub(super) fn closed(&self, known: &[&str]) -> Result<(), Wrong> {
        match self.object()?.keys().find(|key| !known.contains(key)) {
            Some(unknown) => {
                Err(self.wrong(&format!("unknown key `{unknown}`: there are {}", known.join(", "))))
            }
            None => Ok(()),
        }
    }

    pub(super) fn optional(&self, key: &str) -> Option<Place<'v>> {
        let value = self.value.get(key)?;
        Some(Place { value, pointer: self.below(key) })
    }

    pub(super) fn required(&self, key: &str) -> Result<Place<'v>, Wrong> {
        self.optional(key).ok_or_else(|| self.wrong(&format!("`{key}` is missing")))
    }

    pub(super) fn text(&self) -> Result<&'v str, Wrong> {
        self.value
            .as_str()
            .ok_or_else(|| self.wrong(&format!("must be a text, is {}", self.value.type_name())))
    }

    pub(super) fn members(&self) -> Result<Vec<(String, Place<'v>)>, Wrong> {
        let place =
            |(key, value): (&str, &'v Value)| (key.to_owned(), Place { value, pointer: self.below(key) });
        Ok(self.object()?.iter().map(place).collect())
    }

    pub(super) fn elements(&self) -> Result<Vec<Place<'v>>, Wrong> {
        let items = self.value.as_array();
        let items =
            items.ok_or_else(|| self.wrong(&format!("must be a list, is {}", self.value.type_name())))?;
        let place = |(index, value)| {
            let mut pointer = self.pointer.clone();
            push_index(&mut pointer, index);
            Place { value, pointer }
        };
        Ok(items.iter().enumerate().map(place).collect())
    }

    pub(super) fn texts(&self) -> Result<Vec<String>, Wrong> {
        self.elements()?.iter().map(|text| text.text().map(str::to_owned)).collect()
    }
}
