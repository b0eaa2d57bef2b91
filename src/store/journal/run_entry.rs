/// A run as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEntry {
    /// Its number.
    pub id: i64,
    /// When it began, in milliseconds since 1970.
    pub at_ms: i64,
    /// What was said; of a bulk run, the phrase with its columns.
    pub said: String,
    /// The address that requests went to in the place of the services' own; empty when there was none.
    pub base: String,
    /// What carrying on takes, as JSON; only of a bulk run.
    pub settings: Option<String>,
}
