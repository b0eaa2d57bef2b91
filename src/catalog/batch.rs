use serde::{Deserialize, Serialize};

use super::Literal;

/// The operation that does for many records at once what another does for one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// That operation, by its name.
    pub operation: String,
    /// Its parameter that takes the records.
    pub records: String,
    /// Most records at once.
    pub most: usize,
    /// Its other parameters: (its parameter, the one of the operation for one record that fills it).
    pub with: Vec<(String, String)>,
    /// Values that it takes whatever is said.
    pub fixed: Vec<(String, Literal)>,
    /// Dotted place in its answer of the ids of those that were done; absent: its success is that of all.
    pub done: Option<String>,
}
