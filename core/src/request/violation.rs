//! One way in which a request breaks its contract: where, which rule, and in words. Which answer it earns is
//! left to the contract's policy.

use std::fmt;

/// One broken rule.
///
/// What the parts hold, by rule:
///
/// | rule | pointer | limit | actual | property |
/// |---|---|---|---|---|
/// | `type` | the value | the types wanted: `string or null` | the type of the value | |
/// | `required` | the object, or `/query`, `/header`, `/path` | | | the missing name |
/// | `additionalProperties` | the property itself | | | its name |
/// | `duplicate-property` | the property itself | | | its name |
/// | lengths and numbers of items | the value | the bound | the length or number | |
/// | bounds of numbers, `multipleOf` | the value | the bound | the number | |
/// | `uniqueItems` | the array | the place of the first mention | the place of the second | |
/// | `enum`, `const`, `pattern` | the value | the values, the pattern | a scalar's text, else its type | |
/// | `json` | `/body` | | the mistake and its line and column | |
/// | `depth` | the value that is too deep | the deepest allowed | | |
/// | `duplicate-parameter` | the parameter | | how often it is there | its name |
/// | `content-type` | `/header/content-type` | the types accepted | what was sent | |
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// JSON Pointer into the request: `/body/ids/3`, `/query/ids/0`, `/path/spaceId`, `/header/x-auth-token`.
    pub pointer: String,
    /// The rule that is broken.
    pub rule: Rule,
    /// What the rule allows.
    pub limit: Option<String>,
    /// What the request has instead. Long texts are cut.
    pub actual: Option<String>,
    /// The property or parameter that the rule is about.
    pub property: Option<String>,
}

impl Violation {
    /// A violation without particulars.
    pub fn new(pointer: impl Into<String>, rule: Rule) -> Self {
        Self { pointer: pointer.into(), rule, limit: None, actual: None, property: None }
    }

    /// Adds what the rule allows.
    #[must_use]
    pub fn with_limit(mut self, limit: impl Into<String>) -> Self {
        self.limit = Some(limit.into());
        self
    }

    /// Adds what the request has instead.
    #[must_use]
    pub fn with_actual(mut self, actual: impl Into<String>) -> Self {
        self.actual = Some(actual.into());
        self
    }

    /// Adds the name of the property or parameter.
    #[must_use]
    pub fn with_property(mut self, property: impl Into<String>) -> Self {
        self.property = Some(property.into());
        self
    }

    /// What is wrong, as a sentence without its subject: `must have at most 50 items, has 51`.
    pub fn message(&self) -> String {
        let limit = self.limit.as_deref().unwrap_or_default();
        let actual = self.actual.as_deref().unwrap_or_default();
        let property = self.property.as_deref().unwrap_or_default();
        let items = if limit == "1" { "item" } else { "items" };
        let characters = if limit == "1" { "character" } else { "characters" };
        match self.rule {
            Rule::Type => format!("must be {}, is {}", with_article(limit), with_article(actual)),
            Rule::Required => format!("must have `{property}`"),
            Rule::AdditionalProperties => {
                format!("must not be there: `{property}` is not a property known here")
            }
            Rule::MinItems => format!("must have at least {limit} {items}, has {actual}"),
            Rule::MaxItems => format!("must have at most {limit} {items}, has {actual}"),
            Rule::UniqueItems => format!("must not name an item twice, items {limit} and {actual} are equal"),
            Rule::MinLength => format!("must have at least {limit} {characters}, has {actual}"),
            Rule::MaxLength => format!("must have at most {limit} {characters}, has {actual}"),
            Rule::Pattern => format!("must match the pattern {limit}"),
            Rule::Enum => format!("must be one of {limit}"),
            Rule::Const => format!("must be {limit}"),
            Rule::Minimum => format!("must be at least {limit}, is {actual}"),
            Rule::Maximum => format!("must be at most {limit}, is {actual}"),
            Rule::ExclusiveMinimum => format!("must be greater than {limit}, is {actual}"),
            Rule::ExclusiveMaximum => format!("must be less than {limit}, is {actual}"),
            Rule::MultipleOf => format!("must be a multiple of {limit}, is {actual}"),
            Rule::Never => "must not be there".to_owned(),
            Rule::Json => actual.to_owned(),
            Rule::DuplicateProperty => {
                format!("must not be there twice: the object names `{property}` again")
            }
            Rule::Depth => format!("must not nest deeper than {limit}"),
            Rule::Body => "must not be empty".to_owned(),
            Rule::ContentType if actual.is_empty() => format!("must be {limit}, is missing"),
            Rule::ContentType => format!("must be {limit}, is {actual}"),
            Rule::Encoding if self.pointer.starts_with("/header") => "must be UTF-8".to_owned(),
            Rule::Encoding => "must be percent-encoded UTF-8".to_owned(),
            Rule::DuplicateParameter => format!("must be there once, is there {actual} times"),
            Rule::Size if limit.is_empty() => "is too large".to_owned(),
            Rule::Size => format!("must have at most {limit} bytes"),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.pointer, self.message())
    }
}

/// `an integer`, `a string or null`, `null`.
fn with_article(types: &str) -> String {
    let article = if types.starts_with("null") {
        ""
    } else if types.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an "
    } else {
        "a "
    };
    format!("{article}{types}")
}

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The rules that a request can break: keywords of JSON Schema, and what comes before them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The rule's name, as contracts write it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

rules! {
    /// The value has another type.
    Type = "type",
    /// A property or parameter is missing.
    Required = "required",
    /// A property that the schema does not know.
    AdditionalProperties = "additionalProperties",
    /// Too few items.
    MinItems = "minItems",
    /// Too many items.
    MaxItems = "maxItems",
    /// Two equal items.
    UniqueItems = "uniqueItems",
    /// Too short a string.
    MinLength = "minLength",
    /// Too long a string.
    MaxLength = "maxLength",
    /// A string that does not match.
    Pattern = "pattern",
    /// None of the values listed.
    Enum = "enum",
    /// Not the one value.
    Const = "const",
    /// Too small a number.
    Minimum = "minimum",
    /// Too great a number.
    Maximum = "maximum",
    /// Too small a number, or the bound itself.
    ExclusiveMinimum = "exclusiveMinimum",
    /// Too great a number, or the bound itself.
    ExclusiveMaximum = "exclusiveMaximum",
    /// Not a multiple.
    MultipleOf = "multipleOf",
    /// A value where the schema is `false`, other than an additional property.
    Never = "false",
    /// The body is not JSON in UTF-8.
    Json = "json",
    /// An object names a property twice.
    DuplicateProperty = "duplicate-property",
    /// Values nest too deeply.
    Depth = "depth",
    /// The body is absent or empty.
    Body = "body",
    /// The body has another media type.
    ContentType = "content-type",
    /// A parameter is not UTF-8 in percent-encoding.
    Encoding = "encoding",
    /// A parameter that may be there once is there more often.
    DuplicateParameter = "duplicate-parameter",
    /// The body is too large.
    Size = "size",
}

impl Rule {
    /// The rule of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }

    /// Whether there is a rule of this name.
    pub fn is_known(name: &str) -> bool {
        Self::from_name(name).is_some()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong() {
        let with = |rule, limit: &str, actual: &str| {
            Violation::new("/body/ids", rule).with_limit(limit).with_actual(actual)
        };
        for (violation, message) in [
            (with(Rule::MaxItems, "50", "51"), "must have at most 50 items, has 51"),
            (with(Rule::MinItems, "1", "0"), "must have at least 1 item, has 0"),
            (with(Rule::MinLength, "7", "3"), "must have at least 7 characters, has 3"),
            (with(Rule::Type, "integer", "string"), "must be an integer, is a string"),
            (with(Rule::Type, "string or null", "array"), "must be a string or null, is an array"),
            (with(Rule::Type, "array", "null"), "must be an array, is null"),
            (with(Rule::Type, "null", "array"), "must be null, is an array"),
            (with(Rule::Enum, "\"a\" or \"b\"", "c"), "must be one of \"a\" or \"b\""),
            (with(Rule::UniqueItems, "0", "2"), "must not name an item twice, items 0 and 2 are equal"),
            (Violation::new("", Rule::Required).with_property("ids"), "must have `ids`"),
            (
                Violation::new("", Rule::Json).with_actual("expected a value at line 1, column 11"),
                "expected a value at line 1, column 11",
            ),
        ] {
            assert_eq!(violation.message(), message);
        }
    }

    #[test]
    fn names_lead_back_to_rules() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_name(rule.name()), Some(*rule));
        }
        assert!(!Rule::is_known("oneOf"));
        assert!(Rule::is_known("duplicate-property"));
    }
}
