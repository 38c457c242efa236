//! Says what a bulk-delete request will do, before it is sent, while it is answered, and after.
//!
//! One folder per arrow of the flow, in its order:
//!
//! | module | arrow |
//! |---|---|
//! | [`contract`] | documents → `Contract` |
//! | [`request`] | request → `Call` |
//! | [`decision`] | `Call` and facts → `Decision`, three-valued |
//! | [`world`] | `Decision` and world → changes |
//! | [`answer`] | `Decision` → response, and response → `Report` |
//! | [`service`] | the arrows joined, as a server uses them |
//!
//! The crate has no input or output, no clock, no chance and no vendor: documents, time and generated ids arrive as
//! arguments. Which credential proves which caller is left to whoever holds the keys; they hand over the result.

// What is written for those who mend it is left out of modules for browsers.
#![cfg_attr(not(test), deny(clippy::use_debug))]

pub mod answer;
mod code;
pub mod contract;
pub mod decision;
pub mod json;
pub mod names;
pub mod order;
pub mod problem;
pub mod request;
pub mod service;
pub mod tape;
mod text_hash;
pub mod time;
pub mod world;
