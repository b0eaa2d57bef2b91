use std::sync::Arc;

use rusqlite::{Row, params};

use super::{WriteEnd, WriteEntry};
use crate::store::ready::Ready;
use crate::store::{Store, StoreError};

const COLUMNS: &str = "run, row, step, at_ms, operation, said, account, request, arguments, before, standing, status,
                       record, outcome, undoes, undone_by";
const INSERT: &str = "
    INSERT INTO writes (run, row, step, at_ms, operation, said, account, request, arguments, before, standing, status,
                        record, outcome, undoes, undone_by)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
    ON CONFLICT (run, row, step) DO UPDATE SET request = excluded.request, arguments = excluded.arguments,
        before = coalesce(writes.before, excluded.before), standing = excluded.standing,
        status = NULL, record = NULL, outcome = ''";

impl Store {
    /// Records a write that is about to be sent. When it was sent before, the moment of the first time is kept, so that a
    /// look-up for what it made looks back far enough.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin_write(self: &Arc<Self>, write: WriteEntry) -> Result<(), StoreError> {
        self.change(move |ready| insert(ready, &write).map(|()| 0)).await.map(drop)
    }

    /// Settles a write.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_write(self: &Arc<Self>, run: i64, row: u64, step: usize, end: WriteEnd) -> Result<(), StoreError> {
        self.change(move |ready| settle(ready, (run, row, step), &end).map(|()| 0)).await.map(drop)
    }

    /// The writes of a row, in the order of their steps.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn writes_of(&self, run: i64, row: u64) -> Result<Vec<WriteEntry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM writes WHERE run = ?1 AND row = ?2 ORDER BY step");
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&sql)?;
        let found = statement.query_map(params![run, row.cast_signed()], entry)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The last so many writes, the latest first; those of one run only, when it is named.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn last_writes(&self, run: Option<i64>, most: u32) -> Result<Vec<WriteEntry>, StoreError> {
        self.sort_slips()?;
        let sql = format!(
            "SELECT {COLUMNS} FROM writes WHERE ?1 IS NULL OR run = ?1 ORDER BY run DESC, row DESC, step DESC LIMIT ?2"
        );
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&sql)?;
        let found = statement.query_map(params![run, most], entry)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// What the writes of a run made or changed, as JSON.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn records_of_run(&self, run: i64) -> Result<Vec<String>, StoreError> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT record FROM writes WHERE run = ?1 AND record IS NOT NULL")?;
        let found = statement.query_map([run], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Notes that a write was taken back by another run.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mark_undone(&self, write: &WriteEntry, by: i64) -> Result<(), StoreError> {
        let sql = "UPDATE writes SET undone_by = ?4 WHERE run = ?1 AND row = ?2 AND step = ?3";
        let step = i64::try_from(write.step).unwrap_or(i64::MAX);
        self.lock().execute(sql, params![write.run, write.row.cast_signed(), step, by])?;
        Ok(())
    }
}

pub(super) fn insert(ready: &mut Ready<'_>, write: &WriteEntry) -> rusqlite::Result<()> {
    let w = write;
    let (row, step) = (w.row.cast_signed(), i64::try_from(w.step).unwrap_or(i64::MAX));
    let values = params![
        w.run,
        row,
        step,
        w.at_ms,
        w.operation,
        w.said,
        w.account,
        w.request,
        w.arguments,
        w.before,
        w.standing,
        w.status,
        w.record,
        w.outcome,
        w.undoes,
        w.undone_by
    ];
    ready.statement(INSERT)?.execute(values)?;
    Ok(())
}

/// Settles the write of that run, row and step.
pub(super) fn settle(ready: &mut Ready<'_>, key: (i64, u64, usize), end: &WriteEnd) -> rusqlite::Result<()> {
    let sql = "UPDATE writes SET standing = ?4, status = ?5, record = ?6, outcome = ?7
               WHERE run = ?1 AND row = ?2 AND step = ?3";
    let (run, row, step) = (key.0, key.1.cast_signed(), i64::try_from(key.2).unwrap_or(i64::MAX));
    ready.statement(sql)?.execute(params![run, row, step, end.standing, end.status, end.record, end.outcome])?;
    Ok(())
}

fn entry(row: &Row<'_>) -> rusqlite::Result<WriteEntry> {
    Ok(WriteEntry {
        run: row.get(0)?,
        row: row.get::<_, i64>(1)?.cast_unsigned(),
        step: usize::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
        at_ms: row.get(3)?,
        operation: row.get(4)?,
        said: row.get(5)?,
        account: row.get(6)?,
        request: row.get(7)?,
        arguments: row.get(8)?,
        before: row.get(9)?,
        standing: row.get(10)?,
        status: row.get(11)?,
        record: row.get(12)?,
        outcome: row.get(13)?,
        undoes: row.get(14)?,
        undone_by: row.get(15)?,
    })
}
