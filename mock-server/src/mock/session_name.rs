//! What sessions are called, and where their names stand: in hosts, and in tokens that were made in them.

/// The longest name: what a label of a host may have.
const LONGEST: usize = 63;

/// Stands before the name in a token that was made in a session, and behind it. No name and no token has it.
const MARK: char = '~';

/// A name that a session may have. Upper and lower case are the same, as they are in hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SessionName<'n>(&'n str);

impl<'n> SessionName<'n> {
    /// What a name is made of, for messages.
    pub(crate) const FORM: &'static str = "1 to 63 letters, digits, `-` and `_`";

    /// Takes a name.
    pub(crate) fn parse(name: &'n str) -> Option<Self> {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        ((1..=LONGEST).contains(&name.len()) && name.bytes().all(legal)).then_some(Self(name))
    }

    /// The name as it is spelt.
    pub(crate) fn as_str(self) -> &'n str {
        self.0
    }

    /// The name as it is looked for.
    pub(super) fn key(self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// The last label before `.localhost` of a host with or without a port: `w1` of `api.w1.localhost:4010`.
pub(super) fn of_host(host: &[u8]) -> Option<&str> {
    let host = std::str::from_utf8(host).ok()?.trim_ascii();
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    let name = name.strip_suffix('.').unwrap_or(name);
    let (above, localhost) = name.rsplit_once('.')?;
    if !localhost.eq_ignore_ascii_case("localhost") {
        return None;
    }
    above.rsplit('.').next()
}

/// Makes a token tell its session.
pub(super) fn mark(session: Option<&str>, token: String) -> String {
    match session {
        Some(session) => format!("mock{MARK}{session}{MARK}{token}"),
        None => token,
    }
}

/// The session in which a token says that it was made.
pub(super) fn of_token(token: &str) -> Option<SessionName<'_>> {
    let (name, _) = token.strip_prefix("mock")?.strip_prefix(MARK)?.split_once(MARK)?;
    SessionName::parse(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels() {
        for (name, good) in [
            ("w", true),
            ("Worker_1-b", true),
            ("", false),
            ("a.b", false),
            ("a b", false),
            ("a~b", false),
            ("\u{e9}", false),
        ] {
            assert_eq!(SessionName::parse(name).is_some(), good, "{name}");
        }
        assert!(SessionName::parse(&"a".repeat(63)).is_some());
        assert!(SessionName::parse(&"a".repeat(64)).is_none());
        assert_eq!(
            SessionName::parse("W1").map(SessionName::key),
            SessionName::parse("w1").map(SessionName::key)
        );
    }

    #[test]
    fn hosts_name_sessions_before_localhost() {
        for (host, name) in [
            ("w1.localhost:4010", Some("w1")),
            ("w1.LocalHost.", Some("w1")),
            ("api.w1.localhost", Some("w1")),
            ("localhost:4010", None),
            ("127.0.0.1:4010", None),
            ("w1.example.com", None),
            ("w1localhost", None),
            ("[::1]:4010", None),
            ("", None),
        ] {
            assert_eq!(of_host(host.as_bytes()), name, "{host}");
        }
    }

    #[test]
    fn tokens_tell_where_they_were_made() {
        let token = mark(Some("w1"), "abc".to_owned());
        assert_eq!(of_token(&token).map(SessionName::as_str), Some("w1"));
        assert_eq!(of_token(&mark(None, "abc".to_owned())), None);
        for token in ["", "mock", "mock~", "mock~w1", "mock~a.b~c", "w1~abc"] {
            assert_eq!(of_token(token), None, "{token}");
        }
    }
}
