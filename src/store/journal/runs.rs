use rusqlite::{OptionalExtension, Row, TransactionBehavior, params};

use super::slips::{newest_run, sort};
use super::{NewRun, RunEntry};
use crate::store::ready::Ready;
use crate::store::{Store, StoreError};

const COLUMNS: &str = "id, at_ms, said, base, settings";

impl Store {
    /// Begins a run; its number. What is too old is cleared away.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn begin_run(&self, run: &NewRun<'_>) -> Result<i64, StoreError> {
        let id = self.next_run(run)?;
        let many = run.settings.is_some();
        if self.is_to_be_pruned(id, many) {
            self.prune_journal(id, run.at_ms, many)?;
        }
        Ok(id)
    }

    fn next_run(&self, run: &NewRun<'_>) -> Result<i64, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // What is in the tables is older than what is on slips.
        sort(&transaction)?;
        let id = {
            let mut ready = Ready::new(&transaction);
            let id = newest_run(&mut ready)? + 1;
            insert_run(&mut ready, id, run)?;
            id
        };
        transaction.commit()?;
        Ok(id)
    }

    /// A run.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn run(&self, id: i64) -> Result<Option<RunEntry>, StoreError> {
        self.sort_slips()?;
        let sql = format!("SELECT {COLUMNS} FROM runs WHERE id = ?1");
        Ok(self.lock().query_row(&sql, [id], entry).optional()?)
    }

    /// The bulk runs that have rows which were not done, or of which nobody knows, the latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn unfinished_runs(&self) -> Result<Vec<RunEntry>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM runs WHERE settings IS NOT NULL AND EXISTS (
                 SELECT 1 FROM run_rows WHERE run_rows.run = runs.id AND standing IN ('waiting', 'unknown')
             ) ORDER BY id DESC"
        );
        let connection = self.lock();
        let mut statement = connection.prepare(&sql)?;
        let found = statement.query_map([], entry)?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

pub(super) fn insert_run(ready: &mut Ready<'_>, id: i64, run: &NewRun<'_>) -> rusqlite::Result<()> {
    let sql = "INSERT INTO runs (id, at_ms, said, base, settings) VALUES (?1, ?2, ?3, ?4, ?5)";
    ready.statement(sql)?.execute(params![id, run.at_ms, run.said, run.base, run.settings]).map(drop)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<RunEntry> {
    Ok(RunEntry { id: row.get(0)?, at_ms: row.get(1)?, said: row.get(2)?, base: row.get(3)?, settings: row.get(4)? })
}
