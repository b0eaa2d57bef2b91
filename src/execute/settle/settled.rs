use serde_json::Value;

/// What a look-up told about a write whose answer was lost.
#[derive(Debug, Clone, PartialEq)]
pub enum Settled {
    /// It was done: this is the record.
    Made(Value),
    /// It was not done, as far as the look-up can tell now.
    Absent,
    /// The look-up does not tell, and why.
    Unclear(String),
}
