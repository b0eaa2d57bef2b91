use rusqlite::{TransactionBehavior, params};

use super::{RowEntry, Standing, Tally};
use crate::store::{Store, StoreError};

impl Store {
    /// Adds the rows of a bulk run, all of them or none: number and columns of each.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_rows(&self, run: i64, rows: impl Iterator<Item = (u64, String)>) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let sql = "INSERT INTO run_rows (run, row, source, standing, outcome) VALUES (?1, ?2, ?3, ?4, '')";
            let mut statement = transaction.prepare(sql)?;
            for (row, source) in rows {
                statement.execute(params![run, row.cast_signed(), source, Standing::Waiting])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// The next rows of a run after one of them that stand so, in the order of their numbers.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn rows(
        &self,
        run: i64,
        standing: Standing,
        after: Option<u64>,
        most: u32,
    ) -> Result<Vec<RowEntry>, StoreError> {
        let sql = "SELECT row, source, standing, outcome FROM run_rows
                   WHERE run = ?1 AND standing = ?2 AND row > ?3 ORDER BY row LIMIT ?4";
        let connection = self.lock();
        let mut statement = connection.prepare_cached(sql)?;
        let after = after.map_or(-1, u64::cast_signed);
        let found = statement.query_map(params![run, standing, after, most], |row| {
            Ok(RowEntry {
                row: row.get::<_, i64>(0)?.cast_unsigned(),
                source: row.get(1)?,
                standing: row.get(2)?,
                outcome: row.get(3)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Notes how a row stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn settle_row(&self, run: i64, row: u64, standing: Standing, outcome: &str) -> Result<(), StoreError> {
        let sql = "UPDATE run_rows SET standing = ?3, outcome = ?4 WHERE run = ?1 AND row = ?2";
        let connection = self.lock();
        connection.prepare_cached(sql)?.execute(params![run, row.cast_signed(), standing, outcome])?;
        Ok(())
    }

    /// How many rows of a run stand how.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn tally(&self, run: i64) -> Result<Tally, StoreError> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT standing, COUNT(*) FROM run_rows WHERE run = ?1 GROUP BY standing")?;
        let mut found = statement.query([run])?;
        let mut tally = Tally::default();
        while let Some(row) = found.next()? {
            let count = row.get::<_, i64>(1)?.cast_unsigned();
            match row.get(0)? {
                Standing::Waiting | Standing::Sent => tally.waiting += count,
                Standing::Done => tally.done += count,
                Standing::Failed => tally.failed += count,
                Standing::Unknown => tally.unknown += count,
            }
        }
        Ok(tally)
    }
}
