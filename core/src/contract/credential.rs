//! By which credentials a caller may prove who they are. Only what the policy says of them: verifying one needs keys,
//! which the core does not hold.

use super::answers::is_header_name;
use super::place::Place;

/// One way to prove who is calling. Any one of a contract's list suffices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// An opaque token in a header, behind a scheme if one is named.
    Token {
        /// The header, in lower case.
        header: String,
        /// What stands before the token: `Bearer`.
        scheme: Option<String>,
    },
    /// A signed JSON Web Token in a header, behind a scheme; its scopes are its claims'.
    Jwt {
        /// The header, in lower case.
        header: String,
        /// What stands before the token: `Bearer`.
        scheme: Option<String>,
    },
    /// A user's name and password in Base64 (RFC 7617).
    Basic {
        /// The header, in lower case.
        header: String,
        /// What stands before the pair: `Basic`.
        scheme: Option<String>,
    },
    /// A signature over the request by an access key and its secret, in `Authorization`.
    SdkHmacSha256,
}

#[derive(Clone, Copy)]
enum Kind {
    Token,
    Jwt,
    Basic,
    Signature,
}

impl Credential {
    /// Reads `credentials`.
    pub(super) fn read_all(place: &Place<'_>) -> Vec<Self> {
        if place.value.as_array().is_some_and(|list| list.is_empty()) {
            place.problem("is empty, and nobody could call: say how callers prove who they are");
        }
        place.elements().iter().filter_map(Self::read).collect()
    }

    /// Reads one entry of `credentials`.
    pub fn read(place: &Place<'_>) -> Option<Self> {
        if !place.closed(&["kind", "header", "scheme"]) {
            return None;
        }
        let kind = place.required("kind")?.one_of(&[
            ("token", Kind::Token),
            ("jwt", Kind::Jwt),
            ("basic", Kind::Basic),
            ("sdk-hmac-sha256", Kind::Signature),
        ])?;
        let scheme = place.field("scheme").and_then(|scheme| scheme.name().map(str::to_owned));
        if matches!(kind, Kind::Signature) {
            for key in ["header", "scheme"] {
                if let Some(extra) = place.field(key) {
                    extra.problem("a request signature has its own header: leave this out");
                }
            }
            return Some(Self::SdkHmacSha256);
        }
        let header = place.required("header")?;
        let name = header.name()?;
        if !is_header_name(name) {
            header.problem(format!("`{name}` is no header name"));
        }
        let header = name.to_ascii_lowercase();
        Some(match kind {
            Kind::Token => Self::Token { header, scheme },
            Kind::Jwt => Self::Jwt { header, scheme },
            Kind::Basic => Self::Basic { header, scheme },
            Kind::Signature => Self::SdkHmacSha256,
        })
    }

    /// The header that carries it, in lower case.
    pub fn header(&self) -> &str {
        match self {
            Self::Token { header, .. } | Self::Jwt { header, .. } | Self::Basic { header, .. } => header,
            Self::SdkHmacSha256 => "authorization",
        }
    }
}
