use serde::Serialize;

/// How many rows of a run stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Nothing was done yet, as far as is known.
    pub waiting: u64,
    /// Done.
    pub done: u64,
    /// Not done, and not tried again.
    pub failed: u64,
    /// Nobody knows whether they were done.
    pub unknown: u64,
}

impl Tally {
    /// All rows.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.waiting + self.done + self.failed + self.unknown
    }
}
