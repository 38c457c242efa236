//! What a request says: ids, parameters and a body, read and checked against the contract's schemas.
//!
//! Whether the caller may do it, and what becomes of each item, is left to `decision`.

pub mod call;
pub mod checked;
pub mod id_index;
pub mod ids;
pub mod limits;
pub mod line;
pub mod packed_ids;
pub mod parameters;
pub mod route;
pub mod schema;
pub mod validate;
pub mod violation;
