use serde_json::Value as Json;

use crate::intent::Value;
use crate::plan::{Bound, Origin, PlannedStep};
use crate::store::{Standing, WriteEntry};

/// Where a job stands in the journal.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The run it belongs to; absent: it gets one of its own with its first write.
    pub run: Option<i64>,
    /// Its row of that run.
    pub row: u64,
    /// The run that it takes back.
    pub undoes: Option<i64>,
    /// The record as it was listed, as far as taking the job back takes it; of a job for many, a list of them.
    pub before: Option<Json>,
    /// Writes that were recorded when it was carried out before.
    pub recorded: Vec<WriteEntry>,
}

impl Place {
    /// What was recorded of a step that was sent before, and may have been done.
    pub fn recorded(&self, at: usize) -> Option<&WriteEntry> {
        let may_be_done = |write: &&WriteEntry| !matches!(write.standing, Standing::Waiting | Standing::Failed);
        self.recorded.iter().filter(may_be_done).find(|write| write.step == at)
    }

    /// Gives a step the values that it was sent with before: names may mean other records by now.
    pub fn take_over(&self, at: usize, step: &mut PlannedStep) {
        let Some(values) = self.recorded(at).and_then(|write| values(&write.arguments)) else { return };
        step.arguments = values.into_iter().map(|(name, value)| Bound { name, value, origin: Origin::Said }).collect();
        step.lookups.clear();
        step.made.clear();
        step.missing.clear();
    }
}

/// The values of a step as the journal has them.
pub(super) fn values(recorded: &str) -> Option<Vec<(String, Value)>> {
    serde_json::from_str(recorded).ok()
}
