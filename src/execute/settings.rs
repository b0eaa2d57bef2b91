use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

/// A clock that tells milliseconds since 1970.
pub type ClockMs = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What running takes from outside.
#[derive(Clone)]
pub struct Settings {
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// How often a request is tried again after passing faults.
    pub retries: u32,
    /// Longest time for all tries of a request together, waiting for a turn not counted.
    pub deadline: Duration,
    /// Longest answer that is read, in bytes, unpacked.
    pub most_bytes: usize,
    /// Shortest pause before trying again; it doubles each time.
    pub backoff: Duration,
    /// How long a looked-up name is believed.
    pub cache_age: Duration,
    /// Milliseconds since 1970.
    pub clock_ms: ClockMs,
    /// The user's zone, in which moments are told.
    pub zone: TimeZone,
    /// A number from 0 to 1, different each time.
    pub jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl Default for Settings {
    /// The usual times; the clock stands still and the jitter is none.
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            retries: 5,
            deadline: Duration::from_mins(2),
            most_bytes: 32 * 1024 * 1024,
            backoff: Duration::from_millis(250),
            cache_age: Duration::from_mins(10),
            clock_ms: Arc::new(|| 0),
            zone: TimeZone::UTC,
            jitter: Arc::new(|| 1.0),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}
