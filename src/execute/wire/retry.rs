use std::time::Duration;

use super::Received;
use crate::catalog::{Method, Risk};
use crate::execute::{Failure, FailureKind, Settings};

/// Longest pause that is waited out; a longer one is told instead.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How long to wait before the same request is sent again; nothing when it must not be, or would not help.
///
/// A write is only tried again after 429, which tells that nothing was done.
pub(super) fn pause(
    outcome: &Result<Received, Failure>,
    method: Method,
    risk: Risk,
    tried: u32,
    settings: &Settings,
) -> Option<Duration> {
    if tried >= settings.retries {
        return None;
    }
    let reads = risk == Risk::Read;
    let (again, asked) = match outcome {
        Ok(received) => match received.status {
            429 => (true, received.wait),
            500 | 502 | 503 | 504 => (reads, received.wait),
            _ => (false, None),
        },
        Err(failure) => {
            let passing = matches!(failure.kind, FailureKind::Network | FailureKind::Timeout);
            (passing && reads && matches!(method, Method::Get | Method::Head | Method::Post | Method::Options), None)
        }
    };
    if !again {
        return None;
    }
    let wait = asked.unwrap_or_default().max(backoff(tried, settings));
    (wait <= LONGEST_PAUSE).then_some(wait)
}

/// Doubles each time; between half and all of it is waited, so that many clients do not come back at once.
fn backoff(tried: u32, settings: &Settings) -> Duration {
    let full = settings.backoff.saturating_mul(1 << tried.min(10));
    full.mul_f64(0.5 + 0.5 * (settings.jitter)().clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::Value;

    use super::*;

    fn settings() -> Settings {
        Settings {
            connect_timeout: Duration::from_secs(1),
            timeout: Duration::from_secs(1),
            retries: 2,
            backoff: Duration::from_millis(100),
            cache_age: Duration::from_secs(1),
            clock_ms: Arc::new(|| 0),
            jitter: Arc::new(|| 1.0),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "it stands for what sending returns")]
    fn status(code: u16) -> Result<Received, Failure> {
        Ok(Received { status: code, body: Value::Null, wait: None })
    }

    #[test]
    fn reads_are_tried_again_and_writes_are_not() {
        let s = settings();
        for code in [429, 500, 502, 503, 504] {
            assert_eq!(
                pause(&status(code), Method::Get, Risk::Read, 0, &s),
                Some(Duration::from_millis(100)),
                "{code}"
            );
        }
        assert_eq!(pause(&status(503), Method::Post, Risk::Write, 0, &s), None);
        assert_eq!(pause(&status(404), Method::Get, Risk::Read, 0, &s), None);
        let lost = Err(Failure::new(FailureKind::Network, "lost"));
        assert!(pause(&lost, Method::Get, Risk::Read, 0, &s).is_some());
        assert!(pause(&lost, Method::Put, Risk::Write, 0, &s).is_none());
    }

    #[test]
    fn a_429_did_not_act_so_a_write_may_go_again() {
        assert!(pause(&status(429), Method::Post, Risk::Send, 0, &settings()).is_some());
    }

    #[test]
    fn pauses_grow_and_end() {
        let s = settings();
        assert_eq!(pause(&status(500), Method::Get, Risk::Read, 1, &s), Some(Duration::from_millis(200)));
        assert_eq!(pause(&status(500), Method::Get, Risk::Read, 2, &s), None);
    }

    #[test]
    fn what_the_api_asks_for_is_waited_unless_it_is_long() {
        let asks = |seconds| Ok(Received { status: 429, body: Value::Null, wait: Some(Duration::from_secs(seconds)) });
        assert_eq!(pause(&asks(7), Method::Get, Risk::Read, 0, &settings()), Some(Duration::from_secs(7)));
        assert_eq!(pause(&asks(3600), Method::Get, Risk::Read, 0, &settings()), None);
    }
}
