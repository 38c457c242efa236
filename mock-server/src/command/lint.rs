//! `lint`: reads contract folders, and prints what is wrong with them.

use super::arguments::Lint;
use super::{Failure, Stream, paint, read, report, say};
use crate::lint;
use crate::lint::draw::counts;
use crate::lint::finding::{Finding, Severity, to_json};
use std::io;

pub(super) fn lint(options: &Lint) -> Result<(), Failure> {
    let mut found: Vec<Finding> = Vec::new();
    for directory in &options.folders {
        let (folder, examples) = (read::folder(directory)?, read::examples(directory)?);
        found.extend(lint::check(&folder, &examples));
    }
    let text = if options.json {
        to_json(&found) + "\n"
    } else {
        let said = match counts(&found) {
            said if said.is_empty() => "nothing to say".to_owned(),
            said => said,
        };
        let count = options.folders.len();
        format!(
            "{}{count} {}: {said}\n",
            report(&found, paint(&io::stdout())),
            if count == 1 { "folder" } else { "folders" }
        )
    };
    say(Stream::Out, &text);
    if found.iter().any(|finding| finding.severity == Severity::Error) { Err(Failure::Found) } else { Ok(()) }
}
