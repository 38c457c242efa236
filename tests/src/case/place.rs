//! A value and where it stands, read strictly: what is missing, unknown or of another type is told with its pointer.

use bulk_delete_core::json::{Object, Value};

/// A value and where it stands.
pub(super) struct Place<'v> {
    pub(super) value: &'v Value,
    pointer: String,
}

impl<'v> Place<'v> {
    pub(super) fn whole(value: &'v Value) -> Self {
        Self { value, pointer: String::new() }
    }

    pub(super) fn wrong(&self, what: &str) -> String {
        let whole = if self.pointer.is_empty() { "the case" } else { &self.pointer };
        format!("{whole}: {what}")
    }

    fn object(&self) -> Result<&'v Object, String> {
        self.value
            .as_object()
            .ok_or_else(|| self.wrong(&format!("must be an object, is {}", self.value.type_name())))
    }

    pub(super) fn closed(&self, known: &[&str]) -> Result<(), String> {
        match self.object()?.keys().find(|key| !known.contains(key)) {
            Some(unknown) => {
                Err(self.wrong(&format!("unknown key `{unknown}`: there are {}", known.join(", "))))
            }
            None => Ok(()),
        }
    }

    pub(super) fn optional(&self, key: &str) -> Option<Place<'v>> {
        let value = self.value.get(key)?;
        Some(Place { value, pointer: format!("{}/{key}", self.pointer) })
    }

    pub(super) fn required(&self, key: &str) -> Result<Place<'v>, String> {
        self.optional(key).ok_or_else(|| self.wrong(&format!("`{key}` is missing")))
    }

    pub(super) fn text(&self) -> Result<&'v str, String> {
        self.value
            .as_str()
            .ok_or_else(|| self.wrong(&format!("must be a text, is {}", self.value.type_name())))
    }

    pub(super) fn members(&self) -> Result<Vec<(String, Place<'v>)>, String> {
        let place = |(key, value): (&str, &'v Value)| {
            (key.to_owned(), Place { value, pointer: format!("{}/{key}", self.pointer) })
        };
        Ok(self.object()?.iter().map(place).collect())
    }

    pub(super) fn elements(&self) -> Result<Vec<Place<'v>>, String> {
        let items = self.value.as_array();
        let items =
            items.ok_or_else(|| self.wrong(&format!("must be a list, is {}", self.value.type_name())))?;
        let place = |(index, value)| Place { value, pointer: format!("{}/{index}", self.pointer) };
        Ok(items.iter().enumerate().map(place).collect())
    }

    pub(super) fn texts(&self) -> Result<Vec<String>, String> {
        self.elements()?.iter().map(|text| text.text().map(str::to_owned)).collect()
    }
}
