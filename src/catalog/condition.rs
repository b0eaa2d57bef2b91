use serde::{Deserialize, Serialize};

use super::Literal;

/// How people say which records of a kind they mean by a value that the records hold: "tagged lead".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Dotted key of a record: the value said, or one of a list that stands there.
    pub key: String,
    /// Words before the value, lower case.
    pub words: Vec<String>,
    /// Parameters of the finder's operation that keep other records out; their texts are templates over `value`. What the
    /// API answers is compared all the same.
    pub sends: Vec<(String, Literal)>,
}
