//! The templates of a contract's answers: their language is read ([`compile`]), each outcome's constants are filled in
//! ([`specialise`]), what is written is worked out ([`program`]), and what could not be read backwards is refused
//! ([`readable`]). Rendering and reading themselves are left to [`crate::answer`].

pub mod at_hand;
pub mod compile;
pub mod list;
pub mod name;
pub mod program;
pub mod readable;
pub mod shape;
pub mod specialise;
