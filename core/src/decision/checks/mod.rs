//! The closed vocabulary of checks, one file each. A new check is a file here and a line in `CALLER_CHECKS` or
//! `ITEM_CHECKS`; nothing else knows their names.

mod accessible;
mod attribute;
mod authenticated;
mod container_accessible;
mod container_exists;
mod deletable;
mod exists;
mod owned;
mod permission;
mod role;
mod scope;
mod state;
mod valid;

use std::ops::Deref;

use super::fact::Fact;
use super::facts::{CallerFacts, Cause, ItemFacts};
use crate::code::{choice, unit};
use crate::contract::place::Place;
use crate::request::violation::Violation;

/// How a check of the whole request ends when everything it asks is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// The caller was not believed, for this cause.
    NotBelieved(Cause),
}

/// What a check of the whole request may look at.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Facts about the caller and the container.
    pub facts: &'a dyn CallerFacts,
    /// What is wrong with the request itself.
    pub violations: &'a [Violation],
}

/// What a check needs the request to have, so that a contract without it can be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing more.
    Nothing,
    /// That the caller is known.
    Caller,
    /// That the container can be named, though the caller may not be known.
    Container,
    /// Both.
    CallerAndContainer,
}

/// A check of the whole request.
pub(crate) trait CallerCheck {
    /// Its name in a policy.
    fn name(&self) -> &'static str;
    /// Whether it holds.
    fn evaluate(&self, asked: &Asked<'_>) -> Fact<Finding>;
    /// The fact that it reads, as a forecast names it; `None` if it reads only the request.
    fn fact(&self) -> Option<&'static str>;
    /// What must be there before it can be asked.
    fn needs(&self) -> Needs;
}

/// A check of one item.
pub(crate) trait ItemCheck {
    /// Its name in a policy.
    fn name(&self) -> &'static str;
    /// Whether it holds.
    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool>;
    /// The fact that it reads, as a forecast names it.
    fn fact(&self) -> &'static str;
}

/// Makes one type of many checks: what it is asked goes to the one that it is.
macro_rules! any {
    ($(#[$doc:meta])* $any:ident: $check:ident { $($number:literal = $variant:ident($kind:ty)),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) enum $any {
            $($variant($kind)),+
        }

        impl Deref for $any {
            type Target = dyn $check;

            fn deref(&self) -> &Self::Target {
                match self {
                    $(Self::$variant(check) => check),+
                }
            }
        }

        choice! { $any { $($number = $variant(check)),+ } }
    };
}

any! {
    /// Any check of the whole request.
    AnyCallerCheck: CallerCheck {
        0 = Authenticated(authenticated::Authenticated),
        1 = Scope(scope::Scope),
        2 = Role(role::Role),
        3 = Permission(permission::Permission),
        4 = ContainerExists(container_exists::ContainerExists),
        5 = ContainerAccessible(container_accessible::ContainerAccessible),
        6 = Valid(valid::Valid),
    }
}

any! {
    /// Any check of an item.
    AnyItemCheck: ItemCheck {
        0 = Exists(exists::Exists),
        1 = Accessible(accessible::Accessible),
        2 = Owned(owned::Owned),
        3 = Permission(permission::Permission),
        4 = State(state::State),
        5 = Attribute(attribute::Attribute),
        6 = Deletable(deletable::Deletable),
    }
}

unit! {
    authenticated::Authenticated container_exists::ContainerExists container_accessible::ContainerAccessible valid::Valid
    exists::Exists accessible::Accessible owned::Owned deletable::Deletable
}

/// How a policy names a check and what it may say of it, beside `check` and `else`.
#[derive(Debug)]
pub(crate) struct Kind<C> {
    /// Its name in `check`.
    pub(crate) name: &'static str,
    /// The keys that only it has.
    pub(crate) keys: &'static [&'static str],
    /// Reads it; tells problems itself.
    pub(crate) read: fn(&Place<'_>) -> Option<C>,
}

/// The checks of the whole request.
pub(crate) const CALLER_CHECKS: &[Kind<AnyCallerCheck>] = &[
    authenticated::KIND,
    scope::KIND,
    role::KIND,
    permission::OF_CALLER,
    container_exists::KIND,
    container_accessible::KIND,
    valid::KIND,
];

/// The checks of an item.
pub(crate) const ITEM_CHECKS: &[Kind<AnyItemCheck>] = &[
    exists::KIND,
    accessible::KIND,
    owned::KIND,
    permission::OF_ITEM,
    state::IS,
    state::IS_NOT,
    attribute::KIND,
    deletable::KIND,
];

/// The name of the check that says whether the caller was believed.
pub const AUTHENTICATED: &str = authenticated::KIND.name;
/// The name of the check that says where validation stands.
pub const VALID: &str = valid::KIND.name;
/// The name of the check that an item is there at all.
pub const EXISTS: &str = exists::KIND.name;

fn passed(holds: bool) -> Finding {
    if holds { Finding::Passed } else { Finding::Failed }
}
