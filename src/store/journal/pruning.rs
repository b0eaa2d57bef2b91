use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::store::{Store, StoreError};

/// What is older is cleared away, in milliseconds.
const OLD_MS: i64 = 30 * 24 * 3600 * 1000;
/// When there are more writes, the oldest runs are cleared away: at the next count, so that there may be some more.
const MOST: i64 = 100_000;
/// Runs of one write between one count and the next: it goes through all writes.
const EVERY: i64 = 10_000;

impl Store {
    /// Whether it is time to look what may be cleared away.
    pub(super) fn is_to_be_pruned(&self, run: i64, many: bool) -> bool {
        !self.was_pruned() || many || run % EVERY == 0
    }

    /// Clears away runs that are older than 30 days, and the oldest when there are more than 100,000 writes. A bulk run
    /// that has rows left keeps its writes as long as it is young: without them what was done would be done again. They
    /// are counted before a run of `many` writes.
    pub(super) fn prune_journal(&self, run: i64, now_ms: i64, many: bool) -> Result<(), StoreError> {
        self.prune_to(run, now_ms, (many || run % EVERY == 0).then_some(MOST))
    }

    /// Runs are numbered in the order in which they began, so that those to clear away are found from either end.
    pub(super) fn prune_to(&self, newest: i64, now_ms: i64, most: Option<i64>) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let old = now_ms.saturating_sub(OLD_MS);
        let young = "SELECT id FROM runs WHERE at_ms >= ?1 ORDER BY id LIMIT 1";
        let young: Option<i64> = connection.query_row(young, [old], |row| row.get(0)).optional()?;
        let old_to = young.unwrap_or(newest) - 1;
        prune_slips(&connection, old, most)?;
        let too_many = "SELECT run FROM writes ORDER BY run DESC, row DESC, step DESC LIMIT 1
                        OFFSET max(?1 - (SELECT coalesce(sum(begun), 0) FROM slips), 0)";
        let many_to: Option<i64> = match most {
            Some(most) => connection.query_row(too_many, [most], |row| row.get(0)).optional()?,
            None => None,
        };
        let first = connection.query_row("SELECT min(id) FROM runs", [], |row| row.get::<_, Option<i64>>(0))?;
        let last = old_to.max(many_to.unwrap_or(old_to));
        if first.is_none_or(|first| first > last) {
            return Ok(());
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let gone = "
            DELETE FROM runs WHERE id <= ?2 AND id <> ?3 AND (id <= ?1 OR NOT EXISTS (
                SELECT 1 FROM run_rows WHERE run_rows.run = runs.id AND standing IN ('waiting', 'unknown')))";
        transaction.execute(gone, params![old_to, last, newest])?;
        for table in ["writes", "run_rows"] {
            let left = "SELECT id FROM runs WHERE id <= ?1";
            transaction.execute(&format!("DELETE FROM {table} WHERE run <= ?1 AND run NOT IN ({left})"), [last])?;
        }
        Ok(transaction.commit()?)
    }
}

/// The same for what is not sorted into the tables yet: what is in there already is older. The last slips stay, as they tell
/// the number of the newest run.
fn prune_slips(connection: &Connection, old: i64, most: Option<i64>) -> rusqlite::Result<()> {
    let gone = "DELETE FROM slips WHERE at_ms < ?1 AND id < (SELECT max(id) FROM slips)";
    connection.execute(gone, [old])?;
    let Some(most) = most else { return Ok(()) };
    let too_many = "DELETE FROM slips WHERE id < (SELECT max(id) FROM slips) AND id IN (
        SELECT id FROM (SELECT id, sum(begun) OVER (ORDER BY id DESC) AS since FROM slips) WHERE since > ?1)";
    connection.execute(too_many, [most]).map(drop)
}
