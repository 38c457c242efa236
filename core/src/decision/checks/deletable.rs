//! `deletable`: nothing in the resource itself stands against it (`on-delete.fail` of the world).

use super::{AnyItemCheck, ItemCheck, Kind};
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const KIND: Kind<AnyItemCheck> =
    Kind { name: "deletable", keys: &[], read: |_| Some(AnyItemCheck::Deletable(Deletable)) };

#[derive(Debug)]
pub(crate) struct Deletable;

impl ItemCheck for Deletable {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.fail().map(|fail| fail.is_none())
    }

    fn fact(&self) -> &'static str {
        "fail"
    }
}
