use rusqlite::{TransactionBehavior, params};

use crate::store::{Store, StoreError};

/// What is older is cleared away, in milliseconds.
const OLD_MS: i64 = 30 * 24 * 3600 * 1000;
/// When there are more writes, the oldest runs are cleared away: at the next look, so that there may be some more.
const MOST: i64 = 100_000;
/// Runs between one look and the next.
const EVERY: i64 = 5_000;

impl Store {
    /// Whether it is time to look what may be cleared away.
    pub(super) fn is_to_be_pruned(&self, run: i64) -> bool {
        !self.was_pruned() || run % EVERY == 0
    }

    /// Clears away runs that are older than 30 days, and the oldest when there are more than 100,000 writes. A bulk run
    /// that has rows left keeps its writes as long as it is young: without them what was done would be done again.
    pub(super) fn prune_journal(&self, run: i64, now_ms: i64) -> Result<(), StoreError> {
        self.prune_to(run, now_ms, MOST)
    }

    pub(super) fn prune_to(&self, newest: i64, now_ms: i64, most: i64) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let old = now_ms.saturating_sub(OLD_MS);
        transaction.execute("DELETE FROM runs WHERE at_ms < ?1 AND id <> ?2", params![old, newest])?;
        let too_many = "
            WITH sized AS (SELECT run, COUNT(*) AS size FROM writes GROUP BY run),
                 summed AS (SELECT run, SUM(size) OVER (ORDER BY run DESC) AS total FROM sized)
            DELETE FROM runs WHERE id IN (SELECT run FROM summed WHERE total > ?1) AND id <> ?2 AND NOT EXISTS (
                SELECT 1 FROM run_rows WHERE run_rows.run = runs.id AND standing IN ('waiting', 'unknown'))";
        transaction.execute(too_many, params![most, newest])?;
        for table in ["writes", "run_rows"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE run NOT IN (SELECT id FROM runs)"), [])?;
        }
        Ok(transaction.commit()?)
    }
}
