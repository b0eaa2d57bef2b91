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
    /// What one row is called: "row", or the noun of a selection's records.
    pub one: String,
    /// What several are called.
    pub many: String,
    /// The rows are the records of a selection.
    pub selected: bool,
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
    /// Why a row did not come to its end, with the name of a selection's record before it.
    #[must_use]
    pub fn why(&self, row: &RowEntry) -> String {
        let columns = || serde_json::from_str::<serde_json::Value>(&row.source).ok();
        let name = columns().filter(|_| self.selected).and_then(|columns| Some(columns["name"].as_str()?.to_owned()));
        match name.filter(|name| !name.is_empty()) {
            Some(name) => format!("{name}: {}", row.outcome),
            None => row.outcome.clone(),
        }
    }

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
