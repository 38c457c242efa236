//! A contract in bytes, as it is once it was loaded. Whoever has the bytes needs neither the documents nor what reads them: a
//! browser loads a built-in contract so.
//!
//! The bytes are made by the version of this crate that reads them; they are no format to keep.

mod parts;
mod template;

#[cfg(test)]
mod tests;

use std::fmt;

use super::Contract;
use super::reads::Reads;
use crate::code::{Code, Reader};

/// What the bytes begin with: what they are, and in which version.
const HEAD: [u8; 4] = *b"bdc1";

/// Bytes that are no compiled contract of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCompiled;

impl fmt::Display for NotCompiled {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("this is no contract as this version compiles it: compile it again from its documents")
    }
}

impl std::error::Error for NotCompiled {}

impl Contract {
    /// The contract in bytes. Equal contracts have equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = HEAD.to_vec();
        self.name.write(&mut out);
        self.operation.write(&mut out);
        self.credentials.write(&mut out);
        self.resource.write(&mut out);
        self.ids.write(&mut out);
        self.container.write(&mut out);
        self.atomicity.write(&mut out);
        self.empty_body.write(&mut out);
        self.caller_checks.write(&mut out);
        self.item_checks.write(&mut out);
        self.effects.write(&mut out);
        self.outcomes.write(&mut out);
        self.success.write(&mut out);
        self.bystander.write(&mut out);
        self.silent.write(&mut out);
        self.answers.write(&mut out);
        self.violations.write(&mut out);
        self.companions.write(&mut out);
        out
    }

    /// A contract out of its bytes, if it has no companions: whoever answers nobody needs none of what reads them.
    ///
    /// # Errors
    /// They are not what [`Self::encode`] gives, or the contract has companions.
    pub fn decode_alone(bytes: &[u8]) -> Result<Self, NotCompiled> {
        let (contract, reader) = Self::decode_bulk(bytes)?;
        if reader.is_at(&[0]) { Ok(contract) } else { Err(NotCompiled) }
    }

    /// A contract out of its bytes. It does what the one did that was encoded. Linear in the bytes, whatever they are; bytes
    /// that were tampered with may give a contract that nobody would write, but none that stops the program.
    ///
    /// # Errors
    /// They are not what [`Self::encode`] gives.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotCompiled> {
        let (mut contract, mut reader) = Self::decode_bulk(bytes)?;
        contract.companions = Code::read(&mut reader);
        if reader.finish() { Ok(contract) } else { Err(NotCompiled) }
    }

    /// Everything but the companions, whose bytes are the last.
    fn decode_bulk(bytes: &[u8]) -> Result<(Self, Reader<'_>), NotCompiled> {
        let mut reader = Reader::new(bytes.strip_prefix(&HEAD).ok_or(NotCompiled)?);
        let from = &mut reader;
        let name = Code::read(from);
        let operation = Code::read(from);
        let credentials = Code::read(from);
        let resource = Code::read(from);
        let ids: super::IdsRule = Code::read(from);
        let container: Option<super::ContainerRule> = Code::read(from);
        let atomicity = Code::read(from);
        let empty_body = Code::read(from);
        let caller_checks = Code::read(from);
        let item_checks = Code::read(from);
        let effects: super::Effects = Code::read(from);
        let outcomes: Vec<super::Outcome> = Code::read(from);
        let reads =
            Reads::new(&operation, &ids.at, container.as_ref().map(|rule| &rule.at), &effects.children);
        let contract = Self {
            codes: outcomes.iter().map(|outcome| outcome.code.as_str().into()).collect(),
            name,
            operation,
            credentials,
            resource,
            ids,
            container,
            atomicity,
            empty_body,
            caller_checks,
            item_checks,
            effects,
            outcomes,
            success: Code::read(from),
            bystander: Code::read(from),
            silent: Code::read(from),
            answers: Code::read(from),
            violations: Code::read(from),
            companions: Vec::new(),
            reads,
        };
        Ok((contract, reader))
    }
}
