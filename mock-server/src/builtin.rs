//! The contracts that are part of the program: the one list in which they are named.

use crate::folder::Folder;
use std::borrow::Cow;

macro_rules! folder {
    ($name:literal) => {
        Folder {
            name: Cow::Borrowed($name),
            place: Cow::Borrowed(concat!("built-in ", $name)),
            openapi: Cow::Borrowed(include_bytes!(concat!("../../schemas/", $name, "/openapi.json"))),
            policy: Cow::Borrowed(include_bytes!(concat!("../../schemas/", $name, "/policy.json"))),
            world: Some(Cow::Borrowed(include_bytes!(concat!("../../schemas/", $name, "/world.json")))),
            start: Some(Cow::Borrowed(include_bytes!(concat!(
                "../../schemas/",
                $name,
                "/examples/start.json"
            )))),
        }
    };
}

/// The folders of the built-in contracts.
#[must_use]
pub fn folders() -> Vec<Folder> {
    vec![
        folder!("seismic-programs"),
        folder!("aisquare-experiences"),
        folder!("codearts-applications"),
        folder!("workspace-scheduled-tasks"),
        folder!("anaplan-models"),
    ]
}
