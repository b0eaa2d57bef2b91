use std::fmt;

use crate::app::{ExitCode, Failure};
use crate::diagnostic::{Diagnostic, Sources, render};
use crate::present::{BAD, clean_lines, painted};

/// Why the program ends before an answer: what is told, and the code it ends with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Failed {
    pub(super) code: ExitCode,
    /// Ready to be printed, with its line break.
    pub(super) text: String,
}

impl Failed {
    /// The command line asks for something that cannot be.
    pub(super) fn usage(message: impl fmt::Display) -> Self {
        Self { code: ExitCode::Usage, text: told(message) }
    }

    /// Nothing goes by that name.
    pub(super) fn not_found(message: impl fmt::Display) -> Self {
        Self { code: ExitCode::NotUnderstood, text: told(message) }
    }

    /// What was asked cannot be done.
    pub(super) fn of(failure: &Failure) -> Self {
        let hint = if failure.hint.is_empty() { String::new() } else { format!("\n  {}", failure.hint) };
        Self { code: ExitCode::of_failure(failure.kind), text: told(format!("{}{hint}", failure.message)) }
    }

    /// The machine does not let us.
    pub(super) fn machine(message: impl fmt::Display) -> Self {
        Self { code: ExitCode::Failed, text: told(message) }
    }

    /// The catalog has mistakes.
    pub(super) fn catalog(found: &[Diagnostic], sources: &Sources) -> Self {
        Self { code: ExitCode::Catalog, text: render(found, sources, true) }
    }
}

impl From<Diagnostic> for Failed {
    fn from(diagnostic: Diagnostic) -> Self {
        let mut lines = vec![diagnostic.to_string()];
        lines.extend(diagnostic.help.iter().map(|help| format!("  {help}")));
        Self::usage(lines.join("\n"))
    }
}

fn told(message: impl fmt::Display) -> String {
    format!("{} {}\n", painted(BAD, "✗"), clean_lines(&message.to_string()))
}
