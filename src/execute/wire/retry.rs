use std::time::Duration;

use super::{Attempt, Lost};
use crate::execute::Settings;

/// How often a request that was turned away for coming too often is sent again.
const MOST_REFUSALS: u32 = 10;
/// How often a connection that cannot be made is tried again.
const MOST_CALLS: u32 = 3;
/// Longest pause that nobody asked for.
const LONGEST_BACKOFF: Duration = Duration::from_secs(8);

/// Whether sending a request twice may do harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It only reads.
    Freely,
    /// Twice leaves the same as once.
    Safely,
    /// Twice may do twice as much.
    Never,
}

/// What comes after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It counts as it is.
    Take,
    /// The same again after this pause.
    Again(Duration),
    /// It must not be sent again, and nobody knows whether it was done.
    Unsure,
}

/// The tries of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tries {
    repeat: Repeat,
    failed: u32,
    refused: u32,
    /// Time spent on attempts and pauses; waiting for a turn is not counted.
    pub(super) spent: Duration,
    /// An attempt may have been carried out though nothing said so.
    pub(super) unsure: bool,
}

impl Tries {
    /// None made yet.
    pub(super) fn new(repeat: Repeat) -> Self {
        Self { repeat, failed: 0, refused: 0, spent: Duration::ZERO, unsure: false }
    }

    /// What to do after an attempt that took so long.
    pub(super) fn next(&mut self, attempt: &Attempt, took: Duration, settings: &Settings) -> Next {
        self.spent += took;
        let (acted, asked) = match attempt {
            Ok(received) if received.status == 429 => return self.refused(received.wait, settings),
            Ok(received) if received.passing => (true, received.wait),
            Ok(_) => return Next::Take,
            Err(Lost { passing: true, acted, .. }) => (*acted, None),
            Err(Lost { acted, .. }) => {
                self.unsure |= acted;
                return self.end();
            }
        };
        self.unsure |= acted;
        // Where nobody is at home, nobody is kept waiting long.
        let most = if acted { settings.retries } else { settings.retries.min(MOST_CALLS) };
        if (acted && self.repeat == Repeat::Never) || self.failed >= most {
            return self.end();
        }
        let pause = asked.unwrap_or_default().max(backoff(self.failed, settings));
        self.failed += 1;
        self.after(pause, settings)
    }

    /// A refusal is sure: nothing was done, so anything may be sent again.
    fn refused(&mut self, asked: Option<Duration>, settings: &Settings) -> Next {
        if self.refused >= MOST_REFUSALS || settings.retries == 0 {
            return self.end();
        }
        let pause = asked.unwrap_or_default().max(backoff(self.refused, settings));
        self.refused += 1;
        self.after(pause, settings)
    }

    fn after(&mut self, pause: Duration, settings: &Settings) -> Next {
        if self.spent + pause > settings.deadline {
            return self.end();
        }
        self.spent += pause;
        Next::Again(pause)
    }

    fn end(self) -> Next {
        if self.unsure && self.repeat != Repeat::Freely { Next::Unsure } else { Next::Take }
    }
}

/// Doubles each time; between half and all of it is waited, so that many clients do not come back at once.
fn backoff(tried: u32, settings: &Settings) -> Duration {
    let full = settings.backoff.saturating_mul(1 << tried.min(10)).min(LONGEST_BACKOFF);
    full.mul_f64(0.5 + 0.5 * (settings.jitter)().clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::Value;

    use super::*;
    use crate::execute::wire::Received;
    use crate::execute::{Failure, FailureKind};

    fn settings() -> Settings {
        Settings {
            retries: 2,
            backoff: Duration::from_millis(100),
            deadline: Duration::from_secs(20),
            jitter: Arc::new(|| 1.0),
            ..Settings::default()
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "it stands for what a try brings")]
    fn answer(status: u16, wait: Option<u64>) -> Attempt {
        let passing = matches!(status, 408 | 500..=504);
        Ok(Received { status, body: Value::Null.into(), wait: wait.map(Duration::from_secs), passing, repeated: false })
    }

    fn lost(acted: bool) -> Attempt {
        Err(Lost { failure: Failure::new(FailureKind::Network, "lost"), acted, passing: true, slow: false })
    }

    fn next(repeat: Repeat, attempt: &Attempt) -> Next {
        Tries::new(repeat).next(attempt, Duration::ZERO, &settings())
    }

    const FIRST: Next = Next::Again(Duration::from_millis(100));

    #[test]
    fn reads_and_what_may_be_done_twice_go_again_after_passing_faults() {
        for repeat in [Repeat::Freely, Repeat::Safely] {
            for status in [408, 429, 500, 502, 503, 504] {
                assert_eq!(next(repeat, &answer(status, None)), FIRST, "{status}");
            }
            assert_eq!(next(repeat, &lost(true)), FIRST);
            assert_eq!(next(repeat, &answer(404, None)), Next::Take);
        }
    }

    #[test]
    fn what_must_not_be_done_twice_goes_again_only_when_it_surely_was_not_done() {
        assert_eq!(next(Repeat::Never, &answer(429, None)), FIRST);
        assert_eq!(next(Repeat::Never, &lost(false)), FIRST);
        for attempt in [answer(500, None), answer(503, Some(1)), answer(408, None), lost(true)] {
            assert_eq!(next(Repeat::Never, &attempt), Next::Unsure, "{attempt:?}");
        }
        assert_eq!(next(Repeat::Never, &answer(422, None)), Next::Take);
    }

    #[test]
    fn a_doubt_is_not_forgotten_by_a_later_try() {
        let mut tries = Tries::new(Repeat::Safely);
        assert_eq!(tries.next(&lost(true), Duration::ZERO, &settings()), FIRST);
        assert!(matches!(tries.next(&lost(false), Duration::ZERO, &settings()), Next::Again(_)));
        assert_eq!(tries.next(&lost(false), Duration::ZERO, &settings()), Next::Unsure);
        let mut reads = Tries { repeat: Repeat::Freely, ..tries };
        assert_eq!(reads.next(&lost(true), Duration::ZERO, &settings()), Next::Take);
    }

    #[test]
    fn pauses_grow_and_end() {
        let mut tries = Tries::new(Repeat::Freely);
        let mut next = || tries.next(&answer(500, None), Duration::ZERO, &settings());
        assert_eq!((next(), next()), (FIRST, Next::Again(Duration::from_millis(200))));
        assert_eq!(next(), Next::Take);
    }

    #[test]
    fn what_the_api_asks_for_is_waited_for_within_the_deadline() {
        assert_eq!(next(Repeat::Freely, &answer(429, Some(7))), Next::Again(Duration::from_secs(7)));
        assert_eq!(next(Repeat::Freely, &answer(429, Some(3600))), Next::Take);
        let mut tries = Tries::new(Repeat::Freely);
        assert_eq!(tries.next(&lost(true), Duration::from_secs(20), &settings()), Next::Take);
    }
}
