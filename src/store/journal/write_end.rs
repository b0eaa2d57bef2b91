use serde::{Deserialize, Serialize};

use super::Standing;

/// What came of a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteEnd {
    /// How it stands now.
    pub standing: Standing,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// The record that it made or changed, as JSON.
    pub record: Option<String>,
    /// What came of it, in a line.
    pub outcome: String,
}
