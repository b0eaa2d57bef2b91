use super::BulkPlan;
use super::Choice;
use super::everywhere::Everywhere;
use super::job::Job;
use crate::intent::Alternative;

/// A question that is open, with everything that is needed to go on from its reply.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub job: Job,
    pub asked: Asked,
    pub choices: Vec<Choice>,
}

/// What was asked.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// Which record a name means.
    Record { resource: String, text: String },
    /// Which reading of the line is meant.
    Reading(Vec<Alternative>),
    /// The value of a parameter.
    Value { step: usize, parameter: String },
    /// What is to be changed of a record.
    Changes,
    /// Whether to go on without words that were not understood.
    Agreement,
    /// Whether to go on.
    Confirmation,
    /// Whether a planned run may be begun.
    Run(Box<BulkPlan>),
    /// Whether to go on in several accounts.
    Everywhere(Everywhere),
    /// Whether a new name may be made.
    NewName { resource: String, name: String },
}
