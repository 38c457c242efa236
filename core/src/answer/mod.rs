//! Answers: a decision told through the contract's templates ([`render`]), and the same templates read backwards
//! ([`interpret`]). What was decided, and why, is left to `decision`.

mod choose;
pub mod details;
pub mod interpret;
pub mod page;
pub mod read;
mod refused;
pub mod render;
pub mod report;
pub mod telling;
mod tree;
