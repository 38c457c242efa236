//! A contract's own answer to a failure that somebody wishes for: a status, in the words that the contract has for it, though
//! nothing was looked at.

use super::frame::plain;
use super::{Moment, Service};
use crate::answer::render::{Response, render};
use crate::answer::telling::Telling;
use crate::contract::Contract;
use crate::contract::answers::{Answer, Reserved};
use crate::request::line::RequestLine;

/// A failure as a contract tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The answer.
    pub response: Response,
    /// The status that the answer has where the contract tells it in its own words. The wished one, unless the contract has
    /// no answer of that status; then that of its answer to any failure.
    pub told_status: u16,
}

impl Service {
    /// Tells a failure of this status, 400 to 599, as the contract does: by the answer that it reserves for it, else by the
    /// first that has this status, else by that for failures of the server, with this status in its place. Where an answer
    /// tells how long to wait, it is so many seconds.
    pub fn failure(
        &self,
        contract: &Contract,
        status: u16,
        wait_seconds: u64,
        line: RequestLine<'_>,
        moment: &mut Moment<'_>,
    ) -> Failure {
        let request_id = (moment.new_id)();
        let telling = Telling { wait_seconds, ..plain(self, line, &request_id, moment.now) };
        let Some(answer) = answer_of(contract, status) else {
            return Failure {
                response: Response { status, headers: Vec::new(), body: None },
                told_status: status,
            };
        };
        let response = Response { status, ..render(answer, &telling) };
        Failure { response, told_status: answer.status }
    }
}

fn answer_of(contract: &Contract, status: u16) -> Option<&Answer> {
    let reserved = |reserved: Reserved| contract.answers.get(reserved.name());
    [Reserved::TooMany, Reserved::Internal, Reserved::TooLarge, Reserved::Timeout]
        .into_iter()
        .filter_map(reserved)
        .chain(contract.answers.values())
        .find(|answer| answer.status == status)
        .or_else(|| reserved(Reserved::Internal))
}
