//! Reads a template from a policy: placeholders, `$each`, `$if`, `$violations`. Refuses what it does not know, with its
//! place. What an envelope's `{say.NAME}` stands for is filled in here, once, so that a value is never scanned twice.

use std::sync::Arc;

use super::at_hand::AtHand;
use super::list::List;
use super::name::Name;
use super::shape::{Absent, Each, Hole, Member, Piece, Template, Words};
use crate::contract::place::{Place, list};
use crate::json::{Number, Value};
use crate::names::Names;

/// What a template may refer to while it is read.
#[derive(Clone, Debug)]
pub struct Context<'c> {
    /// The contract's word tables by name.
    pub words: &'c Names<Arc<Words>>,
    /// What the answer says to its envelope; `None` outside envelopes.
    pub say: Option<&'c Names<Template>>,
    /// The status of the answer.
    pub status: u16,
    /// Which names are at hand.
    pub at_hand: AtHand,
}

impl Context<'_> {
    fn with(&self, at_hand: AtHand) -> Self {
        Self { at_hand, ..self.clone() }
    }
}

/// Reads the template at this place; tells every problem in it.
pub fn compile(place: &Place<'_>, context: &Context<'_>) -> Option<Template> {
    read(place, context).map(Template::folded)
}

/// Reads a template of a text alone, such as a header's.
pub fn compile_text(place: &Place<'_>, context: &Context<'_>) -> Option<Template> {
    let text = place.text()?;
    Some(Template::Text(pieces(place, text, context)?).folded())
}

fn read(place: &Place<'_>, context: &Context<'_>) -> Option<Template> {
    match place.value {
        Value::String(text) => read_text(place, text, context),
        Value::Array(_) => place
            .elements()
            .iter()
            .map(|element| read(element, context))
            .collect::<Option<_>>()
            .map(Template::Array),
        Value::Object(object) => {
            if object.get("$each").is_some() {
                read_each(place, context)
            } else if object.get("$if").is_some() {
                read_if(place, context)
            } else if object.get("$violations").is_some() {
                read_violations(place)
            } else if object.get("$attribute").is_some() {
                read_attribute(place, context)
            } else {
                read_object(place, context)
            }
        }
        other => Some(Template::literal(other.clone())),
    }
}

fn read_object(place: &Place<'_>, context: &Context<'_>) -> Option<Template> {
    let mut members = Vec::new();
    let mut whole = true;
    for (key, value) in place.members() {
        if key.contains(['{', '}']) {
            value.problem("a key is a constant: leave the placeholder out of it");
            whole = false;
        } else if key.starts_with('$') {
            value.problem(format!("`{key}` is not known: use `$each`, `$if`, `$attribute` or `$violations`"));
            whole = false;
        }
        match read_member(&value, context) {
            Read::Template(template) => members.push(Member::new(key, template)),
            Read::LeftOut => {}
            Read::Wrong => whole = false,
        }
    }
    whole.then_some(Template::Object(members))
}

enum Read {
    Template(Template),
    /// A `$if` over something that this answer does not say.
    LeftOut,
    Wrong,
}

fn read_member(place: &Place<'_>, context: &Context<'_>) -> Read {
    if let Some(said) =
        place.value.get("$if").and_then(Value::as_str).and_then(|path| path.strip_prefix("say."))
        && let Some(say) = context.say
    {
        if !say.contains_key(said) {
            return Read::LeftOut;
        }
        place.closed(&["$if", "then"]);
        let then = place.required("then").and_then(|then| read(&then, context));
        return then.map_or(Read::Wrong, Read::Template);
    }
    read(place, context).map_or(Read::Wrong, Read::Template)
}

fn read_text(place: &Place<'_>, text: &str, context: &Context<'_>) -> Option<Template> {
    if let Some(said) = whole_placeholder(text).and_then(|inner| inner.strip_prefix("say.")) {
        return said_value(place, said, context).cloned();
    }
    if whole_placeholder(text).and_then(Name::parse) == Some(Name::Status) {
        return Some(Template::literal(Value::Number(Number::from(u64::from(context.status)))));
    }
    let pieces = pieces(place, text, context)?;
    Some(match <[Piece; 1]>::try_from(pieces) {
        Ok([Piece::Hole(hole)]) if whole_placeholder(text).is_some() => Template::Hole(hole),
        Ok(one) => Template::Text(one.into()),
        Err(pieces) => Template::Text(pieces),
    })
}

/// The inside of a text that is one placeholder and nothing else.
fn whole_placeholder(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    (!inner.contains(['{', '}'])).then_some(inner)
}

/// Splits a text at its placeholders. A brace that is meant as itself is written twice.
fn pieces(place: &Place<'_>, text: &str, context: &Context<'_>) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, tail) = rest.split_at_checked(at)?;
        literal.push_str(before);
        if let Some(after) = tail.strip_prefix("{{") {
            literal.push('{');
            rest = after;
        } else if let Some(after) = tail.strip_prefix("}}") {
            literal.push('}');
            rest = after;
        } else if let Some((inner, after)) = tail.strip_prefix('{').and_then(|tail| tail.split_once('}')) {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            pieces.extend(placeholder(place, inner, context)?);
            rest = after;
        } else {
            place.problem("a brace has no partner: close the placeholder, or write the brace twice");
            return None;
        }
    }
    literal.push_str(rest);
    pieces.push(Piece::Literal(literal));
    pieces.retain(|piece| !matches!(piece, Piece::Literal(text) if text.is_empty()));
    Some(pieces)
}

fn placeholder(place: &Place<'_>, inner: &str, context: &Context<'_>) -> Option<Vec<Piece>> {
    if let Some(said) = inner.strip_prefix("say.") {
        return match said_value(place, said, context)? {
            Template::Literal(Value::String(text), _) => Some(vec![Piece::Literal(text.clone())]),
            Template::Literal(_, text) => Some(vec![Piece::Literal(text.clone())]),
            Template::Text(pieces) => Some(pieces.clone()),
            Template::Hole(hole) => Some(vec![Piece::Hole(hole.clone())]),
            _ => {
                place.problem(format!("`say.{said}` is no text: it cannot stand inside one"));
                None
            }
        };
    }
    let (table, path) = match inner.split_once(':') {
        Some((table, path)) => (Some(table), path),
        None => (None, inner),
    };
    let name = known_name(place, path, context.at_hand)?;
    if name == Name::Status && table.is_none() {
        return Some(vec![Piece::Literal(context.status.to_string())]);
    }
    let words = match table {
        None => None,
        Some(table) => match context.words.get(table) {
            Some(words) => Some(Arc::clone(words)),
            None => {
                place.problem(format!(
                    "there is no table `{table}` in `words`: add it, or leave `{table}:` out"
                ));
                return None;
            }
        },
    };
    Some(vec![Piece::Hole(Hole { name, words })])
}

fn known_name(place: &Place<'_>, text: &str, at_hand: AtHand) -> Option<Name> {
    let Some(name) = Name::parse(text) else {
        place.problem(format!("there is no placeholder `{{{text}}}`: use one of {}", list(&Name::all())));
        return None;
    };
    if let Some(why) = name.misplaced(at_hand) {
        place.problem(format!("`{{{text}}}` may not stand here: {why}"));
        return None;
    }
    Some(name)
}

fn said_value<'c>(place: &Place<'_>, said: &str, context: &Context<'c>) -> Option<&'c Template> {
    let Some(say) = context.say else {
        place.problem(format!("`{{say.{said}}}` may stand only in `error` and in `envelopes`"));
        return None;
    };
    let found = say.get(said);
    if found.is_none() {
        place.problem(format!(
            "an answer that uses this envelope does not say `{said}`: add it to the answer's `say`"
        ));
    }
    found
}

fn read_each(place: &Place<'_>, context: &Context<'_>) -> Option<Template> {
    place.closed(&["$each", "item", "absent"]);
    let named = place.required("$each")?;
    let name = named.text()?;
    let Some(of) = List::parse(name) else {
        named.problem(format!("there is no list `{name}`: use one of {}", list(&List::names())));
        return None;
    };
    if context.at_hand.inside {
        place.problem("a list may not stand inside another list's element");
        return None;
    }
    let outside = AtHand { inside: true, ..context.at_hand };
    let at_hand = match of {
        List::Warnings => AtHand { warning: true, ..outside },
        List::Violations => AtHand { violation: true, ..outside },
        List::Page | List::Operations => {
            if !outside.page || outside.operations != (of == List::Operations) {
                named.problem(format!(
                    "`{name}` is not told here: only the answer `done` to a list operation has `page`, and `operations` where it lists these"
                ));
                return None;
            }
            AtHand {
                listed: of == List::Page && !outside.activity,
                operation: of == List::Operations,
                ..outside
            }
        }
        _ => AtHand { item: true, ..outside },
    };
    let absent = match place.field("absent") {
        Some(absent) => absent.one_of(&[("empty", Absent::Empty)])?,
        None => Absent::NoEvidence,
    };
    let item = Box::new(read(&place.required("item")?, &context.with(at_hand))?);
    Some(Template::Each(Each { list: of, absent, item, by_outcome: Vec::new() }))
}

fn read_if(place: &Place<'_>, context: &Context<'_>) -> Option<Template> {
    place.closed(&["$if", "then"]);
    let condition = place.required("$if")?;
    let path = condition.text()?;
    let name = known_name(&condition, path, context.at_hand)?;
    Some(Template::If(name, Box::new(read(&place.required("then")?, context)?)))
}

fn read_attribute(place: &Place<'_>, context: &Context<'_>) -> Option<Template> {
    place.closed(&["$attribute", "absent"]);
    let named = place.required("$attribute")?;
    let pointer = named.text()?;
    if !pointer.starts_with('/') {
        named.problem("must name an attribute by its JSON Pointer inside the attributes: `/NAME`");
        return None;
    }
    if !context.at_hand.listed {
        place.problem(
            "only what is listed or read tells its attributes: put it into the answer to a list or a get",
        );
        return None;
    }
    let absent = place.field("absent").map_or(Value::Null, |absent| absent.value.clone());
    Some(Template::Attribute(pointer.to_owned(), absent))
}

fn read_violations(place: &Place<'_>) -> Option<Template> {
    place.closed(&["$violations", "root"]);
    place.required("$violations")?.one_of(&[("tree", ())])?;
    let root = place.required("root")?.text()?.to_owned();
    Some(Template::ViolationTree(root))
}
