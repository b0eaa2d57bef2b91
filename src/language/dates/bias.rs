use serde::Serialize;

/// Whether an undated weekday or month is the coming or the past one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Bias {
    /// Scheduling.
    Ahead,
    /// Filtering what was.
    Back,
}
