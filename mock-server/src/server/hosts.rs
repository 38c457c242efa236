//! Which names the server answers to, and which pages. A page on the web can point a name of its own at 127.0.0.1 and then read
//! what a local server says (DNS rebinding); it cannot keep the browser from naming that host. Nor can it keep the browser from
//! naming the page's origin, where it calls a local server by that server's own name.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The names that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hosts {
    /// `localhost`, names below it, and loopback addresses, with any port.
    Loopback,
    /// Any: the server was told to listen to others.
    Any,
}

impl Hosts {
    /// The names for a server that listens here.
    pub(super) fn of(address: SocketAddr) -> Self {
        if address.ip().to_canonical().is_loopback() { Self::Loopback } else { Self::Any }
    }

    /// Whether a `Host` or `:authority` is one of them.
    pub(super) fn admit(self, authority: &[u8]) -> bool {
        match self {
            Self::Any => true,
            Self::Loopback => {
                std::str::from_utf8(authority).is_ok_and(|authority| is_loopback(authority.trim_ascii()))
            }
        }
    }

    /// Whether a page of this `Origin` may use the control API. `null` may not: any page can have a frame that calls itself so.
    pub(super) fn admit_page(self, origin: &[u8]) -> bool {
        ["http://", "https://"]
            .iter()
            .find_map(|scheme| origin.strip_prefix(scheme.as_bytes()))
            .map_or(self == Self::Any, |authority| self.admit(authority))
    }
}

fn is_loopback(authority: &str) -> bool {
    if let Some(rest) = authority.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        let port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return port
            && address
                .parse::<Ipv6Addr>()
                .is_ok_and(|address| IpAddr::V6(address).to_canonical().is_loopback());
    }
    let name = match authority.rsplit_once(':') {
        Some((name, port)) if is_port(port) => name,
        Some(_) => return false,
        None => authority,
    };
    if let Ok(address) = name.parse::<Ipv4Addr>() {
        return address.is_loopback();
    }
    let name = name.strip_suffix('.').unwrap_or(name).as_bytes();
    let Some((below, end)) =
        name.len().checked_sub("localhost".len()).and_then(|at| name.split_at_checked(at))
    else {
        return false;
    };
    end.eq_ignore_ascii_case(b"localhost") && below.last().is_none_or(|byte| *byte == b'.')
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_recognised() {
        for (authority, admitted) in [
            ("localhost", true),
            ("LOCALHOST:4010", true),
            ("localhost.", true),
            ("test-1.localhost:4010", true),
            ("127.0.0.1:4010", true),
            ("127.8.9.10", true),
            ("[::1]:4010", true),
            ("[::1]", true),
            ("[::ffff:127.0.0.1]:80", true),
            (" 127.0.0.1 ", true),
            ("", false),
            ("example.com", false),
            ("evillocalhost", false),
            ("localhost.example.com", false),
            ("127.0.0.1.example.com", false),
            ("127.0.0.1@example.com", false),
            ("10.0.0.1:4010", false),
            ("0.0.0.0:4010", false),
            ("[::2]:4010", false),
            ("[::1", false),
            ("[::1]x", false),
            ("::1", false),
            ("localhost:http", false),
            ("\u{2113}ocalhost", false),
        ] {
            assert_eq!(Hosts::Loopback.admit(authority.as_bytes()), admitted, "{authority}");
        }
        assert!(!Hosts::Loopback.admit(b"\xff"));
        assert!(Hosts::Any.admit(b"example.com"));
    }

    #[test]
    fn pages_of_loopback_are_recognised() {
        for (origin, admitted) in [
            ("http://localhost:5173", true),
            ("https://app.localhost", true),
            ("http://127.0.0.1:4010", true),
            ("http://[::1]:4010", true),
            ("https://example.com", false),
            ("http://localhost.example.com", false),
            ("http://example.com/localhost", false),
            ("chrome-extension://localhost", false),
            ("localhost", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(Hosts::Loopback.admit_page(origin.as_bytes()), admitted, "{origin}");
            assert!(Hosts::Any.admit_page(origin.as_bytes()), "{origin}");
        }
    }

    #[test]
    fn the_address_decides() {
        assert_eq!(Hosts::of("127.0.0.1:1".parse().unwrap()), Hosts::Loopback);
        assert_eq!(Hosts::of("[::1]:1".parse().unwrap()), Hosts::Loopback);
        assert_eq!(Hosts::of("0.0.0.0:1".parse().unwrap()), Hosts::Any);
        assert_eq!(Hosts::of("[::]:1".parse().unwrap()), Hosts::Any);
    }
}
