//! `new`: writes the draft of a contract folder, all of it or nothing.

use super::arguments::New;
use super::{Failure, Stream, paint, say};
use crate::draft::{self, Refusal};
use crate::lint::draw::draw;
use crate::lint::finding::{Finding, Severity};
use std::io;
use std::path::{Path, PathBuf};

pub(super) fn new(options: &New) -> Result<(), Failure> {
    let source = options.from.display().to_string();
    let bytes = std::fs::read(&options.from)
        .map_err(|error| Failure::Trouble(format!("{source} cannot be read: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Failure::Trouble(format!("{source} cannot be read: it is not UTF-8 ({error})")))?;
    let out = match &options.out {
        Some(out) => out.clone(),
        None => PathBuf::from(draft::folder_name(&options.operation)),
    };
    let name = out.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
        Failure::Trouble(format!("{}: the folder needs a name, which is the contract's", out.display()))
    })?;
    if out.exists() {
        return Err(Failure::Trouble(format!(
            "{} is there already, and nothing is overwritten: choose another folder with --out",
            out.display()
        )));
    }
    let file =
        options.from.file_name().map_or_else(|| source.clone(), |name| name.to_string_lossy().into_owned());
    let drafted = draft::draft(&text, &options.operation, name, &file).map_err(|refusal| {
        let Refusal { pointer, offset, message } = refusal;
        let finding = match offset {
            Some(offset) => Finding::at_offset(Severity::Error, &source, &text, offset, &message),
            None if text.trim_start().starts_with('{') => {
                Finding::new(Severity::Error, &source, text.as_bytes(), &pointer, &message)
            }
            None => Finding::new(Severity::Error, &source, b"", &pointer, &message),
        };
        eprintln!("{}\n\nNothing was written.", draw(&finding, paint(&io::stderr())));
        Failure::Found
    })?;
    write(&out, &drafted.files)
        .map_err(|error| Failure::Trouble(format!("{} cannot be written: {error}", out.display())))?;
    let mut page = format!("Wrote {}:\n", out.display());
    for (name, _) in &drafted.files {
        page.push_str(&format!("  {name}\n"));
    }
    if !drafted.notes.is_empty() {
        page.push_str("\nWhat was made of the document (also in NOTES.md):\n");
        for note in &drafted.notes {
            page.push_str(&format!("  {}: {}\n", note.pointer, note.message));
        }
    }
    let shown = out.display();
    page.push_str(&format!("\nTry it:\n  bulk-delete-mock serve --contract {shown} --only --watch\n"));
    say(Stream::Out, &page);
    Ok(())
}

/// Writes the files beside their place first, so that no half of a folder is ever there.
fn write(out: &Path, files: &[(&'static str, String)]) -> io::Result<()> {
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let partial = out.with_file_name(format!(".{name}.{}.partial", std::process::id()));
    let written = (|| {
        for (name, text) in files {
            let path = partial.join(name);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, text)?;
        }
        std::fs::rename(&partial, out)
    })();
    if written.is_err() {
        // What is left of it is of no use; that it stays behind is no further failure.
        let _ = std::fs::remove_dir_all(&partial);
    }
    written
}
