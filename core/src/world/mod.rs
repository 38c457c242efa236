//! Who and what exists, and what has been done about it.
//!
//! A [`Seed`] is a `world.json`, read whole or refused. A [`World`] begins as its seed says and changes in
//! few ways: resources are deleted or accepted for deletion, operations end with time, states are set, and
//! documents are patched in. It shares the seed with every other world on it and costs what differs.
//!
//! Everything is found by one probe of a hash table with a fixed seed, and told in the order of the seed,
//! then of addition. Whether something may be done is decided in [`crate::decision`]; time and generated ids
//! are arguments.

pub mod apply;
mod audit;
mod caller;
mod changes;
mod changing;
pub mod check;
mod container;
mod directory;
mod document;
mod draft;
mod enrolment;
pub mod facts;
mod format;
mod handles;
mod hash;
mod index;
mod living;
mod log;
mod marks;
mod merge;
mod operation;
mod patch;
mod place;
mod read;
mod resource;
mod seed;
mod spans;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use audit::{AuditEntry, AuditLog, AuditedItem, REMEMBERED_ITEMS};
pub use caller::{AccessKey, Caller, Grant, Login};
pub use changes::{Cleanup, CleanupEnding, CleanupStep};
pub use container::Container;
pub use handles::{CallerIndex, ContainerIndex, Kind, ResourceIndex};
pub use living::World;
pub use operation::{Ending, NewOperation, Operation, OperationState, REMEMBERED_OPERATIONS};
pub use resource::{Child, Children, OnDelete, Resource};
pub use seed::Seed;
