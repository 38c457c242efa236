//! Finishes the module that Cargo has built: wasm-bindgen takes its notes out of it, and wasm-opt makes it small.

use crate::{files, node};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// As small as can be. The features are those that the module is compiled with, and what the compiler uses by itself.
const OPTIONS: [&str; 16] = [
    "-Oz",
    // The stack ends there: no address in it is ever worked out in a roundabout way.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-simd",
    "--strip-debug",
    "--strip-producers",
    // What is sent is compressed, and what is said in the same words again compresses best: these make the module no smaller, but
    // what is sent. The compiler has put into its caller already what is worth it; what is computed twice is written alike; so is
    // the alignment of what is loaded, which is a hint that nobody takes; and what stands near in the sources is alike.
    "--one-caller-inline-max-function-size=0",
    "--skip-pass=local-cse",
    "--skip-pass=memory-packing",
    "--dealign",
    "--reorder-functions-by-name",
];

/// What `wasm/js/src/instance.js` supplies, by a part of its name; the rest of a name changes from build to build.
const SUPPLIED: [&str; 2] = ["throw", "externref"];

/// What a panic goes through before it ends the program, and running out of memory too. They build a message, which has nowhere
/// to be seen in a browser, so that they end it at once here: what only they need is left out of the module. So is what writes things
/// for those who mend them: nothing but panics does that (`clippy::use_debug`).
const ENDS: [&str; 15] = [
    " as core::fmt::Debug>::fmt",
    "core::panicking::",
    "core::cell::panic_already",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "std::alloc::rust_oom",
    "std::panicking::",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "::assert_failed",
    "::expect_failed",
    "::len_mismatch",
    "::panic_on_ord_violation",
    "::unwrap_failed",
];

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
    for function in module.funcs.iter_mut().filter(|function| function.name.as_deref().is_some_and(ends)) {
        let mut body = function.kind.unwrap_local_mut().builder_mut().func_body();
        body.instrs_mut().clear();
        body.unreachable();
    }
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

/// Whether the function of this name does nothing but end the program. The compiler writes a crate with or without a hash in
/// brackets behind it.
fn ends(name: &str) -> bool {
    let mut plain = String::new();
    let mut rest = name;
    while let Some((before, behind)) = rest.split_once('[') {
        plain.push_str(before);
        rest = behind.split_once(']').map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    ENDS.iter().any(|end| plain.contains(end))
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn knows_panics_by_their_names() {
        for name in [
            "core::panicking::panic_fmt::h0123456789abcdef",
            "core[c5930c85a12de822]::panicking::panic_bounds_check",
            "<alloc[3ca501edff3f0c7c]::vec::Vec<_, _>>::remove::assert_failed",
            "core[c5930c85a12de822]::panicking::assert_failed::<bool, bool>",
            "<char as core[c5930c85a12de822]::fmt::Debug>::fmt",
        ] {
            assert!(ends(name), "{name}");
        }
        for name in [
            "core::str::from_utf8",
            "<char as core::fmt::Display>::fmt",
            "<[T]>::sort",
            "bulk_delete_mock::mock::failing::nobody_sees",
        ] {
            assert!(!ends(name), "{name}");
        }
    }
}
