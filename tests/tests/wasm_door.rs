//! The corpus through the core where browsers and Node run it: compiled to WebAssembly. The same cases and the same checks as
//! natively, without HTTP; each case is a test of its own, made by the build script.
//!
//! `cargo xtask test wasm-door` runs it in Node and in Chromium, and holds the number of cases that ran against the files on
//! the disk. By hand, with `wasm-bindgen-test-runner` of the version of `wasm-bindgen`:
//!
//! ```text
//! CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
//!   cargo test --target wasm32-unknown-unknown --package bulk-delete-tests --test wasm_door
//! ```
//!
//! With `WASM_BINDGEN_USE_BROWSER=1` and `CHROMEDRIVER=` the place of ChromeDriver it runs in Chromium instead of Node;
//! `tests/webdriver.json` has Chromium's options.

/// So that it is told that nothing ran.
#[cfg(not(target_family = "wasm"))]
#[test]
#[ignore = "runs in WebAssembly: cargo xtask test wasm-door"]
fn corpus() {}

#[cfg(target_family = "wasm")]
mod corpus {
    use bulk_delete_tests::corpus::{Filed, load};
    use bulk_delete_tests::door::in_process::InProcess;
    use std::fmt;
    use std::sync::LazyLock;
    use wasm_bindgen_test::wasm_bindgen_test;

    include!(concat!(env!("OUT_DIR"), "/trials.rs"));

    static DOOR: LazyLock<InProcess> = LazyLock::new(InProcess::new);
    static FILED: LazyLock<Result<Vec<Filed>, Vec<String>>> = LazyLock::new(load);

    /// What the harness shows of a failure is its debug form: here, the lines as they are.
    struct Failed(String);

    impl fmt::Debug for Failed {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.0)
        }
    }

    fn run(file: &str) -> Result<(), Failed> {
        let filed = match &*FILED {
            Ok(filed) => filed.iter().find(|filed| filed.file == file),
            Err(wrong) => {
                return Err(Failed(format!("these files are no cases:\n  {}", wrong.join("\n  "))));
            }
        };
        let filed = filed.ok_or_else(|| Failed(format!("{file}: the corpus does not hold it")))?;
        DOOR.run(filed).map_err(Failed)
    }
}
