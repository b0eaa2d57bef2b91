/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the file cannot be made.
    #[error("`{path}` cannot be opened: {source}")]
    File {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The database refuses.
    #[error("the store of names and the journal does not work: {0}")]
    Database(#[from] rusqlite::Error),
    /// The program ends, and what was to be kept is not.
    #[error("the program ends")]
    Ended,
    /// It was made by a newer version.
    #[error("the store was made by a newer version of the program (layout {0})")]
    Newer(i64),
}
