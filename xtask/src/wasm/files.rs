//! Reads and writes files, and says in a sentence when that went wrong.

use std::path::{Path, PathBuf};

/// The package's folder.
pub(crate) const PACKAGE: &str = "wasm/js";
/// What is made for it.
pub(crate) const DIST: &str = "wasm/js/dist";

/// The contracts, a folder each.
pub(crate) const SCHEMAS: &str = "schemas";

/// The place of something that is made.
pub(crate) fn dist(name: &str) -> PathBuf {
    Path::new(DIST).join(name)
}

pub(crate) fn read(path: impl AsRef<Path>) -> Result<Vec<u8>, String> {
    let path = path.as_ref();
    std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// Writes a file, and makes its folder where there is none.
pub(crate) fn write(path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> Result<(), String> {
    let path = path.as_ref();
    path.parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(path, contents))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

/// Takes a folder away with all that is in it, if it is there.
pub(crate) fn clear(folder: &str) -> Result<(), String> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{folder} cannot be taken away: {error}"))
        }
        _ => Ok(()),
    }
}
