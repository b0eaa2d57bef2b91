use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::runs::insert_run;
use super::writes::{insert, settle};
use super::{NewRun, Standing, WriteEnd, WriteEntry};
use crate::store::ready::Ready;
use crate::store::{Store, StoreError};

/// The number of the newest run, wherever it is written down. Runs are numbered in the order in which they begin, so that
/// the last slips know it, or the table does.
const NEWEST: &str = "SELECT max(coalesce((SELECT max(id) FROM runs), 0),
                                 coalesce((SELECT last_run FROM slips ORDER BY id DESC LIMIT 1), 0))";

/// Something to be written down of a run that is one command.
///
/// To put each write into its place in the tables, and to change it there when it is settled, costs more than all that comes
/// before and after it. Slips are kept as they come, those of one transaction in one row, and sorted into the tables when
/// somebody looks.
#[derive(Debug)]
pub(in crate::store) struct Slip {
    /// The run; without a number it begins here.
    run: Option<i64>,
    /// When it was written, in milliseconds since 1970.
    at_ms: i64,
    note: Vec<u8>,
}

/// What stands on a slip. The way in which it is kept is part of the layout of the tables: what is said here is never
/// changed.
#[derive(Debug, Serialize, Deserialize)]
enum Note {
    /// A run begins, with the address that its requests go to and its first write.
    Begun(String, Kept),
    /// Another write of it is about to be sent.
    Next(Kept),
    /// A write is settled: its step, and what came of it.
    Ended(usize, WriteEnd),
}

/// What is kept of a write that is about to be sent.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    step: usize,
    at_ms: i64,
    operation: String,
    said: String,
    account: String,
    request: String,
    arguments: String,
    before: Option<String>,
}

/// The slips of one transaction.
#[derive(Debug, Default)]
pub(in crate::store) struct Batch {
    /// The newest run, once it was asked for.
    newest: Option<i64>,
    begun: i64,
    at_ms: i64,
    notes: Vec<u8>,
}

impl Slip {
    /// A run begins with its first write.
    fn begun(base: String, write: WriteEntry) -> Self {
        let at_ms = write.at_ms;
        Self::new(None, at_ms, &Note::Begun(base, Kept::of(write)))
    }

    fn new(run: Option<i64>, at_ms: i64, note: &Note) -> Self {
        // Memory takes what is told, whatever it is.
        Self { run, at_ms, note: postcard::to_allocvec(note).unwrap_or_default() }
    }
}

impl Kept {
    fn of(write: WriteEntry) -> Self {
        let WriteEntry { step, at_ms, operation, said, account, request, arguments, before, .. } = write;
        Self { step, at_ms, operation, said, account, request, arguments, before }
    }

    fn sent_in(self, run: i64) -> WriteEntry {
        let Self { step, at_ms, operation, said, account, request, arguments, before } = self;
        WriteEntry {
            run,
            row: 0,
            step,
            at_ms,
            operation,
            said,
            account,
            request,
            arguments,
            before,
            standing: Standing::Sent,
            status: None,
            record: None,
            outcome: String::new(),
            undoes: None,
            undone_by: None,
        }
    }
}

impl Batch {
    /// Takes a slip in; the run that it is about.
    pub(in crate::store) fn add(&mut self, slip: &Slip, ready: &mut Ready<'_>) -> rusqlite::Result<i64> {
        let run = if let Some(run) = slip.run {
            run
        } else {
            self.begun += 1;
            let run = self.newest(ready)? + 1;
            *self.newest.insert(run)
        };
        self.at_ms = self.at_ms.max(slip.at_ms);
        self.notes.extend(run.to_le_bytes());
        self.notes.extend(&slip.note);
        Ok(run)
    }

    /// Writes down what was taken in.
    pub(in crate::store) fn keep(mut self, ready: &mut Ready<'_>) -> rusqlite::Result<()> {
        if self.notes.is_empty() {
            return Ok(());
        }
        let newest = self.newest(ready)?;
        let sql = "INSERT INTO slips (at_ms, begun, last_run, notes) VALUES (?1, ?2, ?3, ?4)";
        ready.statement(sql)?.execute(params![self.at_ms, self.begun, newest, self.notes]).map(drop)
    }

    fn newest(&mut self, ready: &mut Ready<'_>) -> rusqlite::Result<i64> {
        if let Some(newest) = self.newest {
            return Ok(newest);
        }
        let newest = newest_run(ready)?;
        Ok(*self.newest.insert(newest))
    }
}

/// The number of the newest run, 0 before the first.
pub(super) fn newest_run(ready: &mut Ready<'_>) -> rusqlite::Result<i64> {
    ready.statement(NEWEST)?.query_row([], |row| row.get(0))
}

impl Store {
    /// Begins a run of one command with a write that is about to be sent: both or neither. `base` is the address that
    /// requests go to in the place of the service's own; empty when there is none. The number of the run.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin_single(self: &Arc<Self>, base: String, write: WriteEntry) -> Result<i64, StoreError> {
        let at_ms = write.at_ms;
        let run = self.write_down(Slip::begun(base, write)).await?;
        if self.is_to_be_pruned(run, false) {
            let store = Arc::clone(self);
            let pruned = tokio::task::spawn_blocking(move || store.prune_journal(run, at_ms, false)).await;
            pruned.unwrap_or(Err(StoreError::Ended))?;
        }
        Ok(run)
    }

    /// Records another write of such a run that is about to be sent.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn go_on_single(self: &Arc<Self>, write: WriteEntry) -> Result<(), StoreError> {
        let (run, at_ms) = (write.run, write.at_ms);
        self.write_down(Slip::new(Some(run), at_ms, &Note::Next(Kept::of(write)))).await.map(drop)
    }

    /// Settles a write of such a run.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_single(
        self: &Arc<Self>,
        run: i64,
        step: usize,
        at_ms: i64,
        end: WriteEnd,
    ) -> Result<(), StoreError> {
        self.write_down(Slip::new(Some(run), at_ms, &Note::Ended(step, end))).await.map(drop)
    }

    /// Sorts all slips into the tables.
    pub(super) fn sort_slips(&self) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let there = "SELECT EXISTS (SELECT 1 FROM slips)";
        if !connection.prepare_cached(there)?.query_row([], |row| row.get::<_, bool>(0))? {
            return Ok(());
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        sort(&transaction)?;
        Ok(transaction.commit()?)
    }
}

/// Sorts all slips into the tables, as part of a transaction.
pub(super) fn sort(connection: &Connection) -> rusqlite::Result<()> {
    let mut ready = Ready::new(connection);
    // A write goes to its place when it is settled, so that it has to be put there once.
    let mut open = HashMap::new();
    let mut last = i64::MIN;
    loop {
        let sql = "SELECT id, notes FROM slips WHERE id > ?1 ORDER BY id LIMIT 1";
        let next = ready.statement(sql)?.query_row([last], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)));
        let Some((id, notes)) = next.optional()? else { break };
        last = id;
        let mut rest = notes.as_slice();
        while let Some((run, note)) = take(&mut rest) {
            match note {
                Note::Begun(base, write) => {
                    let new = NewRun { at_ms: write.at_ms, said: &write.said, base: &base, settings: None };
                    insert_run(&mut ready, run, &new)?;
                    open.insert((run, write.step), write.sent_in(run));
                }
                Note::Next(write) => drop(open.insert((run, write.step), write.sent_in(run))),
                Note::Ended(step, WriteEnd { standing, status, record, outcome }) => match open.remove(&(run, step)) {
                    Some(write) => insert(&mut ready, &WriteEntry { standing, status, record, outcome, ..write })?,
                    None => settle(&mut ready, (run, 0, step), &WriteEnd { standing, status, record, outcome })?,
                },
            }
        }
    }
    for write in open.values() {
        insert(&mut ready, write)?;
    }
    ready.statement("DELETE FROM slips WHERE id <= ?1")?.execute([last]).map(drop)
}

/// The next note, with the run that it is about.
fn take(rest: &mut &[u8]) -> Option<(i64, Note)> {
    let (run, after) = rest.split_first_chunk()?;
    match postcard::take_from_bytes(after) {
        Ok((note, after)) => {
            *rest = after;
            Some((i64::from_le_bytes(*run), note))
        }
        Err(error) => {
            tracing::warn!(%error, "a part of the journal cannot be read");
            None
        }
    }
}
