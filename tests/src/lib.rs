//! What the tests of the whole project share: the corpus and its format, the doors through which it runs, and models that
//! were written without looking at the engine.
//!
//! | module | holds |
//! |---|---|
//! | [`case`], [`corpus`] | the format of a case, which is the mock's, and the files |
//! | [`door`], [`runner`], [`trials`] | how a case is put to the engine, and what is checked of every one |
//! | [`matching`], [`described`], [`round_trip`] | the checks |

pub use bulk_delete_mock::case::{self, matching};

pub mod corpus;
pub mod described;
pub mod door;
pub mod generate;
pub mod model;
pub mod round_trip;
pub mod runner;
#[cfg(not(target_family = "wasm"))]
pub mod trials;
