//! The closed list of names that a template may speak of, and where each may stand.

use crate::contract::outcome::{Is, Outcome};
use crate::request::violation::Violation;

/// A list of things that an answer can tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Every distinct requested id.
    All,
    /// Those deleted at once.
    Deleted,
    /// Those whose deletion was accepted and goes on.
    Accepted,
    /// Those that do not exist for the caller.
    NotFound,
    /// All that are neither deleted nor accepted.
    NotDeleted,
    /// Those because of which an all-or-nothing request was refused.
    Refused,
    /// What went wrong beside deletions that happened.
    Warnings,
    /// What is wrong with the request.
    Violations,
}

impl List {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("all", Self::All),
        ("deleted", Self::Deleted),
        ("accepted", Self::Accepted),
        ("not-found", Self::NotFound),
        ("not-deleted", Self::NotDeleted),
        ("refused", Self::Refused),
        ("warnings", Self::Warnings),
        ("violations", Self::Violations),
    ];

    /// The list of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, list)| *list)
    }

    /// The names of all lists.
    pub fn names() -> Vec<&'static str> {
        Self::NAMES.iter().map(|(name, _)| *name).collect()
    }

    /// Whether items of this outcome are on this list, in the answer of this name.
    pub fn holds(self, outcome: &Outcome, refused_by: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Deleted => outcome.is == Is::Deleted,
            Self::Accepted => outcome.is == Is::Accepted,
            Self::NotFound => outcome.is == Is::NotFound,
            Self::NotDeleted => !outcome.is.succeeds(),
            Self::Refused => outcome.answer.is_some() && outcome.answer.as_deref() == refused_by,
            Self::Warnings | Self::Violations => false,
        }
    }

    /// Whether its elements are requested items.
    pub fn is_of_items(self) -> bool {
        !matches!(self, Self::Warnings | Self::Violations)
    }
}

/// A name inside an element of a list of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemName {
    /// The id as it was asked for.
    Id,
    /// The resource's name; absent where there is no resource.
    Name,
    /// What became of it, in the engine's words: `deleted`, `accepted`, `not-found`, `failed`.
    Is,
    /// The outcome's name in the policy.
    Code,
    /// The outcome's reason.
    Reason,
    /// The resource's state.
    State,
    /// The resource's owner.
    Owner,
    /// The resource's own text for why it cannot be deleted.
    Fail,
    /// The operation that deletes it.
    OperationId,
    /// How far that operation is, in percent.
    Percent,
}

impl ItemName {
    /// Whether it is a text that is known of the item beside the request and what was decided.
    pub(crate) fn is_detail(self) -> bool {
        !matches!(self, Self::Id | Self::Is | Self::Code | Self::Reason)
    }
}

/// A name of a violation's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationName {
    /// Where in the request.
    Pointer,
    /// The rule's name.
    Rule,
    /// The sentence for people.
    Message,
    /// What the rule allows.
    Limit,
    /// What was found.
    Actual,
    /// The property that is missing or not known.
    Property,
}

/// A name of a token's part, in the answer to a log-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenName {
    /// What the caller sends from now on.
    Value,
    /// The token's own id.
    Id,
    /// The id by which it would be refreshed.
    RefreshId,
    /// When it ends, in milliseconds since the epoch.
    ExpiresMs,
}

/// A name of a request's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestName {
    /// An id made for this request.
    Id,
    /// Its path as sent.
    Path,
    /// Its method.
    Method,
    /// Its media type as sent; empty if none was.
    ContentType,
    /// Its path and query as sent.
    Url,
    /// Its path and query with the final slash that was missing.
    MovedTo,
}

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The status of this answer.
    Status,
    /// The time of this answer.
    Now,
    /// A part of the request.
    Request(RequestName),
    /// The caller's id; absent before they are known.
    CallerId,
    /// The container's id as the request names it.
    ContainerId,
    /// How many elements a list has.
    Count(List),
    /// A part of this element, in a list of items.
    Item(ItemName),
    /// A part of this violation.
    Violation(ViolationName),
    /// A warning's text.
    WarningText,
    /// Seconds until it may be tried again.
    WaitSeconds,
    /// A part of a new token.
    Token(TokenName),
}

/// Which names are at hand where a template stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtHand {
    /// Inside an element of a list of items.
    pub item: bool,
    /// Where one violation is told.
    pub violation: bool,
    /// Inside an element of the list of warnings.
    pub warning: bool,
    /// In the answer to a log-in.
    pub token: bool,
}

impl AtHand {
    /// Nothing but what every answer has.
    pub const ANSWER: Self = Self { item: false, violation: false, warning: false, token: false };
}

const NAMES: &[(&str, Name)] = &[
    ("status", Name::Status),
    ("now", Name::Now),
    ("request.id", Name::Request(RequestName::Id)),
    ("request.path", Name::Request(RequestName::Path)),
    ("request.method", Name::Request(RequestName::Method)),
    ("request.content-type", Name::Request(RequestName::ContentType)),
    ("request.url", Name::Request(RequestName::Url)),
    ("request.moved-to", Name::Request(RequestName::MovedTo)),
    ("caller.id", Name::CallerId),
    ("container.id", Name::ContainerId),
    ("item.id", Name::Item(ItemName::Id)),
    ("item.name", Name::Item(ItemName::Name)),
    ("item.is", Name::Item(ItemName::Is)),
    ("item.code", Name::Item(ItemName::Code)),
    ("item.reason", Name::Item(ItemName::Reason)),
    ("item.state", Name::Item(ItemName::State)),
    ("item.owner", Name::Item(ItemName::Owner)),
    ("item.fail", Name::Item(ItemName::Fail)),
    ("item.operation-id", Name::Item(ItemName::OperationId)),
    ("item.percent", Name::Item(ItemName::Percent)),
    ("violation.pointer", Name::Violation(ViolationName::Pointer)),
    ("violation.rule", Name::Violation(ViolationName::Rule)),
    ("violation.message", Name::Violation(ViolationName::Message)),
    ("violation.limit", Name::Violation(ViolationName::Limit)),
    ("violation.actual", Name::Violation(ViolationName::Actual)),
    ("violation.property", Name::Violation(ViolationName::Property)),
    ("warning.text", Name::WarningText),
    ("wait.seconds", Name::WaitSeconds),
    ("token.value", Name::Token(TokenName::Value)),
    ("token.id", Name::Token(TokenName::Id)),
    ("token.refresh-id", Name::Token(TokenName::RefreshId)),
    ("token.expires-ms", Name::Token(TokenName::ExpiresMs)),
];

impl Name {
    /// What this text names, wherever it may stand.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(list) = text.strip_suffix(".count") {
            return List::parse(list).map(Self::Count);
        }
        NAMES.iter().find(|(known, _)| *known == text).map(|(_, name)| *name)
    }

    /// All names, for a message; lists' counts are written once.
    pub fn all() -> Vec<&'static str> {
        let mut names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        names.push("LIST.count");
        names
    }

    /// Why this name may not stand here, if it may not.
    pub fn misplaced(self, at_hand: AtHand) -> Option<&'static str> {
        match self {
            Self::Item(_) if !at_hand.item => {
                Some("only an element of a list of items has it: put it inside `$each`")
            }
            Self::Violation(_) if !at_hand.violation => Some(
                "only the answers to violations have it: put it into `violations`, or inside `$each` over them",
            ),
            Self::WarningText if !at_hand.warning => {
                Some("only an element of `warnings` has it: put it inside `$each` over them")
            }
            Self::Token(_) if !at_hand.token => Some("only the answer to a log-in has it"),
            _ => None,
        }
    }
}

impl ViolationName {
    /// This part of a violation; `None` where it has none.
    pub fn of(self, violation: &Violation) -> Option<String> {
        match self {
            Self::Pointer => Some(violation.pointer.clone()),
            Self::Rule => Some(violation.rule.name().to_owned()),
            Self::Message => Some(violation.message()),
            Self::Limit => violation.limit.clone(),
            Self::Actual => violation.actual.clone(),
            Self::Property => violation.property.clone(),
        }
    }
}
