//! Makes tokens for callers, of the kind that a contract takes.

use super::{Mock, Session, session_name};
use crate::credentials::jwt::Claims;
use crate::credentials::token::Made;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::credential::Credential;
use bulk_delete_core::time::Timestamp;

impl Mock {
    /// Makes a token for a caller of the shared world, of the kind that the contract's first token or JWT credential takes.
    /// It outlives a reset of the world. Without `scopes` it carries the caller's own.
    ///
    /// # Errors
    ///
    /// Where the world does not know the caller, or the contract takes no such credential.
    pub fn mint(
        &self,
        contract: &Contract,
        caller: &str,
        scopes: Option<Vec<String>>,
        expires: Timestamp,
    ) -> Result<String, MintError> {
        self.mint_in(self.sessions.shared(), contract, caller, scopes, expires)
    }

    /// The same for a caller of a session's world. The token tells its session.
    pub(crate) fn mint_in(
        &self,
        session: &Session,
        contract: &Contract,
        caller: &str,
        scopes: Option<Vec<String>>,
        expires: Timestamp,
    ) -> Result<String, MintError> {
        let mut state = session.state();
        let index = state.world.caller_by_id(caller).ok_or(MintError::Caller)?;
        let own = || {
            let caller = state.world.caller(index);
            caller.map(|caller| caller.scopes().iter().map(|scope| scope.to_string()).collect())
        };
        match first_bearer(contract).ok_or(MintError::Contract)? {
            Credential::Jwt { .. } => {
                let scopes = scopes.or_else(own).unwrap_or_default();
                let session_name = session.name().map(str::to_owned);
                let caller = caller.to_owned();
                drop(state);
                let claims = Claims { caller, scopes, expires, not_before: None, session: session_name };
                Ok(self.key.mint(&claims, session.clock().now()))
            }
            _ => {
                let token = session_name::mark(session.name(), self.chance.token());
                state.tokens.add(token.clone(), Made { caller: caller.to_owned(), scopes, expires });
                Ok(token)
            }
        }
    }
}

/// Why a token cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MintError {
    /// The world has no such caller.
    Caller,
    /// The contract takes neither tokens nor JSON Web Tokens.
    Contract,
}

/// The first credential of a contract that is a token of some kind.
pub fn first_bearer(contract: &Contract) -> Option<&Credential> {
    contract
        .credentials
        .iter()
        .find(|credential| matches!(credential, Credential::Token { .. } | Credential::Jwt { .. }))
}

/// Whether the tokens that are made for a contract say nothing themselves.
pub(crate) fn takes_opaque_tokens(contract: &Contract) -> bool {
    matches!(first_bearer(contract), Some(Credential::Token { .. }))
}
