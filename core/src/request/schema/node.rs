//! One schema of the arena, sorted by what its rules are about, so that a string never meets the rules of
//! numbers.

use super::TypeSet;
use super::pattern::Pattern;
use crate::code::{Code, Reader, choice, record};
use crate::json::Number;

/// The number of a node in its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(pub(crate) u32);

/// One schema. Absent rules are the usual case, so that each group is one pointer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    /// This node and those that apply to the same value through `$ref` and `allOf`, however far; each once.
    pub(crate) all: Box<[NodeId]>,
    /// `type`
    pub(crate) types: Option<TypeSet>,
    /// The schema is `false`.
    pub(crate) never: bool,
    /// `const` and `enum`
    pub(crate) choices: Box<[Choices]>,
    /// Rules for strings.
    pub(crate) strings: Option<Box<StringRules>>,
    /// Rules for numbers.
    pub(crate) numbers: Option<Box<NumberRules>>,
    /// Rules for arrays.
    pub(crate) arrays: Option<Box<ArrayRules>>,
    /// Rules for objects.
    pub(crate) objects: Option<Box<ObjectRules>>,
}

/// A lower and an upper bound of a count, both included.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bounds {
    /// At least so many.
    pub(crate) minimum: Option<u64>,
    /// At most so many.
    pub(crate) maximum: Option<u64>,
}

impl Bounds {
    /// The bound that a count breaks.
    #[inline]
    pub(crate) fn broken_by(&self, count: u64) -> Option<Broken> {
        match self {
            Self { minimum: Some(minimum), .. } if count < *minimum => Some(Broken::Minimum(*minimum)),
            Self { maximum: Some(maximum), .. } if count > *maximum => Some(Broken::Maximum(*maximum)),
            _ => None,
        }
    }
}

/// A bound that is broken.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Broken {
    /// There are fewer.
    Minimum(u64),
    /// There are more.
    Maximum(u64),
}

/// The values that `const` or `enum` allows.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    /// Which of the two keywords it is.
    pub(crate) keyword: ChoiceKeyword,
    /// The canonical bytes of each value, sorted.
    pub(crate) encoded: Box<[Box<[u8]>]>,
    /// Whether an array or object is among them.
    pub(crate) containers: bool,
    /// The values in words.
    pub(crate) text: Box<str>,
}

/// The keywords that list values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChoiceKeyword {
    /// `const`
    Const,
    /// `enum`
    Enum,
}

impl Choices {
    /// Whether the value with these canonical bytes is among them.
    pub(crate) fn contain(&self, encoded: &[u8]) -> bool {
        self.encoded.binary_search_by(|choice| (**choice).cmp(encoded)).is_ok()
    }
}

/// Rules for strings.
#[derive(Clone, Debug, Default)]
pub(crate) struct StringRules {
    /// `minLength`, `maxLength`, in Unicode code points.
    pub(crate) length: Bounds,
    /// `pattern`
    pub(crate) pattern: Option<Pattern>,
}

/// Rules for numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct NumberRules {
    /// `minimum`
    pub(crate) minimum: Option<Number>,
    /// `maximum`
    pub(crate) maximum: Option<Number>,
    /// `exclusiveMinimum`
    pub(crate) exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`
    pub(crate) exclusive_maximum: Option<Number>,
    /// `multipleOf`
    pub(crate) multiple_of: Option<Divisor>,
}

/// What a number must be a multiple of: `digits × 10^exponent`.
#[derive(Clone, Debug)]
pub(crate) struct Divisor {
    /// The significant digits, without a zero at their end.
    pub(crate) digits: u64,
    /// The power of ten.
    pub(crate) exponent: i64,
    /// The number itself.
    pub(crate) number: Number,
}

/// Rules for arrays.
#[derive(Clone, Debug, Default)]
pub(crate) struct ArrayRules {
    /// `minItems`, `maxItems`
    pub(crate) length: Bounds,
    /// `uniqueItems`
    pub(crate) unique: bool,
    /// `items`
    pub(crate) items: Option<NodeId>,
}

/// Rules for objects.
#[derive(Clone, Debug, Default)]
pub(crate) struct ObjectRules {
    /// `required`
    pub(crate) required: Box<[Box<str>]>,
    /// `properties`, sorted by name.
    pub(crate) properties: Box<[(Box<str>, NodeId)]>,
    /// `additionalProperties`
    pub(crate) additional: Additional,
}

/// What is said of properties that `properties` does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Additional {
    /// Nothing.
    #[default]
    Any,
    /// They must not be there.
    Refused,
    /// They have a schema of their own.
    Schema(NodeId),
}

impl ObjectRules {
    /// What is said of the property of this name.
    pub(crate) fn property(&self, name: &str) -> Additional {
        match self.properties.binary_search_by(|(own, _)| (**own).cmp(name)) {
            Ok(place) => {
                self.properties.get(place).map_or(Additional::Any, |(_, id)| Additional::Schema(*id))
            }
            Err(_) => self.additional,
        }
    }
}

record! {
    Node { all, types, never, choices, strings, numbers, arrays, objects }
    Bounds { minimum, maximum }
    Choices { keyword, encoded, containers, text }
    StringRules { length, pattern }
    NumberRules { minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of }
    Divisor { digits, exponent, number }
    ArrayRules { length, unique, items }
    ObjectRules { required, properties, additional }
}

choice! {
    ChoiceKeyword { 0 = Const, 1 = Enum }
    Additional { 0 = Any, 1 = Refused, 2 = Schema(id) }
}

impl Code for NodeId {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self(u32::read(from))
    }
}
