//! Which characters of a JSON text a pointer means: a plain value, the name of a property that holds more, or the first line
//! of an element that does.

use bulk_delete_core::json::offset;
use std::ops::Range;

/// The bytes of a JSON text that a pointer means; where it leads further than the text, those of the last part that exists.
pub(super) fn of(text: &str, pointer: &str) -> Range<usize> {
    let Some(start) = offset(text.as_bytes(), pointer) else { return 0..0 };
    let whole = token(text, start);
    let value = after_colon(text, whole.end);
    match value.map(|value| (value, text.as_bytes().get(value))) {
        Some((_, Some(b'{' | b'['))) => whole,
        Some((value, Some(_))) => token(text, value),
        _ if matches!(text.as_bytes().get(start), Some(b'{' | b'[')) => line(text, start),
        _ => whole,
    }
}

/// The string, number or word at an offset; of anything else, one byte.
pub(super) fn token(text: &str, start: usize) -> Range<usize> {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let length = match rest {
        [b'"', inside @ ..] => {
            let mut escaped = false;
            let end = inside.iter().position(|byte| {
                let ends = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        }
        _ => rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
            .count()
            .max(1),
    };
    start..start + length.min(rest.len())
}

/// Where the value begins whose name ends here; none where this is no name.
fn after_colon(text: &str, end: usize) -> Option<usize> {
    let colon = skip_space(text, end);
    (text.as_bytes().get(colon) == Some(&b':')).then(|| skip_space(text, colon + 1))
}

fn skip_space(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The rest of the line, without the space at its end.
fn line(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    start..start + line.trim_end().len()
}
