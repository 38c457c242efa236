//! Forecasts: what is told as JSON, sort by sort, is decided as the server would decide item by item.

use crate::common::{EACH, load, replaced};
use crate::deciding::all as together;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::outcome::Retry;
use bulk_delete_core::decision::admit::{Admission, admit};
use bulk_delete_core::decision::decide::decide;
use bulk_delete_core::decision::fact::Fact;
use bulk_delete_core::decision::facts::{CallerFacts, Cause, Facts};
use bulk_delete_core::decision::forecast::{About, Denial, Forecast, Foretold, Need, Occurs, forecast};
use bulk_delete_core::decision::questions::{Question, questions};
use bulk_delete_core::decision::told::{ToldCaller, ToldItem};
use bulk_delete_core::decision::verdict::Verdict;
use bulk_delete_core::json::Value;
use bulk_delete_core::request::call::{Body, Call, Request};
use bulk_delete_core::request::ids::Id;
use bulk_delete_core::service::Service;

pub(crate) const KEEPER: &str = r#"{ "authenticated": true, "roles": ["keeper"], "container-exists": true }"#;
pub(crate) const FREE: &str =
    r#"{ "exists": true, "accessible": true, "state": null, "attributes": {}, "fail": null }"#;
pub(crate) const PINNED: &str = r#"{ "exists": true, "accessible": true, "state": "pinned" }"#;
const BROKEN: &str =
    r#"{ "exists": true, "accessible": true, "state": "x", "attributes": {}, "fail": "glue" }"#;
const HALF: &str = r#"{ "exists": true, "accessible": true, "state": "x", "attributes": {} }"#;

fn json(text: &str) -> Value {
    Value::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A request for so many notes.
pub(crate) fn foretell(policy: &str, body: &str, caller: &str, sorts: &[(&str, Occurs)]) -> Forecast {
    with_call(load(policy), body, |call| {
        let caller = json(caller);
        let items: Vec<(Value, Occurs)> = sorts.iter().map(|(item, occurs)| (json(item), *occurs)).collect();
        let sorts = items.iter().map(|(item, occurs)| (ToldItem(item), *occurs)).collect();
        forecast(call.contract(), call.checked(), &ToldCaller(&caller), sorts)
    })
}

fn with_call<T>(contract: Contract, body: &str, work: impl FnOnce(&Call<'_>) -> T) -> T {
    let service = Service::new(vec![contract]).expect("it can be served");
    let headers: [(&str, &[u8]); 1] = [("content-type", b"application/json")];
    let request = Request {
        method: "POST",
        path: "/boxes/b1/notes/bulk-delete",
        query: None,
        headers: &headers,
        body: Body::Bytes(body.as_bytes()),
    };
    let routed = service.route(request.method, request.path).expect("it is routed");
    work(&service.call(routed, &request))
}

fn denial(code: &str, reason: Option<&str>, check: Option<&'static str>, retry: Retry) -> Foretold {
    let (code, reason) = (code.to_owned(), reason.map(str::to_owned));
    Foretold::Deny(Denial { code, reason, check, document: None, retry })
}

fn need(fact: &'static str, of: About) -> Need {
    Need { fact, of }
}

#[test]
fn each_sort_has_its_verdict() {
    let told = foretell(
        EACH,
        r#"{"noteIds":["a","b","c","d"]}"#,
        KEEPER,
        &[(FREE, Occurs::Once), (PINNED, Occurs::Once), ("null", Occurs::Once), (BROKEN, Occurs::Repeatedly)],
    );
    assert_eq!(told.request, Foretold::Allow);
    assert_eq!(
        told.items,
        [
            Foretold::Allow,
            denial("pinned", Some("The note is pinned."), Some("state-is-not"), Retry::AfterChange),
            denial("unknown", Some("There is no such note."), Some("exists"), Retry::Never),
            denial("broken", Some("Broken: glue"), Some("deletable"), Retry::Now),
        ]
    );
}

#[test]
fn what_is_not_known_is_told_with_what_is_possible() {
    let told = foretell(EACH, r#"{"noteIds":["a"]}"#, KEEPER, &[(HALF, Occurs::Once)]);
    assert_eq!(told.request, Foretold::Allow);
    assert_eq!(
        told.items,
        [Foretold::Unknown {
            needs: vec![need("fail", About::Item)],
            possible: vec!["deleted".to_owned(), "broken".to_owned()],
        }]
    );
}

#[test]
fn a_caller_who_is_not_known_makes_everything_possible() {
    let told = foretell(
        EACH,
        r#"{"noteIds":["a","b"]}"#,
        r#"{ "authenticated": true, "container-exists": true }"#,
        &[(FREE, Occurs::Once), (HALF, Occurs::Once)],
    );
    let possible = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let roles = need("roles", About::Caller);
    assert_eq!(
        told.request,
        Foretold::Unknown { needs: vec![roles], possible: possible(&["not-keeper", "done"]) }
    );
    assert_eq!(
        told.items,
        [
            Foretold::Unknown { needs: vec![roles], possible: possible(&["not-keeper", "deleted"]) },
            Foretold::Unknown {
                needs: vec![roles, need("fail", About::Item)],
                possible: possible(&["not-keeper", "deleted", "broken"]),
            },
        ]
    );
}

#[test]
fn a_refusal_of_the_whole_request_is_each_items() {
    let sorts = [(FREE, Occurs::Once), ("null", Occurs::Once)];
    for (body, caller, expected) in [
        ("{}", KEEPER, denial("violations", None, Some("valid"), Retry::AfterChange)),
        (
            r#"{"noteIds":["a","b"]}"#,
            r#"{ "authenticated": "missing" }"#,
            denial("who", Some("Who are you?"), Some("authenticated"), Retry::AfterChange),
        ),
        (
            r#"{"noteIds":["a","b"]}"#,
            r#"{ "authenticated": "expired" }"#,
            denial("not-you", Some("You are not who you say."), Some("authenticated"), Retry::AfterChange),
        ),
        (
            r#"{"noteIds":["a","b"]}"#,
            r#"{ "authenticated": true, "container-exists": true, "roles": [] }"#,
            denial("not-keeper", Some("Ask the keeper."), Some("role"), Retry::AfterChange),
        ),
    ] {
        let told = foretell(EACH, body, caller, &sorts);
        assert_eq!(told.request, expected, "{body} {caller}");
        assert_eq!(told.items, [expected.clone(), expected], "{body} {caller}");
    }
}

#[test]
fn one_item_decides_for_all() {
    let body = r#"{"noteIds":["a","b"]}"#;
    let told = foretell(&together(), body, KEEPER, &[(FREE, Occurs::Once), (PINNED, Occurs::Once)]);
    assert_eq!(told.request, denial("stuck", None, Some("state-is-not"), Retry::AfterChange));
    assert_eq!(
        told.items,
        [
            denial("bystander", None, None, Retry::Now),
            denial("pinned", Some("The note is pinned."), Some("state-is-not"), Retry::AfterChange),
        ]
    );
    let told = foretell(&together(), body, KEEPER, &[(FREE, Occurs::Once), (HALF, Occurs::Once)]);
    assert_eq!(
        told.request,
        Foretold::Unknown {
            needs: vec![need("fail", About::Item)],
            possible: vec!["odd-one".to_owned(), "done".to_owned()],
        }
    );
}

#[test]
fn a_rule_is_told_in_the_words_of_its_document() {
    let policy = replaced(
        EACH,
        r#""state": "pinned", "else""#,
        r#""state": "pinned", "document": "Pinned notes stay.", "else""#,
    );
    let policy = replaced(
        &policy,
        r#""any-of": ["keeper"],"#,
        r#""any-of": ["keeper"], "document": "Only keepers may.","#,
    );
    let quoted = |told: &Foretold| match told {
        Foretold::Deny(denial) => denial.document.clone(),
        _ => None,
    };
    let body = r#"{"noteIds":["a"]}"#;
    let told = foretell(&policy, body, KEEPER, &[(PINNED, Occurs::Once)]);
    assert_eq!(told.items.first().and_then(quoted).as_deref(), Some("Pinned notes stay."));
    let stranger = r#"{ "authenticated": true, "container-exists": true, "roles": [] }"#;
    let told = foretell(&policy, body, stranger, &[(PINNED, Occurs::Once)]);
    assert_eq!(quoted(&told.request).as_deref(), Some("Only keepers may."));
}

#[test]
fn checks_say_what_they_ask() {
    assert_eq!(
        questions(&load(EACH)),
        [
            Question::Exists,
            Question::Accessible,
            Question::State,
            Question::Attribute("/locked".to_owned()),
            Question::Fail
        ]
    );
}

/// Facts of items by their number: a sort stands for its items.
struct ByNumber<'v> {
    caller: &'v Value,
    items: &'v [Value],
}

impl CallerFacts for ByNumber<'_> {
    fn authentication(&self) -> Fact<Result<(), Cause>> {
        ToldCaller(self.caller).authentication()
    }
    fn scope(&self, name: &str) -> Fact<bool> {
        ToldCaller(self.caller).scope(name)
    }
    fn role(&self, name: &str) -> Fact<bool> {
        ToldCaller(self.caller).role(name)
    }
    fn permission(&self, name: &str) -> Fact<bool> {
        ToldCaller(self.caller).permission(name)
    }
    fn container_exists(&self) -> Fact<bool> {
        ToldCaller(self.caller).container_exists()
    }
    fn container_accessible(&self) -> Fact<bool> {
        ToldCaller(self.caller).container_accessible()
    }
}

impl<'v> Facts for ByNumber<'v> {
    type Item = ToldItem<'v>;
    fn item(&self, id: Id<'_>) -> ToldItem<'v> {
        ToldItem(
            id.text.parse::<usize>().ok().and_then(|number| self.items.get(number)).expect("it is an item"),
        )
    }
}

/// Every way to give three items facts of five sorts, decided item by item and sort by sort: the same verdicts.
#[test]
fn sorts_are_decided_as_their_items() {
    let sorts: Vec<Value> = [FREE, PINNED, "null", HALF, "{}"].map(json).into();
    let caller = json(KEEPER);
    for policy in [EACH.to_owned(), together()] {
        for number in 0..125_usize {
            let chosen = [number / 25, number / 5 % 5, number % 5];
            let items: Vec<Value> = chosen.iter().filter_map(|sort| sorts.get(*sort).cloned()).collect();
            with_call(load(&policy), r#"{"noteIds":["0","1","2"]}"#, |call| {
                let facts = ByNumber { caller: &caller, items: &items };
                let Admission::Admitted(bulk) = admit(call, &facts) else { panic!("it is admitted") };
                let decision = decide(&bulk, &facts);
                let counts = |sort: usize| chosen.iter().filter(|other| **other == sort).count();
                let mut kinds: Vec<usize> = Vec::new();
                for sort in chosen {
                    if !kinds.contains(&sort) {
                        kinds.push(sort);
                    }
                }
                let told = forecast(
                    call.contract(),
                    call.checked(),
                    &ToldCaller(&caller),
                    kinds
                        .iter()
                        .filter_map(|sort| {
                            let occurs = if counts(*sort) == 1 { Occurs::Once } else { Occurs::Repeatedly };
                            Some((ToldItem(sorts.get(*sort)?), occurs))
                        })
                        .collect(),
                );
                for (item, verdict) in decision.verdicts.iter().enumerate() {
                    let kind = kinds.iter().position(|kind| chosen.get(item) == Some(kind));
                    let told = kind.and_then(|kind| told.items.get(kind));
                    assert!(
                        told.is_some_and(|told| agree(call.contract(), verdict, told)),
                        "{chosen:?}: {verdict:?} {told:?}"
                    );
                }
            });
        }
    }
}

fn agree(contract: &Contract, verdict: &Verdict, told: &Foretold) -> bool {
    let code = |outcome| contract.outcome(outcome).map(|outcome| outcome.code.clone());
    match (verdict, told) {
        (Verdict::Delete(_), Foretold::Allow) => true,
        (Verdict::Refuse { outcome, check }, Foretold::Deny(denial)) => {
            code(*outcome).as_ref() == Some(&denial.code) && *check == denial.check
        }
        (Verdict::Unknown(undecided), Foretold::Unknown { possible, needs }) => {
            let codes: Vec<String> = undecided.possible.iter().filter_map(code).collect();
            let facts: Vec<&str> = needs.iter().map(|need| need.fact).collect();
            codes == *possible && facts == undecided.needs
        }
        _ => false,
    }
}
