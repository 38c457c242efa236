//! Forecasts, held against the server's own decision: with all facts they are the same, and with some facts hidden the same or
//! undecided, with the decision among what is possible.

use bulk_delete_core::decision::admit::{Admission, BulkDelete, admit};
use bulk_delete_core::decision::decide::decide;
use bulk_delete_core::decision::facts::Facts;
use bulk_delete_core::decision::verdict::{Decision, Verdict};
use bulk_delete_core::request::call::{Body, Call, Request};
use bulk_delete_core::world::facts::WorldFacts;
use bulk_delete_tests::door::Ask;
use bulk_delete_tests::door::direct::Direct;
use bulk_delete_tests::model::Api;
use bulk_delete_tests::model::ground::Ground;
use bulk_delete_tests::model::known::{Hidden, Known};
use bulk_delete_tests::model::wish::Wish;
use bulk_delete_tests::runner::Runner;

/// Holds forecasts against the server's own decision, and gives that: what becomes of each id, if the call is looked at.
pub(crate) fn forecast(
    api: Api,
    runner: &Runner,
    door: &Direct<'_>,
    ground: &Ground,
    wish: &Wish,
    ask: &Ask<'_>,
    hidden: Hidden,
) -> Result<Option<Vec<(String, &'static str)>>, String> {
    let headers: Vec<(String, &[u8])> = ask
        .request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.as_bytes()))
        .collect();
    let headers: Vec<(&str, &[u8])> = headers.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let request = Request {
        method: &ask.request.method,
        path: &ask.request.path,
        query: ask.request.query.as_deref(),
        headers: &headers,
        body: Body::Bytes(ask.request.body.as_deref().unwrap_or_default()),
    };
    let routed = runner.service.route(request.method, request.path).ok_or("the path is no contract's")?;
    let call = runner.service.call(routed, &request);
    let authentication = door.authentication(ask)?;
    let real = WorldFacts::new(door.living(), call.contract(), call.container(), &authentication);
    let decision = decision(&call, &real)?;
    complete(&call, &decision, &Known::new(api, ground, wish, Hidden::NOTHING))?;
    partial(&call, &decision, &Known::new(api, ground, wish, hidden))?;
    let Settled::Decided(decided) = decision else { return Ok(None) };
    let ids = wish.distinct(api);
    if ids != decided.ids || ids.len() != decided.verdicts.len() {
        return Err(format!("each id once and in order is {ids:?}, and decided was {decided:?}"));
    }
    let named = ids.into_iter().zip(&decided.verdicts).map(|(id, verdict)| {
        let outcome = verdict.outcome().and_then(|outcome| call.contract().outcome(outcome));
        Ok((id, static_name(&outcome.ok_or("an outcome is missing")?.code)))
    });
    named.collect::<Result<Vec<_>, &str>>().map(Some).map_err(str::to_owned)
}

/// A decision in which nothing is unknown.
enum Settled {
    Refused { answer: String, check: &'static str },
    Decided(Verdicts),
}

#[derive(PartialEq, Debug)]
struct Verdicts {
    ids: Vec<String>,
    verdicts: Vec<Verdict>,
    answers: Vec<Option<String>>,
}

impl Verdicts {
    fn of<I>(bulk: &BulkDelete<'_>, decision: Decision<I>) -> Self {
        let ids = bulk.ids.iter().map(|id| id.text.to_owned()).collect();
        Self { ids, verdicts: decision.verdicts, answers: decision.answers }
    }
}

fn decision<F: Facts>(call: &Call<'_>, facts: &F) -> Result<Settled, String> {
    match admit(call, facts) {
        Admission::Admitted(bulk) => {
            let decision = decide(&bulk, facts);
            let verdicts = Verdicts::of(&bulk, decision);
            let unknown = verdicts.verdicts.iter().any(|verdict| matches!(verdict, Verdict::Unknown(_)));
            if unknown || verdicts.answers.len() != 1 {
                return Err(format!("all facts are known, and this is decided: {verdicts:?}"));
            }
            Ok(Settled::Decided(verdicts))
        }
        Admission::Refused(refusal) => {
            Ok(Settled::Refused { answer: refusal.answer.to_owned(), check: refusal.check })
        }
        Admission::Unknown { needs, .. } => {
            Err(format!("all facts are known, and these are missing: {needs:?}"))
        }
    }
}

/// With all facts, a forecast is the decision itself.
fn complete<F: Facts>(call: &Call<'_>, real: &Settled, facts: &F) -> Result<(), String> {
    match (real, decision(call, facts)?) {
        (Settled::Refused { answer, check }, Settled::Refused { answer: foretold, check: because }) => {
            if (answer, check) != (&foretold, &because) {
                return Err(format!("foretold {foretold} by {because}, and it is {answer} by {check}"));
            }
        }
        (Settled::Decided(real), Settled::Decided(foretold)) => {
            if *real != foretold {
                return Err(format!("foretold {foretold:?}, and it is {real:?}"));
            }
        }
        _ => return Err("a refusal was foretold and is none, or the other way round".to_owned()),
    }
    Ok(())
}

/// With some facts hidden, a forecast is the decision, or undecided with the decision among what is possible.
fn partial<F: Facts>(call: &Call<'_>, real: &Settled, facts: &F) -> Result<(), String> {
    let admission = admit(call, facts);
    let bulk = match (&admission, real) {
        (Admission::Refused(refusal), Settled::Refused { answer, .. }) if refusal.answer == answer => {
            return Ok(());
        }
        (Admission::Unknown { possible, needs, .. }, Settled::Refused { answer, .. })
            if possible.iter().any(|refusal| refusal.answer == answer) && !needs.is_empty() =>
        {
            return Ok(());
        }
        (Admission::Admitted(bulk), Settled::Decided(_)) => bulk,
        (Admission::Unknown { otherwise: Some(bulk), needs, .. }, Settled::Decided(_))
            if !needs.is_empty() =>
        {
            bulk
        }
        (admission, Settled::Refused { answer, .. }) => {
            return Err(format!("it is {answer}, and foretold was {admission:?}"));
        }
        (admission, Settled::Decided(_)) => {
            return Err(format!("it is admitted, and foretold was {admission:?}"));
        }
    };
    let Settled::Decided(real) = real else { return Ok(()) };
    let foretold = Verdicts::of(bulk, decide(bulk, facts));
    let answer = real.answers.first().cloned().flatten();
    if foretold.ids != real.ids || !foretold.answers.contains(&answer) {
        return Err(format!("foretold {foretold:?}, and it is {real:?}"));
    }
    for (foretold, real) in foretold.verdicts.iter().zip(&real.verdicts) {
        let same = match (foretold, real.outcome()) {
            (Verdict::Unknown(undecided), Some(outcome)) => {
                undecided.possible.contains(outcome)
                    && undecided.possible.only().is_none()
                    && !undecided.needs.is_empty()
            }
            (foretold, outcome) => foretold.outcome() == outcome,
        };
        if !same {
            return Err(format!("foretold {foretold:?}, and it is {real:?}"));
        }
    }
    Ok(())
}

fn static_name(code: &str) -> &'static str {
    ["deleted", "unknown", "failed", "open", "broken", "denied", "bystander"]
        .into_iter()
        .find(|name| *name == code)
        .unwrap_or("another")
}
