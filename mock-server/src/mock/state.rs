//! What the mock remembers: the world, where it began, the tokens made since, and
//! what is to go wrong.

use super::faults::Faults;
use crate::credentials::token::Tokens;
use bulk_delete_core::world::{Seed, World};
use std::sync::Arc;

/// Everything behind the mock's one lock.
#[derive(Debug)]
pub(crate) struct State {
    /// The world as it is.
    pub(crate) world: World,
    /// The seed that the process started with: what a reset goes back to.
    pub(crate) start: Arc<Seed>,
    /// Tokens made since the process started.
    pub(crate) tokens: Tokens,
    /// What is to go wrong.
    pub(crate) faults: Faults,
}

impl State {
    /// A world that begins with this seed.
    pub(crate) fn new(start: Arc<Seed>) -> Self {
        Self {
            world: World::new(Arc::clone(&start)),
            start,
            tokens: Tokens::default(),
            faults: Faults::default(),
        }
    }

    /// Begins anew with another world: its audit trail, operations and changes are empty. Made tokens stay.
    pub(crate) fn begin(&mut self, seed: Arc<Seed>) {
        self.world = World::new(seed);
        self.tokens.reset();
    }
}
