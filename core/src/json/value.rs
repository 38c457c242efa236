//! A JSON value as a tree, for documents. Requests are checked without one.

use super::write::write_value;
use super::{Number, Object, ScanError, SyntaxError, parse, pointer, scan};

/// Any JSON value. Equality is that of JSON Schema: numbers by value, objects whatever their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, exactly.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, in document order.
    Object(Object),
}

impl Value {
    /// Reads a document.
    ///
    /// # Errors
    /// Where the text is not JSON in UTF-8, names a property twice in one object, or nests deeper than 128.
    pub fn parse(bytes: &[u8]) -> Result<Self, SyntaxError> {
        let mut builder = parse::Builder::new();
        match scan(bytes, &mut builder) {
            // A reading that succeeds has told one value.
            Ok(()) => Ok(builder.take().unwrap_or(Self::Null)),
            Err(ScanError::Syntax(error)) => Err(error),
            Err(ScanError::Stopped(mistake, offset)) => Err(SyntaxError::at(bytes, offset, mistake)),
        }
    }

    /// Writes the value as compact JSON, in the order of its properties.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_value(out, self);
    }

    /// The value as compact JSON text.
    pub fn to_text(&self) -> String {
        let mut out = Vec::new();
        self.write(&mut out);
        // Only whole strings are written, so this is never lossy.
        String::from_utf8(out).unwrap_or_default()
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The truth of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The properties of an object.
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The number.
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The number, where it is a whole one within range: `50` and `50.0`.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number().and_then(Number::as_u64)
    }

    /// The number, where it is a whole one within range.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number().and_then(Number::as_i64)
    }

    /// The property of this name, where this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object().and_then(|object| object.get(name))
    }

    /// The value at a JSON Pointer; the empty pointer is the value itself.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        let mut value = self;
        for segment in pointer::segments(pointer)? {
            value = match value {
                Self::Object(object) => object.get(&segment)?,
                Self::Array(items) => items.get(pointer::index(&segment)?)?,
                _ => return None,
            };
        }
        Some(value)
    }

    /// The name of the value's type, in JSON Schema's words: a number without a fraction is an `integer`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(number) if number.is_integer() => "integer",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Number(value.into())
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Self>) -> Self {
        Self::Array(items)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}
