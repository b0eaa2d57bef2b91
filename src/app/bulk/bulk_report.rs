use serde::Serialize;

use crate::app::Failure;
use crate::store::{RowEntry, Tally};

/// What came of a bulk run so far.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkReport {
    /// Number of the run.
    pub run: i64,
    /// What was said.
    pub phrase: String,
    /// How many rows stand how.
    pub tally: Tally,
    /// Rows that failed, with why.
    pub failed: Vec<RowEntry>,
    /// Rows of which nobody knows whether they were done.
    pub unknown: Vec<RowEntry>,
    /// Why it stopped before the end.
    pub stopped: Option<Failure>,
}

/// A row as a report tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Told<'r> {
    row: u64,
    outcome: &'r str,
}

impl BulkReport {
    /// As programs get it.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let told = |rows: &[RowEntry]| -> serde_json::Value {
            rows.iter().map(|row| serde_json::json!(Told { row: row.row, outcome: &row.outcome })).collect()
        };
        let mut json = serde_json::json!({
            "run": self.run, "phrase": self.phrase, "rows": self.tally.all(), "done": self.tally.done,
            "failed": self.tally.failed, "unknown": self.tally.unknown, "waiting": self.tally.waiting,
            "failures": told(&self.failed), "unknowns": told(&self.unknown),
        });
        if let Some(stopped) = &self.stopped {
            json["stopped"] = serde_json::json!(stopped);
        }
        json
    }
}
