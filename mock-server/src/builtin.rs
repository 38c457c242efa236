//! The contracts that are part of the program: the one list in which they are named.

use crate::folder::{Folder, Origin};
use crate::scenario::ScenarioFile;
use std::borrow::Cow;

macro_rules! folder {
    ($name:literal, [$($scenario:literal),*]) => {
        Folder {
            name: Cow::Borrowed($name),
            origin: Origin::BuiltIn,
            place: Cow::Borrowed(concat!("built-in ", $name)),
            openapi: Cow::Borrowed(include_bytes!(concat!("../../schemas/", $name, "/openapi.json"))),
            policy: Cow::Borrowed(include_bytes!(concat!("../../schemas/", $name, "/policy.json"))),
            world: Some(Cow::Borrowed(include_bytes!(concat!("../../schemas/", $name, "/world.json")))),
            start: Some(Cow::Borrowed(include_bytes!(concat!(
                "../../schemas/",
                $name,
                "/examples/start.json"
            )))),
            scenarios: vec![$(ScenarioFile {
                name: Cow::Borrowed($scenario),
                bytes: Cow::Borrowed(include_bytes!(concat!(
                    "../../schemas/",
                    $name,
                    "/scenarios/",
                    $scenario,
                    ".json"
                ))),
            }),*],
        }
    };
}

/// The folders of the built-in contracts.
#[must_use]
pub fn folders() -> Vec<Folder> {
    vec![
        folder!("seismic-programs", ["nothing-to-delete"]),
        folder!("aisquare-experiences", ["nothing-to-delete"]),
        folder!("codearts-applications", ["nothing-to-delete"]),
        folder!("workspace-scheduled-tasks", ["nothing-to-delete"]),
        folder!("anaplan-models", ["all-models-closed", "nothing-to-delete", "server-busy"]),
    ]
}
