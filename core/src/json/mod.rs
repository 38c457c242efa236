//! JSON text: reading, exact numbers, trees for documents, writing, pointers and places.
//!
//! There is one reader, [`scan()`], which tells what it meets to an [`Events`]; the tree of [`Value`] and the
//! check of a request body are two such listeners, so that both agree about what is JSON. What a value means
//! is left to others.

mod block;
mod encode;
mod error;
mod events;
mod items;
mod locate;
mod number;
mod object;
mod parse;
mod pointer;
mod run;
mod scan;
mod seen;
mod text;
mod value;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use encode::{encode, encode_number, encode_string};
pub use error::{Mistake, SyntaxError};
pub use events::{Events, ScanError};
pub use items::Items;
pub use locate::{locate, offset};
pub use number::Number;
pub use object::Object;
pub(crate) use parse::Builder;
pub use pointer::{push_index, push_segment, segments};
pub use scan::scan;
pub(crate) use seen::Seen;
pub(crate) use text::is_plain;
pub use value::Value;
pub(crate) use write::write_escaped;
pub use write::write_string;
