use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;
use super::together::Together;

/// The layout of the tables, one step after another; what is written here is never changed, only added to. A file that
/// went through more steps was made by a newer version and is left alone.
const STEPS: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS names (
        service TEXT NOT NULL, account TEXT NOT NULL, resource TEXT NOT NULL, query TEXT NOT NULL,
        at_ms INTEGER NOT NULL, payload TEXT NOT NULL,
        PRIMARY KEY (service, account, resource, query)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS history (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, text TEXT NOT NULL, operation TEXT NOT NULL,
        request TEXT NOT NULL, account TEXT NOT NULL, status INTEGER, outcome TEXT NOT NULL
    );",
    "CREATE TABLE cells (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;",
    // The history kept no request and no state; nothing showed it.
    "DROP TABLE history;
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, said TEXT NOT NULL, base TEXT NOT NULL,
        settings TEXT
    );
    CREATE TABLE run_rows (
        run INTEGER NOT NULL, row INTEGER NOT NULL, source TEXT NOT NULL, standing TEXT NOT NULL, outcome TEXT NOT NULL,
        PRIMARY KEY (run, row)
    ) WITHOUT ROWID;
    CREATE INDEX run_rows_by_standing ON run_rows (run, standing, row);
    CREATE TABLE writes (
        run INTEGER NOT NULL, row INTEGER NOT NULL, step INTEGER NOT NULL, at_ms INTEGER NOT NULL,
        operation TEXT NOT NULL, said TEXT NOT NULL, account TEXT NOT NULL, request TEXT NOT NULL,
        arguments TEXT NOT NULL, before TEXT, standing TEXT NOT NULL, status INTEGER, record TEXT,
        outcome TEXT NOT NULL, undoes INTEGER, undone_by INTEGER,
        PRIMARY KEY (run, row, step)
    ) WITHOUT ROWID;",
    // The newest run is never cleared away, so that its number tells the next one: to keep count of them beside cost every
    // write a tenth of what the journal takes.
    "CREATE TABLE counted_runs (
        id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, said TEXT NOT NULL, base TEXT NOT NULL, settings TEXT
    );
    INSERT INTO counted_runs SELECT id, at_ms, said, base, settings FROM runs;
    DROP TABLE runs;
    ALTER TABLE counted_runs RENAME TO runs;",
    // What single commands write down, as it comes: how many runs begin in it, and which was the newest.
    "CREATE TABLE slips (
        id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, begun INTEGER NOT NULL, last_run INTEGER NOT NULL, notes BLOB NOT NULL
    );",
];

/// Statements that are kept ready: as many as there are.
const STATEMENTS: usize = 32;
/// How long another process is waited for.
const BUSY: Duration = Duration::from_secs(20);

/// The store. Calls are short; several threads take turns, several processes wait for each other.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
    /// A second connection, for reads that would have to wait for what is being written; opened at the first of them.
    beside: OnceLock<Option<Mutex<Connection>>>,
    path: Option<PathBuf>,
    /// Whether the journal was pruned since the store was opened.
    pruned: AtomicBool,
    pub(super) together: Together,
}

impl Store {
    /// Opens the file, making it and its folder when they are not there; without a path everything is kept in memory.
    ///
    /// # Errors
    /// When the file cannot be made or used, or was made by a newer version.
    pub fn open(path: Option<&Path>) -> Result<Self, StoreError> {
        let mut connection = match path {
            None => Connection::open_in_memory()?,
            Some(path) => {
                make_private(path).map_err(|source| StoreError::File { path: path.display().to_string(), source })?;
                Connection::open(path)?
            }
        };
        connection.busy_timeout(BUSY)?;
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        // Nothing is lost when the process ends; only when the machine does, the last moments may be.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        lay_out(&mut connection)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self {
            connection: Mutex::new(connection),
            beside: OnceLock::new(),
            path: path.map(Path::to_owned),
            pruned: AtomicBool::new(false),
            together: Together::default(),
        })
    }

    /// A connection that only reads. Whoever asks is about to send something, and does not wait until what others do is
    /// written down: what was kept before is seen, and what is not kept yet is not.
    pub(super) fn reading(&self) -> MutexGuard<'_, Connection> {
        if self.beside.get().is_none() {
            match self.connection.try_lock() {
                Ok(connection) => return connection,
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        let beside = self.beside.get_or_init(|| {
            let path = self.path.as_deref()?;
            beside(path).inspect_err(|error| tracing::debug!(%error, "no second connection")).ok().map(Mutex::new)
        });
        match beside {
            Some(connection) => connection.lock().unwrap_or_else(PoisonError::into_inner),
            None => self.lock(),
        }
    }

    /// The file; nothing when everything is kept in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether this was asked before.
    pub(super) fn was_pruned(&self) -> bool {
        self.pruned.swap(true, Ordering::Relaxed)
    }

    /// A thread that panicked while holding the connection left no transaction behind, so the next one may go on.
    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn beside(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Several processes may open a new file at once: each looks again once it is alone with it.
fn lay_out(connection: &mut Connection) -> Result<(), StoreError> {
    let layout = |connection: &Connection| -> rusqlite::Result<i64> {
        connection.query_row("PRAGMA user_version", [], |row| row.get(0))
    };
    let whole = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let found = layout(connection)?;
    if found == whole {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = layout(&transaction)?;
    if found > whole {
        return Err(StoreError::Newer(found));
    }
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", whole)?;
    Ok(transaction.commit()?)
}

/// The file holds names of people, or tokens: nobody else on the machine may read it.
pub(super) fn make_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::NewRun;

    #[test]
    fn runs_of_an_older_file_are_kept_and_counted_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.sqlite");
        let older = Connection::open(&path).expect("a file");
        older.execute_batch(&STEPS[..3].concat()).expect("laid out");
        older.execute("INSERT INTO runs (id, at_ms, said, base) VALUES (41, 5, 'paint it', 'x')", []).expect("kept");
        older.pragma_update(None, "user_version", 3).expect("said");
        drop(older);
        let store = Store::open(Some(&path)).expect("a store");
        let run = store.run(41).expect("read").expect("there");
        assert_eq!((run.at_ms, run.said.as_str(), run.base.as_str(), run.settings), (5, "paint it", "x", None));
        let next = NewRun { at_ms: 6, said: "", base: "", settings: None };
        assert_eq!(store.begin_run(&next).expect("begun"), 42);
    }
}
