//! Finishes the module that Cargo has built: wasm-bindgen takes its notes out of it, and wasm-opt makes it small.

use crate::{files, node};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// As small as can be. The features are those that the module is compiled with, and what the compiler uses by itself.
const OPTIONS: [&str; 10] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-simd",
    "--strip-debug",
    "--strip-producers",
];

/// What `wasm/js/src/instance.js` supplies, by a part of its name; the rest of a name changes from build to build.
const SUPPLIED: [&str; 2] = ["throw", "externref"];

/// Makes the module that is shipped of the one that was built. What is between them is left beside the latter.
pub(crate) fn finish(built: &Path) -> Result<Vec<u8>, String> {
    let (bound, finished) = (built.with_extension("bound.wasm"), built.with_extension("finished.wasm"));
    files::write(&bound, bind(built)?)?;
    let mut arguments = vec!["node_modules/binaryen/bin/wasm-opt".into()];
    arguments.extend(OPTIONS.map(Into::into));
    arguments.extend([bound, "--output".into(), finished.clone()]);
    node::run(arguments).map_err(|message| format!("wasm-opt: {message}"))?;
    files::read(finished)
}

/// The module without wasm-bindgen's notes. The JavaScript that would go with it is not made: numbers are all that crosses
/// the boundary, and the package's own `instance.js` passes them.
fn bind(built: &Path) -> Result<Vec<u8>, String> {
    let failed = |error| format!("wasm-bindgen cannot finish {}: {error:#}", built.display());
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built).web(true).map_err(failed)?.typescript(false);
    let mut output = bindgen.generate_output().map_err(failed)?;
    let module = output.wasm_mut();
    let missing: Vec<&str> = module
        .imports
        .iter()
        .map(|import| import.name.as_str())
        .filter(|name| !SUPPLIED.iter().any(|supplied| name.contains(supplied)))
        .collect();
    if missing.is_empty() {
        Ok(module.emit_wasm())
    } else {
        Err(format!(
            "the module imports {}, which wasm/js/src/instance.js does not supply: only numbers may cross the boundary",
            missing.join(", ")
        ))
    }
}
