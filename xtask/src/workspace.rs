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

/// The version of a package in `Cargo.lock`.
pub(crate) fn locked(package: &str) -> Result<String, String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be read: {error}"))?;
    let line = format!("name = \"{package}\"");
    let version = lock.lines().skip_while(|other| *other != line).nth(1);
    let version = version.and_then(|version| version.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).ok_or_else(|| format!("Cargo.lock does not name `{package}`"))
}
