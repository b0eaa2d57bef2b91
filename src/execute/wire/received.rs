use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

/// What came back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Received {
    /// HTTP status.
    pub status: u16,
    /// Body: JSON, its text when it is none, null when there is nothing.
    pub body: Arc<Value>,
    /// How long the API asks to wait before the next try.
    pub wait: Option<Duration>,
    /// Whether the trouble it tells of passes; such an answer does not say whether anything was done.
    pub passing: bool,
    /// Whether an earlier try may have been carried out, so that this one found it done.
    pub repeated: bool,
}
