use std::sync::Arc;

use serde::Serialize;

use super::Records;

/// The records an answer holds, and how to lay them out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// The records, in the API's order; of a list that was handed on as it came, the first ones.
    pub records: Records,
    /// How many records there were, those handed on included.
    pub count: usize,
    /// Whether the operation answers with a list, even when there is one record.
    pub many: bool,
    /// Kind of record, by its name in the catalog.
    pub resource: Option<String>,
    /// Dotted keys that a table shows first; empty when the catalog names none.
    pub columns: Arc<[String]>,
    /// What each record is called in one line; as many as there are records.
    pub labels: Vec<String>,
    /// How many there are in all, when the API tells.
    pub total: Option<u64>,
    /// Whether the API has more than what is here.
    pub more: bool,
}
