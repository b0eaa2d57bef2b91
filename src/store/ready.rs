use rusqlite::{CachedStatement, Connection, Statement};

/// The statements of a transaction. To find one among all that are kept ready costs a fifth of what it does, so each is
/// found once, however many changes it makes.
pub(super) struct Ready<'c> {
    connection: &'c Connection,
    found: Vec<(&'static str, CachedStatement<'c>)>,
}

impl<'c> Ready<'c> {
    /// Nothing is looked for yet.
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self { connection, found: Vec::new() }
    }

    /// A statement by its text.
    pub(super) fn statement(&mut self, sql: &'static str) -> rusqlite::Result<&mut Statement<'c>> {
        let known = self.found.iter().position(|(text, _)| *text == sql);
        let at = known.unwrap_or(self.found.len());
        if known.is_none() {
            self.found.push((sql, self.connection.prepare_cached(sql)?));
        }
        Ok(&mut self.found[at].1)
    }
}
