use jiff::Timestamp;

use super::RateLimits;

/// Counts requests in windows that begin with the first request after the last window passed.
#[derive(Debug)]
pub struct Limiter {
    limits: RateLimits,
    window: (i64, u32),
    day: (i64, u64),
}

/// What the limiter says about one request; the numbers go into the headers of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Whether the request may pass.
    pub allowed: bool,
    /// Requests in a window.
    pub max: u32,
    /// Requests left in this window.
    pub remaining: u32,
    /// Length of a window in milliseconds.
    pub interval_ms: u64,
    /// Requests in a day.
    pub daily: u64,
    /// Requests left today.
    pub daily_remaining: u64,
    /// Milliseconds until the day ends.
    pub daily_reset_ms: i64,
}

const DAY_MS: i64 = 86_400_000;

impl Limiter {
    /// A limiter of these limits.
    pub fn new(limits: RateLimits) -> Self {
        Self { limits, window: (i64::MIN, 0), day: (i64::MIN, 0) }
    }

    /// Counts a request at `now`. A refused request is not counted.
    pub fn take(&mut self, now: Timestamp) -> Allowance {
        let ms = now.as_millisecond();
        let span = i64::try_from(self.limits.per_ms).unwrap_or(i64::MAX);
        if ms.saturating_sub(self.window.0) >= span {
            self.window = (ms, 0);
        }
        if ms.div_euclid(DAY_MS) != self.day.0 {
            self.day = (ms.div_euclid(DAY_MS), 0);
        }
        let allowed = self.window.1 < self.limits.max && self.day.1 < self.limits.daily;
        if allowed {
            self.window.1 += 1;
            self.day.1 += 1;
        }
        Allowance {
            allowed,
            max: self.limits.max,
            remaining: self.limits.max - self.window.1,
            interval_ms: self.limits.per_ms,
            daily: self.limits.daily,
            daily_remaining: self.limits.daily - self.day.1,
            daily_reset_ms: DAY_MS - ms.rem_euclid(DAY_MS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_795_183_200_000 + ms).unwrap()
    }

    #[test]
    fn refuses_past_the_window_and_opens_again() {
        let mut limiter = Limiter::new(RateLimits { max: 2, per_ms: 1000, daily: 3 });
        assert_eq!(limiter.take(at(0)).remaining, 1);
        assert!(limiter.take(at(10)).allowed);
        assert!(!limiter.take(at(999)).allowed);
        assert!(limiter.take(at(1000)).allowed);
        let spent = limiter.take(at(2500));
        assert!(!spent.allowed && spent.daily_remaining == 0);
    }
}
