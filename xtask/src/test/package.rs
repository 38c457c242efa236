//! The npm package: made and within its budgets, tested in Node and in three browsers, typed, packed, and used as its examples use it.

use super::outcome::Outcome;
use crate::process::{self, cargo, program};
use crate::{package, tools, workspace};
use std::path::{Path, PathBuf};

/// Where Debian and its kin put Chromium; `CHROMIUM` may say another place.
const CHROMIUM: &str = "chromium";

/// The package is made, and no part of it is larger than its budget.
pub(super) fn sizes() -> Outcome {
    with_node(|| package::make(&["--check".to_owned()]))
}

/// Its own tests: in Node, and in Chromium what a browser must do.
pub(super) fn tests() -> Outcome {
    if let Some(missing) = chromium_is_missing() {
        return Outcome::Skipped(missing);
    }
    with_node(|| script("test"))
}

/// What a browser must do, in Firefox.
pub(super) fn firefox() -> Outcome {
    let found = ["firefox-esr", "firefox"].into_iter().find_map(|name| tools::find(Path::new(name)));
    let Some(found) = found else {
        return Outcome::Skipped("`firefox-esr` is missing (Debian: apt-get install firefox-esr)".to_owned());
    };
    with_node(|| in_browser("firefox", &found))
}

/// What a browser must do, in WebKit, which is what Safari runs.
pub(super) fn webkit() -> Outcome {
    let needed = ["xvfb-run", "dbus-run-session", "WebKitWebDriver"];
    let found = needed.map(|name| tools::find(Path::new(name)).ok_or(name));
    match found {
        [Ok(_), Ok(_), Ok(driver)] => with_node(|| in_browser("webkit", &driver)),
        [Err(name), _, _] | [_, Err(name), _] | [_, _, Err(name)] => Outcome::Skipped(format!(
            "`{name}` is missing (Debian: apt-get install webkit2gtk-driver xvfb xauth dbus)"
        )),
    }
}

fn in_browser(name: &str, at: &Path) -> Result<(), String> {
    made()?;
    process::run(
        program("node")
            .args(["--test", "tests/browser.test.js"])
            .env("TEST_BROWSER", name)
            .env(name.to_uppercase(), at)
            .current_dir(workspace::root().join(package::FOLDER)),
    )
}

/// Every case over HTTP, from the package's command in Node.
pub(super) fn command() -> Outcome {
    with_node(|| {
        made()?;
        let program = workspace::root().join(package::FOLDER).join("bin/bulk-delete.js");
        // Of the whole workspace, as that is how it was built for the other tests.
        let mut run =
            cargo(["test", "--workspace", "--all-features", "--locked", "--quiet", "--test", "http_door"]);
        process::run(run.env("HTTP_DOOR", format!("node {} mock", program.display())))
    })
}

/// Its declarations and its sources are what TypeScript takes them for.
pub(super) fn types() -> Outcome {
    with_node(|| script("types"))
}

/// What is packed is what others can import.
pub(super) fn packed() -> Outcome {
    with_node(|| script("lint:package"))
}

/// The examples, installed from the packed package, driven in Chromium against the mock server.
pub(super) fn examples() -> Outcome {
    if let Some(missing) = chromium_is_missing() {
        return Outcome::Skipped(missing);
    }
    with_node(|| {
        made()?;
        let mock = tools::server()?;
        let run = workspace::root().join("examples/test/run.mjs");
        process::run(program("node").arg(run).env("MOCK", mock))
    })
}

pub(super) fn with_node(check: impl FnOnce() -> Result<(), String>) -> Outcome {
    if process::answers("node", "--version") && process::answers("npm", "--version") {
        return check().into();
    }
    Outcome::Skipped("`node` or `npm` is missing: install Node 20 or newer".to_owned())
}

pub(crate) fn chromium_is_missing() -> Option<String> {
    let chromium = std::env::var_os("CHROMIUM").map_or_else(|| CHROMIUM.into(), PathBuf::from);
    if tools::find(&chromium).is_some() {
        return None;
    }
    Some(format!(
        "`{}` is missing (Debian: apt-get install chromium); CHROMIUM may say where it is",
        chromium.display()
    ))
}

/// Runs a script of the package.
fn script(name: &str) -> Result<(), String> {
    made()?;
    process::run(
        program("npm").args(["run", "--silent", name]).current_dir(workspace::root().join(package::FOLDER)),
    )
}

/// Makes the package where it is not there. What is there is taken to be of these sources: `sizes` stands before.
fn made() -> Result<(), String> {
    if workspace::root().join(package::FOLDER).join("dist/mock/contracts.js").is_file() {
        return tools::npm(package::FOLDER);
    }
    package::make(&[])
}
