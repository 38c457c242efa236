//! Operations beside the bulk delete, by which real clients come to it: logging in and out.

use super::answers::{Answer, DONE, Frame};
use super::credential::Credential;
use super::operation::{Operation, QueryRules};
use super::place::{Place, list};
use super::steps::{CallerStep, Callers, ContainerPlace, Surroundings, Validated, read_caller};
use crate::contract::template::name::AtHand;
use crate::names::Names;

/// What a companion does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Gives the caller a token.
    LogIn {
        /// How long it is good, in milliseconds.
        lifetime: i64,
    },
    /// Makes the caller's token worthless.
    LogOut,
}

/// An operation beside the bulk delete.
#[derive(Debug)]
pub struct Companion {
    /// Its route.
    pub operation: Operation,
    /// What it does.
    pub action: Action,
    /// Its own credentials; `None` where they are the contract's.
    pub credentials: Option<Vec<Credential>>,
    /// Its checks.
    pub checks: Vec<CallerStep>,
    /// Its own answers by name; others are the contract's.
    pub answers: Names<Answer>,
}

#[derive(Clone, Copy)]
enum Do {
    LogIn,
    LogOut,
}

/// A day, in seconds, where a log-in does not say how long its token is good.
const LIFETIME_SECONDS: u64 = 86_400;
/// A year, in seconds: no token is good for longer.
const LONGEST_SECONDS: u64 = 31_536_000;

impl Companion {
    /// Reads the companion of this operation.
    pub(super) fn read<'a>(
        id: &str,
        place: &Place<'a>,
        openapi: &Place<'_>,
        frame: &Frame<'a>,
    ) -> Option<Self> {
        if !place.closed(&["do", "credentials", "lifetime-seconds", "checks", "answers"]) {
            return None;
        }
        let what = place.required("do")?.one_of(&[("log-in", Do::LogIn), ("log-out", Do::LogOut)])?;
        let lifetime = place.field("lifetime-seconds");
        let action = match what {
            Do::LogIn => {
                let seconds =
                    lifetime.map_or(Some(LIFETIME_SECONDS), |lifetime| lifetime.whole(LONGEST_SECONDS))?;
                Action::LogIn { lifetime: i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX) }
            }
            Do::LogOut => {
                if let Some(extra) = lifetime {
                    extra.problem("only a log-in makes a token: leave this out");
                }
                Action::LogOut
            }
        };
        let credentials = place
            .field("credentials")
            .map(|list| list.elements().iter().filter_map(Credential::read).collect::<Vec<_>>());
        let around = Surroundings {
            container: ContainerPlace::None,
            validated: Validated::No,
            callers: Callers::Proven,
        };
        let checks = place.required("checks").map(|checks| read_caller(&checks, around)).unwrap_or_default();
        let at_hand = AtHand { token: matches!(action, Action::LogIn { .. }), ..AtHand::ANSWER };
        let mut answers = Names::new();
        if let Some(given) = place.required("answers") {
            for (name, answer) in given.members() {
                if let Some(answer) = frame.answer(name, &answer, at_hand) {
                    answers.insert(name.to_owned(), answer);
                }
            }
            if given.field(DONE).is_none() {
                given.problem(format!("`{DONE}` is missing: it is the answer when all went well"));
            }
        }
        let operation = Operation::read(openapi, id, &QueryRules::default())?;
        Some(Self { operation, action, credentials, checks, answers })
    }

    /// Tells checks whose answers are neither here nor in the contract.
    pub(super) fn check_answers(&self, place: &Place<'_>, contract: &Names<Answer>) {
        let missing: Vec<&str> = self
            .checks
            .iter()
            .flat_map(|step| step.otherwise.all())
            .filter(|name| !self.answers.contains_key(name) && !contract.contains_key(name))
            .collect();
        if !missing.is_empty() {
            place.problem(format!("there is no answer {}: add it to `answers`", list(&missing)));
        }
    }
}
