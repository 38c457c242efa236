//! `exists`: the item exists in the container of the request.

use super::{AnyItemCheck, ItemCheck, Kind};
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const KIND: Kind<AnyItemCheck> =
    Kind { name: "exists", keys: &[], read: |_| Some(AnyItemCheck::Exists(Exists)) };

#[derive(Debug)]
pub(crate) struct Exists;

impl ItemCheck for Exists {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.exists()
    }

    fn fact(&self) -> &'static str {
        "exists"
    }
}
