use crate::execute::Named;
use crate::plan::PlannedStep;
use crate::request::ValidRequest;

/// A step with the records that its names turned out to be.
pub(super) struct Settled {
    pub step: PlannedStep,
    pub named: Vec<Named>,
    /// The request, where it could be made before anything was looked up or done: the step has not changed since.
    pub request: Option<ValidRequest>,
    /// What people call the account, where that was asked for its look-ups.
    pub account: Option<String>,
}
