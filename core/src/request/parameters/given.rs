//! What a request gives for a parameter, decoded.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// What a request gives besides its path and its body.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The query as sent, without its question mark.
    pub query: Option<&'a str>,
    /// The headers in order, names in lower case.
    pub headers: &'a [(&'a str, &'a [u8])],
}

/// What was found for a parameter.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// It is not there.
    Absent,
    /// The value of one that is no list.
    One(Cow<'a, str>),
    /// The items of a list.
    Many(Vec<Cow<'a, str>>),
}

/// Why what was found says nothing.
#[derive(Debug)]
pub(super) enum Mistake {
    /// It is not UTF-8 in percent-encoding.
    Encoding,
    /// It is there more than once and may not be.
    Duplicate { name: String, count: usize },
}

impl<'a> Given<'a> {
    pub(super) fn in_headers(&self, name: &str, list: bool) -> Result<Found<'a>, Mistake> {
        let mut values =
            self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        let Some(first) = values.next() else { return Ok(Found::Absent) };
        let text = |value: &'a [u8]| std::str::from_utf8(value).map_err(|_| Mistake::Encoding);
        if list {
            let mut items = Vec::new();
            for value in std::iter::once(first).chain(values) {
                text(value)?
                    .split(',')
                    .for_each(|part| add(part.trim_matches([' ', '\t']).into(), &mut items));
            }
            return Ok(Found::Many(items));
        }
        match values.count() {
            0 => Ok(Found::One(text(first)?.trim_matches([' ', '\t']).into())),
            more => Err(Mistake::Duplicate { name: name.to_owned(), count: more + 1 }),
        }
    }
}

pub(super) fn in_path(value: Option<&str>, list: bool) -> Result<Found<'_>, Mistake> {
    let Some(value) = value else { return Ok(Found::Absent) };
    let text = decode(value)?;
    if !list {
        return Ok(Found::One(text));
    }
    let mut items = Vec::new();
    split(text, &mut items);
    Ok(Found::Many(items))
}

/// Adds the parts between commas; empty parts are dropped.
pub(super) fn split<'a>(text: Cow<'a, str>, items: &mut Vec<Cow<'a, str>>) {
    if !text.contains(',') {
        add(text, items);
        return;
    }
    match text {
        Cow::Borrowed(text) => text.split(',').for_each(|part| add(part.into(), items)),
        Cow::Owned(text) => text.split(',').for_each(|part| add(part.to_owned().into(), items)),
    }
}

/// Adds an item that is not empty.
pub(super) fn add<'a>(text: Cow<'a, str>, items: &mut Vec<Cow<'a, str>>) {
    if !text.is_empty() {
        items.push(text);
    }
}

/// Resolves percent-encoding.
pub(super) fn decode(raw: &str) -> Result<Cow<'_, str>, Mistake> {
    if !raw.contains('%') {
        return Ok(raw.into());
    }
    // A percent sign that begins no encoding is refused; two readers could disagree about it.
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' && !(is_digit(bytes.next()) && is_digit(bytes.next())) {
            return Err(Mistake::Encoding);
        }
    }
    percent_decode_str(raw).decode_utf8().map_err(|_| Mistake::Encoding)
}

fn is_digit(byte: Option<u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_hexdigit())
}
