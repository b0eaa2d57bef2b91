use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What running takes from outside.
#[derive(Clone)]
pub struct Settings {
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// How often a request is tried again.
    pub retries: u32,
    /// Shortest pause before trying again; it doubles each time.
    pub backoff: Duration,
    /// How long a looked-up name is believed.
    pub cache_age: Duration,
    /// Milliseconds since 1970.
    pub clock_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// A number from 0 to 1, different each time.
    pub jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}
