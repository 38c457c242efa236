//! A template as a list of things to write, worked out once when a contract is loaded: constants that stand side by side
//! are one piece of bytes. What the names in it stand for is left to [`crate::answer::render`].

use super::list::List;
use super::name::{ItemName, Name};
use super::shape::{Each, Hole, Member, Piece, Template};
use crate::json::{segments, write_escaped};

/// Things to write, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    pub(crate) steps: Vec<Step>,
}

/// Constant bytes, and what stands behind them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) before: Vec<u8>,
    pub(crate) then: Then,
}

/// One thing to write, or a jump over some.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Then {
    /// Nothing.
    Nothing,
    /// A comma, unless an object or array has just begun.
    Comma,
    /// The id of the item, as JSON: what every list of items has in every element.
    Id,
    /// A text that is known of the item beside what was decided, as JSON.
    Detail(ItemName),
    /// The same inside a string, without quotes.
    SplicedDetail(ItemName),
    /// These bytes and the same as JSON; nothing at all where the item does not have it, or it is empty.
    OptionalDetail(Vec<u8>, ItemName),
    /// A placeholder's value.
    Hole(Hole),
    /// A placeholder's value as text, inside a string: without quotes of its own.
    Spliced(Hole),
    /// Leaves so many steps out, unless a name has a value.
    Unless(Name, usize),
    /// Leaves so many steps out.
    Skip(usize),
    /// An element for each member of a list that is not of items.
    Each(List, Program),
    /// An element for each item whose outcome has a program here: the others are not on the list.
    EachItem(Vec<Option<Program>>),
    /// Merged violations, those of the whole under this key.
    Tree(String),
    /// The attribute at this JSON Pointer; this JSON text where there is none.
    Attribute(Vec<String>, Vec<u8>),
}

/// Whether something stands before the next member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Perhaps,
    Something,
}

impl Program {
    /// Works out what a template writes.
    pub fn of(template: &Template) -> Self {
        let mut draft = Draft::default();
        draft.add(template);
        Self { steps: draft.finish() }
    }

    /// Whether anything in it depends on this part of an item.
    pub fn asks(&self, part: ItemName) -> bool {
        self.steps.iter().any(|step| match &step.then {
            Then::Id => part == ItemName::Id,
            Then::Detail(own) | Then::SplicedDetail(own) | Then::OptionalDetail(_, own) => *own == part,
            Then::Hole(Hole { name, .. }) | Then::Spliced(Hole { name, .. }) | Then::Unless(name, _) => {
                *name == Name::Item(part)
            }
            Then::EachItem(programs) => programs.iter().flatten().any(|program| program.asks(part)),
            Then::Each(_, program) => program.asks(part),
            Then::Nothing | Then::Comma | Then::Skip(_) | Then::Tree(_) | Then::Attribute(..) => false,
        })
    }
}

/// A program that is being put together.
#[derive(Default)]
struct Draft {
    steps: Vec<Step>,
    /// The constant bytes that stand before the next step.
    before: Vec<u8>,
}

impl Draft {
    fn bytes(&mut self, bytes: &[u8]) {
        self.before.extend_from_slice(bytes);
    }

    fn then(&mut self, then: Then) {
        self.steps.push(Step { before: std::mem::take(&mut self.before), then });
    }

    /// The steps, the last of them for the bytes that are left.
    fn finish(mut self) -> Vec<Step> {
        if !self.before.is_empty() {
            self.then(Then::Nothing);
        }
        self.steps
    }

    fn add(&mut self, template: &Template) {
        match template {
            Template::Literal(_, text) => self.bytes(text.as_bytes()),
            Template::Hole(Hole { name: Name::Item(ItemName::Id), words: None }) => self.then(Then::Id),
            Template::Hole(Hole { name: Name::Item(part), words: None }) if part.is_detail() => {
                self.then(Then::Detail(*part));
            }
            Template::Hole(hole) => self.then(Then::Hole(hole.clone())),
            Template::Text(pieces) => self.add_text(pieces),
            Template::Object(members) => self.add_object(members),
            Template::Array(elements) => self.add_array(elements),
            Template::Each(each) => self.then(of_each(each)),
            // Outside an object or an array there is no key to leave out.
            Template::If(name, then) => {
                self.add_if(*name, |draft| draft.add(then), |draft| draft.bytes(b"null"));
            }
            Template::ViolationTree(root) => self.then(Then::Tree(root.clone())),
            Template::Attribute(pointer, absent) => {
                let absent = absent.to_text().into_bytes();
                self.then(Then::Attribute(segments(pointer).unwrap_or_default(), absent));
            }
        }
    }

    /// Adds what is written where a name has a value, and what is written where it has none.
    fn add_if(&mut self, name: Name, then: impl FnOnce(&mut Self), otherwise: impl FnOnce(&mut Self)) {
        let (mut first, mut second) = (Self::default(), Self::default());
        then(&mut first);
        otherwise(&mut second);
        let mut second = second.finish();
        if !second.is_empty() {
            first.then(Then::Skip(second.len()));
        }
        let mut first = first.finish();
        if let [Step { before, then: Then::Detail(part) }] = first.as_mut_slice()
            && name == Name::Item(*part)
        {
            self.then(Then::OptionalDetail(std::mem::take(before), *part));
            return;
        }
        self.then(Then::Unless(name, first.len()));
        self.steps.append(&mut first);
        self.steps.append(&mut second);
    }

    fn add_text(&mut self, pieces: &[Piece]) {
        self.bytes(b"\"");
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => {
                    let mut escaped = Vec::new();
                    write_escaped(&mut escaped, literal);
                    self.bytes(&escaped);
                }
                Piece::Hole(Hole { name: Name::Item(part), words: None }) if part.is_detail() => {
                    self.then(Then::SplicedDetail(*part));
                }
                Piece::Hole(hole) => self.then(Then::Spliced(hole.clone())),
            }
        }
        self.bytes(b"\"");
    }

    fn add_object(&mut self, members: &[Member]) {
        self.bytes(b"{");
        let mut before = Before::Nothing;
        for member in members {
            before = self.add_part(before, member.prefix.as_bytes(), &member.template);
        }
        self.bytes(b"}");
    }

    fn add_array(&mut self, elements: &[Template]) {
        self.bytes(b"[");
        let mut before = Before::Nothing;
        for element in elements {
            before = self.add_part(before, b"", element);
        }
        self.bytes(b"]");
    }

    /// Adds a member or an element with its comma; tells what then stands before the next.
    fn add_part(&mut self, before: Before, prefix: &[u8], template: &Template) -> Before {
        if let Template::If(name, then) = template {
            let then = |draft: &mut Self| {
                draft.add_part(before, prefix, then);
            };
            self.add_if(*name, then, |_| {});
            return if before == Before::Something { before } else { Before::Perhaps };
        }
        match before {
            Before::Nothing => {}
            Before::Perhaps => self.then(Then::Comma),
            Before::Something => self.bytes(b","),
        }
        self.bytes(prefix);
        self.add(template);
        Before::Something
    }
}

fn of_each(each: &Each) -> Then {
    if each.list.is_of_items() {
        let programs = each.by_outcome.iter().map(|template| template.as_ref().map(Program::of));
        Then::EachItem(programs.collect())
    } else {
        Then::Each(each.list, Program::of(&each.item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::template::name::RequestName;
    use crate::json::Value;

    fn optional(text: &str) -> Template {
        Template::If(Name::CallerId, Box::new(Template::literal(Value::String(text.to_owned()))))
    }

    #[test]
    fn constants_are_joined() {
        let hole = Template::Hole(Hole { name: Name::Request(RequestName::Id), words: None });
        let members = vec![
            Member::new("a", Template::literal(Value::Bool(true))),
            Member::new("b", hole.clone()),
            Member::new("c", Template::Array(vec![Template::literal(Value::Null)])),
        ];
        let program = Program::of(&Template::Object(members));
        let [Step { before: first, then: Then::Hole(_) }, Step { before: last, then: Then::Nothing }] =
            program.steps.as_slice()
        else {
            panic!("{program:?}")
        };
        assert_eq!((first.as_slice(), last.as_slice()), (&br#"{"a":true,"b":"#[..], &br#","c":[null]}"#[..]));
    }

    fn step(before: &str, then: Then) -> Step {
        Step { before: before.as_bytes().to_vec(), then }
    }

    #[test]
    fn what_follows_a_jump_is_a_step_of_its_own() {
        let constant = Template::literal(Value::Null);
        let program = Program::of(&Template::Array(vec![constant.clone(), optional("x"), constant]));
        let expected = [
            step("[null", Then::Unless(Name::CallerId, 1)),
            step(",\"x\"", Then::Nothing),
            step(",null]", Then::Nothing),
        ];
        assert_eq!(program.steps, expected);
        let expected = [
            step("", Then::Unless(Name::CallerId, 1)),
            step("\"x\"", Then::Skip(1)),
            step("null", Then::Nothing),
        ];
        assert_eq!(Program::of(&optional("x")).steps, expected);
    }

    #[test]
    fn a_detail_that_is_told_where_it_is_there_is_one_step() {
        let part = Name::Item(ItemName::Name);
        let hole = Template::Hole(Hole { name: part, words: None });
        let members = |template| vec![Member::new("a", template), Member::new("b", hole.clone())];
        let told = |template| Program::of(&Template::Object(members(template))).steps;
        let expected = [
            step("{", Then::OptionalDetail(b"\"a\":".to_vec(), ItemName::Name)),
            step("", Then::Comma),
            step("\"b\":", Then::Detail(ItemName::Name)),
            step("}", Then::Nothing),
        ];
        assert_eq!(told(Template::If(part, Box::new(hole.clone()))), expected);
        let other = told(Template::If(Name::Item(ItemName::Fail), Box::new(hole.clone())));
        assert_eq!(other.first(), Some(&step("{", Then::Unless(Name::Item(ItemName::Fail), 1))));
    }

    #[test]
    fn a_text_is_escaped_when_it_is_compiled() {
        let hole = Hole { name: Name::CallerId, words: None };
        let program = Program::of(&Template::Array(vec![Template::Text(vec![
            Piece::Literal("\"a\"\n".to_owned()),
            Piece::Hole(hole.clone()),
            Piece::Literal("\\".to_owned()),
        ])]));
        let expected = [step(r#"["\"a\"\n"#, Then::Spliced(hole)), step(r#"\\"]"#, Then::Nothing)];
        assert_eq!(program.steps, expected);
    }

    #[test]
    fn a_comma_is_looked_for_only_where_it_is_not_certain() {
        let commas = |parts: Vec<Template>| {
            let program = Program::of(&Template::Array(parts));
            program.steps.iter().filter(|step| matches!(step.then, Then::Comma)).count()
        };
        let constant = || Template::literal(Value::Null);
        assert_eq!(commas(vec![constant(), optional("x"), constant()]), 0);
        assert_eq!(commas(vec![optional("x"), constant(), constant()]), 1);
        assert_eq!(commas(vec![optional("x"), optional("y"), constant()]), 2);
    }
}
