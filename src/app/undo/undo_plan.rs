use crate::intent::Step;
use crate::store::WriteEntry;

/// What taking a run back takes.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoPlan {
    /// The run that is taken back.
    pub run: i64,
    /// What was said then.
    pub said: String,
    /// What is taken back, the last first: what was done, and why it cannot be, when it cannot.
    pub writes: Vec<(String, Option<String>)>,
    pub(super) steps: Vec<StepsBack>,
}

/// What takes one write back.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StepsBack {
    pub write: WriteEntry,
    pub steps: Vec<Step>,
    /// Nothing of the write is left to take back after them.
    pub whole: bool,
}

impl UndoPlan {
    /// How many writes can be taken back.
    #[must_use]
    pub fn possible(&self) -> usize {
        self.steps.len()
    }
}
