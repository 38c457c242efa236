//! The documents that a contract was loaded from, as they were: for whoever wants to load the same contract elsewhere.

use crate::folder::{Folder, Origin};
use std::borrow::Cow;

/// The documents of one contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The contract's name.
    pub(crate) name: Cow<'static, str>,
    /// Where its folder comes from.
    pub(crate) origin: Origin,
    /// `openapi.json`
    pub(crate) openapi: Cow<'static, [u8]>,
    /// `policy.json`
    pub(crate) policy: Cow<'static, [u8]>,
}

impl Source {
    /// Those of this folder.
    pub(super) fn of(folder: &Folder) -> Self {
        let Folder { name, origin, openapi, policy, .. } = folder;
        Self { name: name.clone(), origin: *origin, openapi: openapi.clone(), policy: policy.clone() }
    }
}
