//! A contract is data: no vendor is named in Rust code, outside the tests and the one list of what is embedded.

use bulk_delete_tests::corpus::{entries, read, root, short};
use std::path::Path;

const VENDORS: [&str; 5] = ["anaplan", "seismic", "aisquare", "codearts", "huawei"];
const CODE: [&str; 4] = ["core/src", "mock-server/src", "wasm/src", "xtask/src"];
const EMBEDDING_LIST: &str = "mock-server/src/builtin.rs";

#[test]
fn no_vendor_is_named_outside_the_embedding_list() {
    let (mut searched, mut found) = (0, Vec::new());
    for folder in CODE {
        search(&root().join(folder), &mut searched, &mut found);
    }
    println!("{searched} files searched");
    assert!(searched > 50, "only {searched} files were found: has the code moved?");
    assert!(found.is_empty(), "vendors are named in Rust code:\n  {}", found.join("\n  "));
}

fn search(folder: &Path, searched: &mut usize, found: &mut Vec<String>) {
    for path in entries(folder) {
        if path.is_dir() {
            search(&path, searched, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && short(&path) != EMBEDDING_LIST
        {
            *searched += 1;
            let text = String::from_utf8_lossy(&read(&path)).to_ascii_lowercase();
            for (number, line) in text.lines().enumerate() {
                if let Some(vendor) = VENDORS.iter().find(|vendor| line.contains(**vendor)) {
                    found.push(format!("{}:{}: {vendor}", short(&path), number + 1));
                }
            }
        }
    }
}
