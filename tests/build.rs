//! For WebAssembly, which has no disk: embeds the corpus and the contracts (`files.rs`), and makes each case a test of its
//! own (`trials.rs`), as its harness knows tests only as functions. For every other target it does nothing: there, the files
//! are read when the tests run.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family != "wasm") {
        return Ok(());
    }
    let folder = |variable| env::var_os(variable).map(PathBuf::from).ok_or(io::ErrorKind::NotFound);
    let (package, out) = (folder("CARGO_MANIFEST_DIR")?, folder("OUT_DIR")?);
    let root = package.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut files = Vec::new();
    for folder in ["schemas", "tests/cases"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        find(&root.join(folder), folder, &mut files)?;
    }
    files.sort();
    fs::write(out.join("files.rs"), embedded(root, &files))?;
    fs::write(out.join("trials.rs"), trials(&files))
}

/// Every file in a folder and beneath it, by its name behind `short`.
fn find(folder: &Path, short: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|_| io::ErrorKind::InvalidFilename)?;
        let short = format!("{short}/{name}");
        if entry.file_type()?.is_dir() {
            find(&entry.path(), &short, files)?;
        } else {
            files.push(short);
        }
    }
    Ok(())
}

fn embedded(root: &Path, files: &[String]) -> String {
    let mut code = String::from("static FILES: &[(&str, &[u8])] = &[\n");
    for file in files {
        let place = root.join(file).display().to_string();
        let _ = writeln!(code, "    ({file:?}, include_bytes!({place:?})),");
    }
    code + "];\n"
}

/// A function for each case and example. Two files whose names differ in signs only would not compile.
fn trials(files: &[String]) -> String {
    let mut code = String::new();
    for file in files {
        let (kind, contract, name) = match file.split('/').collect::<Vec<_>>()[..] {
            ["tests", "cases", contract, name] => ("case", contract, name),
            ["schemas", contract, "examples", name] => ("example", contract, name),
            _ => continue,
        };
        let name = name.strip_suffix(".json").unwrap_or(name);
        let function =
            format!("{contract} {kind} {name}").replace(|sign: char| !sign.is_ascii_alphanumeric(), "_");
        let _ = writeln!(
            code,
            "#[wasm_bindgen_test]\nfn {function}() -> Result<(), Failed> {{\n    run({file:?})\n}}"
        );
    }
    code
}
