//! `owned`: the item is the caller's own.

use super::{AnyItemCheck, ItemCheck, Kind};
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const KIND: Kind<AnyItemCheck> =
    Kind { name: "owned", keys: &[], read: |_| Some(AnyItemCheck::Owned(Owned)) };

#[derive(Debug)]
pub(crate) struct Owned;

impl ItemCheck for Owned {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.owned()
    }

    fn fact(&self) -> &'static str {
        "owner"
    }
}
