//! A user's name and password in Base64 (RFC 7617). Whose they are is left to the world.

use base64ct::{Base64, Encoding};

/// A user's name and password, as the request has them.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Login {
    /// The user's name: everything before the first colon.
    pub(crate) user: String,
    /// The password: everything behind it.
    pub(crate) password: String,
}

/// Reads the pair. `None` where it is not Base64 of UTF-8 with a colon in it.
pub(crate) fn parse(text: &str) -> Option<Login> {
    let pair = String::from_utf8(Base64::decode_vec(text).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some(Login { user: user.to_owned(), password: password.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_pair() {
        for (text, pair) in [
            ("YWRhQGV4YW1wbGUuY29tOmFkYS1wYXNzd29yZA==", Some(("ada@example.com", "ada-password"))),
            ("YTpiOmM=", Some(("a", "b:c"))),
            ("Og==", Some(("", ""))),
            ("YWRh", None),
            ("YTpiOmM", None),
            ("/zo=", None),
            ("", None),
            ("!!", None),
        ] {
            let read = parse(text);
            assert_eq!(read.as_ref().map(|login| (&*login.user, &*login.password)), pair, "{text}");
        }
    }
}
