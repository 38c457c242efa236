//! `accessible`: the caller can see the item.

use super::{AnyItemCheck, ItemCheck, Kind};
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const KIND: Kind<AnyItemCheck> =
    Kind { name: "accessible", keys: &[], read: |_| Some(AnyItemCheck::Accessible(Accessible)) };

#[derive(Debug)]
pub(crate) struct Accessible;

impl ItemCheck for Accessible {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.accessible()
    }

    fn fact(&self) -> &'static str {
        "accessible"
    }
}
