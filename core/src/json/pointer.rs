//! JSON Pointers (RFC 6901): taking apart, putting together.

/// The segments of a pointer with `~1` and `~0` resolved; nothing where the text is not a pointer.
pub fn segments(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    pointer.strip_prefix('/')?.split('/').map(unescape).collect()
}

/// Resolves the escapes of one segment; nothing where a tilde stands for nothing.
fn unescape(segment: &str) -> Option<String> {
    let mut parts = segment.split('~');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if let Some(rest) = part.strip_prefix('0') {
            text.push('~');
            text.push_str(rest);
        } else {
            text.push('/');
            text.push_str(part.strip_prefix('1')?);
        }
    }
    Some(text)
}

/// Appends a segment to a pointer, with its slash, escaped.
pub fn push_segment(pointer: &mut String, segment: &str) {
    pointer.push('/');
    let mut rest = segment;
    while let Some((before, special, after)) = rest
        .find(['~', '/'])
        .and_then(|place| Some((rest.get(..place)?, rest.get(place..=place)?, rest.get(place + 1..)?)))
    {
        pointer.push_str(before);
        pointer.push_str(if special == "~" { "~0" } else { "~1" });
        rest = after;
    }
    pointer.push_str(rest);
}

/// Appends an index to a pointer, with its slash.
pub fn push_index(pointer: &mut String, index: usize) {
    pointer.push('/');
    pointer.push_str(&index.to_string());
}

/// A segment as an index of an array: digits without superfluous zeros.
pub(super) fn index(segment: &str) -> Option<usize> {
    let plain =
        segment.bytes().all(|byte| byte.is_ascii_digit()) && (segment == "0" || !segment.starts_with('0'));
    if plain { segment.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart_what_it_puts_together() {
        for (pointer, expected) in [
            ("", Some(vec![])),
            ("/", Some(vec![""])),
            ("/a/b", Some(vec!["a", "b"])),
            ("/a~1b/c~0d/~01", Some(vec!["a/b", "c~d", "~1"])),
            ("//", Some(vec!["", ""])),
            ("/\u{e9}~0\u{1F600}", Some(vec!["\u{e9}~\u{1F600}"])),
            ("a", None),
            ("/a~2", None),
            ("/a~", None),
        ] {
            let found = segments(pointer);
            assert_eq!(
                found,
                expected.map(|parts| parts.into_iter().map(str::to_owned).collect()),
                "{pointer}"
            );
            if let Some(parts) = found {
                let mut again = String::new();
                parts.iter().for_each(|part| push_segment(&mut again, part));
                assert_eq!(again, pointer);
            }
        }
    }

    #[test]
    fn reads_indexes() {
        for (segment, expected) in
            [("0", Some(0)), ("10", Some(10)), ("01", None), ("-1", None), ("", None), ("x", None)]
        {
            assert_eq!(index(segment), expected, "{segment}");
        }
    }
}
