//! The closed list of names that a template may speak of. Where each may stand is left to [`super::at_hand`].

use super::list::List;
use crate::request::violation::Violation;

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
    /// The id of the container that it is in.
    Container,
    /// The name of that container.
    ContainerName,
}

impl ItemName {
    /// Whether it is a text that is known of the item beside the request and what was decided.
    pub(crate) fn is_detail(self) -> bool {
        !matches!(self, Self::Id | Self::Is | Self::Code | Self::Reason | Self::Percent)
    }

    /// Whether it is told of what is listed or read, of which nothing was decided.
    pub(super) fn is_listed(self) -> bool {
        matches!(
            self,
            Self::Id
                | Self::Name
                | Self::State
                | Self::Owner
                | Self::Fail
                | Self::Container
                | Self::ContainerName
        )
    }
}

/// A name of a part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageName {
    /// How many there are on all pages.
    Total,
    /// How many stand before this page.
    Offset,
    /// How many a page may have.
    Size,
    /// The number of this page.
    Number,
    /// What names the next page; absent on the last.
    Next,
    /// What names the page before; absent on the first.
    Previous,
    /// Path and query of the next page; absent on the last.
    NextUrl,
    /// Path and query of the page before; absent on the first.
    PreviousUrl,
}

/// A name of a part of an operation, or of an entry of the audit trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationName {
    /// The operation's id; the request's for an entry of the audit trail.
    Id,
    /// How far it is, in the engine's words: `pending`, `running`, `succeeded`, `failed`; the outcome's name for an entry.
    State,
    /// How far it is, in percent.
    Percent,
    /// The id of what it deletes.
    Item,
    /// The id of the container of that.
    Container,
    /// The id of who asked for it.
    Caller,
    /// When that was.
    Accepted,
    /// When it started or is going to.
    Starts,
    /// When it ended or is going to.
    Ends,
    /// Why it failed.
    Fail,
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
    /// The methods that its path takes, separated by commas.
    Methods,
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
    /// A part of the page.
    Page(PageName),
    /// A part of this operation.
    Operation(OperationName),
    /// A part of this entry of the audit trail.
    Activity(OperationName),
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
    ("request.methods", Name::Request(RequestName::Methods)),
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
    ("item.container", Name::Item(ItemName::Container)),
    ("item.container-name", Name::Item(ItemName::ContainerName)),
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
    ("page.total", Name::Page(PageName::Total)),
    ("page.offset", Name::Page(PageName::Offset)),
    ("page.size", Name::Page(PageName::Size)),
    ("page.number", Name::Page(PageName::Number)),
    ("page.next", Name::Page(PageName::Next)),
    ("page.previous", Name::Page(PageName::Previous)),
    ("page.next-url", Name::Page(PageName::NextUrl)),
    ("page.previous-url", Name::Page(PageName::PreviousUrl)),
    ("operation.id", Name::Operation(OperationName::Id)),
    ("operation.state", Name::Operation(OperationName::State)),
    ("operation.percent", Name::Operation(OperationName::Percent)),
    ("operation.item", Name::Operation(OperationName::Item)),
    ("operation.container", Name::Operation(OperationName::Container)),
    ("operation.caller", Name::Operation(OperationName::Caller)),
    ("operation.accepted", Name::Operation(OperationName::Accepted)),
    ("operation.starts", Name::Operation(OperationName::Starts)),
    ("operation.ends", Name::Operation(OperationName::Ends)),
    ("operation.fail", Name::Operation(OperationName::Fail)),
    ("activity.request-id", Name::Activity(OperationName::Id)),
    ("activity.code", Name::Activity(OperationName::State)),
    ("activity.item", Name::Activity(OperationName::Item)),
    ("activity.caller", Name::Activity(OperationName::Caller)),
    ("activity.at", Name::Activity(OperationName::Accepted)),
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
