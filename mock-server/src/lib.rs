//! A mock of documented bulk-delete APIs that answers from state: who calls, what exists, what was deleted before.
//!
//! [`mock::Mock`] is the whole of it, a function from a request to an answer without input or output. The feature `server`
//! (on by default) puts HTTP around it ([`server`]) and a command line around that ([`command`]).
//!
//! | module | does |
//! |---|---|
//! | [`mock`] | keeps the world, and answers |
//! | [`credentials`] | finds out who calls |
//! | `control` | answers under `/__mock/`: what a test does to the mock beside calling it |
//! | [`start_page`] | says what is served, and how it is called |
//! | [`folder`], [`builtin`] | contract folders, and those that are part of the program |
//! | [`scenario`] | named starting points |
//! | [`case`] | the format of examples, and what differs from what they say |
//! | [`lint`] | what is wrong with a contract folder |
//! | [`draft`] | a contract folder out of an OpenAPI document |
//!
//! What is decided and answered for a call is the core's: see the package `bulk-delete-core`.

// What is written for those who mend it is left out of modules for browsers.
#![cfg_attr(not(test), deny(clippy::use_debug))]

pub mod builtin;
pub mod case;
mod control;
pub mod credentials;
pub mod folder;
pub mod mock;
pub mod scenario;
pub mod start_page;

#[cfg(feature = "server")]
pub mod command;
#[cfg(feature = "server")]
pub mod draft;
#[cfg(feature = "server")]
pub mod lint;
#[cfg(feature = "server")]
mod pretty;
#[cfg(feature = "server")]
pub mod server;
