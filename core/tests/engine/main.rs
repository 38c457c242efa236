//! The engine through its public interface, on a small contract of the tests' own: loading, deciding, answering, reading.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod answering;
mod asked_facts;
mod common;
mod deciding;
mod forecasting;
mod foretold_words;
mod loading;
mod reading;
mod requests;
mod shapes;
mod values;
