use serde::Serialize;
use serde_json::{Map, Value};

/// How it was found out that a step was done though its answer was lost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settlement {
    /// Name of the operation that showed it.
    pub by: String,
    /// The record that it showed; null when there is none any more, which is what was wanted.
    pub found: Value,
}

/// A look-up that tells whether something was done, as a bot can ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookUpCall {
    /// Name of the operation.
    pub operation: String,
    /// Its values.
    pub params: Map<String, Value>,
}
