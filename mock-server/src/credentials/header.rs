//! Finds the header line that carries a credential, and what stands behind its scheme. What that means is left to the
//! kind of credential.

use bulk_delete_core::request::call::Request;

/// What a request carries for one credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carried<'r> {
    /// Nothing: no such header, an empty one, or one of another scheme.
    Nothing,
    /// The header stands twice, or is not text: two readers could disagree about who calls.
    Unreadable,
    /// What stands behind the scheme, or the whole value where there is no scheme; trimmed. Empty only behind a scheme.
    Text(&'r str),
}

/// Looks for a header of this name (lower case) with this scheme (in any case of letters, as RFC 9110 has it).
pub(crate) fn carried<'r>(request: &Request<'r>, name: &str, scheme: Option<&str>) -> Carried<'r> {
    let mut lines = request
        .headers
        .iter()
        .filter(|(other, _)| *other == name)
        .filter_map(|(_, value)| behind(value.trim_ascii(), scheme));
    let Some(line) = lines.next() else { return Carried::Nothing };
    if lines.next().is_some() {
        return Carried::Unreadable;
    }
    std::str::from_utf8(line).map_or(Carried::Unreadable, Carried::Text)
}

fn behind<'v>(value: &'v [u8], scheme: Option<&str>) -> Option<&'v [u8]> {
    let Some(scheme) = scheme else {
        return (!value.is_empty()).then_some(value);
    };
    let (head, tail) = value.split_at_checked(scheme.len())?;
    let apart = tail.first().is_none_or(|byte| matches!(byte, b' ' | b'\t'));
    (apart && head.eq_ignore_ascii_case(scheme.as_bytes())).then(|| tail.trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bulk_delete_core::request::call::Body;

    fn read<'r>(headers: &'r [(&'r str, &'r [u8])], name: &str, scheme: Option<&str>) -> Carried<'r> {
        carried(
            &Request { method: "POST", path: "/", query: None, headers, body: Body::Bytes(b"") },
            name,
            scheme,
        )
    }

    #[test]
    fn finds_what_stands_behind_the_scheme() {
        for (value, found) in [
            (&b"Bearer abc"[..], Carried::Text("abc")),
            (b"  bEARER \t abc ", Carried::Text("abc")),
            (b"Bearer", Carried::Text("")),
            (b"Bearer a b", Carried::Text("a b")),
            (b"Bearerabc", Carried::Nothing),
            (b"Basic abc", Carried::Nothing),
            (b"", Carried::Nothing),
            (b"Bear", Carried::Nothing),
            (b"Bearer \xff", Carried::Unreadable),
        ] {
            assert_eq!(
                read(&[("authorization", value)], "authorization", Some("Bearer")),
                found,
                "{value:?}"
            );
        }
    }

    #[test]
    fn without_a_scheme_the_whole_value_counts() {
        assert_eq!(read(&[("x-auth-token", b" abc ")], "x-auth-token", None), Carried::Text("abc"));
        assert_eq!(read(&[("x-auth-token", b"")], "x-auth-token", None), Carried::Nothing);
        assert_eq!(read(&[], "x-auth-token", None), Carried::Nothing);
    }

    #[test]
    fn two_of_one_scheme_cannot_be_read() {
        let lines: [(&str, &[u8]); 3] =
            [("authorization", b"Bearer a"), ("authorization", b"Basic b"), ("authorization", b"bearer a")];
        assert_eq!(read(&lines, "authorization", Some("Bearer")), Carried::Unreadable);
        assert_eq!(read(&lines, "authorization", Some("Basic")), Carried::Text("b"));
    }
}
