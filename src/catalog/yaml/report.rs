use crate::diagnostic::{Diagnostic, Place, Severity};

use super::Span;

/// Collects findings, so that all of them are told at once.
#[derive(Debug)]
pub(crate) struct Report {
    files: Vec<String>,
    found: Vec<Diagnostic>,
}

impl Report {
    /// An empty report over those files.
    pub(crate) fn new(files: Vec<String>) -> Self {
        Self { files, found: Vec::new() }
    }

    /// How many findings there are so far.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether anything must be mended.
    pub(crate) fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }

    /// Adds an error; `label` stands under the carets.
    pub(crate) fn error(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>) {
        let place = self.place(span, label.into());
        self.found.push(Diagnostic::error(message).at(place));
    }

    /// Adds a finding whose place is known.
    pub(crate) fn add(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// Adds a warning.
    pub(crate) fn warning(&mut self, span: Span, message: impl Into<String>) {
        self.error(span, message, "");
        if let Some(last) = self.found.last_mut() {
            last.severity = Severity::Warning;
        }
    }

    /// Adds advice to the finding before.
    pub(crate) fn help(&mut self, advice: impl Into<String>) {
        if let Some(last) = self.found.last_mut() {
            last.help.push(advice.into());
        }
    }

    /// Where a span is, by file name and line: `endpoints/acme/pets.yaml:12`.
    pub(crate) fn source(&self, span: Span) -> String {
        format!("{}:{}", self.file(span), span.line)
    }

    /// All findings in the order of the files, doubles left out.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let order = |d: &Diagnostic| {
            let file = d.place.as_ref().and_then(|p| self.files.iter().position(|f| *f == p.file));
            (file, d.place.as_ref().map(|p| (p.start, p.length)))
        };
        self.found.sort_by_cached_key(order);
        let mut kept: Vec<Diagnostic> = Vec::with_capacity(self.found.len());
        for finding in self.found {
            let same = |other: &&Diagnostic| other.place == finding.place;
            if !kept.iter().rev().take_while(same).any(|other| *other == finding) {
                kept.push(finding);
            }
        }
        kept
    }

    fn file(&self, span: Span) -> &str {
        self.files.get(span.file as usize).map_or("catalog", String::as_str)
    }

    /// A span by file name; `label` stands under the carets.
    pub(crate) fn place(&self, span: Span, label: String) -> Place {
        Place {
            file: self.file(span).to_owned(),
            line: span.line as usize,
            column: span.column as usize,
            start: span.start as usize,
            length: span.length as usize,
            label,
        }
    }
}
