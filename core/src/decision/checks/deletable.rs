//! `deletable`: nothing in the resource itself stands against it (`on-delete.fail` of the world).

use super::{ItemCheck, Kind};
use crate::decision::fact::Fact;
use crate::decision::facts::ItemFacts;

pub(super) const KIND: Kind<dyn ItemCheck> =
    Kind { name: "deletable", keys: &[], read: |_| Some(Box::new(Deletable)) };

#[derive(Debug)]
struct Deletable;

impl ItemCheck for Deletable {
    fn evaluate(&self, item: &dyn ItemFacts) -> Fact<bool> {
        item.fail().map(|fail| fail.is_none())
    }

    fn fact(&self) -> &'static str {
        "fail"
    }
}
