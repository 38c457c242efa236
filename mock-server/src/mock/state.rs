//! What the mock remembers: the world, where it began, the tokens made since, and
//! what is to go wrong.

use super::faults::{Fault, Faults};
use crate::credentials::token::Tokens;
use crate::scenario::Scenario;
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
    /// What was to go wrong when it began.
    start_faults: Vec<Fault>,
    /// How often it has begun anew.
    begun: u64,
}

/// Tells one state from another, without looking at what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    begun: u64,
    world: u64,
    tokens: u64,
}

impl State {
    /// A world that begins with this seed.
    pub(crate) fn new(start: Arc<Seed>) -> Self {
        Self {
            world: World::new(Arc::clone(&start)),
            start,
            tokens: Tokens::default(),
            faults: Faults::default(),
            start_faults: Vec::new(),
            begun: 0,
        }
    }

    /// Begins with this scenario, now and after every reset.
    pub(crate) fn begin_always(&mut self, scenario: &Scenario) {
        self.start = Arc::clone(&scenario.seed);
        self.start_faults.clone_from(&scenario.faults);
        self.begin_with(scenario);
    }

    /// Begins anew with this scenario: its world, and what goes wrong in it.
    pub(crate) fn begin_with(&mut self, scenario: &Scenario) {
        self.begin(Arc::clone(&scenario.seed));
        self.faults.clear();
        self.faults.add(scenario.faults.clone());
    }

    /// Goes back to where it began.
    pub(crate) fn reset(&mut self) {
        self.begin(Arc::clone(&self.start));
        self.faults.clear();
        self.faults.add(self.start_faults.clone());
    }

    /// Begins anew with another world: its audit trail, operations and changes are empty. Made tokens stay.
    pub(crate) fn begin(&mut self, seed: Arc<Seed>) {
        self.world = World::new(seed);
        self.begun += 1;
        self.tokens.reset();
    }

    /// Which state of the world and of the tokens this is: two that are equal are of the same.
    pub(super) fn mark(&self) -> Mark {
        Mark { begun: self.begun, world: self.world.revision(), tokens: self.tokens.revision() }
    }
}
