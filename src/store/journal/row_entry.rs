use super::Standing;

/// A row of a bulk run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowEntry {
    /// Its number, that of the file's row.
    pub row: u64,
    /// Its columns, as a JSON object.
    pub source: String,
    /// How it stands.
    pub standing: Standing,
    /// What came of it, in a line; empty as long as nothing did.
    pub outcome: String,
}
