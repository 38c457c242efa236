//! Loads a contract: parses its two documents, reads them part by part, and holds the parts against each other.

use std::cell::RefCell;
use std::sync::Arc;

use super::answers::{Answer, DONE, Frame, Reserved, VIOLATIONS};
use super::atomicity::Atomicity;
use super::companion::{Around, Companion};
use super::credential::Credential;
use super::effects::{ChildrenRule, Effects};
use super::operation::{Operation, QueryRules};
use super::outcome::{self, BYSTANDER, Outcome, OutcomeIndex, SUCCESS};
use super::place::Place;
use super::reads::Reads;
use super::source::Source;
use super::steps::{ContainerPlace, Surroundings, Validated, outcome_of, read_caller, read_item};
use super::violation_answers::ViolationAnswers;
use super::{ContainerRule, Contract, Documents, IdsRule, Told, check_described, read_compare};
use crate::contract::template::at_hand::AtHand;
use crate::contract::template::readable;
use crate::contract::template::shape::Words;
use crate::json::Value;
use crate::names::Names;
use crate::problem::{Problem, Problems};

/// The names of the two documents, as they are in a contract's folder.
const OPENAPI: &str = "openapi.json";
const POLICY: &str = "policy.json";

const KEYS: [&str; 18] = [
    "format",
    "operation",
    "credentials",
    "resource",
    "ids",
    "query",
    "container",
    "atomicity",
    "empty-body",
    "checks",
    "effects",
    "outcomes",
    "words",
    "error",
    "envelopes",
    "answers",
    "violations",
    "silent",
];

impl Contract {
    /// Loads a contract from its documents.
    ///
    /// # Errors
    /// Every problem that was found in them, each with its document and JSON Pointer.
    pub fn load(documents: Documents<'_>) -> Result<Self, Vec<Problem>> {
        Self::load_with(documents, read_companions)
    }

    /// Loads a contract without its companions, which are not looked at: whoever answers nobody needs none of what reads them.
    ///
    /// # Errors
    /// As [`Self::load`], but for what is wrong with companions.
    pub fn load_alone(documents: Documents<'_>) -> Result<Self, Vec<Problem>> {
        Self::load_with(documents, |_, _, _, _| Vec::new())
    }

    fn load_with(documents: Documents<'_>, companions: impl ReadCompanions) -> Result<Self, Vec<Problem>> {
        let openapi_problems = RefCell::new(Problems::new(OPENAPI));
        let policy_problems = RefCell::new(Problems::new(POLICY));
        let contract = (|| {
            let openapi = parse(documents.openapi, &openapi_problems);
            let policy = parse(documents.policy, &policy_problems);
            let (openapi, policy) = (openapi?, policy?);
            let openapi = Place::root(&openapi, &openapi_problems);
            let policy = Place::root(&policy, &policy_problems);
            read(documents.name, &openapi, &policy, companions)
        })();
        let mut problems = openapi_problems.into_inner().into_vec();
        problems.extend(policy_problems.into_inner().into_vec());
        match contract {
            Some(contract) if problems.is_empty() => Ok(contract),
            _ if problems.is_empty() => {
                let message = "the contract could not be read".to_owned();
                Err(vec![Problem { document: POLICY.to_owned(), pointer: String::new(), message }])
            }
            _ => Err(problems),
        }
    }
}

fn parse(bytes: &[u8], problems: &RefCell<Problems>) -> Option<Value> {
    match Value::parse(bytes) {
        Ok(value) => Some(value),
        Err(error) => {
            problems.borrow_mut().push("", format!("is not JSON: {error}"));
            None
        }
    }
}

/// Tells a document of another version, whose words may mean something else. What only 3.0 has, its keywords tell by themselves.
fn check_version(openapi: &Place<'_>) {
    let is_known = |place: &Place<'_>| place.value.as_str().is_some_and(|version| version.starts_with("3."));
    let version = openapi.field("openapi").filter(|version| !is_known(version));
    if let Some(version) = version.or_else(|| openapi.field("swagger")) {
        version.problem("this version is not read: give a document of OpenAPI 3.1");
    }
}

/// Reads the companions at a place; apart from what reads the rest, so that programs without them are smaller.
trait ReadCompanions: Fn(&Place<'_>, &Frame<'_>, &Around<'_, '_>, &Names<Answer>) -> Vec<Companion> {}

impl<F: Fn(&Place<'_>, &Frame<'_>, &Around<'_, '_>, &Names<Answer>) -> Vec<Companion>> ReadCompanions for F {}

fn read_companions(
    place: &Place<'_>,
    frame: &Frame<'_>,
    around: &Around<'_, '_>,
    answers: &Names<Answer>,
) -> Vec<Companion> {
    let members = place.members().into_iter();
    members
        .filter_map(|(id, place)| {
            let companion = Companion::read(id, &place, frame, around)?;
            companion.check_answers(&place, answers);
            Some(companion)
        })
        .collect()
}

fn read(
    name: &str,
    openapi: &Place<'_>,
    policy: &Place<'_>,
    companions: impl ReadCompanions,
) -> Option<Contract> {
    let keys: Vec<&str> = KEYS.iter().copied().chain(["companions"]).collect();
    if !policy.closed(&keys) {
        return None;
    }
    if let Some(format) = policy.field("format")
        && format.value.as_u64() != Some(1)
    {
        format.problem("only format 1 is known: write 1, or use a newer version of this program");
    }
    check_version(openapi);
    let rules = policy.field("query").map(|query| QueryRules::read(&query)).unwrap_or_default();
    let operation = policy
        .required("operation")
        .and_then(|operation| Operation::read(openapi, operation.text()?, &rules));
    let credentials: Vec<Credential> =
        policy.required("credentials").map(|list| Credential::read_all(&list)).unwrap_or_default();
    let resource = policy.required("resource").and_then(|resource| resource.name().map(str::to_owned));
    let ids = policy.required("ids").and_then(|ids| read_ids(&ids));
    let container = policy.field("container").map(|container| read_container(&container));
    let atomicity = policy
        .required("atomicity")
        .and_then(|atomicity| atomicity.one_of(&[("each", Atomicity::Each), ("all", Atomicity::All)]));
    let words = policy.field("words").map(|words| read_words(&words)).unwrap_or_default();
    let outcomes = policy.required("outcomes").map(|place| outcome::read(&place, &words)).unwrap_or_default();
    let effects = policy.field("effects").map(|effects| Effects::read(&effects)).unwrap_or_default();
    let frame = Frame::read(policy, &words);
    let mut answers = policy
        .required("answers")
        .map(|place| read_answers(&place, &answers_of_rules(policy), &frame))
        .unwrap_or_default();
    let elsewhere = answers.remove(VIOLATIONS);
    let violations =
        policy.required("violations").and_then(|place| ViolationAnswers::read(&place, elsewhere, &frame));
    let checks = policy.required("checks")?;
    checks.closed(&["caller", "item"]);
    let around = Surroundings {
        container: match container.as_ref().and_then(Option::as_ref).map(|rule| &rule.at) {
            None => ContainerPlace::None,
            Some(Source::Body(_)) => ContainerPlace::InBody,
            Some(_) => ContainerPlace::OutsideBody,
        },
        validated: Validated::Yes,
    };
    let caller_checks =
        checks.required("caller").map(|place| read_caller(&place, around)).unwrap_or_default();
    let item_checks = checks.required("item").map(|place| read_item(&place, &outcomes)).unwrap_or_default();
    let companions = policy
        .field("companions")
        .zip(atomicity)
        .map(|(place, atomicity)| {
            let container = container.as_ref().and_then(Option::as_ref);
            let (children, outcomes) = (&effects.children, outcomes.as_slice());
            let around = Around { openapi, rules: &rules, container, children, outcomes, atomicity };
            companions(&place, &frame, &around, &answers)
        })
        .unwrap_or_default();
    let silent = policy.field("silent").map(|place| read_silent(&place, &outcomes)).unwrap_or_default();
    let success = outcome_of(SUCCESS, &outcomes)?;
    let bystander = outcome_of(BYSTANDER, &outcomes)?;
    let atomicity = atomicity?;
    for (name, answer) in answers.iter_mut() {
        answer.specialise(&outcomes, (atomicity == Atomicity::All).then_some(name));
    }
    let (operation, ids, container) = (operation?, ids?, container.flatten());
    let reads = Reads::new(&operation, &ids.at, container.as_ref().map(|rule| &rule.at), &effects.children);
    let contract = Contract {
        name: Arc::from(name),
        operation,
        credentials,
        resource: resource?,
        ids,
        container,
        atomicity,
        empty_body: policy.field("empty-body").map(|body| body.value.to_text()),
        caller_checks,
        item_checks,
        effects,
        codes: outcomes.iter().map(|outcome| outcome.code.as_str().into()).collect(),
        outcomes,
        success,
        bystander,
        silent,
        answers,
        violations: violations?,
        companions,
        reads,
    };
    check(&contract, openapi, policy, &rules);
    Some(contract)
}

fn read_ids(place: &Place<'_>) -> Option<IdsRule> {
    place.closed(&["at", "compare"]);
    let at = Source::read(&place.required("at")?)?;
    if matches!(at, Source::Path(_)) {
        place.problem("many ids cannot stand in the path: use `/query/NAME` or `/body/NAME`");
    }
    let compare = place.field("compare").and_then(|compare| read_compare(&compare)).unwrap_or_default();
    Some(IdsRule { at, compare })
}

fn read_container(place: &Place<'_>) -> Option<ContainerRule> {
    place.closed(&["kind", "id", "compare"]);
    let kind = place.required("kind")?.name()?.to_owned();
    let at = Source::read(&place.required("id")?)?;
    let compare = place.field("compare").and_then(|compare| read_compare(&compare)).unwrap_or_default();
    Some(ContainerRule { kind, at, compare })
}

pub(super) fn read_words(place: &Place<'_>) -> Names<Arc<Words>> {
    place
        .members()
        .into_iter()
        .map(|(name, table)| {
            let words = table
                .members()
                .into_iter()
                .map(|(word, place)| {
                    if matches!(place.value, Value::Array(_) | Value::Object(_)) {
                        place.problem("is no word: a word is a string, a number, a boolean or null");
                    }
                    (word.to_owned(), place.value.clone())
                })
                .collect();
            (name.to_owned(), Arc::new(words))
        })
        .collect()
}

fn read_answers<'a>(place: &Place<'a>, for_violations: &[&str], frame: &Frame<'a>) -> Names<Answer> {
    let mut answers = Names::new();
    for (name, place) in place.members() {
        let at_hand = AtHand { violation: for_violations.contains(&name), ..AtHand::ANSWER };
        if let Some(answer) = frame.answer(name, &place, at_hand) {
            answers.insert(name.to_owned(), answer);
        }
    }
    if place.field(DONE).is_none() {
        place.problem(format!("`{DONE}` is missing: it is the answer to a request that was carried out"));
    }
    for reserved in Reserved::REQUIRED {
        if place.field(reserved.name()).is_none() {
            place.problem(format!("`{}` is missing: every contract answers it", reserved.name()));
        }
    }
    answers
}

/// The names of the answers that rules for violations give: these have the violation at hand.
fn answers_of_rules<'a>(policy: &Place<'a>) -> Vec<&'a str> {
    let rules = policy.value.at("/violations/rules").and_then(Value::as_array).unwrap_or_default();
    rules.iter().filter_map(|rule| rule.get("answer")?.as_str()).collect()
}

fn read_silent(place: &Place<'_>, outcomes: &[Outcome]) -> Vec<Vec<OutcomeIndex>> {
    let group = |group: &Place<'_>| {
        let mut alike = Vec::new();
        for code in group.elements() {
            let Some(name) = code.text() else { continue };
            match outcome_of(name, outcomes) {
                Some(found) if alike.contains(&found) => code.problem("is named twice: name each once"),
                Some(found) => alike.push(found),
                None => code.problem("there is no such outcome: add it to `outcomes`"),
            }
        }
        if group.value.as_array().is_some_and(|codes| codes.len() < 2) {
            group.problem("must name the outcomes that look the same: two or more");
        }
        alike
    };
    place.elements().iter().map(group).collect()
}

/// Holds the parts of a contract against each other.
fn check(contract: &Contract, openapi: &Place<'_>, policy: &Place<'_>, rules: &QueryRules) {
    let told = Told::of(openapi);
    if let Some(query) = policy.field("query") {
        rules.check(&query, &contract.operation);
    }
    check_answer_names(contract, policy);
    for (at, source) in sources(contract) {
        if let Some(place) = policy.at(at) {
            check_described(told, &contract.operation, source, &place);
        }
    }
    if let Some(why) = contract.ids_may_be_others()
        && let Some(place) = policy.at("/ids/at")
    {
        place.problem(why);
    }
    if let ChildrenRule::DeletedIf(flag) = &contract.effects.children
        && told == Told::Nothing
        && !contract.may_be_true(flag)
        && let Some(place) = policy.at("/effects/children/deleted-if")
    {
        place.problem("can never be true: let its `type` in openapi.json be `boolean`");
    }
    check_atomicity(contract, policy);
    if policy.problems().borrow().is_empty() {
        readable::check(contract, policy);
    }
}

/// Every place of a request that the policy names, with the pointer at which it does.
fn sources(contract: &Contract) -> Vec<(&'static str, &Source)> {
    let mut sources = vec![("/ids/at", &contract.ids.at)];
    sources.extend(contract.container.as_ref().map(|rule| ("/container/id", &rule.at)));
    if let ChildrenRule::DeletedIf(flag) = &contract.effects.children {
        sources.push(("/effects/children/deleted-if", flag));
    }
    sources
}

fn check_answer_names(contract: &Contract, policy: &Place<'_>) {
    for (index, step) in contract.caller_checks.iter().enumerate() {
        for name in step.otherwise.all() {
            let is_known = contract.answers.contains_key(name) || name == VIOLATIONS;
            if !is_known && let Some(place) = policy.at(&format!("/checks/caller/{index}")) {
                place.problem(format!("there is no answer `{name}`: add it to `answers`"));
            }
        }
    }
    for name in contract.violations.named() {
        if !contract.answers.contains_key(name)
            && let Some(place) = policy.at("/violations/rules")
        {
            place.problem(format!("there is no answer `{name}`: add it to `answers`"));
        }
    }
}

fn check_atomicity(contract: &Contract, policy: &Place<'_>) {
    let outcomes = policy.field("outcomes");
    for outcome in &contract.outcomes {
        let Some(place) = outcomes.as_ref().and_then(|all| all.field(&outcome.code)) else { continue };
        match (contract.atomicity, &outcome.answer) {
            (Atomicity::All, None) if !outcome.is.succeeds() => {
                place.problem("`answer` is missing: where one item decides for all, its outcome says which answer that is");
            }
            (Atomicity::All, Some(answer)) if !contract.answers.contains_key(answer) => {
                place.problem(format!("there is no answer `{answer}`: add it to `answers`"));
            }
            (Atomicity::Each, Some(_)) => {
                place.problem(
                    "only where one item decides for all has an outcome an answer: leave `answer` out",
                );
            }
            _ => {}
        }
    }
}
