use std::path::PathBuf;

use super::{Clock, Faults};

/// How to start a sandbox.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on the loopback address; 0 takes a free one.
    pub port: u16,
    /// `SQLite` file that keeps the records; absent: they live in memory.
    pub data: Option<PathBuf>,
    /// YAML file of records to begin with; absent: the agency that is built in. A data file that holds records already
    /// is not seeded again.
    pub seed_file: Option<PathBuf>,
    /// How it misbehaves.
    pub faults: Faults,
    /// Limits; absent: those the catalog gives for each service.
    pub rate: Option<RateLimits>,
    /// Seed of ids and faults.
    pub random: u64,
    /// Where the time comes from.
    pub clock: Clock,
    /// File that gets one JSON line a request.
    pub log_file: Option<PathBuf>,
}

/// How many requests are let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// Requests in a window.
    pub max: u32,
    /// Length of a window in milliseconds.
    pub per_ms: u64,
    /// Requests in a day.
    pub daily: u64,
}

impl Options {
    /// A free port, memory, the built-in agency, good behaviour.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            port: 0,
            data: None,
            seed_file: None,
            faults: Faults::default(),
            rate: None,
            random: 1,
            clock,
            log_file: None,
        }
    }
}
