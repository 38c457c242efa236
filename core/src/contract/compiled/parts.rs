//! The forms of a contract's parts.

use crate::code::{Code, Reader, choice, record};
use crate::contract::atomicity::Atomicity;
use crate::contract::companion::{Action, Companion};
use crate::contract::credential::Credential;
use crate::contract::effects::{ChildrenRule, Cleanup, Effects, Step, When};
use crate::contract::operation::{BodySpec, Operation, Presence};
use crate::contract::outcome::{Is, Outcome, OutcomeIndex, Retry};
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
    Companion { operation, action, credentials, checks, answers }
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
    Action { 0 = LogOut, 1 = LogIn { lifetime } }
}

impl Code for OutcomeIndex {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self(u8::read(from))
    }
}
