use super::RunOptions;
use super::place::Place;
use crate::execute::Bindings;
use crate::intent::Step;

/// Something to carry out, and what a conversation has settled about it so far. It is planned anew after each reply, so
/// that nothing of an earlier plan can go stale.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// What was said, or the name of the operation that was called.
    pub text: String,
    pub steps: Vec<Step>,
    pub bindings: Bindings,
    pub run: RunOptions,
    /// A bot named the operation itself: what is missing is its mistake, not a question.
    pub called: bool,
    pub confirmed: bool,
    pub trace: Vec<String>,
    /// Whose it is, where everybody has a turn.
    pub speaker: u64,
    /// Where the journal has it.
    pub place: Place,
}
