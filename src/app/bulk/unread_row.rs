use serde::Serialize;

/// A row that no request can be made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnreadRow {
    /// Its number, counted from 1.
    pub row: u64,
    /// Why.
    pub why: String,
}
