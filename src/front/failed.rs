use std::fmt;

use crate::app::ExitCode;
use crate::diagnostic::Diagnostic;

/// Why the program ends before an answer: what is told, and the code it ends with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Failed {
    pub(super) code: ExitCode,
    pub(super) message: String,
}

impl Failed {
    /// The command line asks for something that cannot be.
    pub(super) fn usage(message: impl fmt::Display) -> Self {
        Self { code: ExitCode::Usage, message: message.to_string() }
    }

    /// The machine does not let us.
    pub(super) fn machine(message: impl fmt::Display) -> Self {
        Self { code: ExitCode::Failed, message: message.to_string() }
    }
}

impl From<Diagnostic> for Failed {
    fn from(diagnostic: Diagnostic) -> Self {
        let help: String = diagnostic.help.iter().map(|help| format!("\n  {help}")).collect();
        Self::usage(format!("{diagnostic}{help}"))
    }
}
