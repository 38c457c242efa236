//! Reads contract folders and worlds from the disk.

use super::Failure;
use crate::folder::{Folder, Origin, WorldFile};
use crate::lint::Example;
use crate::scenario::ScenarioFile;
use crate::server::Page;
use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Reads a contract folder. Its name is that of its directory.
pub(super) fn folder(directory: &Path) -> Result<Folder, Failure> {
    // `.` has no name of its own.
    let full = directory.canonicalize().map_err(|error| trouble(directory, &error))?;
    let name = full.file_name().and_then(|name| name.to_str()).map(str::to_owned).ok_or_else(|| {
        Failure::Trouble(format!("{}: the folder needs a name, which is the contract's", directory.display()))
    })?;
    Ok(Folder {
        name: Cow::Owned(name),
        origin: Origin::Given,
        place: Cow::Owned(directory.display().to_string()),
        openapi: Cow::Owned(document(&directory.join("openapi.json"))?),
        policy: Cow::Owned(document(&directory.join("policy.json"))?),
        world: optional(&directory.join("world.json"))?.map(Cow::Owned),
        start: optional(&directory.join("examples/start.json"))?.map(Cow::Owned),
        scenarios: scenarios(directory)?,
    })
}

/// Reads the examples of a contract folder, in the order of their names.
pub(super) fn examples(directory: &Path) -> Result<Vec<Example>, Failure> {
    let read = |path: &PathBuf| Ok(Example { path: path.display().to_string(), bytes: document(path)? });
    documents(&directory.join("examples"))?.iter().map(read).collect()
}

/// Reads the scenarios of a contract folder, in the order of their names.
fn scenarios(directory: &Path) -> Result<Vec<ScenarioFile>, Failure> {
    let read = |path: &PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        Ok(ScenarioFile { name: Cow::Owned(name), bytes: Cow::Owned(document(path)?) })
    };
    documents(&directory.join("scenarios"))?.iter().map(read).collect()
}

/// The documents in a folder, in the order of their names; none where there is no such folder.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(trouble(folder, &error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| trouble(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads a world.
pub(super) fn world(path: &Path) -> Result<WorldFile, Failure> {
    Ok(WorldFile { place: path.display().to_string(), bytes: document(path)? })
}

/// Reads all files of a page: the folder's, and those of the folders in it.
pub(super) fn page(folder: &Path) -> Result<Page, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![(String::new(), folder.to_path_buf())];
    while let Some((within, folder)) = folders.pop() {
        let failed = |error: std::io::Error| trouble(&folder, &error);
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let name = format!("{within}{name}");
            if path.is_dir() {
                folders.push((name + "/", path));
            } else {
                files.push((name, file(&path)?));
            }
        }
    }
    if !files.iter().any(|(name, _)| name == "index.html") {
        return Err(Failure::Trouble(format!(
            "{}: a page needs an index.html: `cargo xtask page` makes one",
            folder.display()
        )));
    }
    Ok(Page::new(files))
}

/// Reads a document. Some editors begin a file with a byte order mark, which is no part of what it says.
fn document(path: &Path) -> Result<Vec<u8>, Failure> {
    file(path).map(without_mark)
}

fn without_mark(bytes: Vec<u8>) -> Vec<u8> {
    bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes)
}

fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| trouble(path, &error))
}

fn optional(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(without_mark(bytes))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(trouble(path, &error)),
    }
}

fn trouble(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Trouble(format!("{} cannot be read: {error}", path.display()))
}
