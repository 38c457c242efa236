//! The types of JSON values, and sets of them.

use crate::code::record;
use std::fmt;

/// A type that JSON Schema names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `null`
    Null,
    /// `true` and `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Type {
    /// All types.
    pub const ALL: &'static [Self] =
        &[Self::Null, Self::Boolean, Self::Integer, Self::Number, Self::String, Self::Array, Self::Object];

    /// The name of the type.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|own| own.name() == name)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Some types, with the words for them.
#[derive(Clone, Debug)]
pub(crate) struct TypeSet {
    bits: u8,
    text: Box<str>,
}

impl TypeSet {
    /// A set of the types given, told in their order.
    pub(crate) fn new(types: &[Type]) -> Self {
        let mut bits = types.iter().fold(0, |bits, own| bits | own.bit());
        if bits & Type::Number.bit() != 0 {
            bits |= Type::Integer.bit();
        }
        let names: Vec<&str> = types.iter().map(|own| own.name()).collect();
        Self { bits, text: or(&names).into() }
    }

    /// Whether a value of this most special type is in the set: an integral number is asked for as an
    /// integer.
    #[inline]
    pub(crate) fn allows(&self, actual: Type) -> bool {
        self.bits & actual.bit() != 0
    }

    /// Whether the set tells integers from other numbers.
    #[inline]
    pub(crate) fn tells_integers(&self) -> bool {
        self.allows(Type::Integer) != self.allows(Type::Number)
    }
}

impl fmt::Display for TypeSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn or(names: &[impl AsRef<str>]) -> String {
    let mut text = String::new();
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            text.push_str(if place + 1 == names.len() { " or " } else { ", " });
        }
        text.push_str(name.as_ref());
    }
    text
}

record! { TypeSet { bits, text } }
