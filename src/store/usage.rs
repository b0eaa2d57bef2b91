use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::store_type::make_private;

/// How many requests were sent on which day, counted over all processes.
#[derive(Debug)]
pub struct Usage {
    connection: Mutex<Connection>,
}

impl Usage {
    /// Opens the file, making it when it is not there.
    ///
    /// # Errors
    /// When it cannot be made or used.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        make_private(file).map_err(|source| StoreError::File { path: file.display().to_string(), source })?;
        let connection = Connection::open(file)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS used (
                 profile TEXT NOT NULL, day INTEGER NOT NULL, requests INTEGER NOT NULL, PRIMARY KEY (profile, day)
             ) WITHOUT ROWID",
        )?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Counts one request of a profile on a day, unless `most` were counted already; whether it was counted.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn count(&self, profile: &str, day: i64, most: u64) -> Result<bool, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        if most == 0 {
            return Ok(false);
        }
        let sql = "INSERT INTO used (profile, day, requests) VALUES (?1, ?2, 1)
                   ON CONFLICT (profile, day) DO UPDATE SET requests = requests + 1 WHERE requests < ?3
                   RETURNING requests";
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let counted: Option<i64> =
            connection.prepare_cached(sql)?.query_row(params![profile, day, most], |row| row.get(0)).optional()?;
        Ok(counted.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_holds_no_more_than_its_cap_over_all_processes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("usage.sqlite");
        let (one, two) = (Usage::open(&file).expect("a file"), Usage::open(&file).expect("the same"));
        let counted: Vec<bool> =
            [&one, &two, &one, &two].iter().map(|u| u.count("p", 1, 3).expect("counted")).collect();
        assert_eq!(counted, [true, true, true, false]);
        assert!(one.count("p", 2, 3).expect("counted"), "the next day");
        assert!(one.count("q", 1, 3).expect("counted"), "another profile");
        assert!(!one.count("q", 9, 0).expect("counted"), "nothing at all");
    }
}
