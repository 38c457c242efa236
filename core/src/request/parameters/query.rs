//! Reads a query: pairs in order, and the spellings of lists.

use super::Spelling;
use super::given::{Found, Mistake, add, decode, split};
use crate::order::{arranged, sorted};
use std::borrow::Cow;

/// The pairs of a query whose names can be decoded, the values still encoded. A name that cannot be is
/// nobody's.
fn pairs(query: Option<&str>) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
    query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((form_decode(name).ok()?, value))
    })
}

/// Resolves percent-encoding, and `+` for a space, as forms write it.
fn form_decode(raw: &str) -> Result<Cow<'_, str>, Mistake> {
    if !raw.contains('+') {
        return decode(raw);
    }
    decode(&raw.replace('+', " ")).map(|text| text.into_owned().into())
}

/// The value of a parameter that may be there once.
pub(super) fn scalar<'a>(query: Option<&'a str>, name: &str) -> Result<Found<'a>, Mistake> {
    let mut values = pairs(query).filter(|(own, _)| own == name).map(|(_, value)| value);
    let Some(first) = values.next() else { return Ok(Found::Absent) };
    match values.count() {
        0 => form_decode(first).map(Found::One),
        more => Err(Mistake::Duplicate { name: name.to_owned(), count: more + 1 }),
    }
}

/// The items of a list, in whichever of its spellings.
pub(super) fn list<'a>(
    query: Option<&'a str>,
    name: &str,
    spellings: &[Spelling],
) -> Result<Found<'a>, Mistake> {
    let spellings = if spellings.is_empty() { &[Spelling::Repeated] } else { spellings };
    let may = |spelling| spellings.contains(&spelling);
    let mut items: Vec<Cow<'a, str>> = Vec::new();
    let mut indexes: Vec<usize> = Vec::new();
    let (mut mentions, mut plain) = (0_usize, 0_usize);
    for (own, value) in pairs(query) {
        let Some(rest) = own.strip_prefix(name) else { continue };
        let index = match rest {
            "" if may(Spelling::Repeated) || may(Spelling::Commas) => {
                plain += 1;
                None
            }
            "[]" if may(Spelling::Brackets) => None,
            _ if may(Spelling::Indexed) => match index(rest) {
                Some(index) => Some(index),
                None => continue,
            },
            _ => continue,
        };
        mentions += 1;
        let value = form_decode(value)?;
        if index.is_none() && rest.is_empty() && may(Spelling::Commas) {
            split(value, &mut items);
        } else {
            let before = items.len();
            add(value, &mut items);
            indexes.extend(index.filter(|_| items.len() > before));
        }
    }
    if plain > 1 && !may(Spelling::Repeated) {
        return Err(Mistake::Duplicate { name: name.to_owned(), count: plain });
    }
    if mentions == 0 {
        return Ok(Found::Absent);
    }
    put_in_order(name, &mut items, &indexes)?;
    Ok(Found::Many(items))
}

/// The index in `[7]`.
fn index(rest: &str) -> Option<usize> {
    let digits = rest.strip_prefix('[')?.strip_suffix(']')?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// Sorts items by their indexes, where all have one.
fn put_in_order(name: &str, items: &mut Vec<Cow<'_, str>>, indexes: &[usize]) -> Result<(), Mistake> {
    let index = |place: &usize| indexes.get(*place);
    let places = sorted(indexes.len(), &|one, two| index(&one).cmp(&index(&two)));
    let mut pairs = places.iter().zip(places.iter().skip(1));
    if let Some((twice, _)) = pairs.find(|(one, next)| index(one) == index(next)) {
        let twice = index(twice).copied().unwrap_or_default();
        let count = indexes.iter().filter(|index| **index == twice).count();
        return Err(Mistake::Duplicate { name: [name, "[", &twice.to_string(), "]"].concat(), count });
    }
    if indexes.len() == items.len() {
        *items = arranged(std::mem::take(items), &places);
    }
    Ok(())
}
