//! What each check asks for: without the fact it says which one is missing, and with it which check it is that refuses.

use crate::common::{EACH, replaced};
use crate::forecasting::{FREE, KEEPER, foretell};
use bulk_delete_core::decision::forecast::{About, Forecast, Foretold, Need, Occurs};

const ASKED: &str = r#"{"noteIds":["a"]}"#;

fn one(policy: &str, caller: &str, item: &str) -> Forecast {
    foretell(policy, ASKED, caller, &[(item, Occurs::Once)])
}

/// The check that refuses, and what is missing.
fn told(foretold: &Foretold) -> (Option<&'static str>, Vec<Need>) {
    match foretold {
        Foretold::Allow => (None, Vec::new()),
        Foretold::Deny(denial) => (denial.check, Vec::new()),
        Foretold::Unknown { needs, .. } => (None, needs.clone()),
    }
}

#[test]
fn a_check_of_an_item_asks_for_its_fact() {
    let last = r#"{ "check": "deletable", "else": "broken" }"#;
    for (check, name, fact, passes, fails) in [
        (
            r#""attribute", "at": "/attributes/kind", "is": "plain""#,
            "attribute",
            "attributes",
            r#""attributes": {"kind": "plain"}"#,
            r#""attributes": {"kind": "odd"}"#,
        ),
        (
            r#""attribute", "at": "/attributes/kind", "is": "plain""#,
            "attribute",
            "attributes",
            r#""attributes": {"kind": "plain"}"#,
            r#""attributes": {}"#,
        ),
        (
            r#""attribute", "at": "/attributes/kind", "is-not": "odd""#,
            "attribute",
            "attributes",
            r#""attributes": {}"#,
            r#""attributes": {"kind": "odd"}"#,
        ),
        (r#""owned""#, "owned", "owner", r#""owned": true"#, r#""owned": false"#),
        (
            r#""permission", "all-of": ["note.delete"]"#,
            "permission",
            "permissions",
            r#""permissions": ["note.delete"]"#,
            r#""permissions": []"#,
        ),
        (
            r#""state-is", "state": "closed""#,
            "state-is",
            "state",
            r#""state": "closed""#,
            r#""state": "open""#,
        ),
        (
            r#""state-is-not", "state": "open""#,
            "state-is-not",
            "state",
            r#""state": null"#,
            r#""state": "open""#,
        ),
        (r#""deletable""#, "deletable", "fail", r#""fail": null"#, r#""fail": "glue""#),
    ] {
        let others =
            EACH.find(r#"{ "check": "state-is-not""#).zip(EACH.find(last)).expect("the checks are there");
        let checks = EACH.get(others.0..others.1 + last.len()).expect("the checks are there");
        let policy = replaced(EACH, checks, &format!(r#"{{ "check": {check}, "else": "pinned" }}"#));
        let item = |fact: &str| format!(r#"{{ "exists": true, "accessible": true {fact} }}"#);
        for (item, expected) in [
            (item(&format!(", {passes}")), (None, Vec::new())),
            (item(&format!(", {fails}")), (Some(name), Vec::new())),
            (item(""), (None, vec![Need { fact, of: About::Item }])),
        ] {
            let forecast = one(&policy, KEEPER, &item);
            assert_eq!(forecast.items.iter().map(told).collect::<Vec<_>>(), [expected], "{check} {item}");
        }
    }
}

#[test]
fn a_check_of_a_caller_asks_for_its_fact() {
    let role = r#"{ "check": "role", "any-of": ["keeper"], "else": "not-keeper" }"#;
    for (check, name, fact, of, passes, fails) in [
        (
            r#""role", "any-of": ["keeper"]"#,
            "role",
            "roles",
            About::Caller,
            r#""roles": ["keeper"]"#,
            r#""roles": ["x"]"#,
        ),
        (
            r#""scope", "any-of": ["notes"]"#,
            "scope",
            "scopes",
            About::Caller,
            r#""scopes": ["notes"]"#,
            r#""scopes": []"#,
        ),
        (
            r#""permission", "all-of": ["a", "b"]"#,
            "permission",
            "permissions",
            About::Caller,
            r#""permissions": ["a", "b"]"#,
            r#""permissions": ["b"]"#,
        ),
        (
            r#""container-accessible""#,
            "container-accessible",
            "container-accessible",
            About::Container,
            r#""container-accessible": true"#,
            r#""container-accessible": false"#,
        ),
    ] {
        let policy = replaced(EACH, role, &format!(r#"{{ "check": {check}, "else": "not-keeper" }}"#));
        let caller = |fact: &str| format!(r#"{{ "authenticated": true, "container-exists": true {fact} }}"#);
        for (caller, expected) in [
            (caller(&format!(", {passes}")), (None, Vec::new())),
            (caller(&format!(", {fails}")), (Some(name), Vec::new())),
            (caller(""), (None, vec![Need { fact, of }])),
        ] {
            assert_eq!(told(&one(&policy, &caller, FREE).request), expected, "{check} {caller}");
        }
    }
}
