//! Which of a contract's answers one is, and whether a body can be read by it.

use super::read::{Fit, fit};
use crate::contract::Contract;
use crate::contract::answers::Answer;
use crate::contract::template::name::Name;
use crate::contract::template::shape::{Absent, Template};
use crate::json::Value;

/// A body as it arrived.
pub(super) enum Body {
    Empty,
    NotJson,
    Json(Value),
}

impl Body {
    pub(super) fn value(&self) -> Option<&Value> {
        if let Self::Json(value) = self { Some(value) } else { None }
    }
}

/// Whether an answer is like one of the contract's alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// No other is as much like it.
    Only,
    /// Others are as much like it, and it could be any of them.
    Shared,
}

/// The contract's answer that this one is most like, among those of its status: the first of several. And how well it fits.
pub(super) fn choose<'c>(
    contract: &'c Contract,
    status: u16,
    body: &Body,
) -> Option<(&'c Answer, Likeness, Fit)> {
    let known =
        contract.answers.values().chain(contract.violations.own()).filter(|answer| answer.status == status);
    let scored = known.map(|answer| {
        let found = answer.body.as_ref().map_or(Fit::default(), |template| fit(template, body.value()));
        (answer, found)
    });
    let mut best: Option<(&Answer, Fit, Likeness)> = None;
    for (answer, found) in scored {
        let better = best.as_ref().is_none_or(|(_, other, _)| {
            (found.differing, std::cmp::Reverse(found.agreeing))
                < (other.differing, std::cmp::Reverse(other.agreeing))
        });
        if better {
            best = Some((answer, found, Likeness::Only));
        } else if let Some((other, as_much, likeness)) = best.as_mut()
            && *as_much == found
            && other.name != answer.name
        {
            *likeness = Likeness::Shared;
        }
    }
    best.map(|(answer, found, likeness)| (answer, likeness, found))
}

/// Whether a body is an object where the answer is one, and an array where it is one: of another kind it says nothing, and
/// its missing members are no evidence.
pub(super) fn is_of_kind(template: &Template, body: &Value) -> bool {
    match template {
        Template::Object(_) | Template::Literal(Value::Object(_), _) => body.as_object().is_some(),
        Template::Array(_) | Template::Each(_) | Template::Literal(Value::Array(_), _) => {
            body.as_array().is_some()
        }
        _ => true,
    }
}

/// Whether an object has nothing of what the answer tells of items, though there is something that it always tells of them: then
/// it is another answer, and that no list is there says nothing. What else is in it may stand in any answer.
pub(super) fn is_foreign(template: &Template, body: &Value) -> bool {
    let Value::Object(object) = body else { return false };
    let members = match template {
        Template::Object(members) => members,
        Template::Literal(Value::Object(expected), _) => {
            return !expected.is_empty() && expected.iter().all(|(key, _)| object.get(key).is_none());
        }
        _ => return false,
    };
    if tells(template, None) {
        return !tells(template, Some(body));
    }
    let always = |template: &Template| match template {
        Template::If(..) => false,
        Template::Each(each) => each.absent != Absent::Empty,
        _ => true,
    };
    members.iter().any(|member| always(&member.template))
        && members.iter().all(|member| object.get(&member.key).is_none())
}

/// Whether a body differs from the answer, and has nothing else that would tell of items: `{"ok": false}` is no `{"ok": true}`.
pub(super) fn is_otherwise(template: &Template, body: &Value, found: Fit) -> bool {
    found.differing > 0 && !tells(template, Some(body))
}

/// Whether a list or a count of items is in a body; without one, whether it is in all bodies of a template.
fn tells(template: &Template, body: Option<&Value>) -> bool {
    match template {
        Template::Object(members) => members.iter().any(|member| {
            let within = body.and_then(|body| body.get(&member.key));
            within.is_some() == body.is_some() && tells(&member.template, within)
        }),
        Template::Array(templates) => templates.iter().enumerate().any(|(index, template)| {
            let within = body.and_then(|body| body.as_array()?.get(index));
            within.is_some() == body.is_some() && tells(template, within)
        }),
        Template::If(_, then) => body.is_some() && tells(then, body),
        Template::Each(each) => each.list.is_of_items() && (body.is_some() || each.absent != Absent::Empty),
        Template::Hole(hole) => matches!(hole.name, Name::Count(list) if list.is_of_items()),
        _ => false,
    }
}

/// Whether a body is as good as none.
pub(super) fn is_blank(body: &Body) -> bool {
    match body {
        Body::Empty => true,
        Body::NotJson => false,
        Body::Json(value) => match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Object(object) => object.iter().next().is_none(),
            _ => false,
        },
    }
}
