//! Finds what a companion lists or reads, and cuts it into pages.

use crate::answer::page::{Page, Record, Row};
use crate::contract::Contract;
use crate::contract::companion::{Companion, Things};
use crate::contract::filter::{Filter, FilterBy, Matching};
use crate::contract::paging::{PageBy, Paging};
use crate::decision::checks::ItemCheck;
use crate::decision::fact::Fact;
use crate::decision::facts::{Facts, ItemFacts};
use crate::json::{Value, segments};
use crate::request::call::Call;
use crate::request::ids::{Compare, Id};
use crate::request::validate::Captured;
use crate::time::Timestamp;
use crate::world::facts::{WorldFacts, WorldItem};
use crate::world::{CallerIndex, Container, ContainerIndex, Operation, Resource, ResourceIndex, World};

/// What is looked for, by whom, and where.
pub(super) struct Search<'w> {
    pub(super) contract: &'w Contract,
    pub(super) companion: &'w Companion,
    pub(super) facts: &'w WorldFacts<'w>,
    pub(super) world: &'w World,
    pub(super) caller: CallerIndex,
    pub(super) of: Things,
    pub(super) now: Timestamp,
}

/// What was found under an id, and the facts about it.
pub(super) struct Found<'w> {
    /// How it is told; `None` where there is nothing.
    pub(super) row: Option<Row<'w>>,
    /// Which resource it is, if it is one.
    pub(super) resource: Option<ResourceIndex>,
    known: Known<'w>,
    /// Where it stands among all of its sort: what a cursor names.
    ordinal: u64,
}

/// The facts about something that was found.
enum Known<'w> {
    Resource(WorldItem<'w>),
    Other(Other),
}

/// The facts about something that is no resource.
struct Other {
    exists: bool,
    accessible: bool,
    owned: bool,
}

impl Found<'_> {
    /// Whether it passes a check.
    pub(super) fn passes(&self, check: &dyn ItemCheck) -> Fact<bool> {
        match &self.known {
            Known::Resource(item) => check.evaluate(item),
            Known::Other(other) => check.evaluate(other),
        }
    }
}

impl<'w> Search<'w> {
    /// The one thing of this id.
    pub(super) fn one(&self, id: &Captured) -> Found<'w> {
        let nothing = || self.nothing();
        match (self.of, id) {
            (Things::Containers, _) => self
                .facts
                .container()
                .and_then(|index| Some(self.container(0, index, self.world.container_at(index)?)))
                .unwrap_or_else(nothing),
            (Things::Resources, Captured::Id(id)) => {
                let item = self.facts.item(id.as_id());
                let found = item.index.and_then(|index| Some((index, self.world.resource(index)?)));
                found.map_or_else(nothing, |(index, resource)| self.resource(index, resource))
            }
            (Things::Operations, Captured::Id(id)) => {
                let operation = self.world.operation(&id.text).filter(|operation| self.is_own(operation));
                operation.map_or_else(nothing, |operation| self.operation(operation))
            }
            _ => nothing(),
        }
    }

    /// The page that a request asks for, of what it narrows the list to.
    pub(super) fn page(&self, paging: Option<&Paging>, filters: &[Filter], call: &Call<'_>) -> Page<'w> {
        let whole = Paging {
            by: PageBy::Offset,
            at: u8::MAX,
            size_at: None,
            size: u64::MAX,
            most: u64::MAX,
            parameter: None,
        };
        let paging = paging.unwrap_or(&whole);
        let size = match paging.size_at.map(|at| call.taken(at)) {
            Some(Captured::Id(size)) => size.text.parse().unwrap_or(u64::MAX),
            _ => paging.size,
        };
        let size = size.min(paging.most);
        let named = match call.taken(paging.at) {
            Captured::Id(id) => Some(id.text.as_str()),
            _ => None,
        };
        let start = match (paging.by, named) {
            (PageBy::Offset, Some(text)) => Start::At(text.parse().unwrap_or(u64::MAX)),
            (PageBy::Number { first }, Some(text)) => {
                let number: u64 = text.parse().unwrap_or(u64::MAX);
                Start::At(number.saturating_sub(first).saturating_mul(size))
            }
            (PageBy::Cursor, Some(text)) => Start::Behind(u64::from_str_radix(text, 16).unwrap_or(u64::MAX)),
            (_, None) => Start::At(0),
        };
        let (mut page, mut last) = (Page { size, ..Page::default() }, None);
        self.each(&mut |found| {
            let stays =
                self.companion.items.iter().all(|rule| found.passes(&*rule.check) == Fact::Known(true));
            let Some(row) = found.row.filter(|row| stays && self.matches(row, filters, call)) else { return };
            let place = page.total;
            page.total += 1;
            let before = match start {
                Start::At(offset) => place < offset,
                Start::Behind(ordinal) => found.ordinal <= ordinal,
            };
            if before {
                page.offset += 1;
            } else if u64::try_from(page.rows.len()).unwrap_or(u64::MAX) < size {
                page.rows.push(row);
                last = Some(found.ordinal);
            }
        });
        self.name_neighbours(&mut page, paging, start, last);
        let url = |name: &Option<String>| {
            let (parameter, name) = (paging.parameter.as_deref()?, name.as_deref()?);
            Some(call.line().url_with(parameter, name))
        };
        (page.next_url, page.previous_url) = (url(&page.next), url(&page.previous));
        page
    }

    fn name_neighbours(&self, page: &mut Page<'w>, paging: &Paging, start: Start, last: Option<u64>) {
        let (size, told) = (page.size, u64::try_from(page.rows.len()).unwrap_or(u64::MAX));
        if let Start::At(offset) = start {
            // Also where it is behind the last.
            page.offset = offset;
        }
        let more = told > 0 && page.offset.saturating_add(told) < page.total;
        match paging.by {
            PageBy::Offset => {
                page.counted = true;
                page.next = more.then(|| page.offset.saturating_add(told).to_string());
                page.previous = (page.offset > 0).then(|| page.offset.saturating_sub(size).to_string());
            }
            PageBy::Number { first } => {
                page.counted = true;
                page.number = page.offset.checked_div(size).unwrap_or(0).saturating_add(first);
                page.next = more.then(|| page.number.saturating_add(1).to_string());
                page.previous = (page.number > first).then(|| (page.number - 1).to_string());
            }
            PageBy::Cursor => page.next = last.filter(|_| more).map(|ordinal| format!("{ordinal:08x}")),
        }
    }

    /// Goes through everything of the sort that is looked for, in order.
    fn each(&self, then: &mut dyn FnMut(Found<'w>)) {
        match self.of {
            Things::Resources => {
                let kind = self.world.kind(&self.contract.resource);
                let (named, within) = (self.companion.container.is_some(), self.facts.container());
                let resources = self.world.resources();
                for (index, resource) in resources.filter(|(_, resource)| Some(resource.kind()) == kind) {
                    if !named || resource.container() == within {
                        then(self.resource(index, resource));
                    }
                }
            }
            Things::Containers => {
                let Some(rule) = &self.contract.container else { return };
                let kind = self.world.kind(&rule.kind);
                for (ordinal, container) in (0..).zip(self.world.containers()) {
                    let index = self.world.container(&rule.kind, container.id(), Compare::Exact);
                    if let Some(index) = index.filter(|_| Some(container.kind()) == kind) {
                        then(self.container(ordinal, index, container));
                    }
                }
            }
            Things::Operations => {
                for operation in self.world.operations().filter(|operation| self.is_own(operation)) {
                    then(self.operation(operation));
                }
            }
            Things::Activity => self.each_activity(then),
        }
    }

    fn each_activity(&self, then: &mut dyn FnMut(Found<'w>)) {
        for (ordinal, event) in (self.world.audit().dropped()..).zip(self.world.audit().items()) {
            if *event.contract != *self.contract.name || !self.is_here(event.container) {
                continue;
            }
            let mut row = bare(event.id);
            let at = event.at;
            row.record = Some(Record {
                id: event.request_id,
                state: event.code.unwrap_or_default(),
                percent: 100,
                caller: event.caller,
                accepted: at,
                starts: at,
                ends: at,
            });
            let own = self.is_caller(Some(event.caller));
            let known = Known::Other(Other { exists: true, accessible: own, owned: own });
            then(Found { row: Some(row), resource: None, known, ordinal });
        }
    }

    fn nothing(&self) -> Found<'w> {
        let known = Known::Other(Other { exists: false, accessible: false, owned: false });
        Found { row: None, resource: None, known, ordinal: 0 }
    }

    fn resource(&self, index: ResourceIndex, resource: &'w Resource) -> Found<'w> {
        let world = self.world;
        let row = Row {
            name: resource.name(),
            state: resource.state(),
            owner: resource.owner().and_then(|owner| world.caller(owner)).map(|caller| caller.id()),
            fail: resource.fail(),
            container: resource.container().map(|container| world.container_id(container)),
            container_name: resource.container().and_then(|at| world.container_at(at)).map(Container::name),
            attributes: resource.attributes(),
            ..bare(resource.id())
        };
        let known = Known::Resource(self.facts.found(index));
        Found { row: Some(row), resource: Some(index), known, ordinal: u64::from(index.number()) }
    }

    fn container(&self, ordinal: u64, index: ContainerIndex, container: &'w Container) -> Found<'w> {
        let accessible = self.world.has_grant(self.caller, index);
        let row = Row { name: Some(container.name()), ..bare(Id::text(container.id())) };
        let known = Known::Other(Other { exists: true, accessible, owned: false });
        Found { row: Some(row), resource: None, known, ordinal }
    }

    fn operation(&self, operation: &'w Operation) -> Found<'w> {
        let record = Record {
            id: operation.id(),
            state: operation.state(self.now).name(),
            percent: operation.percent(self.now),
            caller: operation.caller().unwrap_or_default(),
            accepted: operation.accepted(),
            starts: operation.starts(),
            ends: operation.ends(),
        };
        let row = Row {
            container: operation.container(),
            fail: operation.fail(self.now),
            record: Some(record),
            ..bare(operation.item())
        };
        let owned = self.is_caller(operation.caller());
        let known = Known::Other(Other { exists: true, accessible: owned, owned });
        Found { row: Some(row), resource: None, known, ordinal: operation.number() }
    }

    /// Whether an operation is of this contract, and of the container that is named.
    fn is_own(&self, operation: &Operation) -> bool {
        operation.contract() == &*self.contract.name && self.is_here(operation.container())
    }

    /// Whether the id of a container is that of the one that is named, if the request names one.
    fn is_here(&self, container: Option<&str>) -> bool {
        let named = || self.facts.container().map(|container| self.world.container_id(container));
        self.companion.container.is_none() || container == named()
    }

    fn is_caller(&self, id: Option<&str>) -> bool {
        id.is_some() && self.world.caller(self.caller).map(|caller| caller.id()) == id
    }

    fn matches(&self, row: &Row<'_>, filters: &[Filter], call: &Call<'_>) -> bool {
        filters.iter().all(|filter| match call.taken(filter.at) {
            Captured::Id(id) => self.fits(row, filter, &id.text),
            Captured::Boolean(value) => self.fits(row, filter, if *value { "true" } else { "false" }),
            Captured::List(ids) => ids.iter().any(|id| self.fits(row, filter, id.text)),
            Captured::Absent | Captured::Null | Captured::Other => true,
        })
    }

    fn fits(&self, row: &Row<'_>, filter: &Filter, wanted: &str) -> bool {
        let (attribute, word);
        let text = match &filter.by {
            FilterBy::Id if self.of == Things::Operations => row.record.map(|record| record.id),
            FilterBy::Id => {
                let same = self.contract.ids.compare.same(row.id.text, wanted);
                return same || (filter.matching == Matching::Contains && contains(row.id.text, wanted));
            }
            FilterBy::Name => row.name,
            FilterBy::State => row.state.or(row.record.map(|record| record.state)),
            FilterBy::Owner => row.owner.or(row.record.map(|record| record.caller)),
            FilterBy::Attribute(pointer) => match row.attribute(&segments(pointer).unwrap_or_default()) {
                Some(Value::String(text)) => Some(text.as_str()),
                Some(other) => {
                    attribute = other.to_text();
                    Some(attribute.as_str())
                }
                None => None,
            },
        };
        let text = text.or(filter.absent.as_deref());
        let told = filter.words.as_ref().and_then(|words| words.get(text.unwrap_or_default()));
        let text = match told {
            Some(Value::String(told)) => Some(told.as_str()),
            Some(told) => {
                word = told.to_text();
                Some(word.as_str())
            }
            None => text,
        };
        match (text, filter.matching) {
            (None, _) => false,
            (Some(text), Matching::Equal) => text == wanted,
            (Some(text), Matching::Contains) => contains(text, wanted),
        }
    }
}

/// Where a page begins.
#[derive(Clone, Copy)]
enum Start {
    /// Behind so many.
    At(u64),
    /// Behind the one that stands there among all of its sort.
    Behind(u64),
}

/// Whether a text has another in it, in whatever case.
fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// A row that tells an id and nothing else.
fn bare(id: Id<'_>) -> Row<'_> {
    Row {
        id,
        name: None,
        state: None,
        owner: None,
        fail: None,
        container: None,
        container_name: None,
        attributes: None,
        record: None,
    }
}

impl ItemFacts for Other {
    fn exists(&self) -> Fact<bool> {
        Fact::Known(self.exists)
    }

    fn accessible(&self) -> Fact<bool> {
        Fact::Known(self.accessible)
    }

    fn owned(&self) -> Fact<bool> {
        Fact::Known(self.owned)
    }

    fn permission(&self, _: &str) -> Fact<bool> {
        Fact::Known(false)
    }

    fn state(&self) -> Fact<Option<&str>> {
        Fact::Known(None)
    }

    fn attribute(&self, _: &str) -> Fact<Option<&Value>> {
        Fact::Known(None)
    }

    fn fail(&self) -> Fact<Option<&str>> {
        Fact::Known(None)
    }
}
