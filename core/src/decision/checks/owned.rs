//! `owned`: the item is the caller's own.

use super::{ItemCheck, Kind};
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const KIND: Kind<dyn ItemCheck> =
    Kind { name: "owned", keys: &[], read: |_| Some(Box::new(Owned)) };

#[derive(Debug)]
struct Owned;

impl ItemCheck for Owned {
    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.owned()
    }

    fn fact(&self) -> &'static str {
        "owner"
    }
}
