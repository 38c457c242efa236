//! Values that are neither arrays nor objects, and the rules for them.

use super::frame::{Lengths, Passing};
use super::report::{Particulars, Report};
use crate::json::{Events, Number, encode_number, encode_string};
use crate::request::schema::{Broken, ChoiceKeyword, Node, NumberRules, StringRules, Type};
use crate::request::violation::Rule;
use std::cell::OnceCell;

/// A scalar, with the text of the request.
pub(crate) enum Scalar<'a> {
    Null,
    Boolean(bool),
    Number(NumberText<'a>),
    String(&'a str),
}

/// A number that is taken apart only when a rule asks for it.
pub(crate) struct NumberText<'a> {
    text: &'a str,
    number: OnceCell<Number>,
}

impl<'a> NumberText<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, number: OnceCell::new() }
    }

    fn number(&self) -> &Number {
        // Who tells a number promises that its text is one.
        self.number.get_or_init(|| Number::parse(self.text).unwrap_or_else(|| Number::from(0_i64)))
    }

    pub(super) fn is_integer(&self) -> bool {
        self.is_plain() || self.number().is_integer()
    }

    /// Whether the text is nothing but digits and a sign.
    fn is_plain(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    }

    /// Hands over the canonical text.
    pub(super) fn with_canonical<T>(&self, then: impl FnOnce(&str) -> T) -> T {
        if self.is_plain() && self.text.len() < 19 && self.text != "-0" {
            then(self.text)
        } else {
            then(&self.number().to_string())
        }
    }
}

impl<'a> Scalar<'a> {
    /// A number, of which the text is one as JSON writes it.
    pub(crate) fn number(text: &'a str) -> Self {
        Self::Number(NumberText::new(text))
    }

    /// Tells the value to a listener.
    pub(crate) fn tell<E: Events>(&self, events: &mut E) -> Result<(), E::Stop> {
        match self {
            Self::Null => events.null(),
            Self::Boolean(value) => events.boolean(*value),
            Self::Number(number) => events.number(number.text),
            Self::String(text) => events.string(text),
        }
    }

    /// The most special type of the value.
    pub(super) fn kind(&self) -> Type {
        match self {
            Self::Null => Type::Null,
            Self::Boolean(_) => Type::Boolean,
            Self::Number(number) if number.is_integer() => Type::Integer,
            Self::Number(_) => Type::Number,
            Self::String(_) => Type::String,
        }
    }

    /// Appends the canonical bytes of the value.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Boolean(true) => out.extend_from_slice(b"true"),
            Self::Boolean(false) => out.extend_from_slice(b"false"),
            Self::Number(number) => encode_number(out, number.text),
            Self::String(text) => encode_string(out, text),
        }
    }

    /// The value's own text, for messages: a string without quotes.
    fn text(&self) -> String {
        match self {
            Self::String(text) => (*text).to_owned(),
            Self::Number(number) => number.with_canonical(str::to_owned),
            Self::Boolean(value) => value.to_string(),
            Self::Null => "null".to_owned(),
        }
    }

    /// Holds the value against one node.
    #[inline]
    pub(super) fn check(&self, node: &Node, report: &mut Report, pointer: impl Fn() -> String) {
        if let Some(types) = &node.types {
            // Whether a number is an integer is asked only where it matters.
            let allowed = match self {
                Self::Number(_) if !types.tells_integers() => types.allows(Type::Number),
                _ => types.allows(self.kind()),
            };
            if !allowed {
                report.add(Rule::Type, &pointer, || Particulars::limit(types).actual(self.kind().name()));
            }
        }
        if node.never {
            report.add(Rule::Never, &pointer, Particulars::default);
        }
        if !node.choices.is_empty() {
            let mut encoded = Vec::new();
            self.encode(&mut encoded);
            for choices in &node.choices {
                if !choices.contain(&encoded) {
                    let rule = choice_rule(choices.keyword);
                    report.add(rule, &pointer, || Particulars::limit(&choices.text).actual(self.text()));
                }
            }
        }
        match (self, &node.strings, &node.numbers) {
            (Self::String(text), Some(rules), _) => check_string(text, rules, report, pointer),
            (Self::Number(number), _, Some(rules)) => check_number(number, rules, report, pointer),
            _ => {}
        }
    }
}

/// The items that are valid under a node as far as their length tells.
pub(super) fn passing(node: &Node) -> Passing {
    if node.never || !node.choices.is_empty() {
        return Passing::NONE;
    }
    let allows = |kind| node.types.as_ref().is_none_or(|types| types.allows(kind));
    let strings = match &node.strings {
        _ if !allows(Type::String) => Lengths::NONE,
        None => Lengths::ALL,
        Some(rules) if rules.pattern.is_none() => Lengths::of_characters(rules.length),
        Some(_) => Lengths::NONE,
    };
    let integers = if allows(Type::Integer) && node.numbers.is_none() { Lengths::ALL } else { Lengths::NONE };
    Passing { strings, integers }
}

/// The rule that a list of values stands for.
pub(super) fn choice_rule(keyword: ChoiceKeyword) -> Rule {
    match keyword {
        ChoiceKeyword::Const => Rule::Const,
        ChoiceKeyword::Enum => Rule::Enum,
    }
}

fn check_string(text: &str, rules: &StringRules, report: &mut Report, pointer: impl Fn() -> String) {
    // A text has at most as many characters as bytes, and at least a quarter of them; mostly that decides.
    let bytes = text.len() as u64;
    if rules.length.broken_by(bytes).is_some() || rules.length.broken_by(bytes.div_ceil(4)).is_some() {
        let characters = text.chars().count();
        match rules.length.broken_by(characters as u64) {
            Some(Broken::Minimum(minimum)) => {
                report.add(Rule::MinLength, &pointer, || Particulars::limit(minimum).actual(characters));
            }
            Some(Broken::Maximum(maximum)) => {
                report.add(Rule::MaxLength, &pointer, || Particulars::limit(maximum).actual(characters));
            }
            None => {}
        }
    }
    if let Some(pattern) = &rules.pattern
        && !pattern.matches(text)
    {
        report.add(Rule::Pattern, pointer, || Particulars::limit(&pattern.text).actual(text));
    }
}

fn check_number(
    text: &NumberText<'_>,
    rules: &NumberRules,
    report: &mut Report,
    pointer: impl Fn() -> String,
) {
    let number = text.number();
    let checks = [
        (Rule::Minimum, &rules.minimum, (|number, bound| number >= bound) as fn(&Number, &Number) -> bool),
        (Rule::Maximum, &rules.maximum, |number, bound| number <= bound),
        (Rule::ExclusiveMinimum, &rules.exclusive_minimum, |number, bound| number > bound),
        (Rule::ExclusiveMaximum, &rules.exclusive_maximum, |number, bound| number < bound),
    ];
    for (rule, bound, holds) in checks {
        if let Some(bound) = bound
            && !holds(number, bound)
        {
            report.add(rule, &pointer, || Particulars::limit(bound).actual(number));
        }
    }
    if let Some(divisor) = &rules.multiple_of
        && !number.is_multiple_of(divisor.digits, divisor.exponent)
    {
        report.add(Rule::MultipleOf, pointer, || Particulars::limit(&divisor.number).actual(number));
    }
}
