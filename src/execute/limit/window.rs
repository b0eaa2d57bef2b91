use serde::{Deserialize, Serialize};

/// How long after it may leave a request reaches the API at the latest, in milliseconds, on a machine and a network that
/// are busy. It counts as sent then when no answer comes: the process may have been killed.
pub(super) const HOLD_MS: i64 = 5_000;

/// What an API allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Allowance {
    /// Requests in a window.
    pub(super) max: u32,
    /// Length of the window in milliseconds.
    pub(super) per_ms: u64,
    /// Requests a day.
    pub(super) daily: Option<u64>,
}

/// A window in milliseconds, with the margins that make up for clocks and travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// Requests allowed in it.
    pub(super) max: u32,
    /// How long a request counts after its last moment, a little more than the API's own window: clocks tick in steps.
    pub(super) counts_ms: i64,
    /// Moments are rounded up to this, so that the account of a busy window stays short.
    pub(super) grid_ms: i64,
}

impl Window {
    pub(super) fn new(max: u32, per_ms: u64) -> Self {
        let per = i64::try_from(per_ms).unwrap_or(i64::MAX / 4).clamp(1, i64::MAX / 4);
        Self { max, counts_ms: per + (per / 200).max(3), grid_ms: (per / 400).max(1) }
    }

    /// A moment rounded up to the grid.
    pub(super) fn on_grid(&self, ms: i64) -> i64 {
        let over = ms.rem_euclid(self.grid_ms);
        if over == 0 { ms } else { ms.saturating_add(self.grid_ms - over) }
    }
}
