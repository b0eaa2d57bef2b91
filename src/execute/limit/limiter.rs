use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::Told;
use super::line::{Line, Stop};
use super::window::Allowance;
use crate::catalog::RateLimit;
use crate::execute::ClockMs;
use crate::store::Store;

/// Lets requests leave when the limits of their API allow it.
pub(in crate::execute) struct Limiter {
    process: u64,
    clock_ms: ClockMs,
    lines: Mutex<HashMap<String, Arc<Line>>>,
}

/// A limit that a request falls under, by the name of the account that is kept of it.
pub(in crate::execute) struct Limit<'a> {
    /// What tells the account from others.
    pub name: String,
    /// What is allowed.
    pub rule: &'a RateLimit,
}

/// Leave to send one request. It is told when the answer came, or that none did.
pub(in crate::execute) struct Turn {
    places: Vec<Place>,
}

struct Place {
    line: Arc<Line>,
    held_ms: i64,
    headers: Vec<(String, String)>,
}

impl Limiter {
    /// A limiter that has not let anything through.
    pub fn new(clock_ms: ClockMs) -> Self {
        Self { process: RandomState::new().build_hasher().finish(), clock_ms, lines: Mutex::default() }
    }

    /// Waits until a request may leave that falls under those limits. Everybody who speaks has a turn.
    ///
    /// # Errors
    /// When the day is over or the API turns everything away for long.
    pub async fn turn(&self, store: &Arc<Store>, limits: &[Limit<'_>], speaker: u64) -> Result<Turn, Stop> {
        let mut places = Vec::with_capacity(limits.len());
        for limit in limits {
            let line = self.line(store, limit);
            let held_ms = line.place(speaker).await?;
            places.push(Place { line, held_ms, headers: limit.rule.headers.clone() });
        }
        // While it waited for one place others may have run out, and a process that was kept from running comes late.
        while let Some(late) = places.iter_mut().find(|place| Line::is_stale(place.held_ms, (self.clock_ms)())) {
            late.line.give_back(late.held_ms);
            late.held_ms = late.line.place(speaker).await?;
        }
        Ok(Turn { places })
    }

    fn line(&self, store: &Arc<Store>, limit: &Limit<'_>) -> Arc<Line> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = lines.get(&limit.name) {
            return Arc::clone(line);
        }
        let RateLimit { max, per_ms, daily, .. } = *limit.rule;
        let allowance = Allowance { max, per_ms, daily };
        let clock_ms = Arc::clone(&self.clock_ms);
        let line = Line::new(limit.name.clone(), allowance, Arc::clone(store), self.process, clock_ms);
        lines.insert(limit.name.clone(), Arc::clone(&line));
        line
    }
}

impl Drop for Limiter {
    fn drop(&mut self) {
        for line in self.lines.lock().unwrap_or_else(PoisonError::into_inner).values() {
            line.close();
        }
    }
}

impl std::fmt::Debug for Limiter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limiter").field("process", &self.process).finish_non_exhaustive()
    }
}

impl Turn {
    /// Notes that the answer came; `told` reads what its headers say under those names.
    pub fn answered(self, told: impl Fn(&[(String, String)]) -> Told) {
        for Place { line, held_ms, headers } in self.places {
            line.answered(held_ms, &told(&headers));
        }
    }

    /// Whether anything is limited.
    pub fn is_limited(&self) -> bool {
        !self.places.is_empty()
    }
}
