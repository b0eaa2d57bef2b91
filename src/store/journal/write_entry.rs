use super::Standing;

/// One request that changes something, as it was recorded. Credentials are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteEntry {
    /// Run, row of the run and step of the row, which together are its own key.
    pub run: i64,
    /// Row, 0 when the run has none.
    pub row: u64,
    /// Position of the step.
    pub step: usize,
    /// When it was first sent, in milliseconds since 1970.
    pub at_ms: i64,
    /// Name of the operation.
    pub operation: String,
    /// What was said, or the name of the operation that was called.
    pub said: String,
    /// Id of the account.
    pub account: String,
    /// The request, `{method, url, body}`, as JSON.
    pub request: String,
    /// The values of the step, names turned into ids, as JSON.
    pub arguments: String,
    /// The record as it was before, as JSON, where it was read.
    pub before: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// The record that it made or changed, as JSON.
    pub record: Option<String>,
    /// What came of it, in a line.
    pub outcome: String,
    /// The write that this one took back: its run.
    pub undoes: Option<i64>,
    /// The run that took this one back.
    pub undone_by: Option<i64>,
}
