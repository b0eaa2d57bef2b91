use serde::{Deserialize, Serialize};

/// What a run does to each record of a selection, as the journal keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::app) struct EachOf {
    /// The line as it reads for one record, with a mark in its place.
    pub written: String,
    /// Their kind, by its name in the catalog.
    pub resource: String,
    /// What people call one of them.
    pub one: String,
    /// What people call several.
    pub many: String,
    /// The records in the words of the line.
    pub records: String,
    /// A row is a batch of records, for an operation that takes many at once.
    #[serde(default)]
    pub batch: bool,
    /// Dotted place in that operation's answer of the ids of those that were done.
    #[serde(default)]
    pub done: Option<String>,
}
