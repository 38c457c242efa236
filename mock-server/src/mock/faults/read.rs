//! Reads fault documents (`schemas/fault.schema.json`): one, or a list of them. All are taken, or none.

use super::{BodyFault, Does, End, Fault, Row, When};
use crate::mock::served::{unknown_contract, unknown_operation};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::{Number, Object, Value, push_index, push_segment};
use bulk_delete_core::problem::{Problem, Problems};
use bulk_delete_core::request::ids::{IdKind, OwnedId};

const KEYS: [&str; 13] = [
    "contract",
    "operation",
    "caller",
    "session",
    "id",
    "latency",
    "status",
    "retry-after",
    "connection",
    "body",
    "times",
    "probability",
    "seed",
];

/// The longest that an answer may be made to wait or take, in milliseconds: ten minutes.
const LONGEST: u64 = 600_000;

/// Reads a document of one fault or of several, each with the session it is for, where it says so.
///
/// # Errors
///
/// Everything that is wrong with any of them.
pub(crate) fn faults(
    document: &Value,
    contracts: &[Contract],
) -> Result<Vec<(Option<String>, Fault)>, Vec<Problem>> {
    let mut problems = Problems::new("body");
    let mut read = Vec::new();
    match document {
        Value::Array(list) => {
            for (index, one) in list.iter().enumerate() {
                let mut pointer = String::new();
                push_index(&mut pointer, index);
                read.extend(Reader { pointer, problems: &mut problems, contracts }.fault(one));
            }
        }
        one => read.extend(Reader { pointer: String::new(), problems: &mut problems, contracts }.fault(one)),
    }
    if problems.is_empty() { Ok(read) } else { Err(problems.into_vec()) }
}

struct Reader<'r> {
    pointer: String,
    problems: &'r mut Problems,
    contracts: &'r [Contract],
}

impl Reader<'_> {
    fn problem(&mut self, name: &str, message: impl Into<String>) {
        let mut pointer = self.pointer.clone();
        if !name.is_empty() {
            push_segment(&mut pointer, name);
        }
        self.problems.push(pointer, message);
    }

    /// Reads a property; notes a problem where `read` makes nothing of it.
    fn take<T>(
        &mut self,
        fault: &Object,
        name: &str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = fault.get(name)?;
        let read = read(value);
        if read.is_none() {
            self.problem(name, format!("must be {expected}"));
        }
        read
    }

    fn fault(&mut self, value: &Value) -> Option<(Option<String>, Fault)> {
        let Some(fault) = value.as_object() else {
            self.problem("", format!("a fault is an object, and this is {}", value.type_name()));
            return None;
        };
        for name in fault.keys().filter(|name| !KEYS.contains(name)) {
            self.problem(name, format!("unknown property: take one of {}", KEYS.join(", ")));
        }
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let when = self.when(fault);
        let session = self.take(fault, "session", super::super::SessionName::FORM, |value| {
            super::super::SessionName::parse(value.as_str()?)?;
            text(value)
        });
        let does = self.does(fault);
        let left = self.take(fault, "times", "a whole number, 1 or more", |value| {
            value.as_u64().filter(|times| *times > 0)
        });
        let chance = self.take(fault, "probability", "a number above 0, and 1 at most", probability);
        let seed = self.take(fault, "seed", "a whole number, 0 or more", Value::as_u64);
        if does == Does::default() {
            self.problem("", "this fault does nothing: add `latency`, `status`, `connection` or `body`");
        }
        let row = seed.map_or(Row::Unseeded, Row::At);
        let chance = chance.unwrap_or(1 << 32);
        Some((session, Fault { document: fault.clone(), when, does, left, chance, row, struck: 0 }))
    }

    fn when(&mut self, fault: &Object) -> When {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let contract = self.take(fault, "contract", "the name of a contract", text);
        let operation = self.take(fault, "operation", "the operationId of an operation", text);
        let caller = self.take(fault, "caller", "the id of a caller", text);
        let id = self.take(fault, "id", "a text or a whole number", |value| match value {
            Value::String(text) => Some(OwnedId { text: text.clone(), kind: IdKind::Text }),
            Value::Number(number) if number.is_integer() => {
                Some(OwnedId { text: value.to_text(), kind: IdKind::Integer })
            }
            _ => None,
        });
        if let Some(problem) = contract.as_deref().and_then(|name| unknown_contract(self.contracts, name)) {
            self.problem("contract", problem);
        } else if let Some(name) = &operation
            && let Some(problem) = unknown_operation(self.contracts, contract.as_deref(), name)
        {
            self.problem("operation", problem);
        }
        When { contract, operation, caller, id }
    }

    fn does(&mut self, fault: &Object) -> Does {
        let milliseconds = |value: &Value| value.as_u64().filter(|time| *time <= LONGEST);
        let latency = self.take(
            fault,
            "latency",
            "milliseconds, 600000 at most: a whole number, or {\"from\", \"to\"}",
            |value| match value {
                Value::Object(range) => {
                    let (least, most) = (milliseconds(range.get("from")?)?, milliseconds(range.get("to")?)?);
                    (range.len() == 2 && least <= most).then_some((least, most))
                }
                value => milliseconds(value).map(|time| (time, time)),
            },
        );
        let status = self.take(fault, "status", "an HTTP status from 400 to 599", |value| {
            u16::try_from(value.as_u64()?).ok().filter(|status| (400..=599).contains(status))
        });
        let wait = self.take(fault, "retry-after", "a whole number of seconds", |value| {
            value.as_u64().filter(|seconds| *seconds <= 86_400)
        });
        let connection =
            self.take(fault, "connection", "`dropped-before` or `dropped-after` the deletion", |value| {
                match value.as_str()? {
                    "dropped-before" => Some(End::DroppedBefore),
                    "dropped-after" => Some(End::DroppedAfter),
                    _ => None,
                }
            });
        let body =
            self.take(fault, "body", "`truncated`, `malformed`, or {\"slow\": milliseconds}", |value| {
                match value {
                    Value::Object(slow) if slow.len() == 1 => {
                        milliseconds(slow.get("slow")?).map(BodyFault::Slow)
                    }
                    value => match value.as_str()? {
                        "truncated" => Some(BodyFault::Truncated),
                        "malformed" => Some(BodyFault::Malformed),
                        _ => None,
                    },
                }
            });
        if connection.is_some() {
            for name in ["status", "body"].into_iter().filter(|name| fault.contains_key(name)) {
                self.problem(name, "a dropped connection has no answer: leave this or `connection` out");
            }
        }
        if fault.contains_key("retry-after") && !fault.contains_key("status") {
            self.problem("retry-after", "this says how long to wait after a `status`: add one");
        }
        let end = status.map(|status| End::Status { status, wait: wait.unwrap_or(1) }).or(connection);
        Does {
            latency: latency.unwrap_or_default(),
            end: end.unwrap_or_default(),
            body: body.unwrap_or_default(),
        }
    }
}

/// A probability as a share of all numbers of 32 bits, rounded up. Exact, and without the tables that floating point is read with.
fn probability(value: &Value) -> Option<u64> {
    let number = value.as_number()?;
    let one = Number::from(1_i64);
    if *number == one {
        return Some(1 << 32);
    }
    if !number.is_positive() || *number > one {
        return None;
    }
    // What is between 0 and 1 is written as `0.05`, or as `5e-41` where there would be many zeros.
    let text = number.to_string();
    let (digits, places) = match text.split_once("e-") {
        Some((digits, places)) => (digits, places.parse().unwrap_or(usize::MAX)),
        None => (text.strip_prefix("0.")?, 0),
    };
    let tenth = |share: u64, digit: u8| ((u64::from(digit & 0x0F) << 32) + share).div_ceil(10);
    let share = digits.bytes().rev().fold(0, tenth);
    // Ten zeros are more than 32 bits can tell from none.
    let zeros = places.saturating_sub(digits.len()).min(10);
    Some((0..zeros).fold(share, |share, _| tenth(share, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<u64> {
        probability(&Value::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn probabilities_are_shares_rounded_up() {
        for (text, share) in [
            ("1", 1 << 32),
            ("1.0", 1 << 32),
            ("0.5", 1 << 31),
            ("0.25", 1 << 30),
            ("0.1", 429_496_730),
            ("0.99999999999999999999999", 1 << 32),
            ("2.3283064365386962890625e-10", 1),
            ("2.3283064365386962890626e-10", 2),
            ("1e-41", 1),
            ("1e-999999999999999999", 1),
            (&format!("0.{}e-1", "123".repeat(20)), 52_880_979),
        ] {
            assert_eq!(read(text), Some(share), "{text}");
        }
        for text in ["0", "-0.5", "-1", "1.0000000000000000000001", "2", "1e99", "\"0.5\"", "null"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
