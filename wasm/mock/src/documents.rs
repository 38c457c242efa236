//! What a mock is made of: contract folders, a world, and a scenario to begin with.

use crate::input::Input;
use crate::{MockHost, wire};
use bulk_delete_mock::folder::{self, Finding, Folder, Loaded, Origin, WorldFile};
use bulk_delete_mock::mock::Worlds;
use bulk_delete_mock::scenario::ScenarioFile;
use std::borrow::Cow;
use wasm_bindgen::prelude::wasm_bindgen;

/// The length of a document that is not there.
const ABSENT: usize = u32::MAX as usize;

/// The documents as they were handed over.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) folders: Vec<Folder>,
    world: Option<WorldFile>,
    /// The scenario that every session begins with.
    pub(crate) scenario: Option<String>,
}

impl Documents {
    pub(crate) fn load(&self) -> Result<Loaded, Vec<Finding>> {
        folder::load(&self.folders, self.world.as_ref())
    }
}

#[wasm_bindgen]
impl MockHost {
    /// Adds a contract folder. The input is its name, its place for messages and its documents, one behind the other, of these
    /// lengths; the length of a document that is not there is the largest number.
    pub fn add(
        &mut self,
        name: usize,
        place: usize,
        openapi: usize,
        policy: usize,
        world: usize,
        start: usize,
    ) {
        let mut input = Input(&self.input);
        let optional = |length: usize, input: &mut Input<'_>| {
            (length != ABSENT).then(|| Cow::Owned(input.bytes(length).to_vec()))
        };
        self.documents.folders.push(Folder {
            name: Cow::Owned(input.text(name)),
            origin: Origin::Given,
            place: Cow::Owned(input.text(place)),
            openapi: Cow::Owned(input.bytes(openapi).to_vec()),
            policy: Cow::Owned(input.bytes(policy).to_vec()),
            world: optional(world, &mut input),
            start: optional(start, &mut input),
            scenarios: Vec::new(),
        });
    }

    /// Says that the folder that was added last is built in.
    pub fn is_built_in(&mut self) {
        if let Some(folder) = self.documents.folders.last_mut() {
            folder.origin = Origin::BuiltIn;
        }
    }

    /// Adds a scenario to the folder that was added last. The input is its name, of this length, and the document.
    pub fn add_scenario(&mut self, name: usize) {
        let mut input = Input(&self.input);
        if let Some(folder) = self.documents.folders.last_mut() {
            let name = Cow::Owned(input.text(name));
            folder.scenarios.push(ScenarioFile { name, bytes: Cow::Owned(input.rest().to_vec()) });
        }
    }

    /// Gives the world that takes the place of the folders' own. The input is its place, of this length, and the document.
    pub fn replace_worlds(&mut self, place: usize) {
        let mut input = Input(&self.input);
        self.documents.world = Some(WorldFile { place: input.text(place), bytes: input.rest().to_vec() });
    }

    /// Chooses the scenario that every session begins with. The input is its name.
    pub fn begin_with(&mut self) {
        self.documents.scenario = Some(Input(&self.input).rest_text());
    }

    /// Takes all folders and the world away, for others to be added.
    pub fn empty(&mut self) {
        self.documents.folders.clear();
        self.documents.world = None;
    }

    /// Serves the folders that were added in the place of those before. Tells that the worlds go on (1) or begin anew (2); that is so
    /// where it is `wanted`, and where they do not go with the contracts now. Tells that what was served before goes on (0) where
    /// something is wrong, which is in the output then.
    pub fn renew(&mut self, wanted: bool) -> u32 {
        self.output.clear();
        let Some(mock) = &self.mock else { return 0 };
        let loaded = match self.documents.load() {
            Ok(loaded) => loaded,
            Err(findings) => {
                wire::findings(&findings).write(&mut self.output);
                return 0;
            }
        };
        let wanted = if wanted { Worlds::Reset } else { Worlds::Kept };
        match mock.renewed(loaded.contracts, &loaded.seed, loaded.scenarios, wanted) {
            Ok((mock, worlds)) => {
                self.mock = Some(mock.with_documents(&self.documents.folders));
                if worlds == Worlds::Kept { 1 } else { 2 }
            }
            Err(problems) => {
                wire::problems(&problems).write(&mut self.output);
                0
            }
        }
    }
}
