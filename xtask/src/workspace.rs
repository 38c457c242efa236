//! Where things are.

use std::path::{Path, PathBuf};

/// The folder of the workspace. Cargo says where this package is whenever it runs it.
pub(crate) fn root() -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    package.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// The folder that Cargo builds into: this program stands in it, at `debug/xtask`.
pub(crate) fn target() -> PathBuf {
    let here = std::env::current_exe().ok();
    here.as_deref()
        .and_then(|path| path.ancestors().nth(2))
        .map_or_else(|| root().join("target"), Path::to_path_buf)
}

/// The files in a folder of the workspace whose names begin and end so, in the order of their names. No folder, no files.
pub(crate) fn files(folder: &str, begins: &str, ends: &str) -> Vec<(String, PathBuf)> {
    let mut files: Vec<(String, PathBuf)> = std::fs::read_dir(root().join(folder))
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.strip_prefix(begins)?.strip_suffix(ends)?.to_owned();
            Some((name, path))
        })
        .collect();
    files.sort();
    files
}
