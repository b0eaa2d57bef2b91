use std::time::Duration;

use serde_json::Value;

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// HTTP status.
    pub status: u16,
    /// Body: JSON, its text when it is none, null when there is nothing.
    pub body: Value,
    /// How long the API asks to wait before the next try.
    pub wait: Option<Duration>,
}
