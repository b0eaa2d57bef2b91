use crate::execute::{Choice, Failure};

/// Why names could not all be turned into ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocked {
    /// Several records fit: somebody has to choose.
    Choice {
        /// Kind of record.
        resource: String,
        /// The name as it was given.
        text: String,
        /// What to ask.
        question: String,
        /// What fits.
        choices: Vec<Choice>,
    },
    /// The name is not in use, and sending it would make it so: somebody has to agree.
    NewName {
        /// Kind of record.
        resource: String,
        /// The name.
        name: String,
        /// What to ask.
        question: String,
    },
    /// It cannot be done.
    Failure(Failure),
}

impl From<Failure> for Blocked {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
