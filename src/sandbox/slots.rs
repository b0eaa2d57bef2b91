use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde_json::{Map, Value, json};

use super::moment;

/// Free times by day. The plan holds `from` and `to` (any form of a moment), `minutes` (length of a slot), `open` and
/// `close` (`HH:MM` on working days), `zone` (name; absent: `zone`), and `start` and `end`, the keys of the edges of a
/// busy record.
pub(super) fn free(plan: &Value, busy: &[Value], zone: &TimeZone, now: Timestamp) -> Value {
    let zone = plan["zone"].as_str().and_then(|name| TimeZone::get(name).ok()).unwrap_or_else(|| zone.clone());
    let edge = |key: &str| moment::milliseconds(&plan[key]).and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let (Some(from), Some(to)) = (edge("from"), edge("to")) else { return json!({}) };
    let taken: Vec<(i64, i64)> = busy.iter().filter_map(|record| span(record, plan)).collect();
    let minutes = plan["minutes"].as_i64().unwrap_or(30).clamp(5, 720);
    let mut day = from.to_zoned(zone.clone()).date();
    let last = to.to_zoned(zone.clone()).date();
    let mut days = Map::new();
    while day <= last && days.len() < 366 {
        let working = day.weekday().to_monday_zero_offset() < 5;
        let open = moment::at(day, plan["open"].as_str().unwrap_or("09:00"), &zone);
        let close = moment::at(day, plan["close"].as_str().unwrap_or("17:00"), &zone);
        if let (true, Some(open), Some(close)) = (working, open, close) {
            let fits = |slot: &Zoned| {
                let start = slot.timestamp();
                start >= from.max(now) && start <= to && is_free(&taken, start.as_millisecond(), minutes)
            };
            let slots: Vec<String> =
                steps(open, &close, minutes).filter(fits).map(|s| moment::with_offset(&s)).collect();
            if !slots.is_empty() {
                days.insert(day.to_string(), json!({"slots": slots}));
            }
        }
        let Ok(next) = day.checked_add(1.day()) else { break };
        day = next;
    }
    Value::Object(days)
}

fn steps(open: Zoned, close: &Zoned, minutes: i64) -> impl Iterator<Item = Zoned> {
    let close = close.timestamp();
    let fits = move |start: &Zoned| start.checked_add(minutes.minutes()).is_ok_and(|end| end.timestamp() <= close);
    std::iter::successors(Some(open), move |slot| slot.checked_add(minutes.minutes()).ok()).take_while(fits)
}

fn is_free(taken: &[(i64, i64)], start: i64, minutes: i64) -> bool {
    let end = start + minutes * 60_000;
    taken.iter().all(|(from, to)| end <= *from || start >= *to)
}

fn span(record: &Value, plan: &Value) -> Option<(i64, i64)> {
    let edge = |key: &str| moment::milliseconds(record.get(plan[key].as_str()?)?);
    Some((edge("start")?, edge("end")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_the_past_the_weekend_and_what_is_taken() {
        let plan = json!({
            "from": "2026-11-20T14:00:00Z", "to": "2026-11-23T22:00:00Z", "minutes": 60, "open": "09:00", "close": "12:00",
            "zone": "America/New_York", "start": "begins", "end": "ends",
        });
        let busy = [json!({"begins": "2026-11-23T10:00:00-05:00", "ends": "2026-11-23T10:30:00-05:00"})];
        let now = "2026-11-20T15:30:00Z".parse().unwrap();
        assert_eq!(
            free(&plan, &busy, &TimeZone::UTC, now),
            json!({
                "2026-11-20": {"slots": ["2026-11-20T11:00:00-05:00"]},
                "2026-11-23": {"slots": ["2026-11-23T09:00:00-05:00", "2026-11-23T11:00:00-05:00"]},
            })
        );
    }
}
