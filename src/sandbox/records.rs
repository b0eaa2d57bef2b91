use std::path::Path;
use std::time::Duration;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

/// What the sandbox remembers: JSON records in named collections, in the order they were made.
#[derive(Debug)]
pub struct Records {
    db: Connection,
}

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS records (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        location_id TEXT NOT NULL,
        json TEXT NOT NULL,
        UNIQUE (collection, id)
    );
    CREATE INDEX IF NOT EXISTS records_by_collection ON records (collection, seq);";

impl Records {
    /// Opens a file, or memory when there is none.
    ///
    /// # Errors
    /// The file cannot be opened, or is not a `SQLite` file.
    pub fn open(file: Option<&Path>) -> rusqlite::Result<Self> {
        let db = match file {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        db.busy_timeout(Duration::from_secs(5))?;
        db.execute_batch(SCHEMA)?;
        Ok(Self { db })
    }

    /// Whether nothing has been stored yet.
    ///
    /// # Errors
    /// Of the database.
    pub fn is_empty(&self) -> rusqlite::Result<bool> {
        self.db.query_row("SELECT NOT EXISTS (SELECT 1 FROM records)", [], |row| row.get(0))
    }

    /// The record of that id.
    ///
    /// # Errors
    /// Of the database.
    pub fn get(&self, collection: &str, id: &str) -> rusqlite::Result<Option<Value>> {
        self.db
            .prepare_cached("SELECT json FROM records WHERE collection = ?1 AND id = ?2")?
            .query_row(params![collection, id], read)
            .optional()
    }

    /// All records of a collection, oldest first.
    ///
    /// # Errors
    /// Of the database.
    pub fn all(&self, collection: &str) -> rusqlite::Result<Vec<Value>> {
        self.db
            .prepare_cached("SELECT json FROM records WHERE collection = ?1 ORDER BY seq")?
            .query_map([collection], read)?
            .collect()
    }

    /// Stores a record in the place of the one with its id, or as the newest.
    ///
    /// # Errors
    /// Of the database.
    pub fn put(&self, collection: &str, id: &str, account: &str, record: &Value) -> rusqlite::Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO records (collection, id, location_id, json) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (collection, id) DO UPDATE SET location_id = ?3, json = ?4",
            )?
            .execute(params![collection, id, account, record.to_string()])?;
        Ok(())
    }

    /// Forgets a record; tells whether there was one.
    ///
    /// # Errors
    /// Of the database.
    pub fn delete(&self, collection: &str, id: &str) -> rusqlite::Result<bool> {
        let gone = self.db.execute("DELETE FROM records WHERE collection = ?1 AND id = ?2", params![collection, id])?;
        Ok(gone > 0)
    }

    /// Runs `work`; when it fails, nothing of it is kept.
    ///
    /// # Errors
    /// Those of `work` and of the database.
    pub fn atomically<T, E: From<rusqlite::Error>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.db.execute_batch("BEGIN")?;
        let done = work();
        self.db.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Value> {
    let text: String = row.get(0)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keeps_order_and_replaces_in_place() {
        let records = Records::open(None).unwrap();
        assert!(records.is_empty().unwrap());
        for id in ["b", "a"] {
            records.put("things", id, "", &json!({"id": id})).unwrap();
        }
        records.put("things", "b", "", &json!({"id": "b", "new": true})).unwrap();
        assert_eq!(records.all("things").unwrap(), [json!({"id": "b", "new": true}), json!({"id": "a"})]);
        assert!(records.delete("things", "a").unwrap() && !records.delete("things", "a").unwrap());
    }

    #[test]
    fn work_that_fails_leaves_nothing() {
        let records = Records::open(None).unwrap();
        let failed: Result<(), rusqlite::Error> = records.atomically(|| {
            records.put("things", "a", "", &json!({}))?;
            Err(rusqlite::Error::InvalidQuery)
        });
        assert!(failed.is_err() && records.get("things", "a").unwrap().is_none());
    }
}
