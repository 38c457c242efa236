//! Requests read without an answer, as those do who only check them: what is wrong, which ids, which container.

use crate::common::{EACH, OPENAPI, load, replaced, try_load};
use bulk_delete_core::contract::Contract;
use bulk_delete_core::request::call::{Body, Call, Request};
use bulk_delete_core::request::ids::{Id, IdKind, IdList};
use bulk_delete_core::request::parameters::ParameterPlace;
use bulk_delete_core::request::route::Routed;
use bulk_delete_core::request::violation::{Rule, Violation};
use bulk_delete_core::service::Service;

const PATH: &str = "/boxes/b1/notes/bulk-delete";

/// Reads one request twice.
fn read<T>(
    contract: Contract,
    query: Option<&str>,
    body: Body<'_>,
    work: impl FnOnce(Call<'_>, &dyn Fn() -> Vec<String>) -> T,
) -> T {
    let service = Service::new(vec![contract]).expect("it can be served");
    let headers: [(&str, &[u8]); 1] = [("content-type", b"application/json")];
    let request = Request { method: "POST", path: PATH, query, headers: &headers, body };
    let routed = || -> Routed<'_, '_> { service.route("POST", PATH).expect("it is routed") };
    let alone = || {
        let violations = Call::violations_of(routed(), &request);
        violations.iter().map(|violation| format!("{violation:?}")).collect()
    };
    work(service.call(routed(), &request), &alone)
}

/// What is wrong with a body, in words.
pub(crate) fn violations(contract: Contract, body: &str) -> Vec<String> {
    read(contract, None, Body::Bytes(body.as_bytes()), |call, _| {
        call.violations().iter().map(ToString::to_string).collect()
    })
}

#[test]
fn violations_alone_are_those_of_the_whole_reading() {
    for (query, body, count) in [
        (None, r#"{"noteIds":["n1"]}"#, 0),
        (None, r#"{"noteIds":[1,null],"more":1}"#, 3),
        (Some("withPages=perhaps"), "{}", 2),
        (Some("withPages=true"), "{", 1),
    ] {
        read(load(EACH), query, Body::Bytes(body.as_bytes()), |call, alone| {
            let whole: Vec<String> =
                call.violations().iter().map(|violation| format!("{violation:?}")).collect();
            assert_eq!(whole.len(), count, "{body}");
            assert_eq!(alone(), whole, "{body}");
        });
    }
}

#[test]
fn what_was_found_can_be_kept_without_the_request() {
    read(load(EACH), None, Body::Bytes(br#"{"noteIds":["n1","n2","n1"]}"#), |call, _| {
        assert_eq!(call.container(), Some("b1"));
        let checked = call.into_checked();
        assert_eq!(checked.container(), Some("b1"));
        let ids: Vec<&str> = checked.ids().iter().map(|id| id.text).collect();
        assert_eq!(ids, ["n1", "n2"]);
        assert!(checked.violations().is_empty());
    });
    // Whatever is wrong, what could be an id is taken.
    for (body, ids) in [
        (&br#"{"noteIds":["n1"],"more":1}"#[..], 1),
        (br#"{"noteIds":["n1",1,"n1"]}"#, 2),
        (br#"{"noteIds":["n1",null]}"#, 1),
        (br#"{"noteIds":"n1"}"#, 0),
    ] {
        read(load(EACH), None, Body::Bytes(body), |call, _| {
            let checked = call.into_checked();
            let found = (checked.ids().len(), checked.violations().len());
            assert_eq!(found, (ids, 1), "{}", String::from_utf8_lossy(body));
        });
    }
}

#[test]
fn null_names_nothing_where_it_may_stand_among_ids() {
    let openapi =
        replaced(OPENAPI, r#""items": { "type": "string" }"#, r#""items": { "type": ["string", "null"] }"#);
    for (body, ids) in [("[null]", &[][..]), (r#"[null,"n1",null,"n2"]"#, &["n1", "n2"])] {
        let contract = try_load(&openapi, EACH).expect("it loads");
        read(contract, None, Body::Bytes(format!("{{\"noteIds\":{body}}}").as_bytes()), |call, _| {
            assert!(call.violations().is_empty(), "{:?}", call.violations());
            assert_eq!(call.ids().iter().map(|id| id.text).collect::<Vec<_>>(), ids);
        });
    }
}

#[test]
fn a_parameter_says_how_it_is_written() {
    let ids = r#"{ "name": "id", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } },
        { "name": "X-Tags", "in": "header", "schema": { "type": "array", "items": { "type": "string" } } },"#;
    let openapi = replaced(OPENAPI, r#"{ "name": "withPages""#, &format!(r#"{ids} {{ "name": "withPages""#));
    for (spellings, commas) in [(r#"["repeated"]"#, false), (r#"["repeated", "commas"]"#, true)] {
        let policy = replaced(
            EACH,
            r#""query": { "#,
            &format!(r#""query": {{ "id": {{ "spellings": {spellings} }}, "#),
        );
        let contract = try_load(&openapi, &policy).unwrap_or_else(|problems| panic!("{problems:#?}"));
        for (place, name, list, commas) in [
            (ParameterPlace::Query, "id", true, commas),
            (ParameterPlace::Query, "withPages", false, false),
            (ParameterPlace::Header, "x-tags", true, true),
            (ParameterPlace::Path, "boxId", false, true),
        ] {
            let spec = contract
                .operation
                .parameters
                .iter()
                .find(|spec| spec.place == place && spec.name.eq_ignore_ascii_case(name));
            let spec = spec.unwrap_or_else(|| panic!("there is {name}"));
            assert_eq!((spec.is_list(), spec.splits_at_commas()), (list, commas), "{name} {spellings}");
        }
    }
}

#[test]
fn ids_can_be_added_to_others() {
    let mut ids: IdList = ["a", "b"].map(Id::text).into_iter().collect();
    ids.extend([Id::text("c"), Id { kind: IdKind::Integer, text: "7" }]);
    let all: Vec<(&str, IdKind)> = ids.iter().map(|id| (id.text, id.kind)).collect();
    let text = IdKind::Text;
    assert_eq!(all, [("a", text), ("b", text), ("c", text), ("7", IdKind::Integer)]);
}

#[test]
fn a_violation_says_what_is_wrong_with_what_is_known_of_it() {
    let sized = |limit: &str| Violation::new("/body", Rule::Size).with_limit(limit);
    let typed = Violation::new("/header/content-type", Rule::ContentType).with_limit("application/json");
    for (violation, message) in [
        (Violation::new("/body", Rule::Size), "/body is too large"),
        (sized("16"), "/body must have at most 16 bytes"),
        (typed.clone(), "/header/content-type must be application/json, is missing"),
        (typed.with_actual("text/csv"), "/header/content-type must be application/json, is text/csv"),
    ] {
        assert_eq!(violation.to_string(), message);
    }
}
