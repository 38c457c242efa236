//! Reads Base64, in which a case may write bytes that are no text.

/// Base64 with padding, as RFC 4648 has it; `None` for anything else.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let digits = text.trim_end_matches('=');
    if text.len() - digits.len() > 2 {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in digits.bytes() {
        let digit = ALPHABET.iter().position(|known| *known == byte)?;
        bits = bits << 6 | u32::try_from(digit).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded() {
        for (text, bytes) in
            [("", Some(&b""[..])), ("AA==", Some(b"\0")), ("Zm9v", Some(b"foo")), ("Zm8=", Some(b"fo"))]
        {
            assert_eq!(decode(text).as_deref(), bytes);
        }
        for text in ["A", "A===", "====", "Zm9\u{e9}", "Z_9v"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
