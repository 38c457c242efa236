//! A template as a list of things to write, worked out once when a contract is loaded: constants that stand side by side
//! are one piece of bytes. What the names in it stand for is left to [`crate::answer::render`].

use super::name::{ItemName, List, Name};
use super::shape::{Each, Hole, Member, Piece, Template};
use crate::json::write_escaped;

/// Things to write, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    pub(crate) steps: Vec<Step>,
}

/// One thing to write, or a jump over some.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A comma, unless an object or array has just begun.
    Comma,
    /// The id of the item, as JSON: what every list of items has in every element.
    Id,
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
        Self { steps: draft.steps }
    }

    /// Whether anything in it depends on this part of an item.
    pub fn asks(&self, part: ItemName) -> bool {
        self.steps.iter().any(|step| match step {
            Step::Id => part == ItemName::Id,
            Step::Hole(Hole { name, .. }) | Step::Spliced(Hole { name, .. }) | Step::Unless(name, _) => {
                *name == Name::Item(part)
            }
            Step::EachItem(programs) => programs.iter().flatten().any(|program| program.asks(part)),
            Step::Each(_, program) => program.asks(part),
            Step::Bytes(_) | Step::Comma | Step::Skip(_) | Step::Tree(_) => false,
        })
    }
}

/// A program that is being put together.
#[derive(Default)]
struct Draft {
    steps: Vec<Step>,
    /// The steps before this one are complete: a jump ends here.
    complete: usize,
}

impl Draft {
    fn bytes(&mut self, bytes: &[u8]) {
        match self.steps.get_mut(self.complete..).and_then(<[Step]>::last_mut) {
            Some(Step::Bytes(before)) => before.extend_from_slice(bytes),
            _ => self.steps.push(Step::Bytes(bytes.to_vec())),
        }
    }

    fn add(&mut self, template: &Template) {
        match template {
            Template::Literal(_, text) => self.bytes(text.as_bytes()),
            Template::Hole(Hole { name: Name::Item(ItemName::Id), words: None }) => self.steps.push(Step::Id),
            Template::Hole(hole) => self.steps.push(Step::Hole(hole.clone())),
            Template::Text(pieces) => self.add_text(pieces),
            Template::Object(members) => self.add_object(members),
            Template::Array(elements) => self.add_array(elements),
            Template::Each(each) => self.steps.push(of_each(each)),
            // Outside an object or an array there is no key to leave out.
            Template::If(name, then) => {
                self.add_if(*name, |draft| draft.add(then), |draft| draft.bytes(b"null"));
            }
            Template::ViolationTree(root) => self.steps.push(Step::Tree(root.clone())),
        }
    }

    /// Adds what is written where a name has a value, and what is written where it has none.
    fn add_if(&mut self, name: Name, then: impl FnOnce(&mut Self), otherwise: impl FnOnce(&mut Self)) {
        let (mut first, mut second) = (Self::default(), Self::default());
        then(&mut first);
        otherwise(&mut second);
        if !second.steps.is_empty() {
            first.steps.push(Step::Skip(second.steps.len()));
        }
        self.steps.push(Step::Unless(name, first.steps.len()));
        self.steps.append(&mut first.steps);
        self.steps.append(&mut second.steps);
        self.complete = self.steps.len();
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
                Piece::Hole(hole) => self.steps.push(Step::Spliced(hole.clone())),
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
            Before::Perhaps => self.steps.push(Step::Comma),
            Before::Something => self.bytes(b","),
        }
        self.bytes(prefix);
        self.add(template);
        Before::Something
    }
}

fn of_each(each: &Each) -> Step {
    if each.list.is_of_items() {
        let programs = each.by_outcome.iter().map(|template| template.as_ref().map(Program::of));
        Step::EachItem(programs.collect())
    } else {
        Step::Each(each.list, Program::of(&each.item))
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
        let [Step::Bytes(first), Step::Hole(_), Step::Bytes(last)] = program.steps.as_slice() else {
            panic!("{program:?}")
        };
        assert_eq!((first.as_slice(), last.as_slice()), (&br#"{"a":true,"b":"#[..], &br#","c":[null]}"#[..]));
    }

    #[test]
    fn what_follows_a_jump_is_a_step_of_its_own() {
        let bytes = |text: &str| Step::Bytes(text.as_bytes().to_vec());
        let constant = Template::literal(Value::Null);
        let program = Program::of(&Template::Array(vec![constant.clone(), optional("x"), constant]));
        let expected = [bytes("[null"), Step::Unless(Name::CallerId, 1), bytes(",\"x\""), bytes(",null]")];
        assert_eq!(program.steps, expected);
        let expected = [Step::Unless(Name::CallerId, 2), bytes("\"x\""), Step::Skip(1), bytes("null")];
        assert_eq!(Program::of(&optional("x")).steps, expected);
    }

    #[test]
    fn a_text_is_escaped_when_it_is_compiled() {
        let hole = Hole { name: Name::CallerId, words: None };
        let program = Program::of(&Template::Array(vec![Template::Text(vec![
            Piece::Literal("\"a\"\n".to_owned()),
            Piece::Hole(hole.clone()),
            Piece::Literal("\\".to_owned()),
        ])]));
        let expected =
            [Step::Bytes(br#"["\"a\"\n"#.to_vec()), Step::Spliced(hole), Step::Bytes(br#"\\"]"#.to_vec())];
        assert_eq!(program.steps, expected);
    }

    #[test]
    fn a_comma_is_looked_for_only_where_it_is_not_certain() {
        let commas = |parts: Vec<Template>| {
            let program = Program::of(&Template::Array(parts));
            program.steps.iter().filter(|step| matches!(step, Step::Comma)).count()
        };
        let constant = || Template::literal(Value::Null);
        assert_eq!(commas(vec![constant(), optional("x"), constant()]), 0);
        assert_eq!(commas(vec![optional("x"), constant(), constant()]), 1);
        assert_eq!(commas(vec![optional("x"), optional("y"), constant()]), 2);
    }
}
