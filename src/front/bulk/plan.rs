use crate::app::{BulkPlan, UnreadRow};
use crate::present::{BAD, DIM, clean, painted};

/// Rows that are named one by one.
const MOST: usize = 20;

/// A plan for people.
pub(super) fn plan_in_words(plan: &BulkPlan) -> String {
    let what = plan.does.iter().zip(&plan.operations).map(|(title, name)| format!("{} ({name})", clean(title)));
    let mut text = format!("{}\n", what.collect::<Vec<_>>().join(", then "));
    let look_ups = match plan.look_ups {
        0 => String::new(),
        some => format!(" and {} at most", counted(some, "look-up")),
    };
    text.push_str(&format!("{}, {}{look_ups}", counted(plan.rows, "row"), counted(plan.requests, "request")));
    if let Some(rate) = &plan.rate {
        if let (Some(percent), Some(daily)) = (rate.percent_of_day, rate.daily) {
            let percent = if percent < 0.01 { "less than 0.01".to_owned() } else { percent.to_string() };
            text.push_str(&format!(" · {percent} % of the day's {}", grouped(daily)));
        }
        let per = rate.per_ms.div_ceil(1000);
        text.push_str(&format!(" · about {} at {} in {per} s", span(rate.seconds), rate.max));
    }
    text.push('\n');
    text.push_str(&rows_in_words(&plan.unread, "cannot be read and will be left out"));
    text
}

/// Rows with why, the first ones.
pub(super) fn rows_in_words(rows: &[UnreadRow], what: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = painted(BAD, &format!("{} {what}:", counted(rows.len() as u64, "row"))) + "\n";
    for row in rows.iter().take(MOST) {
        text.push_str(&format!("  row {}: {}\n", row.row, clean(&row.why)));
    }
    if rows.len() > MOST {
        text.push_str(&painted(DIM, &format!("  … and {} more\n", rows.len() - MOST)));
    }
    text
}

/// "1 row", "2 rows", "12,000 rows"
pub(super) fn counted(count: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn span(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{} s", seconds.max(1)),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_for_people() {
        assert_eq!(counted(1_234_567, "row"), "1,234,567 rows");
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!((span(0).as_str(), span(61).as_str(), span(7_260).as_str()), ("1 s", "1 min 1 s", "2 h 1 min"));
    }
}
