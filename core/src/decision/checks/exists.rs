//! `exists`: the item exists in the container of the request.

use super::{ItemCheck, Kind};
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const KIND: Kind<dyn ItemCheck> =
    Kind { name: "exists", keys: &[], read: |_| Some(Box::new(Exists)) };

#[derive(Debug)]
struct Exists;

impl ItemCheck for Exists {
    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.exists()
    }

    fn fact(&self) -> &'static str {
        "exists"
    }
}
