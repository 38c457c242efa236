//! Failures that somebody wishes for, in a contract's words, and what is known of a call before it is told.

use crate::bench::{Asked, Bench, PATH, ask};
use crate::common::EACH;
use crate::companions::{DELETE_NOTE, beside, openapi};
use bulk_delete_core::request::line::RequestLine;
use bulk_delete_core::service::{Failure, Moment};
use bulk_delete_core::time::Timestamp;

#[test]
fn a_failure_is_told_by_the_answer_of_its_status() {
    let bench = Bench::new(EACH);
    let contract = bench.service.contracts().first().expect("there is one");
    let line = RequestLine { method: "POST", path: PATH, query: None, content_type: None };
    for (status, told_status, wait, body) in [
        (429, 429, Some("7"), None),
        (500, 500, None, None),
        // No answer has this status: that for failures of the server stands for it.
        (503, 500, None, None),
        (404, 404, None, Some(r#"{"error":"There is no box ."}"#)),
        (401, 401, None, Some(r#"{"error":"You are not who you say."}"#)),
    ] {
        let mut new_id = || "id".to_owned();
        let mut moment = Moment { now: Timestamp(0), new_id: &mut new_id };
        let Failure { response, told_status: told } =
            bench.service.failure(contract, status, 7, line, &mut moment);
        assert_eq!((response.status, told), (status, told_status));
        assert_eq!(response.header("retry-after"), wait, "{status}");
        assert_eq!(response.body.as_deref(), body.map(str::as_bytes), "{status}");
    }
}

#[test]
fn what_a_call_came_to_is_known_before_it_is_told() {
    let mut bench = Bench::of(&openapi(), &beside(EACH, &[("deleteNote", DELETE_NOTE)]));
    let mut settled = |asked: Asked<'_>| {
        bench.settled(asked, |settled| {
            let codes: Vec<String> = settled
                .outcomes()
                .iter()
                .filter_map(|at| Some(settled.call().contract().outcome(*at)?.code.clone()))
                .collect();
            (codes, settled.refused_by().map(str::to_owned))
        })
    };
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    assert_eq!(settled(ask(r#"{"noteIds":["n2","n1"]}"#)), (codes(&["pinned", "deleted"]), None));
    assert_eq!(settled(ask("{}")), (codes(&[]), None));
    let one = |path| Asked { method: "DELETE", path, ..ask("") };
    assert_eq!(settled(one("/boxes/b1/notes/n3")), (codes(&["locked"]), Some("refused".to_owned())));
}
