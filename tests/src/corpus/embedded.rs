//! The files as they were when this was built: the build script lists them.

use std::path::{Path, PathBuf};

// Each file by its path from the folder of the workspace: `FILES: &[(&str, &[u8])]`.
include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Paths begin at the folder of the workspace, wherever that was.
pub(super) fn root() -> PathBuf {
    PathBuf::new()
}

/// The entries of a folder; none where there is no folder.
pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entry = |(file, _): &(&str, &[u8])| {
        let rest = Path::new(file).strip_prefix(folder).ok()?;
        Some(folder.join(rest.components().next()?))
    };
    let mut paths: Vec<PathBuf> = FILES.iter().filter_map(entry).collect();
    // The files are in order, so what a folder holds stands together.
    paths.dedup();
    paths
}

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, &'static str> {
    let file = FILES.iter().find(|(file, _)| Path::new(file) == path);
    file.map(|(_, bytes)| bytes.to_vec()).ok_or("it was not there when this was built")
}
