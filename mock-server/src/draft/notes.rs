//! The notes that come with a draft: what was taken for what, what was left out, and how to go on.

use super::Note;
use super::plan::Telling;
use std::fmt::Write;

/// What was made of the operation.
#[derive(Debug)]
pub(super) struct Facts {
    /// Method and path.
    pub(super) line: String,
    pub(super) ids: String,
    pub(super) container: Option<String>,
    pub(super) resource: String,
    pub(super) status: u16,
    pub(super) telling: Telling,
}

/// The text of `NOTES.md`.
pub(super) fn notes(facts: &Facts, notes: &[Note], source: &str, name: &str) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "# {name}\n\nDrafted from `{source}`, for `{}`. It can be served as it is; what the document does not say is a guess:\n",
        facts.line
    );
    let container = facts.container.as_deref().unwrap_or("none");
    let telling = match facts.telling {
        Telling::Reasons => "each item by itself; what was not deleted is told with a reason",
        Telling::Unknown => "each item by itself; what does not exist is told",
        Telling::AllOrNothing => "all or nothing: one id that does not exist refuses the request",
        Telling::Silent => "each item by itself; the answer does not tell what did not exist (`silent`)",
    };
    for (what, taken, place) in [
        ("what is deleted", format!("`{}`", facts.resource), "`resource`"),
        ("its ids", format!("`{}`", facts.ids), "`ids`"),
        ("what holds it", container.to_owned(), "`container`"),
        ("the answer", format!("{}, {telling}", facts.status), "`atomicity`, `outcomes`, `answers.done`"),
    ] {
        let _ = writeln!(out, "- **{what}**: {taken} ({place} in `policy.json`)");
    }
    if !notes.is_empty() {
        out.push_str("\n## What was made of the document\n\n");
        for note in notes {
            let place = if note.pointer.is_empty() { String::new() } else { format!("`{}`: ", note.pointer) };
            let _ = writeln!(out, "- {place}{}", note.message);
        }
    }
    let _ = write!(
        out,
        "
## What to fill in

1. `checks.item` in `policy.json`: which rules the API has beyond *it exists*. There are `accessible` (the caller sees it), `owned` (it is
   their own), `permission`, `state-is`, `state-is-not`, `attribute` and `deletable`; each needs an outcome in `outcomes`, with its words.
2. `checks.caller`: scopes, roles and permissions of the caller, in the order in which the API asks.
3. `answers` and `violations`: the API's own words and error codes; here they are the document's descriptions.
4. `world.json`: who calls, and what there is.
5. `examples/`: the exchanges that the API's documents show. They are carried out by `lint`.

```console
bulk-delete-mock lint {name}
bulk-delete-mock serve --contract {name} --only --watch
```
"
    );
    out
}
