//! Reads a companion from a policy: what it does decides what else it says, and what its answers may tell.

use super::{Action, Asks, Companion, Things};
use crate::contract::answers::{Answer, DONE, Frame, VIOLATIONS};
use crate::contract::atomicity::Atomicity;
use crate::contract::credential::Credential;
use crate::contract::effects::ChildrenRule;
use crate::contract::filter::Filter;
use crate::contract::operation::{Operation, QueryRules};
use crate::contract::outcome::Outcome;
use crate::contract::paging::Paging;
use crate::contract::place::{Place, list};
use crate::contract::source::Source;
use crate::contract::steps::{
    ContainerPlace, ItemRule, Surroundings, Validated, read_caller, read_item_rules,
};
use crate::contract::template::at_hand::AtHand;
use crate::contract::{ContainerRule, Told, check_described};
use crate::decision::checks::EXISTS;
use crate::names::Names;

/// What the contract says that its companions follow.
pub(in crate::contract) struct Around<'a, 'p> {
    pub(in crate::contract) openapi: &'a Place<'p>,
    pub(in crate::contract) rules: &'a QueryRules,
    pub(in crate::contract) container: Option<&'a ContainerRule>,
    pub(in crate::contract) children: &'a ChildrenRule,
    pub(in crate::contract) outcomes: &'a [Outcome],
    pub(in crate::contract) atomicity: Atomicity,
}

/// What a companion does, as policies spell it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Do {
    LogIn,
    LogOut,
    List,
    Get,
    SetState,
    ListOperations,
    DeleteOne,
}

/// A day, in seconds, where a log-in does not say how long its token is good.
const LIFETIME_SECONDS: u64 = 86_400;
/// A year, in seconds: no token is good for longer.
const LONGEST_SECONDS: u64 = 31_536_000;

impl Do {
    /// The keys that it has beside those of all.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::LogIn => &["lifetime-seconds"],
            Self::LogOut => &[],
            Self::List => &["of", "container", "page", "filters", "items"],
            Self::ListOperations => &["container", "page", "filters", "items"],
            Self::Get => &["of", "container", "id", "items"],
            Self::SetState => &["container", "id", "items", "state"],
            Self::DeleteOne => &["container", "id", "items", "outcomes"],
        }
    }
}

impl Companion {
    /// Reads the companion of this operation.
    pub(in crate::contract) fn read(
        id: &str,
        place: &Place<'_>,
        frame: &Frame<'_>,
        around: &Around<'_, '_>,
    ) -> Option<Self> {
        let what = place.required("do")?.one_of(&[
            ("log-in", Do::LogIn),
            ("log-out", Do::LogOut),
            ("list", Do::List),
            ("get", Do::Get),
            ("set-state", Do::SetState),
            ("list-operations", Do::ListOperations),
            ("delete-one", Do::DeleteOne),
        ])?;
        let keys: Vec<&str> =
            ["do", "query", "credentials", "checks", "answers"].iter().chain(what.keys()).copied().collect();
        if !place.closed(&keys) {
            return None;
        }
        let mut asks = Asks::default();
        let container = place.field("container").and_then(|place| {
            if around.container.is_none() {
                place.problem("this contract has no container: leave this out, or add `container` to it");
            }
            asks.add(&place)
        });
        let action = read_action(what, place, frame, &mut asks)?;
        let of = match &action {
            Action::List { of, .. } | Action::Get { of } => *of,
            _ => Things::Resources,
        };
        let about_one = matches!(what, Do::Get | Do::SetState | Do::DeleteOne);
        let the_container = about_one && of == Things::Containers;
        let thing = if about_one && !the_container {
            Some(place.required("id").and_then(|place| asks.add(&place))?)
        } else {
            None
        };
        if of == Things::Containers && around.container.is_none() {
            place.problem("this contract has no container: there are none to tell of");
        }
        if the_container && container.is_none() {
            place.problem("`container` is missing: say which one is read");
        }
        let own = place.field("query").map(|query| (QueryRules::read(&query), query));
        let rules = own.as_ref().map_or(around.rules, |(rules, _)| rules);
        let operation = Operation::read(around.openapi, id, rules);
        if let (Some((rules, place)), Some(operation)) = (&own, &operation) {
            rules.check(place, operation);
        }
        let children = match (what, around.children) {
            (Do::DeleteOne, ChildrenRule::DeletedIf(flag)) => Some(asks.add_source(flag.clone())),
            _ => None,
        };
        for source in asks.sources.iter().take(asks.sources.len() - usize::from(children.is_some())) {
            if let Some(operation) = &operation {
                check_described(Told::of(around.openapi), operation, source, place);
            }
        }
        let credentials = place.field("credentials").map(|list| Credential::read_all(&list));
        let logs = matches!(what, Do::LogIn | Do::LogOut);
        let surroundings = Surroundings {
            container: match container.and_then(|at| asks.sources.get(usize::from(at))) {
                None => ContainerPlace::None,
                Some(Source::Body(_)) => ContainerPlace::InBody,
                Some(_) => ContainerPlace::OutsideBody,
            },
            validated: if logs { Validated::No } else { Validated::Yes },
        };
        let checks =
            place.required("checks").map(|checks| read_caller(&checks, surroundings)).unwrap_or_default();
        let items = place.field("items").map(|items| read_item_rules(&items, about_one)).unwrap_or_default();
        if about_one && !the_container && (what != Do::DeleteOne || place.field("items").is_some()) {
            check_exists(place, &items);
        }
        let answers = read_answers(place, frame, what, of, around.outcomes);
        let operation = operation?;
        asks.settle(&operation);
        let companion = Self {
            operation,
            action,
            credentials,
            checks,
            items,
            answers,
            asks,
            container,
            id: thing,
            children,
        };
        companion.check_outcomes(place, around);
        Some(companion)
    }

    /// Tells outcomes of a single delete that have no answer.
    fn check_outcomes(&self, place: &Place<'_>, around: &Around<'_, '_>) {
        let Action::DeleteOne { outcomes } = &self.action else { return };
        let known = |code: &str| around.outcomes.iter().any(|outcome| outcome.code == code);
        for code in outcomes.keys().filter(|code| !known(code)) {
            place.problem(format!("there is no outcome `{code}`: leave it out of `outcomes`"));
        }
        let bystander = around.outcomes.last().map(|outcome| outcome.code.as_str());
        let untold: Vec<&str> = around
            .outcomes
            .iter()
            .filter(|outcome| !outcome.is.succeeds() && Some(outcome.code.as_str()) != bystander)
            .filter(|outcome| !outcomes.contains_key(&outcome.code))
            .map(|outcome| outcome.code.as_str())
            .collect();
        match around.atomicity {
            Atomicity::Each if !untold.is_empty() => {
                place.problem(format!("`outcomes` does not say which answer {} has: add it", list(&untold)))
            }
            Atomicity::All if !outcomes.is_empty() => {
                place.problem("the contract's outcomes have their answers: leave `outcomes` out");
            }
            _ => {}
        }
    }

    /// Tells checks whose answers are neither here nor in the contract.
    pub(in crate::contract) fn check_answers(&self, place: &Place<'_>, contract: &Names<Answer>) {
        let of_outcomes = match &self.action {
            Action::DeleteOne { outcomes } => Some(outcomes.values().map(String::as_str)),
            _ => None,
        };
        let missing: Vec<&str> = self
            .checks
            .iter()
            .flat_map(|step| step.otherwise.all())
            .chain(self.items.iter().filter_map(|rule| rule.otherwise.as_deref()))
            .chain(of_outcomes.into_iter().flatten())
            .filter(|name| !self.answers.contains_key(name) && !contract.contains_key(name))
            .filter(|name| *name != VIOLATIONS)
            .collect();
        if !missing.is_empty() {
            place.problem(format!("there is no answer {}: add it to `answers`", list(&missing)));
        }
    }
}

/// Tells checks of one thing that could all hold where there is no such thing: nothing could be answered then.
fn check_exists(place: &Place<'_>, items: &[ItemRule]) {
    match (items.first(), place.field("items")) {
        (None, None) => place.problem("`items` is missing: say what is answered where the id is nobody's"),
        (first, Some(given)) if first.is_none_or(|rule| rule.check.name() != EXISTS) => given.problem(
            format!("the first check must be `{EXISTS}`: say what is answered where the id is nobody's"),
        ),
        _ => {}
    }
}

fn read_action(what: Do, place: &Place<'_>, frame: &Frame<'_>, asks: &mut Asks) -> Option<Action> {
    let of = match place.field("of") {
        None => Things::Resources,
        Some(of) => of.one_of(&[
            ("resources", Things::Resources),
            ("containers", Things::Containers),
            ("operations", Things::Operations),
            ("activity", Things::Activity),
        ])?,
    };
    Some(match what {
        Do::LogOut => Action::LogOut,
        Do::LogIn => {
            let lifetime = place.field("lifetime-seconds");
            let seconds =
                lifetime.map_or(Some(LIFETIME_SECONDS), |lifetime| lifetime.whole(LONGEST_SECONDS))?;
            Action::LogIn { lifetime: i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX) }
        }
        Do::List | Do::ListOperations => Action::List {
            of: if what == Do::ListOperations { Things::Operations } else { of },
            page: match place.field("page") {
                Some(page) => Some(Paging::read(&page, asks)?),
                None => None,
            },
            filters: place
                .field("filters")
                .map(|filters| {
                    let filters = filters.elements();
                    filters.iter().filter_map(|filter| Filter::read(filter, frame.words, asks)).collect()
                })
                .unwrap_or_default(),
        },
        Do::Get => {
            if of == Things::Activity {
                place.problem("activity is listed, never read one by one: use `list`");
            }
            Action::Get { of }
        }
        Do::SetState => Action::SetState { to: place.required("state")?.name()?.to_owned() },
        Do::DeleteOne => Action::DeleteOne {
            outcomes: place
                .field("outcomes")
                .map(|table| {
                    table
                        .members()
                        .into_iter()
                        .filter_map(|(code, answer)| Some((code.to_owned(), answer.text()?.to_owned())))
                        .collect()
                })
                .unwrap_or_default(),
        },
    })
}

fn read_answers(
    place: &Place<'_>,
    frame: &Frame<'_>,
    what: Do,
    of: Things,
    outcomes: &[Outcome],
) -> Names<Answer> {
    let mut answers = Names::new();
    let Some(given) = place.required("answers") else { return answers };
    for (name, answer) in given.members() {
        let done = name == DONE;
        let at_hand = AtHand {
            token: what == Do::LogIn,
            item: what == Do::DeleteOne,
            page: done && matches!(what, Do::List | Do::ListOperations),
            operations: done && of == Things::Operations,
            activity: done && of == Things::Activity,
            listed: done && matches!(what, Do::Get | Do::SetState) && of != Things::Operations,
            operation: done && what == Do::Get && of == Things::Operations,
            violation: name == VIOLATIONS,
            ..AtHand::ANSWER
        };
        if let Some(mut answer) = frame.answer(name, &answer, at_hand) {
            if what == Do::DeleteOne {
                answer.specialise(outcomes, None);
            }
            answers.insert(name.to_owned(), answer);
        }
    }
    if given.field(DONE).is_none() {
        given.problem(format!("`{DONE}` is missing: it is the answer when all went well"));
    }
    answers
}
