use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// Where the sandbox takes the time from; chosen by whoever starts it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// Always the same moment.
    #[must_use]
    pub fn fixed(moment: Timestamp) -> Self {
        Self(Arc::new(move || moment))
    }

    /// A clock that shows `moment` now and runs on from there, so that rate windows still pass.
    #[must_use]
    pub fn starting_at(moment: Timestamp) -> Self {
        let begun = Instant::now();
        Self(Arc::new(move || {
            let passed = SignedDuration::try_from(begun.elapsed()).unwrap_or(SignedDuration::ZERO);
            moment.checked_add(passed).unwrap_or(moment)
        }))
    }

    /// A clock read through a function.
    pub fn reading(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_started_clock_runs_and_a_fixed_one_does_not() {
        let moment = Timestamp::from_second(1_795_183_200).unwrap();
        let fixed = Clock::fixed(moment);
        let running = Clock::starting_at(moment);
        std::thread::sleep(std::time::Duration::from_millis(5));
        assert_eq!(fixed.now(), moment);
        assert!(running.now() > moment);
    }
}
