//! Exact decimal numbers of any size, in canonical form: equal values are equal, however they were written,
//! and a huge exponent stays an exponent. Knows the arithmetic that JSON Schema needs and no other.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;

/// Exponents are held within these bounds. Numbers whose exponents lie beyond compare as if they lay on them;
/// no machine could tell such numbers apart in any other way than by their text.
const EXPONENT_BOUND: i64 = 1 << 60;

/// Texts longer than this are told with an exponent where that makes them shorter.
const PLAIN_LENGTH: usize = 40;

/// A JSON number by its value: `7101.0` is `7101`, `-0` is `0`, `1e3` is `1000`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// INVARIANT: an integer that an `i64` can hold is `Small`, anything else is `Big`, so that derived equality
/// is equality of values.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64),
    Big(Box<Decimal>),
}

/// `digits × 10^exponent`. INVARIANT: the digits neither begin nor end with a zero, and there is one at
/// least.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Decimal {
    sign: Sign,
    digits: Box<str>,
    exponent: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Sign {
    Negative,
    Positive,
}

impl Number {
    /// Reads a number as JSON writes it; nothing where the text is not one. Linear in the text, whatever its
    /// exponent.
    pub fn parse(text: &str) -> Option<Self> {
        // Up to 18 digits fit an i64, and most numbers are such.
        if text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0') {
            return text.parse().ok().map(|value| Self(Repr::Small(value)));
        }
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (Sign::Negative, rest),
            None => (Sign::Positive, text),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || !digits(whole)
            || !digits(fraction)
            || whole.len() > 1 && whole.starts_with('0')
        {
            return None;
        }
        Some(Self::from_parts(sign, whole, fraction, exponent))
    }

    /// Puts a number together; the parts hold nothing but digits.
    fn from_parts(sign: Sign, whole: &str, fraction: &str, exponent: i64) -> Self {
        let mut digits = String::with_capacity(whole.len() + fraction.len());
        digits.push_str(whole);
        digits.push_str(fraction);
        let significant = digits.trim_end_matches('0');
        let zeros = length(digits.len() - significant.len());
        let significant = significant.trim_start_matches('0');
        if significant.is_empty() {
            return Self(Repr::Small(0));
        }
        let exponent = exponent - length(fraction.len()) + zeros;
        if let Some(value) = small(sign, significant, exponent) {
            return Self(Repr::Small(value));
        }
        Self(Repr::Big(Box::new(Decimal { sign, digits: significant.into(), exponent })))
    }

    /// Whether the value has no fraction. `1e999999999` is an integer, and so is `7101.0`.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small(_) => true,
            Repr::Big(decimal) => decimal.exponent >= 0,
        }
    }

    /// The value, where it is an integer within the range of the type.
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Small(value) => Some(value),
            Repr::Big(_) => None,
        }
    }

    /// The value, where it is an integer within the range of the type.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Small(value) => (*value).try_into().ok(),
            Repr::Big(decimal) if decimal.sign == Sign::Positive => decimal.magnitude(),
            Repr::Big(_) => None,
        }
    }

    /// Whether the value is positive, and not zero.
    pub fn is_positive(&self) -> bool {
        *self > Self::from(0_i64)
    }

    /// The significant digits as a number and the power of ten to multiply it with, signs left out; nothing
    /// where there are more than 18 significant digits.
    pub(crate) fn short_parts(&self) -> Option<(u64, i64)> {
        let text;
        let (digits, exponent) = match &self.0 {
            Repr::Small(0) => return Some((0, 0)),
            Repr::Small(value) => {
                text = value.unsigned_abs().to_string();
                let digits = text.trim_end_matches('0');
                (digits, length(text.len() - digits.len()))
            }
            Repr::Big(decimal) => (&*decimal.digits, decimal.exponent),
        };
        if digits.len() > 18 { None } else { Some((digits.parse().ok()?, exponent)) }
    }

    /// Whether this is a whole multiple of `divisor × 10^exponent`, where the divisor does not end with a
    /// zero (as [`Self::short_parts`] gives it) and is not zero itself. Exact, and never expands an exponent.
    pub(crate) fn is_multiple_of(&self, divisor: u64, exponent: i64) -> bool {
        // A divisor has at most 18 digits, so that ten times a remainder fits 64 bits.
        let modulus = divisor.max(1);
        let remainder = |digits: &str| {
            digits.bytes().fold(0, |rest: u64, digit| {
                rest.wrapping_mul(10).wrapping_add(u64::from(digit.wrapping_sub(b'0'))) % modulus
            })
        };
        let (rest, scale) = match &self.0 {
            Repr::Small(0) => return true,
            Repr::Small(value) if exponent == 0 => {
                return value.unsigned_abs().is_multiple_of(modulus);
            }
            Repr::Small(value) => {
                let text = value.unsigned_abs().to_string();
                let digits = text.trim_end_matches('0');
                (remainder(digits), length(text.len() - digits.len()))
            }
            Repr::Big(decimal) => (remainder(&decimal.digits), decimal.exponent),
        };
        let power = scale.saturating_sub(exponent);
        // With a power below zero the significant digits would have to be divisible by ten, and they do not
        // end with a zero.
        u64::try_from(power).is_ok_and(|power| product(rest, power_of_ten(power, modulus), modulus) == 0)
    }
}

impl Decimal {
    /// The value without its sign, where it is an integer that fits.
    fn magnitude(&self) -> Option<u64> {
        let power = u32::try_from(self.exponent).ok()?;
        self.digits.parse::<u64>().ok()?.checked_mul(10_u64.checked_pow(power)?)
    }

    /// Compares by value.
    fn compare(&self, other: &Self) -> Ordering {
        self.sign.cmp(&other.sign).then_with(|| match self.sign {
            Sign::Positive => self.compare_magnitude(other),
            Sign::Negative => other.compare_magnitude(self),
        })
    }

    /// Compares with an `i64` by value.
    fn compare_small(&self, other: i64) -> Ordering {
        let sign = if other < 0 { Sign::Negative } else { Sign::Positive };
        let text = other.unsigned_abs().to_string();
        let digits = text.trim_end_matches('0');
        if digits.is_empty() {
            // The other is zero, which this is not.
            return if self.sign == Sign::Negative { Ordering::Less } else { Ordering::Greater };
        }
        self.compare(&Self { sign, digits: digits.into(), exponent: length(text.len() - digits.len()) })
    }

    /// Compares without signs: first by the place of the first digit, then digit by digit. As no digits end
    /// with a zero, the longer of two that begin alike is the greater.
    fn compare_magnitude(&self, other: &Self) -> Ordering {
        let first_place = |decimal: &Self| decimal.exponent + length(decimal.digits.len());
        first_place(self).cmp(&first_place(other)).then_with(|| self.digits.cmp(&other.digits))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::Small(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        match i64::try_from(value) {
            Ok(value) => Self(Repr::Small(value)),
            Err(_) => Self::from_parts(Sign::Positive, &value.to_string(), "", 0),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(left), Repr::Small(right)) => left.cmp(right),
            (Repr::Big(left), Repr::Big(right)) => left.compare(right),
            (Repr::Big(left), Repr::Small(right)) => left.compare_small(*right),
            (Repr::Small(left), Repr::Big(right)) => right.compare_small(*left).reverse(),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    /// The canonical text, which is JSON: plain digits, or with an exponent where plain digits would be
    /// mostly zeros.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = match &self.0 {
            Repr::Small(value) => return write!(out, "{value}"),
            Repr::Big(decimal) => decimal,
        };
        if decimal.sign == Sign::Negative {
            out.write_str("-")?;
        }
        let digits = &*decimal.digits;
        let zeros = usize::try_from(decimal.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        if decimal.exponent == 0 {
            return out.write_str(digits);
        }
        if decimal.exponent > 0 {
            return if zeros.saturating_add(digits.len()) <= PLAIN_LENGTH {
                write!(out, "{digits}{:0<zeros$}", "")
            } else {
                write!(out, "{digits}e{zeros}")
            };
        }
        if let Some((whole, fraction)) = digits.split_at_checked(digits.len().saturating_sub(zeros))
            && !whole.is_empty()
        {
            write!(out, "{whole}.{fraction}")
        } else if zeros <= PLAIN_LENGTH {
            write!(out, "0.{digits:0>zeros$}")
        } else {
            write!(out, "{digits}e-{zeros}")
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Number({self})")
    }
}

/// Digits of an exponent with its sign, held within bounds.
fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.trim_start_matches('0');
    let size = if size.is_empty() { 0 } else { size.parse().unwrap_or(EXPONENT_BOUND).min(EXPONENT_BOUND) };
    Some(if text.starts_with('-') { -size } else { size })
}

/// The integer, where an `i64` can hold it.
fn small(sign: Sign, digits: &str, exponent: i64) -> Option<i64> {
    let power = u32::try_from(exponent).ok()?;
    if digits.len() > 19 {
        return None;
    }
    let size = digits.parse::<u64>().ok()?.checked_mul(10_u64.checked_pow(power)?)?;
    match sign {
        Sign::Positive => i64::try_from(size).ok(),
        Sign::Negative => 0_i64.checked_sub_unsigned(size),
    }
}

/// A length as an exponent. Texts are far shorter than the bound.
fn length(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(EXPONENT_BOUND)
}

/// `10^power mod modulus`, in as many steps as the power has bits. The modulus is below `10^18`.
fn power_of_ten(power: u64, modulus: u64) -> u64 {
    let (mut result, mut base, mut power) = (1 % modulus, 10 % modulus, power);
    while power > 0 {
        if power & 1 == 1 {
            result = product(result, base, modulus);
        }
        base = product(base, base, modulus);
        power >>= 1;
    }
    result
}

/// `left × right mod modulus`, by doubling: products of 128 bits would need a division that is larger than all this.
fn product(left: u64, right: u64, modulus: u64) -> u64 {
    let (mut result, mut left, mut right) = (0_u64, left, right);
    while right > 0 {
        if right & 1 == 1 {
            result = result.wrapping_add(left) % modulus;
        }
        left = left.wrapping_add(left) % modulus;
        right >>= 1;
    }
    result
}
