//! An answer's template: what it is made of. Made from a policy by [`super::compile`], filled by [`crate::answer::render`], read
//! backwards by [`crate::answer::read`].

use std::sync::Arc;

use super::list::List;
use super::name::{ItemName, Name};
use crate::json::Value;
use crate::names::Names;

/// A table that turns the engine's words into the contract's: `deleted` into `success`.
pub type Words = Names<Value>;

/// A placeholder: what it stands for, and the words that its value is said in.
#[derive(Clone, Debug, PartialEq)]
pub struct Hole {
    /// What it stands for.
    pub name: Name,
    /// The table through which its value goes.
    pub words: Option<Arc<Words>>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text that stands as it is.
    Literal(String),
    /// A placeholder, spliced in as text.
    Hole(Hole),
}

/// What a list's array is when the list is empty and the answer leaves its key out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Says nothing: the key should have been there.
    NoEvidence,
    /// Means an empty list.
    Empty,
}

/// An array with an element per member of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    /// The list.
    pub list: List,
    /// What a missing key means to a reader.
    pub absent: Absent,
    /// The element, as the policy writes it.
    pub item: Box<Template>,
    /// The element with an outcome's constants filled in, by the outcome's place in the policy; `None` for outcomes that
    /// the list never holds. Empty for lists that are not of items.
    pub by_outcome: Vec<Option<Template>>,
}

/// A template of a JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// A value without placeholders, with its text.
    Literal(Value, String),
    /// A placeholder that becomes a typed value.
    Hole(Hole),
    /// A text with placeholders in it.
    Text(Vec<Piece>),
    /// An object; its keys are constants.
    Object(Vec<Member>),
    /// An array of fixed length.
    Array(Vec<Template>),
    /// An array with an element per member of a list.
    Each(Each),
    /// A value that is there only where a name has a value that is neither empty nor zero.
    If(Name, Box<Template>),
    /// Merged violations as an object of arrays of texts, keyed like the request; for violations of the whole, under
    /// this key.
    ViolationTree(String),
    /// What stands at this JSON Pointer inside the attributes of what is listed or read; this value where nothing does.
    Attribute(String, Value),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its key.
    pub key: String,
    /// The key as JSON text with its colon: `"key":`.
    pub prefix: String,
    /// Its value.
    pub template: Template,
}

impl Member {
    /// A member of this key and value.
    pub fn new(key: &str, template: Template) -> Self {
        let mut prefix = Vec::new();
        crate::json::write_string(&mut prefix, key);
        prefix.push(b':');
        Self { key: key.to_owned(), prefix: String::from_utf8(prefix).unwrap_or_default(), template }
    }
}

impl Template {
    /// A template of a constant.
    pub fn literal(value: Value) -> Self {
        let mut text = Vec::new();
        value.write(&mut text);
        Self::Literal(value, String::from_utf8(text).unwrap_or_default())
    }

    /// Makes constants of all parts that have no placeholder, so that they are written and compared at once.
    #[must_use]
    pub fn folded(self) -> Self {
        match self {
            Self::Text(pieces) => fold_text(pieces),
            Self::Object(members) => {
                let members: Vec<Member> = members
                    .into_iter()
                    .map(|member| Member { template: member.template.folded(), ..member })
                    .collect();
                let constants: Option<crate::json::Object> = members
                    .iter()
                    .map(|member| match &member.template {
                        Self::Literal(value, _) => Some((member.key.clone(), value.clone())),
                        _ => None,
                    })
                    .collect();
                match constants {
                    Some(object) => Self::literal(Value::Object(object)),
                    None => Self::Object(members),
                }
            }
            Self::Array(elements) => {
                let elements: Vec<Self> = elements.into_iter().map(Self::folded).collect();
                let constants: Option<Vec<Value>> = elements
                    .iter()
                    .map(|element| match element {
                        Self::Literal(value, _) => Some(value.clone()),
                        _ => None,
                    })
                    .collect();
                match constants {
                    Some(values) => Self::literal(Value::Array(values)),
                    None => Self::Array(elements),
                }
            }
            Self::Each(each) => Self::Each(Each { item: Box::new(each.item.folded()), ..each }),
            Self::If(name, then) => Self::If(name, Box::new(then.folded())),
            other => other,
        }
    }

    /// Visits this template and all parts of it, lists' elements as the policy writes them among them.
    pub fn visit<'t>(&'t self, visitor: &mut impl FnMut(&'t Self)) {
        visitor(self);
        match self {
            Self::Object(members) => members.iter().for_each(|member| member.template.visit(visitor)),
            Self::Array(elements) => elements.iter().for_each(|element| element.visit(visitor)),
            Self::Each(each) => each.item.visit(visitor),
            Self::If(_, then) => then.visit(visitor),
            Self::Literal(..)
            | Self::Hole(_)
            | Self::Text(_)
            | Self::ViolationTree(_)
            | Self::Attribute(..) => {}
        }
    }

    /// The lists of items in this template.
    pub fn item_lists(&self) -> Vec<&Each> {
        let mut lists = Vec::new();
        self.visit(&mut |part| {
            if let Self::Each(each) = part
                && each.list.is_of_items()
            {
                lists.push(each);
            }
        });
        lists
    }

    /// Whether this name of an item can be read from it.
    pub fn tells(&self, name: ItemName) -> bool {
        let mut found = false;
        self.visit(&mut |part| found |= part.is_of(name));
        found
    }

    /// Whether it is this name of an item, by itself or in a text that has no other.
    pub fn is_of(&self, name: ItemName) -> bool {
        let is = |hole: &Hole| hole.name == Name::Item(name) && hole.words.is_none();
        match self {
            Self::Hole(hole) => is(hole),
            Self::Text(pieces) => {
                let mut holes = pieces.iter().filter_map(|piece| match piece {
                    Piece::Hole(hole) => Some(hole),
                    Piece::Literal(_) => None,
                });
                holes.next().is_some_and(is) && holes.next().is_none()
            }
            _ => false,
        }
    }
}

/// Joins neighbouring literals; a text of literals alone is a constant.
fn fold_text(pieces: Vec<Piece>) -> Template {
    let mut folded: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (folded.last_mut(), piece) {
            (Some(Piece::Literal(before)), Piece::Literal(text)) => before.push_str(&text),
            (_, piece) => folded.push(piece),
        }
    }
    match folded.as_slice() {
        [] => Template::literal(Value::String(String::new())),
        [Piece::Literal(text)] => Template::literal(Value::String(text.clone())),
        _ => Template::Text(folded),
    }
}
