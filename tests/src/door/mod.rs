//! Doors: ways to put a request to the engine and get its answer. Every case goes through each of them.
//!
//! | door | is |
//! |---|---|
//! | [`direct`] | the core, called as a function, with the caller given |
//! | [`served`] | a mock, spoken to as a client does: over HTTP ([`http`]), or without a wire ([`wireless`]) |
//! | [`in_process`] | the one of these without a wire that a case needs; also in WebAssembly, where there is no `http` |

pub mod direct;
#[cfg(not(target_family = "wasm"))]
pub mod http;
pub mod in_process;
pub mod served;
pub mod wireless;

use crate::case::CaseRequest;
use crate::matching::Answer;
use bulk_delete_core::json::Value;

/// When every case begins: 2026-11-21T22:03:00Z, in milliseconds since 1970.
pub const BEGINNING: i64 = 1_795_298_580_000;

/// What is asked, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The contract.
    pub contract: &'a str,
    /// The caller's id in the world; `None` is nobody.
    pub caller: Option<&'a str>,
    /// The scopes of their credential; `None` stands for their own.
    pub scopes: Option<&'a [String]>,
    /// The request. Credentials of its own take the place of the caller's.
    pub request: &'a CaseRequest,
}

/// A way to put requests to the engine.
pub trait Door {
    /// Begins anew: this world, nothing changed, the clock at [`BEGINNING`].
    ///
    /// # Errors
    /// The world is refused.
    fn begin(&mut self, world: &Value) -> Result<(), String>;

    /// Asks, and gives the answer.
    ///
    /// # Errors
    /// There is no answer, or the door found something wrong with it that a client cannot see.
    fn exchange(&mut self, ask: &Ask<'_>) -> Result<Answer, String>;

    /// The answer that the contract keeps for a failure of the server itself.
    ///
    /// # Errors
    /// The door cannot bring that about, and why.
    fn fail(&mut self, ask: &Ask<'_>) -> Result<Answer, String>;

    /// Moves the clock on.
    ///
    /// # Errors
    /// It cannot be moved.
    fn advance(&mut self, seconds: u64) -> Result<(), String>;

    /// What has changed since the beginning.
    ///
    /// # Errors
    /// It cannot be told.
    fn changes(&mut self) -> Result<Value, String>;

    /// The audit trail since the beginning: a row for each item that was decided.
    ///
    /// # Errors
    /// It cannot be told.
    fn audit(&mut self) -> Result<Vec<Value>, String>;

    /// The world as it stands.
    ///
    /// # Errors
    /// It cannot be told.
    fn world(&mut self) -> Result<Value, String>;
}
