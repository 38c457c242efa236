//! The engine through its public interface, on a small contract of the tests' own: loading, deciding, answering, reading.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod answering;
mod asked_facts;
mod bench;
mod broken_openapi;
mod broken_policies;
mod common;
mod companions;
mod compiled;
mod deciding;
mod elements;
mod failures;
mod following;
mod forecasting;
mod foreign_answers;
mod foretold_words;
mod loading;
mod loading_companions;
mod loading_kinds;
mod operations;
mod outcomes;
mod patterns;
mod places;
mod reading;
mod refusing;
mod refusing_with_success;
mod requests;
mod shapes;
mod values;
mod violations;
