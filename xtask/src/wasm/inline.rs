//! The module in a script, for pages that can load nothing beside one.

use crate::base64;

/// A script that exports a function with the module's bytes.
pub(crate) fn script(module: &[u8]) -> String {
    format!(
        "\
// Made by `cargo xtask wasm`. Changes here are lost.

const text = \"{}\";

/** The engine's module. */
export function bytes() {{
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}}
",
        base64::encode(module)
    )
}
