//! Parameters of the path, the query and the headers: decodes them, types them by their schemas, and checks
//! them with the machine that checks bodies, so that both say the same.
//!
//! A parameter's place in a request is `/path/NAME`, `/query/NAME` or `/header/name` (in lower case), with
//! the index behind it for an item of an array. A parameter that is required and missing is the violation
//! `required` of `/path`, `/query` or `/header`, with its name as the property. Parameters that no one
//! declares are ignored. Finding path values and headers is left to others.

mod given;
mod media_type;
mod query;

record! { ParameterSpec { place, name, required, schema, spellings, compare } }

choice! {
    ParameterPlace { 0 = Path, 1 = Query, 2 = Header }
    Spelling { 0 = Repeated, 1 = Commas, 2 = Brackets, 3 = Indexed }
}

#[cfg(test)]
mod tests;

use super::ids::Compare;
use super::limits::Limits;
use super::schema::{Schema, Type};
use super::validate::{Captured, Machine, Scalar, TooDeep, Wanted, check_scalar};
use super::violation::{Rule, Violation};
use crate::code::{choice, record};
use crate::json::{Events, Number, push_segment};
pub use given::Given;
use given::{Found, Mistake};
pub use media_type::{is_json, matches_media_type};

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterPlace {
    /// In a segment of the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

impl ParameterPlace {
    /// The pointer of all parameters of this place.
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Path => "/path",
            Self::Query => "/query",
            Self::Header => "/header",
        }
    }
}

/// How an array is spelt in a query. A parameter may allow several; empty parts are dropped in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// `ids=a&ids=b`
    Repeated,
    /// `ids=a,b`, also with the comma encoded as `%2C`.
    Commas,
    /// `ids[]=a`
    Brackets,
    /// `ids[0]=a`. Where all items are spelt so, the indexes give the order; the same index twice is a
    /// duplicate.
    Indexed,
}

impl Spelling {
    /// Its name in a policy.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Repeated => "repeated",
            Self::Commas => "commas",
            Self::Brackets => "brackets",
            Self::Indexed => "indexed",
        }
    }
}

/// What a parameter must be.
#[derive(Debug)]
pub struct ParameterSpec {
    /// Where it stands.
    pub place: ParameterPlace,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its schema. One that allows arrays and no strings makes the parameter a list.
    pub schema: Schema,
    /// Spellings of a list in a query; none stands for `Repeated`. In paths and headers, commas separate.
    pub spellings: Vec<Spelling>,
    /// How the words `true` and `false` are compared.
    pub compare: Compare,
}

impl ParameterSpec {
    /// Whether it is a list of values.
    pub fn is_list(&self) -> bool {
        Kinds::of(self).list
    }

    /// Whether a comma separates two of its values.
    pub fn splits_at_commas(&self) -> bool {
        self.place != ParameterPlace::Query || self.spellings.contains(&Spelling::Commas)
    }
}

/// Checks one parameter. `path_value` is the raw segment of a path parameter. Gives what is wrong, and what
/// was found: `Absent` where the parameter is missing or cannot be decoded.
///
/// Text becomes a number or boolean where the schema allows no strings and the text is one as JSON writes it.
pub fn check_parameter(
    spec: &ParameterSpec,
    path_value: Option<&str>,
    given: &Given<'_>,
) -> (Vec<Violation>, Captured) {
    let kinds = Kinds::of(spec);
    let found = match (spec.place, kinds.list) {
        (ParameterPlace::Path, _) => given::in_path(path_value, kinds.list),
        (ParameterPlace::Header, _) => given.in_headers(&spec.name, kinds.list),
        (ParameterPlace::Query, false) => query::scalar(given.query, &spec.name),
        (ParameterPlace::Query, true) => query::list(given.query, &spec.name, &spec.spellings),
    };
    let pointer = || {
        let mut pointer = spec.place.pointer().to_owned();
        match spec.place {
            ParameterPlace::Header => push_segment(&mut pointer, &spec.name.to_ascii_lowercase()),
            _ => push_segment(&mut pointer, &spec.name),
        }
        pointer
    };
    let violation = match found {
        Ok(Found::Absent) if spec.required => {
            Violation::new(spec.place.pointer(), Rule::Required).with_property(&spec.name)
        }
        Ok(Found::Absent) => return (Vec::new(), Captured::Absent),
        Ok(found) => return check_value(spec, &kinds, &found, pointer),
        Err(Mistake::Encoding) => Violation::new(pointer(), Rule::Encoding).with_property(&spec.name),
        Err(Mistake::Duplicate { name, count }) => Violation::new(pointer(), Rule::DuplicateParameter)
            .with_property(name)
            .with_actual(count.to_string()),
    };
    (vec![violation], Captured::Absent)
}

fn check_value(
    spec: &ParameterSpec,
    kinds: &Kinds,
    found: &Found<'_>,
    pointer: impl Fn() -> String,
) -> (Vec<Violation>, Captured) {
    let texts = match found {
        Found::Absent => return (Vec::new(), Captured::Absent),
        Found::One(text) => return check_scalar(&kinds.scalar(text, spec.compare), &spec.schema, pointer),
        Found::Many(texts) => texts,
    };
    let (pointer, wanted) = (pointer(), [Wanted::new("")]);
    let mut machine = Machine::new(&spec.schema, &pointer, &wanted, &Limits::default());
    // A list of scalars is never too deep.
    let _ = tell_list(&mut machine, texts.iter().map(|text| kinds.scalar(text, spec.compare)));
    let mut checked = machine.finish();
    (checked.violations, checked.captured.pop().unwrap_or(Captured::Absent))
}

fn tell_list<'t>(
    machine: &mut Machine<'_>,
    mut scalars: impl Iterator<Item = Scalar<'t>>,
) -> Result<(), TooDeep> {
    machine.begin_array()?;
    scalars.try_for_each(|scalar| scalar.tell(machine))?;
    machine.end_array()
}

/// What the text of a parameter, or of each of its items, can stand for.
struct Kinds {
    list: bool,
    strings: bool,
    numbers: bool,
    booleans: bool,
}

impl Kinds {
    fn of(spec: &ParameterSpec) -> Self {
        let schema = &spec.schema;
        let list = schema.allows(Type::Array) && !schema.allows(Type::String);
        let allows = |kind| if list { schema.items_allow(kind) } else { schema.allows(kind) };
        Self {
            list,
            strings: allows(Type::String),
            numbers: allows(Type::Integer),
            booleans: allows(Type::Boolean),
        }
    }

    /// The value that a text stands for.
    fn scalar<'t>(&self, text: &'t str, compare: Compare) -> Scalar<'t> {
        if self.strings {
            Scalar::String(text)
        } else if self.numbers && Number::parse(text).is_some() {
            Scalar::number(text)
        } else if self.booleans && compare.same(text, "true") {
            Scalar::Boolean(true)
        } else if self.booleans && compare.same(text, "false") {
            Scalar::Boolean(false)
        } else {
            Scalar::String(text)
        }
    }
}
