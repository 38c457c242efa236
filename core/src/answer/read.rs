//! Reads a template backwards: holds a value against it, and tells what its names stood for. Never searches: a text is
//! matched by what stands before and behind its one placeholder.

use crate::contract::template::list::List;
use crate::contract::template::name::{ItemName, Name};
use crate::contract::template::shape::{Absent, Each, Piece, Template};
use crate::json::Value;

/// How well a value fits a template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Constants that are as they should be.
    pub agreeing: usize,
    /// Constants that are not, and shapes that are others.
    pub differing: usize,
}

impl Fit {
    const AGREES: Self = Self { agreeing: 1, differing: 0 };
    const DIFFERS: Self = Self { agreeing: 0, differing: 1 };

    fn add(&mut self, other: Self) {
        self.agreeing += other.agreeing;
        self.differing += other.differing;
    }
}

/// Holds a value against a template. What is missing is no evidence, and what is there beside is not looked at.
pub fn fit(template: &Template, value: Option<&Value>) -> Fit {
    let Some(value) = value else { return Fit::default() };
    let mut found = Fit::default();
    match (template, value) {
        (Template::Literal(expected, _), value) => found.add(fit_literal(expected, value)),
        (Template::Hole(hole), value) => {
            if let Some(words) = &hole.words {
                found.add(if words.values().any(|word| word == value) { Fit::AGREES } else { Fit::DIFFERS });
            }
        }
        (Template::Text(pieces), Value::String(text)) => {
            if between(pieces, text).is_none() {
                found.add(Fit::DIFFERS);
            }
        }
        (Template::Object(members), Value::Object(object)) => {
            for member in members {
                found.add(fit(&member.template, object.get(&member.key)));
            }
        }
        (Template::Array(templates), Value::Array(values)) => {
            for (template, value) in templates.iter().zip(values) {
                found.add(fit(template, Some(value)));
            }
        }
        (Template::Each(each), Value::Array(values)) => {
            // One element speaks for the list: what differs from item to item is read elsewhere.
            found.add(fit(&each.item, values.first()));
        }
        (Template::If(_, then), value) => found.add(fit(then, Some(value))),
        // Texts stand in it only in lists: an error of another form may have the same keys.
        (Template::ViolationTree(_), Value::Object(object)) => match object.iter().next() {
            Some((_, Value::Array(_) | Value::Object(_))) => found.add(Fit::AGREES),
            Some(_) => found.add(Fit::DIFFERS),
            None => {}
        },
        (Template::Attribute(..), _) => {}
        _ => found.add(Fit::DIFFERS),
    }
    found
}

fn fit_literal(expected: &Value, value: &Value) -> Fit {
    match (expected, value) {
        (Value::Object(expected), Value::Object(object)) => {
            let mut found = Fit::default();
            for (key, expected) in expected.iter() {
                if let Some(value) = object.get(key) {
                    found.add(fit_literal(expected, value));
                }
            }
            found
        }
        (expected, value) if expected == value => Fit::AGREES,
        _ => Fit::DIFFERS,
    }
}

/// What stands in a text where its one placeholder is; `None` where the text is another.
fn between<'t>(pieces: &[Piece], text: &'t str) -> Option<&'t str> {
    match pieces {
        [Piece::Hole(_)] => Some(text),
        [Piece::Literal(before), Piece::Hole(_)] => text.strip_prefix(before.as_str()),
        [Piece::Hole(_), Piece::Literal(behind)] => text.strip_suffix(behind.as_str()),
        [Piece::Literal(before), Piece::Hole(_), Piece::Literal(behind)] => {
            text.strip_prefix(before.as_str())?.strip_suffix(behind.as_str())
        }
        // More than one placeholder is never taken apart; it is enough that both ends are right.
        pieces => {
            let before = if let Some(Piece::Literal(before)) = pieces.first() { before.as_str() } else { "" };
            let behind = if let Some(Piece::Literal(behind)) = pieces.last() { behind.as_str() } else { "" };
            text.strip_prefix(before)?.strip_suffix(behind)
        }
    }
}

/// A part of an item that an element names.
pub fn part<'v>(template: &Template, name: ItemName, value: &'v Value) -> Option<Found<'v>> {
    match (template, value) {
        (Template::Hole(_), value) if template.is_of(name) => Some(Found::Value(value)),
        (Template::Text(pieces), Value::String(text)) if template.is_of(name) => {
            between(pieces, text).map(Found::Text)
        }
        (Template::Object(members), Value::Object(object)) => {
            members.iter().find_map(|member| part(&member.template, name, object.get(&member.key)?))
        }
        (Template::Array(templates), Value::Array(values)) => {
            templates.iter().zip(values).find_map(|(template, value)| part(template, name, value))
        }
        (Template::If(_, then), value) => part(then, name, value),
        _ => None,
    }
}

/// What was found where a name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'v> {
    /// A whole value.
    Value(&'v Value),
    /// A part of a text.
    Text(&'v str),
}

impl<'v> Found<'v> {
    /// As text, if it is one.
    pub fn as_text(self) -> Option<&'v str> {
        match self {
            Self::Value(value) => value.as_str(),
            Self::Text(text) => Some(text),
        }
    }
}

/// A list as an answer gives it.
#[derive(Clone, Copy, Debug)]
pub struct ListRead<'t, 'v> {
    /// Its template.
    pub each: &'t Each,
    /// Its elements; `None` where the answer does not have it, and this says nothing.
    pub elements: Option<&'v [Value]>,
}

/// A count as an answer states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountRead {
    /// The list.
    pub list: List,
    /// The number.
    pub stated: u64,
}

/// What is read from a body as a whole.
#[derive(Debug, Default)]
pub struct BodyRead<'t, 'v> {
    /// The lists.
    pub lists: Vec<ListRead<'t, 'v>>,
    /// The counts.
    pub counts: Vec<CountRead>,
}

/// Reads lists and counts from a body.
pub fn read_body<'t, 'v>(template: &'t Template, value: Option<&'v Value>, read: &mut BodyRead<'t, 'v>) {
    match template {
        Template::Each(each) => {
            let elements = match (value, each.absent) {
                (Some(Value::Array(elements)), _) => Some(elements.as_slice()),
                (None | Some(Value::Null), Absent::Empty) => Some(&[][..]),
                _ => None,
            };
            read.lists.push(ListRead { each, elements });
        }
        Template::Object(members) => {
            for member in members {
                let value = value.and_then(|value| value.get(&member.key));
                match &member.template {
                    // An optional list that is not there is empty.
                    Template::If(_, then) if value.is_none() => {
                        if let Template::Each(each) = then.as_ref() {
                            read.lists.push(ListRead { each, elements: Some(&[]) });
                        }
                    }
                    template => read_body(template, value, read),
                }
            }
        }
        Template::Array(templates) => {
            for (index, template) in templates.iter().enumerate() {
                read_body(
                    template,
                    value.and_then(Value::as_array).and_then(|values| values.get(index)),
                    read,
                );
            }
        }
        Template::If(_, then) => read_body(then, value, read),
        Template::Hole(hole) => {
            if let (Name::Count(list), Some(stated)) = (hole.name, value.and_then(count)) {
                read.counts.push(CountRead { list, stated });
            }
        }
        Template::Literal(..) | Template::Text(_) | Template::ViolationTree(_) | Template::Attribute(..) => {}
    }
}

/// A count, also where a server writes it as text.
fn count(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::place::Place;
    use crate::contract::template::at_hand::AtHand;
    use crate::contract::template::compile::{Context, compile};
    use crate::contract::template::shape::Words;
    use crate::names::Names;
    use crate::problem::Problems;
    use std::cell::RefCell;
    use std::sync::Arc;

    fn json(text: &str) -> Value {
        Value::parse(text.as_bytes()).unwrap()
    }

    fn template(text: &str) -> Template {
        let (document, problems) = (json(text), RefCell::new(Problems::new("policy.json")));
        let table =
            Words::from_iter([("deleted".to_owned(), json("\"gone\"")), ("failed".to_owned(), json("0"))]);
        let words = Names::from_iter([("w".to_owned(), Arc::new(table))]);
        let at_hand = AtHand { violation: true, ..AtHand::ANSWER };
        let context = Context { words: &words, say: None, status: 200, at_hand };
        let template = compile(&Place::root(&document, &problems), &context);
        template.unwrap_or_else(|| panic!("{problems:?}"))
    }

    #[test]
    fn a_value_fits_by_its_constants() {
        for (pattern, value, agreeing, differing) in [
            ("1", "1", 1, 0),
            ("1", "2", 0, 1),
            (r#"{"a":1,"b":{"c":2,"d":3}}"#, r#"{"a":1,"b":{"c":2,"d":4,"e":5}}"#, 2, 1),
            (r#"{"a":1,"b":2}"#, r#"{"b":2}"#, 1, 0),
            (r#"{"a":1}"#, "[]", 0, 1),
            (r#"{"a":1,"b":"{now}"}"#, r#"{"a":2,"b":7}"#, 0, 1),
            (r#"{"a":1,"b":"{now}"}"#, "7", 0, 1),
            (r#"["x","{now}",{"y":1}]"#, r#"["x","z",{"y":1},8]"#, 2, 0),
            (r#"["x","{now}"]"#, r#"["y"]"#, 0, 1),
            (r#""at {now}!""#, r#""at noon!""#, 0, 0),
            (r#""at {now}!""#, r#""at noon""#, 0, 1),
            (r#""at {now}""#, r#""in time""#, 0, 1),
            (r#""{now}!""#, r#""noon?""#, 0, 1),
            (r#""{now} and {now}!""#, r#""a and b!""#, 0, 0),
            (r#""{now} and {now}!""#, r#""a and b""#, 0, 1),
            (r#""at {now}""#, "7", 0, 1),
            (r#""{w:violation.actual}""#, r#""gone""#, 1, 0),
            (r#""{w:violation.actual}""#, "0", 1, 0),
            (r#""{w:violation.actual}""#, r#""here""#, 0, 1),
            (r#""{violation.actual}""#, r#""anything""#, 0, 0),
            (r#"{"$each":"all","item":{"k":1}}"#, r#"[{"k":1},{"k":2}]"#, 1, 0),
            (r#"{"$each":"all","item":{"k":1}}"#, r#"[{"k":2}]"#, 0, 1),
            (r#"{"$each":"all","item":{"k":1}}"#, "{}", 0, 1),
            (r#"{"o":{"$if":"now","then":{"k":1}}}"#, r#"{"o":{"k":1}}"#, 1, 0),
            (r#"{"o":{"$if":"now","then":{"k":1}}}"#, r#"{"o":{"k":2}}"#, 0, 1),
            (r#"{"o":{"$if":"now","then":{"k":1}}}"#, "{}", 0, 0),
            (r#"{"$violations":"tree","root":"r"}"#, r#"{"x":["y"]}"#, 1, 0),
            (r#"{"$violations":"tree","root":"r"}"#, r#"{"x":"y"}"#, 0, 1),
            (r#"{"$violations":"tree","root":"r"}"#, "{}", 0, 0),
            (r#"{"$violations":"tree","root":"r"}"#, "[]", 0, 1),
        ] {
            let found = fit(&template(pattern), Some(&json(value)));
            assert_eq!((found.agreeing, found.differing), (agreeing, differing), "{pattern} {value}");
            assert_eq!(fit(&template(pattern), None), Fit::default());
        }
    }

    #[test]
    fn parts_are_found_where_their_names_stand() {
        let found = |pattern: &str, name, value: &str| {
            let pattern = format!(r#"{{"$each":"all","item":{pattern}}}"#);
            let Template::Each(each) = template(&pattern) else { panic!("no list") };
            let value = json(value);
            part(&each.item, name, &value).map(|found| match found {
                Found::Value(value) => value.to_text(),
                Found::Text(text) => format!("text {text}"),
            })
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(found(r#""{item.id}""#, ItemName::Id, "7"), some("7"));
        assert_eq!(found(r#""{item.id}""#, ItemName::Reason, "7"), None);
        assert_eq!(found(r#""note {item.id}.""#, ItemName::Id, r#""note 7.""#), some("text 7"));
        assert_eq!(found(r#""note {item.id}.""#, ItemName::Id, r#""page 7.""#), None);
        assert_eq!(found(r#""{item.id} at {now}""#, ItemName::Id, r#""7 at noon""#), None);
        assert_eq!(
            found(r#"{"a":[1,"{item.reason}"]}"#, ItemName::Reason, r#"{"a":[1,"why"]}"#),
            some("\"why\"")
        );
        assert_eq!(
            found(r#"{"a":{"$if":"item.name","then":"{item.name}"}}"#, ItemName::Name, r#"{"a":"n"}"#),
            some("\"n\"")
        );
        assert_eq!(
            found(r#"{"a":"{w:item.is}","b":"{item.id}"}"#, ItemName::Is, r#"{"a":"gone","b":1}"#),
            None
        );
        assert_eq!(Found::Text("a").as_text(), Some("a"));
        assert_eq!(Found::Value(&json("\"a\"")).as_text(), Some("a"));
        assert_eq!(Found::Value(&json("1")).as_text(), None);
    }

    #[test]
    fn lists_and_counts_are_read_wherever_they_stand() {
        let pattern = template(
            r#"{"n":"{deleted.count}","in":[{"l":{"$each":"deleted","item":"{item.id}"}}],
                "e":{"$each":"not-found","absent":"empty","item":"{item.id}"},
                "o":{"$if":"warnings.count","then":{"$each":"warnings","item":"{warning.text}"}},
                "c":{"$if":"all.count","then":"{all.count}"}}"#,
        );
        let lengths = |value: &str| {
            let value = json(value);
            let mut read = BodyRead::default();
            read_body(&pattern, Some(&value), &mut read);
            let lists: Vec<_> =
                read.lists.iter().map(|list| (list.each.list, list.elements.map(<[_]>::len))).collect();
            let counts: Vec<_> = read.counts.iter().map(|count| (count.list, count.stated)).collect();
            (lists, counts)
        };
        let lists =
            |one, two, three| vec![(List::Deleted, one), (List::NotFound, two), (List::Warnings, three)];
        assert_eq!(
            lengths(r#"{"n":3,"in":[{"l":[1,2]}],"e":[1],"o":["w"],"c":"5"}"#),
            (lists(Some(2), Some(1), Some(1)), vec![(List::Deleted, 3), (List::All, 5)])
        );
        assert_eq!(lengths(r#"{"n":-3,"in":[],"e":null}"#), (lists(None, Some(0), Some(0)), vec![]));
        assert_eq!(lengths("{}"), (lists(None, Some(0), Some(0)), vec![]));
        assert_eq!(lengths(r#"{"in":[{"l":7}],"e":7,"o":7}"#), (lists(None, None, None), vec![]));
    }
}
