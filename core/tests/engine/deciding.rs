//! Decisions with facts that may be unknown: never wrong about what is known, and told what is missing.

use std::collections::BTreeMap;

use crate::common::{EACH, load, replaced};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::decision::admit::{Admission, admit};
use bulk_delete_core::decision::decide::{decide, decide_known};
use bulk_delete_core::decision::fact::Fact::{self, Known, Unknown};
use bulk_delete_core::decision::facts::{CallerFacts, Cause, Facts, ItemFacts};
use bulk_delete_core::decision::verdict::Verdict;
use bulk_delete_core::json::Value;
use bulk_delete_core::request::call::{Body, Call, Request};
use bulk_delete_core::request::ids::Id;
use bulk_delete_core::service::Service;

#[derive(Clone)]
struct Item {
    exists: Fact<bool>,
    accessible: Fact<bool>,
    state: Fact<Option<String>>,
    locked: Fact<Option<Value>>,
    fail: Fact<Option<String>>,
}

const PLAIN: Item = Item {
    exists: Known(true),
    accessible: Known(true),
    state: Known(None),
    locked: Known(None),
    fail: Known(None),
};
const NOTHING: Item =
    Item { exists: Unknown, accessible: Unknown, state: Unknown, locked: Unknown, fail: Unknown };

fn borrowed(fact: &Fact<Option<String>>) -> Fact<Option<&str>> {
    match fact {
        Known(value) => Known(value.as_deref()),
        Unknown => Unknown,
    }
}

impl ItemFacts for Item {
    fn exists(&self) -> Fact<bool> {
        self.exists
    }
    fn accessible(&self) -> Fact<bool> {
        self.accessible
    }
    fn owned(&self) -> Fact<bool> {
        Unknown
    }
    fn permission(&self, _: &str) -> Fact<bool> {
        Unknown
    }
    fn state(&self) -> Fact<Option<&str>> {
        borrowed(&self.state)
    }
    fn attribute(&self, pointer: &str) -> Fact<Option<&Value>> {
        assert_eq!(pointer, "/locked");
        match &self.locked {
            Known(value) => Known(value.as_ref()),
            Unknown => Unknown,
        }
    }
    fn fail(&self) -> Fact<Option<&str>> {
        borrowed(&self.fail)
    }
}

/// Facts of a test: the caller's, and each item's by id.
#[derive(Clone)]
struct Told {
    believed: Fact<Result<(), Cause>>,
    container: Fact<bool>,
    keeper: Fact<bool>,
    items: BTreeMap<String, Item>,
}

impl CallerFacts for Told {
    fn authentication(&self) -> Fact<Result<(), Cause>> {
        self.believed
    }
    fn scope(&self, _: &str) -> Fact<bool> {
        Unknown
    }
    fn role(&self, name: &str) -> Fact<bool> {
        assert_eq!(name, "keeper");
        self.keeper
    }
    fn permission(&self, _: &str) -> Fact<bool> {
        Unknown
    }
    fn container_exists(&self) -> Fact<bool> {
        self.container
    }
    fn container_accessible(&self) -> Fact<bool> {
        Unknown
    }
}

impl Facts for Told {
    type Item = Item;
    fn item(&self, id: Id<'_>) -> Item {
        self.items.get(id.text).cloned().expect("the test tells of every id")
    }
}

fn told(items: &[(&'static str, Item)]) -> Told {
    Told {
        believed: Known(Ok(())),
        container: Known(true),
        keeper: Known(true),
        items: items.iter().map(|(id, item)| ((*id).to_owned(), item.clone())).collect(),
    }
}

fn with_call<T>(contract: Contract, body: &str, then: impl FnOnce(&Call<'_>) -> T) -> T {
    let service = Service::new(vec![contract]).expect("one contract has one route");
    let path = "/boxes/b1/notes/bulk-delete";
    let headers: [(&str, &[u8]); 1] = [("content-type", b"application/json")];
    let request =
        Request { method: "POST", path, query: None, headers: &headers, body: Body::Bytes(body.as_bytes()) };
    let routed = service.route("POST", path).expect("the path is the contract's");
    then(&service.call(routed, &request))
}

/// A verdict in words: a code, or the codes that are possible and the facts that are missing.
fn words(contract: &Contract, verdict: &Verdict) -> String {
    let code = |index| contract.outcome(index).map_or("?", |outcome| &outcome.code).to_owned();
    match verdict {
        Verdict::Delete(outcome) => code(*outcome),
        Verdict::Refuse { outcome, check } => format!("{} by {}", code(*outcome), check.unwrap_or("none")),
        Verdict::Unknown(undecided) => {
            let possible: Vec<String> = undecided.possible.iter().map(code).collect();
            format!("{}? {}", possible.join("|"), undecided.needs.join(","))
        }
    }
}

fn decided(policy: &str, items: &[(&'static str, Item)]) -> (Vec<String>, Vec<Option<String>>) {
    let ids: Vec<String> = items.iter().map(|(id, _)| format!("\"{id}\"")).collect();
    let body = format!("{{\"noteIds\":[{}]}}", ids.join(","));
    with_call(load(policy), &body, |call| {
        let facts = told(items);
        let Admission::Admitted(bulk) = admit(call, &facts) else { panic!("not admitted") };
        let decision = decide(&bulk, &facts);
        assert_eq!(decision.verdicts.len(), items.len());
        let verdicts = decision.verdicts.iter().map(|verdict| words(call.contract(), verdict)).collect();
        (verdicts, decision.answers)
    })
}

fn state(name: &str) -> Fact<Option<String>> {
    Known(Some(name.to_owned()))
}

#[test]
fn each_item_is_decided_by_what_is_known_of_it() {
    let lock = || Known(Some(Value::Bool(true)));
    let rows: Vec<(Item, &str)> = vec![
        (PLAIN, "deleted"),
        (Item { exists: Known(false), ..NOTHING }, "unknown by exists"),
        (Item { accessible: Known(false), ..PLAIN }, "unknown by accessible"),
        (Item { state: state("pinned"), ..PLAIN }, "pinned by state-is-not"),
        (Item { state: state("open"), ..PLAIN }, "deleted"),
        (Item { locked: lock(), ..PLAIN }, "locked by attribute"),
        (Item { locked: Known(Some(Value::Bool(false))), ..PLAIN }, "deleted"),
        (Item { fail: state("glue"), ..PLAIN }, "broken by deletable"),
        (Item { state: state("pinned"), locked: lock(), ..PLAIN }, "pinned by state-is-not"),
        (NOTHING, "deleted|unknown|pinned|locked|broken? exists,accessible,state,attributes,fail"),
        (Item { state: Unknown, ..PLAIN }, "deleted|pinned? state"),
        (Item { state: Unknown, fail: Unknown, ..PLAIN }, "deleted|pinned|broken? state,fail"),
        (Item { state: Unknown, locked: lock(), ..PLAIN }, "pinned|locked? state"),
        (Item { exists: Unknown, state: state("pinned"), ..PLAIN }, "unknown|pinned? exists"),
        // Two checks lead to one outcome: nothing more needs to be known.
        (Item { exists: Unknown, accessible: Known(false), ..NOTHING }, "unknown by exists"),
    ];
    for (item, expected) in rows {
        let (verdicts, answers) = decided(EACH, &[("a", item)]);
        assert_eq!((verdicts, answers), (vec![expected.to_owned()], vec![None]));
    }
}

#[test]
fn many_items_that_are_all_known_are_decided_as_few_are() {
    let ids: Vec<String> = (0..600).map(|number| format!("n{number}")).collect();
    let body = format!(r#"{{"noteIds":["{}"]}}"#, ids.join(r#"",""#));
    with_call(load(EACH), &body, |call| {
        let mut facts = told(&[]);
        for (at, id) in ids.iter().enumerate() {
            let pinned = if at % 7 == 0 { state("pinned") } else { Known(None) };
            facts.items.insert(id.clone(), Item { state: pinned, exists: Known(at % 5 != 0), ..PLAIN });
        }
        let Admission::Admitted(bulk) = admit(call, &facts) else { panic!("not admitted") };
        let one_by_one = decide(&bulk, &facts).decided().unwrap_or_else(|_| panic!("everything is known"));
        let at_once = decide_known(&bulk, &facts, |item| item.state.clone()).expect("everything is known");
        assert_eq!(at_once.outcomes, one_by_one.outcomes);
        assert_eq!(at_once.items, one_by_one.items.into_iter().map(|item| item.state).collect::<Vec<_>>());
        assert_eq!((at_once.items.len(), at_once.refused_by, one_by_one.refused_by), (600, None, None));
        // One that is not known leaves all undecided.
        facts.items.insert("n599".to_owned(), NOTHING);
        assert!(decide_known(&bulk, &facts, |_| ()).is_none());
    });
}

/// The contract of the tests, with one item deciding for all.
pub(crate) fn all() -> String {
    let mut policy = replaced(EACH, "\"atomicity\": \"each\"", "\"atomicity\": \"all\"");
    for (outcome, answer) in [
        ("\"unknown\": { \"is\": \"not-found\",", "lost"),
        ("\"pinned\": { \"is\": \"failed\",", "stuck"),
        ("\"locked\": { \"is\": \"failed\",", "stuck"),
        ("\"broken\": { \"is\": \"failed\",", "odd-one"),
    ] {
        policy = replaced(&policy, outcome, &format!("{outcome} \"answer\": \"{answer}\","));
    }
    let lists = r#""too-large":"#;
    let answers = r#""lost": { "status": 410, "body": { "lost": { "$each": "refused", "item": "{item.id}" } } },
      "stuck": { "status": 409, "body": { "stuck": { "$each": "refused", "item": { "id": "{item.id}", "why": "{item.reason}" } } } },
      "odd-one": { "status": 422, "body": { "odd": { "$each": "refused", "item": "{item.id}" } } }, "too-large":"#;
    replaced(&policy, lists, answers)
}

#[test]
fn one_item_decides_for_all() {
    let pinned = || Item { state: state("pinned"), ..PLAIN };
    let locked = || Item { locked: Known(Some(Value::Bool(true))), ..PLAIN };
    let gone = || Item { exists: Known(false), ..PLAIN };
    let maybe_gone = || Item { exists: Unknown, ..PLAIN };
    let maybe_locked = || Item { locked: Unknown, ..PLAIN };
    type Row = (Vec<Item>, &'static [&'static str], &'static [Option<&'static str>]);
    let rows: Vec<Row> = vec![
        (vec![PLAIN, PLAIN], &["deleted", "deleted"], &[None]),
        (vec![PLAIN, gone()], &["bystander by none", "unknown by exists"], &[Some("lost")]),
        (vec![pinned(), gone()], &["bystander by none", "unknown by exists"], &[Some("lost")]),
        // Two checks with one answer: both items are named by it.
        (
            vec![locked(), pinned(), PLAIN],
            &["locked by attribute", "pinned by state-is-not", "bystander by none"],
            &[Some("stuck")],
        ),
        (
            vec![PLAIN, maybe_gone()],
            &["deleted|bystander? exists", "deleted|unknown? exists"],
            &[Some("lost"), None],
        ),
        // Whatever comes of the second, the first keeps all from going.
        (
            vec![pinned(), maybe_gone()],
            &["pinned|bystander? exists", "unknown|bystander? exists"],
            &[Some("lost"), Some("stuck")],
        ),
        (vec![gone(), maybe_locked()], &["unknown by exists", "bystander by none"], &[Some("lost")]),
        (
            vec![pinned(), maybe_locked()],
            &["pinned by state-is-not", "locked|bystander? attributes"],
            &[Some("stuck")],
        ),
        (
            vec![maybe_gone(), maybe_locked()],
            &["deleted|unknown|bystander? exists", "deleted|locked|bystander? attributes"],
            &[Some("lost"), Some("stuck"), None],
        ),
    ];
    for (items, expected, answers) in rows {
        let named: Vec<(&'static str, Item)> = ["a", "b", "c"].into_iter().zip(items).collect();
        let (verdicts, found) = decided(&all(), &named);
        assert_eq!(verdicts, expected);
        assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), answers);
    }
}

#[test]
fn a_decision_with_an_unknown_is_not_decided() {
    with_call(load(EACH), r#"{"noteIds":["a","b"]}"#, |call| {
        let facts = told(&[("a", PLAIN), ("b", Item { state: Unknown, ..PLAIN })]);
        let Admission::Admitted(bulk) = admit(call, &facts) else { panic!("not admitted") };
        assert!(decide(&bulk, &facts).decided().is_err());
        let facts = told(&[("a", PLAIN), ("b", PLAIN)]);
        let decided = decide(&bulk, &facts).decided().unwrap_or_else(|_| panic!("everything is known"));
        assert_eq!((decided.outcomes.len(), decided.refused_by), (2, None));
    });
}

/// What becomes of a request as a whole, in words.
fn admission(facts: &Told, body: &str) -> String {
    with_call(load(EACH), body, |call| match admit(call, facts) {
        Admission::Admitted(bulk) => format!("admitted {}", bulk.ids.len()),
        Admission::Refused(refusal) => format!("{} by {}", refusal.answer, refusal.check),
        Admission::Unknown { possible, otherwise, needs } => {
            let possible: Vec<&str> = possible.iter().map(|refusal| refusal.answer).collect();
            let end = if otherwise.is_some() { "or admitted" } else { "at least" };
            format!("{} {end}? {}", possible.join("|"), needs.join(","))
        }
    })
}

#[test]
fn a_request_is_admitted_in_the_order_of_its_checks() {
    let good = r#"{"noteIds":["a","a","b"]}"#;
    let all = told(&[]);
    let rows = [
        (all.clone(), good, "admitted 2"),
        (all.clone(), "{}", "violations by valid"),
        (Told { believed: Known(Err(Cause::Missing)), ..all.clone() }, "{}", "who by authenticated"),
        (Told { believed: Known(Err(Cause::Expired)), ..all.clone() }, good, "not-you by authenticated"),
        (
            Told { container: Known(false), keeper: Known(false), ..all.clone() },
            good,
            "no-box by container-exists",
        ),
        (Told { keeper: Known(false), ..all.clone() }, good, "not-keeper by role"),
        (Told { keeper: Unknown, ..all.clone() }, good, "not-keeper or admitted? roles"),
        (
            Told { container: Unknown, keeper: Unknown, ..all.clone() },
            good,
            "no-box|not-keeper or admitted? container-exists,roles",
        ),
        (
            Told { container: Unknown, keeper: Known(false), ..all.clone() },
            good,
            "no-box|not-keeper at least? container-exists",
        ),
        (Told { believed: Unknown, ..all.clone() }, "{}", "who|not-you|violations at least? authenticated"),
        (Told { believed: Unknown, ..all }, good, "who|not-you or admitted? authenticated"),
    ];
    for (facts, body, expected) in rows {
        assert_eq!(admission(&facts, body), expected);
    }
}
