use super::Value;
use crate::catalog::{AGREEMENT, OpId};

/// What a line means.
#[derive(Debug, Clone, PartialEq)]
pub struct Intent {
    /// The line.
    pub text: String,
    /// Whether it can be carried out.
    pub status: Status,
    /// What is to be done, in order; empty when nothing is understood.
    pub steps: Vec<Step>,
    /// The other readings of an ambiguous line, best first.
    pub alternatives: Vec<Alternative>,
    /// What to tell the person: the question, or why it is refused. Empty when ready.
    pub message: String,
    /// Canonical phrases that would surely work, at most three.
    pub suggestions: Vec<String>,
    /// Byte ranges of the line that were not understood.
    pub unexplained: Vec<(usize, usize)>,
    /// How each word was read and each candidate scored, as lines for `--explain`.
    pub trace: Vec<String>,
}

impl Intent {
    /// Whether it is only meant once somebody agrees to what it leaves out.
    pub(super) fn leaves_out(&self) -> bool {
        self.steps.iter().any(|step| step.missing.iter().any(|name| name == AGREEMENT))
    }

    /// A line of which nothing is known yet.
    pub(super) fn unknown(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            status: Status::Unknown,
            steps: Vec::new(),
            alternatives: Vec::new(),
            message: String::new(),
            suggestions: Vec::new(),
            unexplained: Vec::new(),
            trace: Vec::new(),
        }
    }
}

/// How far a reading got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Everything is known.
    Ready,
    /// Something only the user can supply is missing.
    Incomplete,
    /// Two readings differ in effect.
    Ambiguous,
    /// Not understood, or not possible.
    Unknown,
}

/// One operation to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Which.
    pub operation: OpId,
    /// What the phrase said or plainly implied, by the API's own names.
    pub arguments: Vec<Argument>,
    /// Required parameters that nothing supplies.
    pub missing: Vec<String>,
    /// Something in the reading makes it wise to ask before running (a repaired typo on the way to a delete).
    pub confirm: Option<String>,
}

/// One parameter's value.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The parameter's name.
    pub name: String,
    /// Its value.
    pub value: Value,
}

/// Another reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Operation.
    pub operation: OpId,
    /// What it would do, as a canonical phrase.
    pub phrase: String,
    /// Its steps, ready to be taken if chosen.
    pub steps: Vec<Step>,
}
