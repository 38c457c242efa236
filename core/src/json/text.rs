//! The inside of a JSON string: finding its end quickly, and resolving escapes.

use super::Mistake;
use super::block::{BLOCK, first_special, special};

/// How far the bytes run without a quote, a backslash or a control character.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let mut length = 0;
    for block in blocks {
        let found = first_special(block);
        if found < BLOCK {
            return length + found;
        }
        length += BLOCK;
    }
    // What is left is looked at together with the plain bytes before it, where there are any.
    match bytes.last_chunk::<BLOCK>() {
        _ if rest.is_empty() => length,
        Some(last) => bytes.len() - BLOCK + first_special(last),
        None => rest.iter().take_while(|&&byte| byte >= 0x20 && byte != b'"' && byte != b'\\').count(),
    }
}

/// Whether there is no quote, backslash or control character in a text. Looks at all of it, and so faster than one who wants
/// to know where.
pub(crate) fn is_plain(text: &str) -> bool {
    let (chunks, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [b' '; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let found = chunks.iter().fold(0, |found, chunk| found | special(u64::from_le_bytes(*chunk)));
    found | special(u64::from_le_bytes(last)) == 0
}

/// One resolved escape: the character, and how many bytes it took with its backslash.
pub(super) type Escape = (char, usize);

/// Resolves the escape at the start of the bytes, which begin with a backslash.
///
/// # Errors
/// The mistake, and how many bytes after the backslash it lies.
pub(super) fn escape(bytes: &[u8]) -> Result<Escape, (Mistake, usize)> {
    let simple = match bytes.get(1) {
        None => return Err((Mistake::End, 1)),
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{C}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(bytes),
        Some(_) => return Err((Mistake::Escape, 0)),
    };
    Ok((simple, 2))
}

/// Resolves `\uXXXX`, or two of them where they are the halves of one character.
fn unicode(bytes: &[u8]) -> Result<Escape, (Mistake, usize)> {
    let first = hexadecimal(bytes, 2)?;
    match first {
        0xD800..=0xDBFF => {
            if bytes.get(6).is_some_and(|&byte| byte != b'\\')
                || bytes.get(7).is_some_and(|&byte| byte != b'u')
            {
                return Err((Mistake::Surrogate, 0));
            }
            if bytes.get(7).is_none() {
                return Err((Mistake::End, bytes.len()));
            }
            let second = hexadecimal(bytes, 8)?;
            if !(0xDC00..=0xDFFF).contains(&second) {
                return Err((Mistake::Surrogate, 0));
            }
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            char::from_u32(code).map(|character| (character, 12)).ok_or((Mistake::Surrogate, 0))
        }
        // Only the second halves are left that are no characters.
        code => char::from_u32(code).map(|character| (character, 6)).ok_or((Mistake::Surrogate, 0)),
    }
}

/// Reads four hexadecimal digits.
fn hexadecimal(bytes: &[u8], from: usize) -> Result<u32, (Mistake, usize)> {
    let mut code = 0;
    for place in from..from + 4 {
        let Some(&byte) = bytes.get(place) else { return Err((Mistake::End, place)) };
        let Some(digit) = char::from(byte).to_digit(16) else { return Err((Mistake::Escape, 0)) };
        code = code * 16 + digit;
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::{is_plain, plain_length};

    #[test]
    fn finds_the_first_special_byte_wherever_it_stands() {
        for filler in [b'a', b' ', b'!', b'#', b'[', b']', 0x7F, 0x80, 0xA2, 0xDC, 0xFF] {
            for length in 0..75 {
                let plain = vec![filler; length];
                assert!(std::str::from_utf8(&plain).is_ok_and(is_plain) || filler > 0x7F);
                assert_eq!(plain_length(&plain), length, "{filler:#x} {length}");
                for place in 0..length {
                    for special in (0..0x20).chain([b'"', b'\\']) {
                        let mut bytes = plain.clone();
                        bytes[place] = special;
                        assert_eq!(plain_length(&bytes), place, "{filler:#x} {length} {place} {special:#x}");
                        assert!(
                            std::str::from_utf8(&bytes).is_ok_and(|text| !is_plain(text)) || filler > 0x7F
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn special_bytes_do_not_hide_each_other() {
        for text in
            ["\"aaaaaaa\"aaaaaaa", "aaaa\\aaaaaaa\\", "\naaaaaaa\n", "aaaaaaa\"aaaaaaa\"aaaaaaa\"aaaaaaa\""]
        {
            assert!(!is_plain(text), "{text}");
        }
    }
}
