use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use reqwest::header::HeaderMap;

use crate::catalog::Service;
use crate::execute::limit::{Stop, Told};
use crate::execute::{Failure, FailureKind};

const DAY_MS: u64 = 86_400_000;

/// The pause that an answer asks for: `Retry-After` in seconds or as a date, else the window that the service's header
/// tells.
pub(in crate::execute) fn wait_asked(
    status: u16,
    headers: &HeaderMap,
    service: &Service,
    now_ms: i64,
) -> Option<Duration> {
    if let Some(text) = text(headers, "retry-after") {
        if let Ok(seconds) = text.parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        if let Ok(date) = jiff::fmt::rfc2822::parse(text) {
            let wait = date.timestamp().as_millisecond().saturating_sub(now_ms);
            return Some(Duration::from_millis(wait.max(0).unsigned_abs()));
        }
    }
    let limit = service.rate_limit.as_ref().filter(|_| status == 429)?;
    let told = Told::read(&limit.headers, |name| self::text(headers, name));
    if told.daily_remaining == Some(0) {
        return Some(Duration::from_millis(told.daily_reset_ms.unwrap_or(DAY_MS)));
    }
    told.interval_ms.map(Duration::from_millis)
}

/// What an answer of that status, which asks for that pause, tells the limiter.
pub(in crate::execute) fn told(
    names: &[(String, String)],
    headers: &HeaderMap,
    status: u16,
    wait: Option<Duration>,
) -> Told {
    let told = Told::read(names, |name| text(headers, name));
    // At the end of the day the account of the day says when it goes on.
    let refused = status == 429 && told.daily_remaining != Some(0);
    let wait_ms = wait.filter(|_| refused).map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
    Told { refused, wait_ms, ..told }
}

/// Why a request did not leave, and when it may.
pub(in crate::execute) fn stopped(stop: Stop, service: &Service, now_ms: i64, zone: &TimeZone) -> Failure {
    let title = &service.title;
    let (until, message) = match stop {
        Stop::DayOver(until) => (until, format!("the day's allowance of {title} is used up; nothing was sent")),
        Stop::Blocked(until) => (until, format!("{title} takes no requests for now; nothing was sent")),
    };
    let failure = Failure::new(FailureKind::RateLimit, message);
    let Ok(moment) = Timestamp::from_millisecond(until) else { return failure };
    let moment = moment.to_zoned(zone.clone());
    let wait = span(until.saturating_sub(now_ms));
    let hint = format!("It goes on at {}, in {wait}.", moment.strftime("%Y-%m-%d %H:%M"));
    Failure { goes_on_at: Some(moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()), ..failure.hint(hint) }
}

/// "3 h 20 min": a minute that has begun counts.
fn span(ms: i64) -> String {
    let minutes = ms.max(1).saturating_add(59_999) / 60_000;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn a_whole_minute_is_no_more_than_that() {
        for (ms, said) in [(0, "1 min"), (60_000, "1 min"), (60_001, "2 min"), (7_200_000, "2 h 0 min"), (i64::MAX, "")]
        {
            assert!(span(ms).starts_with(said), "{ms}: {}", span(ms));
        }
    }
}
