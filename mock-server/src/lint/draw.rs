//! Shows findings to people as a compiler does: what is wrong, the line it is about with the place underlined, and what helps.

use super::finding::{Finding, Severity};
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

/// Whether what is drawn has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// For terminals.
    Coloured,
    /// For files, and for people who asked for none.
    Plain,
}

/// Draws a finding; ends without a line feed.
#[must_use]
pub fn draw(finding: &Finding, paint: Paint) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(finding.message.as_str());
    let mut group = match &finding.marked {
        Some(marked) => title.element(
            Snippet::source(marked.text.as_str())
                .path(finding.path.as_str())
                .annotation(AnnotationKind::Primary.span(marked.bytes.clone())),
        ),
        None => title.element(Origin::path(finding.path.as_str())),
    };
    if !finding.pointer.is_empty() {
        group = group.element(Level::NOTE.message(format!("at {}", finding.pointer)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = match paint {
        Paint::Coloured => Renderer::styled(),
        Paint::Plain => Renderer::plain(),
    };
    renderer.render(&[group])
}

/// `1 error, 2 warnings`; empty where there is none.
#[must_use]
pub fn counts(findings: &[Finding]) -> String {
    let count = |severity: Severity| {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        match count {
            0 => None,
            1 => Some(format!("1 {}", severity.name())),
            _ => Some(format!("{count} {}s", severity.name())),
        }
    };
    [count(Severity::Error), count(Severity::Warning)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
