use std::sync::Arc;

use super::limiter::{Limit, Limiter, Turn};
use super::line::Stop;
use crate::store::Store;

/// How requests are let out: the limits they fall under, and who asked for them.
#[derive(Clone, Copy)]
pub(in crate::execute) struct Pace<'a> {
    /// What keeps the limits.
    pub limiter: &'a Limiter,
    /// Where the account of what was sent is kept.
    pub store: &'a Arc<Store>,
    /// The limits.
    pub limits: &'a [Limit<'a>],
    /// Who asked.
    pub speaker: u64,
}

impl Pace<'_> {
    /// Waits until one may leave.
    ///
    /// # Errors
    /// When the day is over or the API turns everything away for long.
    pub async fn turn(&self) -> Result<Turn, Stop> {
        self.limiter.turn(self.store, self.limits, self.speaker).await
    }
}
