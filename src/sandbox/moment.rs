//! Moments in the forms an API writes them, and the relative ones of seed files.

use jiff::civil::{self, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, Zoned};
use serde_json::Value;

/// Milliseconds since 1970 of a value that is a moment: epoch milliseconds or seconds as number or digits, RFC 3339, a
/// day, or `MM-DD-YYYY`. Days and times without an offset are read as UTC.
pub(super) fn milliseconds(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().map(scaled),
        Value::String(text) => text_milliseconds(text.trim()),
        _ => None,
    }
}

/// Whether a value is a day without a time.
pub(super) fn is_day(value: &Value) -> bool {
    value.as_str().is_some_and(|text| day(text).is_some())
}

/// RFC 3339 in UTC with milliseconds.
pub(super) fn utc(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).map_or_else(
        |_| String::new(),
        |moment| format!("{:.3}", moment.round(jiff::Unit::Millisecond).unwrap_or(moment)),
    )
}

/// Whether a text is a moment in ISO 8601, with or without an offset.
pub(super) fn is_iso(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok() || text.parse::<civil::DateTime>().is_ok() || text.parse::<civil::Date>().is_ok()
}

/// A relative moment of a seed file: `+3d 10:00`, `-2h`, `-30m`, `-2w`, `next tue 14:30`. With a time of day it is
/// written with the offset of `zone`, without one in UTC. `None` for any other text.
pub(super) fn relative(text: &str, now: Timestamp, zone: &TimeZone) -> Option<String> {
    let here = now.to_zoned(zone.clone());
    if let Some(rest) = text.strip_prefix("next ") {
        let (name, time) = rest.split_once(' ')?;
        let monday = here.date().checked_add((8 - i32::from(here.weekday().to_monday_one_offset())).days()).ok()?;
        let day = monday.checked_add(i32::from(weekday(name)?.to_monday_zero_offset()).days()).ok()?;
        return Some(with_offset(&at(day, time, zone)?));
    }
    let sign = if text.starts_with('+') {
        1
    } else if text.starts_with('-') {
        -1
    } else {
        return None;
    };
    let (amount, time) = text[1..].split_once(' ').map_or((&text[1..], None), |(a, t)| (a, Some(t)));
    let unit = amount.chars().last()?;
    let number: i64 = amount[..amount.len() - unit.len_utf8()].parse().ok()?;
    let number = sign * number;
    let span = match unit {
        'm' => Span::new().try_minutes(number),
        'h' => Span::new().try_hours(number),
        'd' => Span::new().try_days(number),
        'w' => Span::new().try_weeks(number),
        _ => return None,
    };
    let then = here.checked_add(span.ok()?).ok()?;
    match time {
        Some(time) => Some(with_offset(&at(then.date(), time, zone)?)),
        None => Some(utc(then.timestamp().as_millisecond())),
    }
}

/// A moment some minutes later, in the same offset; `None` for what is not a moment with an offset.
pub(super) fn plus(text: &str, minutes: i64) -> Option<String> {
    let moment: Timestamp = text.parse().ok()?;
    let offset = jiff::fmt::temporal::Pieces::parse(text).ok()?.to_numeric_offset().unwrap_or(jiff::tz::Offset::UTC);
    let later = moment.checked_add(Span::new().try_minutes(minutes).ok()?).ok()?;
    Some(with_offset(&later.to_zoned(offset.to_time_zone())))
}

/// RFC 3339 in seconds with the offset of its zone.
pub(super) fn with_offset(moment: &Zoned) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// A time of day, `HH:MM`, on a day in a zone.
pub(super) fn at(day: civil::Date, time: &str, zone: &TimeZone) -> Option<Zoned> {
    let (hour, minute) = time.split_once(':')?;
    let time = civil::Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    day.to_datetime(time).to_zoned(zone.clone()).ok()
}

fn text_milliseconds(text: &str) -> Option<i64> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().filter(|_| text.len() >= 9).map(scaled);
    }
    if let Some(day) = day(text) {
        return day.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp().as_millisecond());
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    let civil: civil::DateTime = text.parse().ok()?;
    civil.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp().as_millisecond())
}

fn day(text: &str) -> Option<civil::Date> {
    if text.len() != 10 {
        return None;
    }
    text.parse().ok().or_else(|| civil::Date::strptime("%m-%d-%Y", text).ok())
}

/// Seconds are told from milliseconds by size: 10^11 seconds is past the year 5000.
fn scaled(number: i64) -> i64 {
    if number.abs() < 100_000_000_000 { number.saturating_mul(1000) } else { number }
}

fn weekday(name: &str) -> Option<Weekday> {
    let days = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    days.into_iter().find(|(short, _)| *short == name).map(|(_, day)| day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_every_form_of_a_moment() {
        let expected = Some(1_795_183_200_000);
        for value in [
            json!(1_795_183_200_000_i64),
            json!(1_795_183_200),
            json!("1795183200000"),
            json!("2026-11-20T14:00:00Z"),
            json!("2026-11-20T09:00:00-05:00"),
            json!("2026-11-20T14:00:00"),
        ] {
            assert_eq!(milliseconds(&value), expected, "{value}");
        }
        assert_eq!(milliseconds(&json!("11-20-2026")), milliseconds(&json!("2026-11-20")));
        assert_eq!(milliseconds(&json!("vip")), None);
        assert_eq!(milliseconds(&json!("12")), None);
        assert_eq!(utc(1_795_183_200_000), "2026-11-20T14:00:00.000Z");
    }

    #[test]
    fn adds_minutes_in_the_same_offset() {
        assert_eq!(plus("2026-11-24T10:00:00-05:00", 45).as_deref(), Some("2026-11-24T10:45:00-05:00"));
        assert_eq!(plus("2026-11-24T10:00:00Z", 45).as_deref(), Some("2026-11-24T10:45:00+00:00"));
        assert_eq!(plus("tomorrow", 45), None);
    }

    #[test]
    fn reads_relative_moments() {
        let now = "2026-11-20T14:00:00Z".parse().unwrap();
        let zone = TimeZone::get("America/New_York").unwrap();
        for (text, expected) in [
            ("+3d 10:00", Some("2026-11-23T10:00:00-05:00")),
            ("-2h", Some("2026-11-20T12:00:00.000Z")),
            ("-1w", Some("2026-11-13T14:00:00.000Z")),
            ("next tue 14:30", Some("2026-11-24T14:30:00-05:00")),
            ("+15551234567", None),
            ("next week", None),
            ("-", None),
            ("+", None),
            ("Jane", None),
        ] {
            assert_eq!(relative(text, now, &zone).as_deref(), expected, "{text}");
        }
    }
}
