use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::{Store, StoreError};

/// Cells that nobody touched for so long are cleared away, in milliseconds.
const OLD_MS: i64 = 3 * 24 * 3600 * 1000;

impl Store {
    /// Changes a named value that all processes of the user share. While `change` looks at the old value (nothing when
    /// there is none) nobody else can; what it makes of it is kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn change_cell<T>(
        &self,
        name: &str,
        now_ms: i64,
        change: impl FnOnce(Option<String>) -> (String, T),
    ) -> Result<T, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let old = transaction
            .prepare_cached("SELECT value FROM cells WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        if old.is_none() {
            transaction.execute("DELETE FROM cells WHERE at_ms < ?1", [now_ms.saturating_sub(OLD_MS)])?;
        }
        let (new, told) = change(old);
        transaction
            .prepare_cached("INSERT OR REPLACE INTO cells (name, at_ms, value) VALUES (?1, ?2, ?3)")?
            .execute(params![name, now_ms, new])?;
        transaction.commit()?;
        Ok(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(store: &Store, name: &str, now_ms: i64) -> usize {
        let count = |old: Option<String>| {
            let next = old.and_then(|o| o.parse().ok()).unwrap_or(0) + 1;
            (next.to_string(), next)
        };
        store.change_cell(name, now_ms, count).expect("changed")
    }

    #[test]
    fn nothing_is_lost_when_several_change_a_cell_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.sqlite");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let store = Store::open(Some(&path)).expect("a store");
                    for _ in 0..50 {
                        add(&store, "count", 1);
                    }
                });
            }
        });
        assert_eq!(add(&Store::open(Some(&path)).expect("a store"), "count", 1), 201);
    }

    #[test]
    fn what_nobody_touched_for_days_is_cleared_away() {
        let store = Store::open(None).expect("a store");
        assert_eq!((add(&store, "old", 0), add(&store, "old", OLD_MS)), (1, 2));
        add(&store, "new", 2 * OLD_MS + 1);
        assert_eq!(add(&store, "old", 2 * OLD_MS + 1), 1);
    }
}
