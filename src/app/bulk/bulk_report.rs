use serde::Serialize;
use serde_json::{Map, Value};

use super::placing::{BEFORE, records};
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
        let records = records(&columns(row));
        match records.as_slice() {
            [(_, name)] if self.selected && !name.is_empty() => format!("{name}: {}", row.outcome),
            [(_, first), rest @ ..] if self.selected && !rest.is_empty() => {
                format!("{first} and {} more: {}", rest.len(), row.outcome)
            }
            _ => row.outcome.clone(),
        }
    }

    /// The rows that failed as rows of a file, one a record, each with why.
    #[must_use]
    pub fn leftovers(&self) -> Vec<(String, Map<String, Value>)> {
        let mut all = Vec::new();
        for row in &self.failed {
            let mut columns = columns(row);
            if self.selected {
                columns.remove(BEFORE);
            }
            if !columns.contains_key("ids") || !self.selected {
                all.push((row.outcome.clone(), columns));
                continue;
            }
            for (id, name) in records(&columns) {
                let columns = [("id".to_owned(), Value::from(id)), ("name".to_owned(), Value::from(name))];
                all.push((row.outcome.clone(), columns.into_iter().collect()));
            }
        }
        all
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

fn columns(row: &RowEntry) -> Map<String, Value> {
    serde_json::from_str(&row.source).unwrap_or_default()
}
