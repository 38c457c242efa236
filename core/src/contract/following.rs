//! How whoever sent a request follows the operations that it began: which companion tells of them, and where in its answer stand
//! an operation's id, how far it is, and why it failed. Asking is left to whoever sends requests.
//!
//! It is worked out from a companion's answer as the policy writes it. Where that says too little, there is no following, and
//! nothing is wrong with the contract.

use std::cell::RefCell;

use super::Documents;
use super::answers::{DONE, Frame};
use super::load::read_words;
use super::operation::{Operation, QueryRules};
use super::place::Place;
use super::source::Source;
use crate::contract::template::at_hand::AtHand;
use crate::contract::template::list::List;
use crate::contract::template::name::{Name, OperationName};
use crate::contract::template::shape::{Hole, Template};
use crate::json::{Object, Value, push_segment};
use crate::problem::Problems;
use crate::request::parameters::{ParameterPlace, ParameterSpec, Spelling};

/// How operations are followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Following {
    /// The path at which they are asked for, with `{name}` for each parameter.
    pub path: String,
    /// Where their ids stand, in the path or the query; `None` where all are told that there are.
    pub at: Option<Source>,
    /// How several ids are spelt; `None` where one is asked for at a time.
    pub spelling: Option<Spelling>,
    /// How many are asked for at once, from 1 to 50: more would make a long path.
    pub most: u64,
    /// The JSON Pointer to the operations in the answer; `None` where it is about one.
    pub list: Option<String>,
    /// The JSON Pointer to an operation's id in what is told of it.
    pub id: String,
    /// The JSON Pointer to how far it is.
    pub state: String,
    /// What stands there when it has succeeded.
    pub succeeded: Value,
    /// What stands there when it has failed.
    pub failed: Value,
    /// The JSON Pointer to why it failed, if that is told.
    pub fail: Option<String>,
}

/// How many operations are asked for at once. With ids of 36 characters it makes a path of 2,000.
const MOST: u64 = 50;

impl Following {
    /// Works it out from a contract's documents: from the first companion that is asked for operations by their ids, or tells all
    /// that there are. What its path names must be named by the path of the bulk delete, too: no more is known of operations.
    pub fn read(documents: Documents<'_>) -> Option<Self> {
        // What is wrong with a companion is told by whoever answers its requests. Here it is as if there were none.
        let problems = RefCell::new(Problems::new(String::new()));
        let (openapi, policy) = (Value::parse(documents.openapi).ok()?, Value::parse(documents.policy).ok()?);
        let (openapi, policy) = (Place::root(&openapi, &problems), Place::root(&policy, &problems));
        let companions = policy.field("companions")?;
        let words = policy.field("words").map(|words| read_words(&words)).unwrap_or_default();
        let frame = Frame::read(&policy, &words);
        let rules = policy.field("query").map(|query| QueryRules::read(&query)).unwrap_or_default();
        let sent = Operation::read(&openapi, policy.field("operation")?.text()?, &rules)?;
        companions.members().iter().find_map(|(id, place)| {
            let told = Telling::of(place)?;
            let own = place.field("query").map(|query| QueryRules::read(&query));
            let operation = Operation::read(&openapi, id, own.as_ref().unwrap_or(&rules))?;
            let following = told.read(place, &operation, &frame)?;
            let is_known = |name: &str| {
                sent.parameter(ParameterPlace::Path, name).is_some()
                    || following.at.as_ref().is_some_and(|at| *at == Source::Path(name.to_owned()))
            };
            let mut named = operation.parameters.iter().filter(|spec| spec.place == ParameterPlace::Path);
            // Who only asks changes nothing.
            (operation.method == "GET"
                && named.all(|spec| is_known(&spec.name))
                && problems.borrow().is_empty())
            .then_some(following)
        })
    }

    /// The same as JSON, for whoever asks in JavaScript: members of the same names, places as a pair (`["/query", "ids"]`), spellings
    /// as policies write them.
    pub fn to_value(&self) -> Value {
        let text = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
        let at = self.at.as_ref().map(|at| {
            let (place, name) = match at {
                Source::Path(name) => ("/path", name),
                Source::Query(name) => ("/query", name),
                Source::Body(pointer) => ("/body", pointer),
            };
            Value::Array(vec![Value::from(place), Value::from(name.as_str())])
        });
        let mut object = Object::new();
        for (name, value) in [
            ("path", Value::from(self.path.as_str())),
            ("at", at.unwrap_or(Value::Null)),
            ("spelling", self.spelling.map_or(Value::Null, |spelling| Value::from(spelling.name()))),
            ("most", Value::from(self.most)),
            ("list", text(&self.list)),
            ("id", Value::from(self.id.as_str())),
            ("state", Value::from(self.state.as_str())),
            ("succeeded", self.succeeded.clone()),
            ("failed", self.failed.clone()),
            ("fail", text(&self.fail)),
        ] {
            object.push(name, value);
        }
        Value::Object(object)
    }
}

/// Of what a companion's answer tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// Of a list of operations.
    Several,
    /// Of the one that was asked for.
    One,
}

impl Telling {
    /// What a companion tells of; `None` for one that is not about operations.
    fn of(place: &Place<'_>) -> Option<Self> {
        let said = |key| place.value.get(key).and_then(Value::as_str);
        match (said("do")?, said("of")) {
            ("list-operations", _) | ("list", Some("operations")) => Some(Self::Several),
            ("get", Some("operations")) => Some(Self::One),
            _ => None,
        }
    }

    fn read(self, place: &Place<'_>, operation: &Operation, frame: &Frame<'_>) -> Option<Following> {
        let at = match self {
            Self::Several => filter_by_id(place),
            Self::One => Source::read(&place.field("id")?),
        };
        let parameter = at.as_ref().and_then(|at| parameter(operation, at));
        let most = match (place.field("page"), &parameter) {
            (None, _) => MOST,
            (Some(page), Some(_)) => page.field("size")?.whole(u64::MAX)?.clamp(1, MOST),
            // What stands on other pages would be taken for forgotten.
            (Some(_), None) => return None,
        };
        if at.is_some() && parameter.is_none() {
            return None;
        }
        let list = parameter.filter(|spec| spec.place == ParameterPlace::Query && spec.is_list());
        let spelling = list.map(|spec| spec.spellings.first().copied().unwrap_or(Spelling::Repeated));
        let at_hand = AtHand {
            operations: self == Self::Several,
            operation: self == Self::One,
            page: self == Self::Several,
            ..AtHand::ANSWER
        };
        let answer = frame.answer(DONE, &place.field("answers")?.field(DONE)?, at_hand)?;
        let body = answer.body.as_ref()?;
        let (list, told) = match self {
            Self::One => (None, body),
            Self::Several => {
                let (pointer, element) = elements(body, String::new())?;
                (Some(pointer), element)
            }
        };
        let (state, hole) = find(told, OperationName::State, String::new())?;
        // A state for which there is no word is told as it is.
        let word = |state| {
            hole.words
                .as_ref()
                .and_then(|words| words.get(state).cloned())
                .unwrap_or_else(|| Value::from(state))
        };
        let [pending, running, succeeded, failed] = ["pending", "running", "succeeded", "failed"].map(word);
        // Where its words do not tell how it ended, to guess would be to say that something is gone, or is not.
        let is_under_way = |word: &Value| *word == pending || *word == running;
        if succeeded == failed || is_under_way(&succeeded) || is_under_way(&failed) {
            return None;
        }
        Some(Following {
            path: operation.path.as_str().to_owned(),
            most: if spelling.is_some() { most } else { 1 },
            at,
            spelling,
            list,
            id: find(told, OperationName::Id, String::new())?.0,
            succeeded,
            failed,
            state,
            fail: find(told, OperationName::Fail, String::new()).map(|(pointer, _)| pointer),
        })
    }
}

/// Where a companion's request names what is to stay on its list.
fn filter_by_id(place: &Place<'_>) -> Option<Source> {
    let filters = place.field("filters")?.elements();
    let by_id = filters.iter().find(|filter| filter.value.get("by").and_then(Value::as_str) == Some("id"))?;
    Source::read(&by_id.field("at")?)
}

/// The parameter at a place, if it is in the path or the query.
fn parameter<'o>(operation: &'o Operation, at: &Source) -> Option<&'o ParameterSpec> {
    match at {
        Source::Path(name) => operation.parameter(ParameterPlace::Path, name),
        Source::Query(name) => operation.parameter(ParameterPlace::Query, name),
        Source::Body(_) => None,
    }
}

/// Where in a template operations are listed, and what is told of each.
fn elements(template: &Template, pointer: String) -> Option<(String, &Template)> {
    match template {
        Template::Each(each) if each.list == List::Operations => Some((pointer, &each.item)),
        Template::If(_, then) => elements(then, pointer),
        template => parts(template, &pointer).find_map(|(pointer, part)| elements(part, pointer)),
    }
}

/// Where in a template a part of an operation stands by itself.
fn find(template: &Template, name: OperationName, pointer: String) -> Option<(String, &Hole)> {
    match template {
        Template::Hole(hole) if hole.name == Name::Operation(name) => Some((pointer, hole)),
        Template::If(_, then) => find(then, name, pointer),
        template => parts(template, &pointer).find_map(|(pointer, part)| find(part, name, pointer)),
    }
}

/// The parts of an object or array, each with its JSON Pointer.
fn parts<'t>(template: &'t Template, pointer: &str) -> impl Iterator<Item = (String, &'t Template)> {
    let below = move |segment: &str| {
        let mut pointer = pointer.to_owned();
        push_segment(&mut pointer, segment);
        pointer
    };
    let (members, elements) = match template {
        Template::Object(members) => (members.as_slice(), [].as_slice()),
        Template::Array(elements) => ([].as_slice(), elements.as_slice()),
        _ => ([].as_slice(), [].as_slice()),
    };
    let members = members.iter().map(move |member| (below(&member.key), &member.template));
    let elements = elements.iter().enumerate().map(move |(place, part)| (below(&place.to_string()), part));
    members.chain(elements)
}
