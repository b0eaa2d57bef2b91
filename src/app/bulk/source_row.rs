use serde_json::{Map, Value};

/// A row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    /// Its number, counted from 1.
    pub number: u64,
    /// Its columns.
    pub columns: Map<String, Value>,
}
