//! The forms of a contract's parts.

use crate::code::{Code, Reader, choice, record};
use crate::contract::atomicity::Atomicity;
use crate::contract::companion::{Action, Asks, Companion, Things};
use crate::contract::credential::Credential;
use crate::contract::effects::{ChildrenRule, Cleanup, Effects, Step, When};
use crate::contract::filter::{Filter, FilterBy, Matching};
use crate::contract::operation::{BodySpec, Operation, Presence};
use crate::contract::outcome::{Is, Outcome, OutcomeIndex, Retry};
use crate::contract::paging::{PageBy, Paging};
use crate::contract::source::Source;
use crate::contract::{ContainerRule, IdsRule};
use crate::request::ids::Compare;

record! {
    Operation { id, method, path, parameters, body }
    BodySpec { presence, media_types, schema }
    IdsRule { at, compare }
    ContainerRule { kind, at, compare }
    Effects { when, children, cleanup }
    Cleanup { by, steps }
    Outcome { code, is, reason, retry, answer }
    Filter { at, by, matching, words, absent }
    Paging { by, at, size_at, size, most, parameter }
}

choice! {
    Presence { 0 = Required, 1 = Optional }
    Credential {
        0 = SdkHmacSha256, 1 = Token { header, scheme }, 2 = Jwt { header, scheme }, 3 = Basic { header, scheme },
    }
    Compare { 0 = Exact, 1 = IgnoreCase }
    Atomicity { 0 = Each, 1 = All }
    When { 0 = Now, 1 = Later { starts_after, takes } }
    ChildrenRule { 0 = Deleted, 1 = DeletedIf(flag) }
    Step { 0 = Inline, 1 = Queued }
    Source { 0 = Path(name), 1 = Query(name), 2 = Body(pointer) }
    Is { 0 = Deleted, 1 = Accepted, 2 = NotFound, 3 = Failed }
    Retry { 0 = Now, 1 = AfterChange, 2 = Never }
    Action {
        0 = LogOut, 1 = LogIn { lifetime }, 2 = List { of, page, filters }, 3 = Get { of }, 4 = SetState { to },
        5 = DeleteOne { outcomes },
    }
    Things { 0 = Resources, 1 = Containers, 2 = Operations, 3 = Activity }
    FilterBy { 0 = Id, 1 = Name, 2 = State, 3 = Owner, 4 = Attribute(pointer) }
    Matching { 0 = Equal, 1 = Contains }
    PageBy { 0 = Offset, 1 = Number { first }, 2 = Cursor }
}

impl Code for Companion {
    fn write(&self, out: &mut Vec<u8>) {
        self.operation.write(out);
        self.action.write(out);
        self.credentials.write(out);
        self.checks.write(out);
        self.items.write(out);
        self.answers.write(out);
        self.asks.sources.write(out);
        self.container.write(out);
        self.id.write(out);
        self.children.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let operation = Code::read(from);
        let action = Code::read(from);
        let credentials = Code::read(from);
        let checks = Code::read(from);
        let items = Code::read(from);
        let answers = Code::read(from);
        let mut asks = Asks { sources: Code::read(from), ..Asks::default() };
        asks.settle(&operation);
        let container = Code::read(from);
        let id = Code::read(from);
        let children = Code::read(from);
        Self { operation, action, credentials, checks, items, answers, asks, container, id, children }
    }
}

impl Code for OutcomeIndex {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self(u8::read(from))
    }
}
