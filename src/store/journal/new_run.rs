/// What a run begins with. No credential is in any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRun<'a> {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// What was said; of a bulk run, the phrase with its columns.
    pub said: &'a str,
    /// The address that requests go to in the place of the services' own; empty when there is none.
    pub base: &'a str,
    /// What carrying on takes, as JSON; only of a bulk run.
    pub settings: Option<&'a str>,
}
