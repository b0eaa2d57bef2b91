use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError};

/// What a look-up was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameKey<'a> {
    /// Service.
    pub service: &'a str,
    /// Address and account, so that neither the sandbox nor another account answers for this one.
    pub account: &'a str,
    /// Kind of record.
    pub resource: &'a str,
    /// What was searched for; empty when everything was listed.
    pub query: &'a str,
}

impl NameKey<'_> {
    /// The kind of record that it is about, with whose it is.
    #[must_use]
    pub fn kind(&self) -> String {
        [self.service, "\n", self.account, "\n", self.resource].concat()
    }
}

impl Store {
    /// What a look-up found, unless that is older than `oldest_ms` (milliseconds since 1970).
    ///
    /// # Errors
    /// When the database refuses.
    pub fn names(&self, key: &NameKey, oldest_ms: i64) -> Result<Option<String>, StoreError> {
        let sql = "SELECT payload FROM names
                   WHERE service = ?1 AND account = ?2 AND resource = ?3 AND query = ?4 AND at_ms >= ?5";
        let values = params![key.service, key.account, key.resource, key.query, oldest_ms];
        Ok(self.reading().prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?)
    }

    /// Keeps what a look-up found at `now_ms`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep_names(&self, key: &NameKey, payload: &str, now_ms: i64) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO names (service, account, resource, query, at_ms, payload)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let values = params![key.service, key.account, key.resource, key.query, now_ms, payload];
        self.lock().prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Forgets all names of a kind of record in an account, because something wrote to it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget_names(&self, service: &str, account: &str, resource: &str) -> Result<(), StoreError> {
        Ok(forget(&self.lock(), service, account, resource)?)
    }
}

pub(super) fn forget(
    connection: &Connection,
    service: &str,
    account: &str,
    resource: &str,
) -> Result<(), rusqlite::Error> {
    let sql = "DELETE FROM names WHERE service = ?1 AND account = ?2 AND resource = ?3";
    connection.prepare_cached(sql)?.execute(params![service, account, resource])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: NameKey<'static> = NameKey { service: "s", account: "a", resource: "tag", query: "" };

    #[test]
    fn names_are_believed_for_a_while() {
        let store = Store::open(None).expect("a store");
        store.keep_names(&KEY, "[1]", 1_000).expect("kept");
        assert_eq!(store.names(&KEY, 1_000).expect("read").as_deref(), Some("[1]"));
        assert_eq!(store.names(&KEY, 1_001).expect("read"), None);
        let other = NameKey { account: "b", ..KEY };
        assert_eq!(store.names(&other, 0).expect("read"), None);
    }

    #[test]
    fn a_write_forgets_every_query_of_its_kind() {
        let store = Store::open(None).expect("a store");
        store.keep_names(&KEY, "[1]", 1).expect("kept");
        store.keep_names(&NameKey { query: "vip", ..KEY }, "[2]", 1).expect("kept");
        store.keep_names(&NameKey { resource: "user", ..KEY }, "[3]", 1).expect("kept");
        store.forget_names("s", "a", "tag").expect("forgotten");
        assert_eq!(store.names(&NameKey { query: "vip", ..KEY }, 0).expect("read"), None);
        assert_eq!(store.names(&KEY, 0).expect("read"), None);
        assert!(store.names(&NameKey { resource: "user", ..KEY }, 0).expect("read").is_some());
    }

    #[test]
    fn two_processes_share_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/er/store.sqlite");
        let one = Store::open(Some(&path)).expect("a store");
        let two = Store::open(Some(&path)).expect("the same");
        one.keep_names(&KEY, "[1]", 1).expect("kept");
        assert_eq!(two.names(&KEY, 0).expect("read").as_deref(), Some("[1]"));
    }

    #[test]
    fn names_are_read_while_something_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(Some(&folder.path().join("store.sqlite"))).expect("a store");
        store.keep_names(&KEY, "[1]", 1).expect("kept");
        let mut writing = store.lock();
        let transaction = writing.transaction().expect("begun");
        forget(&transaction, "s", "a", "tag").expect("forgotten");
        assert_eq!(store.names(&KEY, 0).expect("read").as_deref(), Some("[1]"), "it is not kept yet");
        transaction.commit().expect("kept");
        drop(writing);
        assert_eq!(store.names(&KEY, 0).expect("read"), None);
    }

    #[test]
    fn a_newer_layout_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.sqlite");
        drop(Store::open(Some(&path)).expect("a store"));
        let raw = rusqlite::Connection::open(&path).expect("the file");
        raw.pragma_update(None, "user_version", 99).expect("written");
        drop(raw);
        assert!(matches!(Store::open(Some(&path)), Err(StoreError::Newer(99))));
    }
}
