//! `accessible`: the caller can see the item.

use super::{ItemCheck, Kind};
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const KIND: Kind<dyn ItemCheck> =
    Kind { name: "accessible", keys: &[], read: |_| Some(Box::new(Accessible)) };

#[derive(Debug)]
struct Accessible;

impl ItemCheck for Accessible {
    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.accessible()
    }

    fn fact(&self) -> &'static str {
        "accessible"
    }
}
