//! Where the checks look things up. The server's world knows everything; a browser knows what it was told.

use super::fact::Fact;
use crate::json::Value;
use crate::request::ids::Id;

/// Why a caller was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No credential was sent.
    Missing,
    /// The credential does not have its form.
    Malformed,
    /// The token is not known, or not valid.
    Token,
    /// The token was valid once.
    Expired,
    /// Nobody has this access key.
    UnknownKey,
    /// The signature is not the request's.
    Signature,
    /// The request's own time is too far from the server's.
    Skew,
}

impl Cause {
    /// All causes by the name that a policy gives them.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("missing", Self::Missing),
        ("malformed", Self::Malformed),
        ("token", Self::Token),
        ("expired", Self::Expired),
        ("unknown-key", Self::UnknownKey),
        ("signature", Self::Signature),
        ("skew", Self::Skew),
    ];
}

/// What the checks of a whole request ask about its caller and its container.
pub trait CallerFacts {
    /// Whether the caller was believed; if not, why not.
    fn authentication(&self) -> Fact<Result<(), Cause>>;
    /// Whether the credential carries this scope.
    fn scope(&self, name: &str) -> Fact<bool>;
    /// Whether the caller has this role in the container.
    fn role(&self, name: &str) -> Fact<bool>;
    /// Whether the caller has this permission in the container.
    fn permission(&self, name: &str) -> Fact<bool>;
    /// Whether the container exists.
    fn container_exists(&self) -> Fact<bool>;
    /// Whether the caller has any grant on the container.
    fn container_accessible(&self) -> Fact<bool>;
}

/// What the checks of an item ask about it.
pub trait ItemFacts {
    /// Whether it exists in the container of the request.
    fn exists(&self) -> Fact<bool>;
    /// Whether the caller can see it.
    fn accessible(&self) -> Fact<bool>;
    /// Whether the caller owns it.
    fn owned(&self) -> Fact<bool>;
    /// Whether the caller has this permission on it.
    fn permission(&self, name: &str) -> Fact<bool>;
    /// Its state; `None` if it has none.
    fn state(&self) -> Fact<Option<&str>>;
    /// Its attribute at this JSON Pointer; `None` if it has none there.
    fn attribute(&self, pointer: &str) -> Fact<Option<&Value>>;
    /// Why the resource itself cannot be deleted; `None` if it can.
    fn fail(&self) -> Fact<Option<&str>>;
}

impl<I: ItemFacts> ItemFacts for &I {
    fn exists(&self) -> Fact<bool> {
        (**self).exists()
    }

    fn accessible(&self) -> Fact<bool> {
        (**self).accessible()
    }

    fn owned(&self) -> Fact<bool> {
        (**self).owned()
    }

    fn permission(&self, name: &str) -> Fact<bool> {
        (**self).permission(name)
    }

    fn state(&self) -> Fact<Option<&str>> {
        (**self).state()
    }

    fn attribute(&self, pointer: &str) -> Fact<Option<&Value>> {
        (**self).attribute(pointer)
    }

    fn fail(&self) -> Fact<Option<&str>> {
        (**self).fail()
    }
}

/// Facts about a request and its items.
pub trait Facts: CallerFacts {
    /// Facts about one item.
    type Item: ItemFacts;
    /// Looks up what is known about the item of this id.
    fn item(&self, id: Id<'_>) -> Self::Item;
    /// The same for several ids, in their order. Whoever can look many up faster than one by one does so.
    fn items(&self, ids: &[Id<'_>]) -> Vec<Self::Item> {
        ids.iter().map(|id| self.item(*id)).collect()
    }
}
