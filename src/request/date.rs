use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::Value;

use crate::catalog::DateFormat;

/// A day or a point in time, before it takes the API's form.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum When {
    Day(Date),
    Moment(Zoned),
}

/// How a parameter wants its dates.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateForm<'a> {
    pub format: DateFormat,
    /// The parameter holds days rather than points in time.
    pub day: bool,
    /// The parameter is the end of a range: a day ends with its last moment.
    pub end: bool,
    /// The zone in which a day begins.
    pub zone: &'a TimeZone,
}

/// A date as JSON on the wire; nothing when the calendar has no such moment.
pub(super) fn date_json(when: &When, form: DateForm) -> Option<Value> {
    Some(match form.format {
        DateFormat::Iso if form.day => day_of(when).to_string().into(),
        DateFormat::Iso => moment(when, form)?.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string().into(),
        DateFormat::IsoUtc => iso_utc(&moment(when, form)?).into(),
        DateFormat::DateOnly => day_of(when).to_string().into(),
        DateFormat::EpochMs => moment(when, form)?.timestamp().as_millisecond().into(),
        DateFormat::EpochMsText => moment(when, form)?.timestamp().as_millisecond().to_string().into(),
        DateFormat::EpochS => moment(when, form)?.timestamp().as_second().into(),
        DateFormat::MmDdYyyy => day_of(when).strftime("%m-%d-%Y").to_string().into(),
    })
}

fn day_of(when: &When) -> Date {
    match when {
        When::Day(day) => *day,
        When::Moment(at) => at.date(),
    }
}

fn moment(when: &When, form: DateForm) -> Option<Zoned> {
    match when {
        When::Moment(at) => Some(at.clone()),
        When::Day(day) => {
            let time = if form.end { Time::new(23, 59, 59, 999_000_000).ok()? } else { Time::midnight() };
            day.to_datetime(time).to_zoned(form.zone.clone()).ok()
        }
    }
}

fn iso_utc(at: &Zoned) -> String {
    at.with_time_zone(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Reads ISO 8601: a day, a local time in that zone, or a time with its offset.
pub(super) fn read_iso(text: &str, zone: &TimeZone) -> Option<When> {
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let Some(time) = pieces.time() else { return Some(When::Day(pieces.date())) };
    let local = DateTime::from_parts(pieces.date(), time);
    if let Some(offset) = pieces.to_numeric_offset() {
        return local.to_zoned(TimeZone::fixed(offset)).ok().map(When::Moment);
    }
    if text.ends_with(['Z', 'z']) {
        return text.parse::<Timestamp>().ok().map(|t| When::Moment(t.to_zoned(TimeZone::UTC)));
    }
    local.to_zoned(zone.clone()).ok().map(When::Moment)
}

/// Whether a text is a day written `MM-DD-YYYY`.
pub(super) fn is_mm_dd_yyyy(text: &str) -> bool {
    Date::strptime("%m-%d-%Y", text).is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(text: &str, format: DateFormat, day: bool, end: bool) -> Value {
        let zone = TimeZone::get("America/New_York").expect("a zone");
        let when = read_iso(text, &zone).expect("a date");
        date_json(&when, DateForm { format, day, end, zone: &zone }).expect("a moment")
    }

    #[test]
    fn every_format_of_one_moment() {
        let at = "2026-11-24T17:00:00-05:00";
        assert_eq!(written(at, DateFormat::Iso, false, false), json!("2026-11-24T17:00:00-05:00"));
        assert_eq!(written(at, DateFormat::IsoUtc, false, false), json!("2026-11-24T22:00:00.000Z"));
        assert_eq!(written(at, DateFormat::DateOnly, false, false), json!("2026-11-24"));
        assert_eq!(written(at, DateFormat::EpochMs, false, false), json!(1_795_557_600_000_i64));
        assert_eq!(written(at, DateFormat::EpochMsText, false, false), json!("1795557600000"));
        assert_eq!(written(at, DateFormat::EpochS, false, false), json!(1_795_557_600));
        assert_eq!(written(at, DateFormat::MmDdYyyy, false, false), json!("11-24-2026"));
    }

    #[test]
    fn a_day_begins_and_ends_in_the_users_zone() {
        assert_eq!(written("2026-11-24", DateFormat::Iso, false, false), json!("2026-11-24T00:00:00-05:00"));
        assert_eq!(written("2026-11-24", DateFormat::IsoUtc, false, true), json!("2026-11-25T04:59:59.999Z"));
        assert_eq!(written("2026-07-01", DateFormat::Iso, false, true), json!("2026-07-01T23:59:59-04:00"));
        assert_eq!(written("2026-11-24", DateFormat::Iso, true, true), json!("2026-11-24"));
    }

    #[test]
    fn a_time_in_utc_stays_the_same_moment() {
        assert_eq!(written("2026-11-24T22:00:00Z", DateFormat::EpochS, false, false), json!(1_795_557_600));
        assert_eq!(written("2026-11-24T17:00", DateFormat::EpochS, false, false), json!(1_795_557_600));
    }
}
