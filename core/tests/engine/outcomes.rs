//! Outcomes as a policy declares them: how many, with which answers, and which of them an answer tells apart.

use crate::common::{EACH, OPENAPI, expect_problem, load, replaced, try_load};

#[test]
fn outcomes_are_counted() {
    let more = |count: usize| {
        let outcomes: Vec<String> =
            (0..count).map(|number| format!("\"more-{number}\": {{ \"is\": \"failed\", \"reason\": \"Reason {number}.\", \"retry\": \"never\" }},")).collect();
        replaced(EACH, "\"outcomes\": {", &format!("\"outcomes\": {{ {}", outcomes.concat()))
    };
    load(&more(58));
    let message = "there are 64 outcomes: at most 63 are supported";
    expect_problem(try_load(OPENAPI, &more(59)), "policy.json", "/outcomes", message, "one outcome more");
}

#[test]
fn an_outcome_that_decides_for_all_has_an_answer_that_is_there() {
    let policy = replaced(EACH, "\"atomicity\": \"each\"", "\"atomicity\": \"all\"");
    let policy =
        replaced(&policy, "\"retry\": \"never\" }", "\"retry\": \"never\", \"answer\": \"nowhere\" }");
    let message = "there is no answer `nowhere`";
    expect_problem(try_load(OPENAPI, &policy), "policy.json", "/outcomes/locked", message, "nowhere");
}

#[test]
fn silence_is_believed_only_of_the_outcomes_that_declare_it() {
    let same = replaced(EACH, "\"The note is locked.\"", "\"The note is pinned.\"");
    for other in ["unknown", "broken"] {
        for silent in [format!("[\"pinned\", \"{other}\"]"), format!("[\"{other}\", \"locked\"]")] {
            let policy = replaced(&same, "\"words\": {", &format!("\"silent\": [{silent}], \"words\": {{"));
            let message = "with the outcome `pinned` reads the same as one with `locked`";
            expect_problem(try_load(OPENAPI, &policy), "policy.json", "/answers/done", message, &silent);
        }
    }
}
