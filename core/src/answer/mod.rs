//! Answers: a decision told through the contract's templates ([`render`]), and the same templates read backwards
//! ([`interpret`]). What was decided, and why, is left to `decision`.

pub mod compile;
pub mod interpret;
pub mod name;
pub mod program;
pub mod read;
pub mod readable;
pub mod render;
pub mod report;
pub mod specialise;
pub mod telling;
pub mod template;
mod tree;
