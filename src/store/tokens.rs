use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};

use super::StoreError;
use super::store_type::make_private;

const LAYOUT: i64 = 1;
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS grants (
        profile TEXT NOT NULL, service TEXT NOT NULL, account TEXT NOT NULL,
        origin TEXT NOT NULL, access TEXT NOT NULL, refresh TEXT NOT NULL, expires_ms INTEGER NOT NULL,
        kind TEXT NOT NULL, scopes TEXT NOT NULL, context TEXT NOT NULL, refused TEXT NOT NULL,
        PRIMARY KEY (profile, service, account)
    ) WITHOUT ROWID;
";

/// Tokens of logins, in a file of their own that nobody else may read.
#[derive(Debug, Clone)]
pub struct Tokens {
    file: PathBuf,
}

/// What a login brought, or an account's token that was given for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    /// The one origin that its tokens may be sent to.
    pub origin: String,
    /// The access token.
    pub access: String,
    /// The refresh token; empty when there is none. It is good for one use.
    pub refresh: String,
    /// When the access token expires, in milliseconds since 1970.
    pub expires_ms: i64,
    /// Its kind, as the catalog names kinds.
    pub kind: String,
    /// Scopes that were given, separated by spaces; empty when nothing was told.
    pub scopes: String,
    /// Context values that came along, as a JSON object.
    pub context: String,
    /// Why the service does not renew it any more; empty while it does.
    pub refused: String,
}

impl std::fmt::Debug for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Grant")
            .field("origin", &self.origin)
            .field("expires_ms", &self.expires_ms)
            .finish_non_exhaustive()
    }
}

/// Whose grant it is: profile, service, and the account when it is of one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantKey<'a> {
    /// Profile.
    pub profile: &'a str,
    /// Service.
    pub service: &'a str,
    /// Account; empty for that of the login itself.
    pub account: &'a str,
}

/// The turn of one process: nobody else can change a grant before it is over. A process that dies gives its turn back.
#[derive(Debug)]
pub struct Turn {
    connection: Connection,
}

impl Tokens {
    /// Those of a file, which is made when something is first put into it.
    pub fn at(file: impl Into<PathBuf>) -> Self {
        Self { file: file.into() }
    }

    /// A grant.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn grant(&self, key: GrantKey<'_>) -> Result<Option<Grant>, StoreError> {
        if !self.file.exists() {
            return Ok(None);
        }
        read(&open(&self.file)?, key)
    }

    /// The turn to change grants; nothing while another process has it.
    ///
    /// # Errors
    /// When the file cannot be made or used.
    pub fn turn(&self) -> Result<Option<Turn>, StoreError> {
        let connection = open(&self.file)?;
        connection.busy_timeout(Duration::ZERO)?;
        match connection.execute_batch("BEGIN IMMEDIATE") {
            Ok(()) => {
                connection.busy_timeout(Duration::from_secs(5))?;
                Ok(Some(Turn { connection }))
            }
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets every grant of a profile; how many there were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget(&self, profile: &str) -> Result<usize, StoreError> {
        if !self.file.exists() {
            return Ok(0);
        }
        Ok(open(&self.file)?.execute("DELETE FROM grants WHERE profile = ?1", params![profile])?)
    }
}

impl Turn {
    /// A grant, as nobody else can change it now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn grant(&self, key: GrantKey<'_>) -> Result<Option<Grant>, StoreError> {
        read(&self.connection, key)
    }

    /// Puts a grant in the place of the one before. It is on the disk once the turn is over.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put(&self, key: GrantKey<'_>, grant: &Grant) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO grants
                   (profile, service, account, origin, access, refresh, expires_ms, kind, scopes, context, refused)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let g = grant;
        let values = params![
            key.profile,
            key.service,
            key.account,
            g.origin,
            g.access,
            g.refresh,
            g.expires_ms,
            g.kind,
            g.scopes,
            g.context,
            g.refused
        ];
        self.connection.execute(sql, values)?;
        Ok(())
    }

    /// Drops the tokens of accounts that were given for a login: another login gives its own.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn drop_accounts(&self, profile: &str, service: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM grants WHERE profile = ?1 AND service = ?2 AND account <> ''";
        self.connection.execute(sql, params![profile, service])?;
        Ok(())
    }

    /// Ends the turn: what was put is on the disk when this returns. Without it nothing is changed.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end(self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("COMMIT")?)
    }
}

fn read(connection: &Connection, key: GrantKey<'_>) -> Result<Option<Grant>, StoreError> {
    let sql = "SELECT origin, access, refresh, expires_ms, kind, scopes, context, refused FROM grants
               WHERE profile = ?1 AND service = ?2 AND account = ?3";
    let found = connection.query_row(sql, params![key.profile, key.service, key.account], |row| {
        Ok(Grant {
            origin: row.get(0)?,
            access: row.get(1)?,
            refresh: row.get(2)?,
            expires_ms: row.get(3)?,
            kind: row.get(4)?,
            scopes: row.get(5)?,
            context: row.get(6)?,
            refused: row.get(7)?,
        })
    });
    Ok(found.optional()?)
}

fn open(file: &Path) -> Result<Connection, StoreError> {
    make_private(file).map_err(|source| StoreError::File { path: file.display().to_string(), source })?;
    let connection = Connection::open(file)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    // What is deleted is overwritten, and a commit is on the disk before it returns.
    connection.execute_batch("PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;")?;
    let layout: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if layout > LAYOUT {
        return Err(StoreError::Newer(layout));
    }
    if layout < LAYOUT {
        connection.execute_batch(TABLES)?;
        connection.pragma_update(None, "user_version", LAYOUT)?;
    }
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: GrantKey<'static> = GrantKey { profile: "p", service: "s", account: "" };

    fn grant(access: &str) -> Grant {
        Grant {
            origin: "https://a.test".into(),
            access: access.into(),
            refresh: "r".into(),
            expires_ms: 5,
            kind: "any".into(),
            scopes: String::new(),
            context: "{}".into(),
            refused: String::new(),
        }
    }

    fn put(tokens: &Tokens, access: &str) {
        let turn = tokens.turn().expect("a file").expect("nobody else");
        turn.put(KEY, &grant(access)).expect("put");
        turn.end().expect("kept");
    }

    #[test]
    fn only_one_has_the_turn_and_one_that_is_dropped_changed_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let tokens = Tokens::at(folder.path().join("deep/tokens.sqlite"));
        assert_eq!(tokens.grant(KEY).expect("read"), None);
        put(&tokens, "one");
        let turn = tokens.turn().expect("a file").expect("nobody else");
        assert!(tokens.turn().expect("a file").is_none(), "the turn is taken");
        turn.put(KEY, &grant("two")).expect("put");
        assert_eq!(tokens.grant(KEY).expect("read").expect("there").access, "one", "readers go on");
        drop(turn);
        assert_eq!(tokens.grant(KEY).expect("read").expect("there").access, "one");
        put(&tokens, "three");
        assert_eq!(tokens.grant(KEY).expect("read").expect("there").access, "three");
        assert_eq!(tokens.forget("p").expect("forgotten"), 1);
        assert_eq!(tokens.grant(KEY).expect("read"), None);
        let bytes = std::fs::read(folder.path().join("deep/tokens.sqlite")).expect("the file");
        assert!(!bytes.windows(5).any(|w| w == b"three"), "what was forgotten is overwritten");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tokens.sqlite");
        put(&Tokens::at(&file), "one");
        assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    }
}
