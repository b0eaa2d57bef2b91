use rusqlite::params;
use serde::Serialize;

use super::{Store, StoreError};

/// One operation that was run. Bodies and credentials are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryEntry {
    /// When, in RFC 3339.
    pub at: String,
    /// What was said, credentials taken out.
    pub text: String,
    /// Name of the operation.
    pub operation: String,
    /// Method and path.
    pub request: String,
    /// Account.
    pub account: String,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// What came of it, in a line.
    pub outcome: String,
}

impl Store {
    /// Adds to the history.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn record(&self, entry: &HistoryEntry) -> Result<(), StoreError> {
        let sql = "INSERT INTO history (at, text, operation, request, account, status, outcome)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let e = entry;
        let values = params![e.at, e.text, e.operation, e.request, e.account, e.status, e.outcome];
        self.lock().execute(sql, values)?;
        Ok(())
    }

    /// The last so many entries, the latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn history(&self, most: u32) -> Result<Vec<HistoryEntry>, StoreError> {
        let connection = self.lock();
        let sql = "SELECT at, text, operation, request, account, status, outcome FROM history
                   ORDER BY id DESC LIMIT ?1";
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map(params![most], |row| {
            Ok(HistoryEntry {
                at: row.get(0)?,
                text: row.get(1)?,
                operation: row.get(2)?,
                request: row.get(3)?,
                account: row.get(4)?,
                status: row.get(5)?,
                outcome: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_comes_first() {
        let store = Store::open(None).expect("a store");
        let entry = |text: &str| HistoryEntry {
            at: "2026-11-20T09:00:00-05:00".into(),
            text: text.into(),
            operation: "x.y".into(),
            request: "POST /x".into(),
            account: "a".into(),
            status: Some(201),
            outcome: "done".into(),
        };
        for text in ["one", "two", "three"] {
            store.record(&entry(text)).expect("kept");
        }
        let last: Vec<String> = store.history(2).expect("read").into_iter().map(|e| e.text).collect();
        assert_eq!(last, ["three", "two"]);
    }
}
