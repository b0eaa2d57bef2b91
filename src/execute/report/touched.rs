use serde::{Deserialize, Serialize};

/// A record that a step named, changed or made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// Kind of record, by its name in the catalog.
    pub resource: String,
    /// Its id; the name itself for records that go by name.
    pub id: String,
    /// What a person calls it; the id when nothing better is known.
    pub label: String,
    /// The step made it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub made: bool,
}
