//! Decides: first whether a request as a whole may be looked at ([`admit`]), then each of its items ([`decide`]). Both read
//! facts that may be unknown and answer *unknown* where these would decide it, so that a browser's forecast and a
//! server's answer are the same function.

pub mod admit;
pub mod checks;
pub mod decide;
pub mod fact;
pub mod facts;
pub mod forecast;
pub mod outcome_set;
pub mod questions;
pub mod told;
pub mod verdict;
