//! Reads an answer: from a request's ids and a response to what became of each item. Tolerant where the world is: what
//! does not add up is told as a contradiction, and nothing here fails.

use super::choose::{Body, Likeness, choose, is_blank, is_foreign, is_of_kind, is_otherwise};
use super::read::{BodyRead, Fit, Found, ListRead, fit, part, read_body};
use super::refused::refused;
use super::report::{Evidence, Gone, ItemReport, Report, Reported};
use crate::contract::Contract;
use crate::contract::answers::Answer;
use crate::contract::outcome::{Is, OutcomeIndex, Retry};
use crate::contract::template::list::List;
use crate::contract::template::name::ItemName;
use crate::contract::template::readable::candidates;
use crate::contract::template::shape::{Each, Template};
use crate::decision::outcome_set::OutcomeSet;
use crate::json::{Number, Value};
use crate::request::id_index::IdIndex;
use crate::request::ids::{Id, IdKind, IdList};

/// What came back.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The body; empty if there was none.
    pub body: &'a [u8],
}

/// Reads what became of these ids, each of which stands here once.
pub fn interpret(contract: &Contract, ids: &IdList, received: Received<'_>) -> Report {
    // Some servers begin with a byte order mark, and every other client takes what follows for JSON.
    let text = received.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(received.body);
    let body = if text.trim_ascii().is_empty() {
        Body::Empty
    } else {
        Value::parse(text).map_or(Body::NotJson, Body::Json)
    };
    let Some(chosen @ (answer, likeness, found)) = choose(contract, received.status, &body) else {
        return refused(ids, None, received.status, None, unknown_answer(received.status));
    };
    if candidates(contract, &answer.name).is_empty() {
        let value = if let Body::Json(value) = &body { Some(value) } else { None };
        return refused(ids, Some(chosen), received.status, value, Vec::new());
    }
    let is_one_of_several = received.status < 300 && likeness == Likeness::Shared && found != Fit::default();
    Reading::new(contract, answer, ids).read(&body, found, is_one_of_several)
}

fn unknown_answer(status: u16) -> Vec<String> {
    vec![format!("the contract has no answer with the status {status}")]
}

/// What is gathered about one item while lists are read.
#[derive(Clone, Debug, Default)]
struct Gathered {
    /// By which of the lists it is named, as a set of their places.
    lists: Vec<usize>,
    /// The outcomes that its elements leave possible; `None` while nothing was said.
    possible: Option<OutcomeSet>,
    reason: Option<String>,
    operation: Option<String>,
}

/// An answer that tells of items, while it is read.
struct Reading<'c> {
    contract: &'c Contract,
    answer: &'c Answer,
    ids: &'c IdList,
    candidates: Vec<OutcomeIndex>,
    gathered: Vec<Gathered>,
    /// Whether a list names what was not asked for.
    strays: bool,
    report: Report,
}

impl<'c> Reading<'c> {
    fn new(contract: &'c Contract, answer: &'c Answer, ids: &'c IdList) -> Self {
        let candidates = candidates(contract, &answer.name);
        let report = Report {
            answer: Some(answer.name.clone()),
            items: Vec::with_capacity(ids.len()),
            warnings: Vec::new(),
            contradictions: Vec::new(),
        };
        Self {
            contract,
            answer,
            ids,
            candidates,
            gathered: vec![Gathered::default(); ids.len()],
            strays: false,
            report,
        }
    }

    fn read(mut self, body: &Body, found: Fit, is_one_of_several: bool) -> Report {
        let mut read = BodyRead::default();
        match (&self.answer.body, body) {
            (Some(template), Body::Json(value)) if is_foreign(template, value) => {
                return self.unreadable("the body has nothing of what the contract's answer tells");
            }
            (Some(template), Body::Json(value)) if is_otherwise(template, value, found) => {
                return self.unreadable("the body differs from the contract's answer, and tells of no item");
            }
            (Some(template), Body::Json(value)) if is_of_kind(template, value) => {
                if is_one_of_several {
                    return self.unreadable("the body could be any of several of the contract's answers");
                }
                read_body(template, Some(value), &mut read);
            }
            (Some(_), Body::Json(_)) => return self.unreadable("the body is JSON of another kind"),
            (Some(_), Body::NotJson) => return self.unreadable("the body is not JSON, or not whole"),
            (Some(_), Body::Empty) => return self.unreadable("the body is empty"),
            // A page of whatever stands before the server, or an error with the wrong status.
            (None, body) if !is_blank(body) => {
                return self.unreadable(
                    "the contract's answer has no body, and this one says something, or is not whole",
                );
            }
            (None, _) => {}
        }
        let items: Vec<ListRead<'_, '_>> =
            read.lists.iter().copied().filter(|list| list.each.list.is_of_items()).collect();
        self.gather(&items);
        for list in read.lists.iter().filter(|list| list.each.list == List::Warnings) {
            self.read_warnings(list);
        }
        self.conclude(&items);
        self.check_counts(&read);
        // That nobody knows what became of an item is nothing that an answer states.
        for item in self.report.items.iter_mut().filter(|item| item.outcome == Reported::Unknown) {
            item.evidence = Evidence::Inferred;
        }
        self.report
    }

    fn unreadable(mut self, why: &str) -> Report {
        self.report.contradictions.push(why.to_owned());
        for id in self.ids.iter() {
            self.report.items.push(ItemReport {
                id: id.to_owned_id(),
                outcome: Reported::Unknown,
                gone: Gone::Unknown,
                evidence: Evidence::Inferred,
                code: None,
                reason: None,
                retry: Retry::Now,
                operation: None,
            });
        }
        self.report
    }

    fn gather(&mut self, lists: &[ListRead<'_, '_>]) {
        let index = IdIndex::new(self.ids, self.contract.ids.compare);
        for (place, list) in lists.iter().enumerate() {
            let Some(elements) = list.elements else { continue };
            let by_order = !list.each.item.tells(ItemName::Id);
            if by_order && elements.len() != self.ids.len() {
                self.contradict(format!(
                    "the answer lists {} items where {} were asked for",
                    elements.len(),
                    self.ids.len()
                ));
                continue;
            }
            for (order, element) in elements.iter().enumerate() {
                let position = if by_order { Some(order) } else { named(&list.each.item, element, &index) };
                let Some(gathered) = position.and_then(|position| self.gathered.get_mut(position)) else {
                    let shown = part(&list.each.item, ItemName::Id, element).unwrap_or(Found::Value(element));
                    let shown = shown.as_text().map_or_else(|| element.to_text(), str::to_owned);
                    self.contradict(format!("the answer names `{shown}`, which was not asked for"));
                    self.strays = true;
                    continue;
                };
                let possible = outcomes_of(list.each, element);
                gathered.possible = Some(gathered.possible.map_or(possible, |before| before.and(possible)));
                if !gathered.lists.contains(&place) {
                    gathered.lists.push(place);
                }
                let text = |name| part(&list.each.item, name, element).and_then(Found::as_text);
                if let Some(reason) = text(ItemName::Reason).filter(|reason| !reason.is_empty()) {
                    gathered.reason = Some(reason.to_owned());
                }
                if let Some(operation) = part(&list.each.item, ItemName::OperationId, element) {
                    gathered.operation = operation_of(operation);
                }
            }
        }
    }

    fn read_warnings(&mut self, list: &ListRead<'_, '_>) {
        for element in list.elements.unwrap_or_default() {
            self.report.warnings.push(element.as_str().map_or_else(|| element.to_text(), str::to_owned));
        }
    }

    /// What each item came to: the outcomes that the lists and the elements leave possible.
    fn conclude(&mut self, lists: &[ListRead<'_, '_>]) {
        let gathered = std::mem::take(&mut self.gathered);
        for (id, gathered) in self.ids.iter().zip(gathered) {
            let mut possible = OutcomeSet::default();
            for outcome in &self.candidates {
                let fits_lists = lists.iter().enumerate().all(|(place, list)| {
                    let held = list.each.by_outcome.get(usize::from(outcome.0)).is_some_and(Option::is_some);
                    list.elements.is_none() || held == gathered.lists.contains(&place)
                });
                if fits_lists && gathered.possible.is_none_or(|said| said.contains(*outcome)) {
                    possible.insert(*outcome);
                }
            }
            let item = self.concluded(id, possible, gathered);
            self.report.items.push(item);
        }
    }

    fn concluded(&mut self, id: Id<'_>, possible: OutcomeSet, gathered: Gathered) -> ItemReport {
        let is_named = !gathered.lists.is_empty();
        let outcomes: Vec<_> = possible.iter().filter_map(|index| self.contract.outcome(index)).collect();
        let mut item = ItemReport {
            id: id.to_owned_id(),
            outcome: Reported::Unknown,
            gone: Gone::Unknown,
            evidence: if is_named { Evidence::Stated } else { Evidence::Inferred },
            code: None,
            reason: gathered.reason,
            retry: Retry::Now,
            operation: gathered.operation,
        };
        let Some(first) = outcomes.first() else {
            self.contradict_fate(id);
            item.evidence = Evidence::Inferred;
            return item;
        };
        let shared =
            |differs: &dyn Fn(&&crate::contract::outcome::Outcome) -> bool| !outcomes.iter().any(differs);
        if shared(&|outcome| outcome.is != first.is) {
            item.outcome = reported(first.is);
        }
        if shared(&|outcome| gone(outcome.is) != gone(first.is)) {
            item.gone = gone(first.is);
        }
        if outcomes.len() == 1 {
            item.code = Some(first.code.clone());
        }
        // Where it could be several, what is safe for all of them: the most that one of them asks for. What is gone asks for
        // nothing, and keeps nobody from trying again what may be there.
        let most = outcomes.iter().max_by_key(|outcome| (gone(outcome.is) == Gone::No, outcome.retry));
        item.retry = most.map_or(Retry::Now, |outcome| outcome.retry);
        if first.code == crate::contract::outcome::BYSTANDER {
            item.evidence = Evidence::Inferred;
        }
        if item.outcome == Reported::Unknown && is_named && !self.is_silent(possible) {
            self.contradict_fate(id);
        }
        item
    }

    /// Whether the contract declares of each two of these that mean different things that its answer does not tell them apart.
    fn is_silent(&self, outcomes: OutcomeSet) -> bool {
        let is = |index| self.contract.outcome(index).map(|outcome| outcome.is);
        outcomes
            .iter()
            .all(|one| outcomes.iter().all(|two| is(one) == is(two) || self.contract.is_silent(one, two)))
    }

    /// Holds the counts against the items. Where they do not agree, what only followed from silence is not certain.
    fn check_counts(&mut self, read: &BodyRead<'_, '_>) {
        // What a success names and nobody asked for may be another name of what was: then only a count tells what silence means.
        let mut wrong = self.strays && read.counts.is_empty() && self.answer.status < 300;
        for count in &read.counts {
            let told = match count.list {
                List::Warnings => u64::try_from(self.report.warnings.len()).unwrap_or(u64::MAX),
                List::All => u64::try_from(self.report.items.len()).unwrap_or(u64::MAX),
                List::Deleted => self.count(&[Reported::Deleted]),
                List::Accepted => self.count(&[Reported::Accepted]),
                List::NotFound => self.count(&[Reported::NotFound]),
                List::NotDeleted => self.count(&[Reported::NotFound, Reported::Failed, Reported::Unknown]),
                List::Refused | List::Violations | List::Page | List::Operations => continue,
            };
            if told != count.stated {
                wrong = true;
                self.contradict(format!("the answer counts {} where its lists make {told}", count.stated));
            }
        }
        if wrong {
            for item in self.report.items.iter_mut().filter(|item| item.evidence == Evidence::Inferred) {
                (item.outcome, item.gone, item.code) = (Reported::Unknown, Gone::Unknown, None);
                item.retry = Retry::Now;
            }
        }
    }

    fn count(&self, outcomes: &[Reported]) -> u64 {
        let count = self.report.items.iter().filter(|item| outcomes.contains(&item.outcome)).count();
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    fn contradict_fate(&mut self, id: Id<'_>) {
        self.contradict(format!(
            "the answer does not say what became of `{}`, or says it in two ways",
            id.text
        ));
    }

    fn contradict(&mut self, what: String) {
        // The first hundred are enough for anybody, and keep the report as small as the request.
        if self.report.contradictions.len() < 100 {
            self.report.contradictions.push(what);
        }
    }
}

/// An operation's id as text, also where a server counts its operations.
fn operation_of(found: Found<'_>) -> Option<String> {
    match found {
        Found::Value(value @ Value::Number(_)) => Some(value.to_text()),
        found => found.as_text().map(str::to_owned),
    }
}

/// Where the id stands that an element names.
fn named(template: &Template, element: &Value, index: &IdIndex<'_>) -> Option<usize> {
    let integer = |text: &str| index.position(Id { text, kind: IdKind::Integer });
    match part(template, ItemName::Id, element)? {
        // Within a text both are written alike. Where both were asked for, nobody knows which of them is meant.
        Found::Text(text) => match (index.position(Id::text(text)), integer(text)) {
            (Some(_), Some(_)) => None,
            (one, other) => one.or(other),
        },
        Found::Value(Value::String(text)) => index.position(Id::text(text)),
        Found::Value(Value::Number(number)) => integer(&Number::to_string(number)),
        Found::Value(_) => None,
    }
}

/// The outcomes that an element may mean: those whose constants it has; among these, constants beat open text. Where it
/// has none's, those that it is most like.
fn outcomes_of(each: &Each, element: &Value) -> OutcomeSet {
    let fits: Vec<(OutcomeIndex, Fit)> = (0_u8..)
        .map(OutcomeIndex)
        .zip(&each.by_outcome)
        .filter_map(|(outcome, template)| Some((outcome, fit(template.as_ref()?, Some(element)))))
        .collect();
    let rank = |found: &Fit| (found.differing, std::cmp::Reverse(found.agreeing));
    let best = fits.iter().map(|(_, found)| rank(found)).min();
    let mut set = OutcomeSet::default();
    fits.iter().filter(|(_, found)| Some(rank(found)) == best).for_each(|(outcome, _)| set.insert(*outcome));
    set
}

fn reported(is: Is) -> Reported {
    match is {
        Is::Deleted => Reported::Deleted,
        Is::Accepted => Reported::Accepted,
        Is::NotFound => Reported::NotFound,
        Is::Failed => Reported::Failed,
    }
}

/// Whether an item is gone after an outcome. What was accepted is gone for the next call; it comes back only if its
/// operation fails.
fn gone(is: Is) -> Gone {
    match is {
        Is::Deleted | Is::Accepted | Is::NotFound => Gone::Yes,
        Is::Failed => Gone::No,
    }
}
